# exit 4
run tests/golden/input/missing-file.lua
