# exit 3
run tests/golden/input/undefined-name.lua
