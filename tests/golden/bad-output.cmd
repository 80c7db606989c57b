# exit 8
run scenarios/contoso-patch-weeks.lua -o no-such-folder/x.json
