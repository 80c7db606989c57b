local cce = require "ccesim"
cce.estate { appliances = { "large-1.ini" } }
return cce.run { from = "2019-11-10", length = "1d" }
