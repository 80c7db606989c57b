# exit 0
run scenarios/patch-tuesday.lua --replications 5 --policy one_at_a_time
