local cce = require "ccesim"
while true do pcall(function() while true do end end) end
return cce.run { from = "2019-11-10", length = "1d" }
