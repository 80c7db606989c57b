# exit 0
run scenarios/contoso-patch-weeks.lua
