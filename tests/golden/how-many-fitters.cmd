# exit 0
run scenarios/how-many-fitters.lua --replications 4
