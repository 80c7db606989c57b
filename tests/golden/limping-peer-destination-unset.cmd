# exit 0
run scenarios/limping/peer-destination-unset.lua
