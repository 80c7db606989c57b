# exit 0
run scenarios/new-versions.lua --replications 3 --policy automatic
