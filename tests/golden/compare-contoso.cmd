# exit 0
compare scenarios/contoso-patch-weeks.lua --replications 5
