# exit 4
run tests/golden/input/57-wrong-rows.lua
