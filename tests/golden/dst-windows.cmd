# exit 0
# paragraph update window
check scenarios/dst-windows.lua
