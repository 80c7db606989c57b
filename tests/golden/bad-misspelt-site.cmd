# exit 3
run tests/golden/input/site-misspelt.lua
