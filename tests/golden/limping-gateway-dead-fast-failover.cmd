# exit 0
run scenarios/limping/gateway-dead-fast-failover.lua
