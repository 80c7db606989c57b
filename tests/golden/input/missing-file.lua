local cce = require "ccesim"
cce.estate { appliances = { "ams-cce-9.ini" } }
return cce.run { from = "2019-11-10", length = "1d" }
