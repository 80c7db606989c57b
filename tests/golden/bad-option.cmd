# exit 2
run scenarios/contoso-patch-weeks.lua --polcy never
