# exit 0
run scenarios/limping/shared-power-feed.lua
