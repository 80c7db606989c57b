local cce = require "ccesim"
cce.site "Here" { zone = "Europe/Amsterdam", appliances = 17, size = "large", channels = 1000, users = 100 }
return cce.run { from = "2019-11-10", length = "1d" }
