local cce = require "ccesim"
cce.site "Here" { appliances = 1, channels = 5, users = 10 }
cce.traffic {}
cce.policy "round" { recovery = cce.each_site(function(site) cce.overflow(site, site) end) }
return cce.run { from = "2019-11-11", length = "1h" }
