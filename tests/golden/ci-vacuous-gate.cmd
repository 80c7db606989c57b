# exit 6
test scenarios/ci/vacuous-gate.lua
