-- Two small sites in one building: what takes the rack takes half of each, what takes the street takes all.
local cce = require "ccesim"

local shop = cce.site "Shop" { appliances = 1, size = "small", channels = 30, users = 100 }
local plant = cce.site 'Plant "North"' { appliances = 2, size = "small", gateways = 2, channels = 30, users = 100 }

cce.common_cause "rack 7" { takes = { shop.appliances[1], plant.appliances[2], plant.gateways[2] } }
cce.common_cause "street" { takes = { shop, plant } }

cce.traffic {}

return cce.run { from = "2019-11-10", length = "1d" }
