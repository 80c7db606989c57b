# exit 5
test scenarios/ci/undecided-gate.lua
