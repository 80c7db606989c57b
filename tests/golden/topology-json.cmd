# exit 0
topology scenarios/contoso-patch-weeks.lua --site Seattle --gone 1 --json
