# exit 0
run scenarios/limping/cms-down-2.0-takes-appliance.lua
