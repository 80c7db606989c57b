# exit 0
run scenarios/limping/certificates-end-unseen.lua
