# exit 0
run scenarios/what-fails-in-a-quarter.lua
