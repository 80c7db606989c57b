local cce = require "ccesim"
cce.estate { appliances = { "../../../scenarios/data/contoso/ams-cce-1.ini", "../../../scenarios/data/contoso/ams-cce-2.ini" } }
local ams = cce.site "Amsterdam" { channels = 184 }
cce.trunk { from = ams.gateways[1], to = ams.appliances[1] }
cce.trunk { from = ams.gateways[1], target = "ams-ms3.cce.contoso.local" }
return cce.run { from = "2019-11-10", length = "1d" }
