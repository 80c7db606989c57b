# exit 4
run tests/golden/input/malformed-row.lua
