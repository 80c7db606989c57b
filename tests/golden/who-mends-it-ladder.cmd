# exit 0
run scenarios/who-mends-it.lua --policy ladder
