# exit 0
run scenarios/limping/port-range-too-small.lua
