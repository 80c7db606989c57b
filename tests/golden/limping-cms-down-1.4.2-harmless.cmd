# exit 0
run scenarios/limping/cms-down-1.4.2-harmless.lua
