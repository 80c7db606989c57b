# exit 1
run scenarios/contoso-patch-weeks.lua --policy reboot_in_place
