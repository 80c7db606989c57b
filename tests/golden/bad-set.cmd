# exit 2
run scenarios/contoso-patch-weeks.lua --set boot_ad=soon --set lentgh=3m
