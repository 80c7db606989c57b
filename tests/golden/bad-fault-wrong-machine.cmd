# exit 3
run tests/golden/input/fault-wrong-machine.lua
