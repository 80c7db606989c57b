-- The rack is said to hold one appliance twice.
local cce = require "ccesim"

local shop = cce.site "Shop" { appliances = 2, size = "small", channels = 30, users = 100 }

cce.common_cause "rack 7" {
  takes = { shop.appliances[1], shop.appliances[1] },
}

return cce.run { from = "2019-11-10", length = "1d" }
