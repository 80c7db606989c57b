# exit 0
run scenarios/patch-tuesday.lua --replications 5 --policy drain_when_quiet
