# exit 3
run tests/golden/input/site-without-identity.lua
