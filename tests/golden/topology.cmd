# exit 0
topology scenarios/contoso-patch-weeks.lua
