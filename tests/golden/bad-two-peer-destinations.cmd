# exit 3
run tests/golden/input/two-peer-destinations.lua
