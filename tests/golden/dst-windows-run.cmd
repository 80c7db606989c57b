# exit 0
# paragraph expectation
run scenarios/dst-windows.lua
