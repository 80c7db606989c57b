# exit 0
# paragraph No warnings
check scenarios/patch-tuesday.lua
