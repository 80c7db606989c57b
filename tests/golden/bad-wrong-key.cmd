# exit 3
run tests/golden/input/wrong-key.lua
