-- ends with E111
local cce = require "ccesim"
while true do cce.lognormal { mean = "1m", cv = 1 } end
