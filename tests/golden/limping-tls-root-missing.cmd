# exit 0
run scenarios/limping/tls-root-missing.lua
