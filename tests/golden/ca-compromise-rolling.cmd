# exit 0
run scenarios/ca-compromise.lua --policy rolling
