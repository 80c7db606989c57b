# exit 0
run scenarios/patch-tuesday.lua --replications 5 --policy all_at_once
