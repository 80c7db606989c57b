# exit 2
run scenarios/contoso-patch-weeks.lua --policy one_at_a_tme
