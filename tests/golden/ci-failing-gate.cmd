# exit 1
test scenarios/ci/failing-gate.lua
