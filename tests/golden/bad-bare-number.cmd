# exit 3
run tests/golden/input/bare-number.lua
