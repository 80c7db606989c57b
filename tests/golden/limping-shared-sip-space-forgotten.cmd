# exit 0
run scenarios/limping/shared-sip-space-forgotten.lua
