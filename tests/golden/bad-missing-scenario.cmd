# exit 3
run tests/golden/input/no-such-scenario.lua
