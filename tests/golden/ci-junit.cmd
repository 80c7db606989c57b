# exit 1
test scenarios/ci --format xml
