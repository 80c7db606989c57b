# exit 0
run scenarios/limping/edge-down-inbound-only.lua
