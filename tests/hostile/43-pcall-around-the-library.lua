-- ends with E106
local cce = require "ccesim"
pcall(cce.traffic, { mean = 180 })
while true do end
