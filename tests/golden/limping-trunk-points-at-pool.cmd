# exit 0
run scenarios/limping/trunk-points-at-pool.lua
