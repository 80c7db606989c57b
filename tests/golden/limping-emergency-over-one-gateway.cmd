# exit 0
run scenarios/limping/emergency-over-one-gateway.lua
