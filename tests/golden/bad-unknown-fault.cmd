# exit 3
run tests/golden/input/unknown-fault.lua
