# exit 0
faults edge-rtcsrv-down
