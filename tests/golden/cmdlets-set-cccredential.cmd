# exit 0
cmdlets set-cccredential
