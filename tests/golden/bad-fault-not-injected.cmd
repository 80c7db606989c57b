# exit 3
run tests/golden/input/fault-planned-work.lua
