# exit 0
run scenarios/limping/dc-down-latent.lua
