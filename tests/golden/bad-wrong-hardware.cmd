# exit 4
run tests/golden/input/wrong-hardware.lua
