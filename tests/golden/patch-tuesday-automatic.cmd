# exit 0
run scenarios/patch-tuesday.lua --replications 5 --policy automatic
