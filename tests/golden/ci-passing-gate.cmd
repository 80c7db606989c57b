# exit 0
test scenarios/ci/passing-gate.lua
