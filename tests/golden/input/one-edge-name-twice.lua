local cce = require "ccesim"
cce.estate { appliances = { "amsterdam-1.ini", "utrecht-1.ini" } }
return cce.run { from = "2019-11-10", length = "1d" }
