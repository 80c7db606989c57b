# exit 1
run scenarios/ca-compromise.lua --policy without-backup
