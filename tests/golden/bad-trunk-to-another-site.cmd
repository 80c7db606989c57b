# exit 3
run tests/golden/input/trunk-to-another-site.lua
