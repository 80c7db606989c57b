local cce = require "ccesim"
cce.estate { appliances = { "amsterdam-1.ini" }, users = "users-57-wrong.csv" }
return cce.run { from = "2019-11-10", length = "1d" }
