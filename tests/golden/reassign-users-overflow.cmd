# exit 0
run scenarios/reassign-users.lua --policy overflow
