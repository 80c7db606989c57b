# exit 0
run scenarios/limping/host-link-lost-blind.lua
