# exit 3
run tests/golden/input/no-such-hour.lua
