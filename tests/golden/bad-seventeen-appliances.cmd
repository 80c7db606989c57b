# exit 3
run tests/golden/input/seventeen-appliances.lua
