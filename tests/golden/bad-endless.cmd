# exit 3
run tests/golden/input/endless.lua
