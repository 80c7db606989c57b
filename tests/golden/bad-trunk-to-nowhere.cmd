# exit 3
check tests/golden/input/trunk-to-nowhere.lua
