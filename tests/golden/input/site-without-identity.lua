-- A cmdlet without what it must have is an error in a script; a console would ask for it.
local cce = require "ccesim"
cce.site "Here" { appliances = 1, channels = 5, users = 10 }
cce.traffic {}
cce.policy "careless" {
  update = cce.tenant_wide(function() cce.call("Set-CsHybridPSTNSite", { EnableAutoUpdate = false }) end),
}
return cce.run { from = "2019-11-11", length = "1h" }
