# exit 0
run scenarios/limping/management-service-restart-resets-backoff.lua
