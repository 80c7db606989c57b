# exit 0
metrics
