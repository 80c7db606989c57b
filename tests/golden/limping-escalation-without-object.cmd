# exit 0
run scenarios/limping/escalation-without-object.lua
