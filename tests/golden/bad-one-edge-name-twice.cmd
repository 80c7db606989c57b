# exit 4
run tests/golden/input/one-edge-name-twice.lua
