# exit 3
run tests/golden/input/five-appliances-1.4.2.lua
