# exit 3
run tests/golden/input/overflow-to-itself.lua
