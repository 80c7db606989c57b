local cce = require "ccesim"
cce.estate { appliances = "amsterdam-1.ini", peer_destination = "Amsterdam" }
cce.tenant { peer_destination = "Seattle" }
return cce.run { from = "2019-11-10", length = "1d" }
