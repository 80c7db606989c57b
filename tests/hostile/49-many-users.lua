-- ends with E113
local cce = require "ccesim"
for i = 1, 200 do cce.site("s" .. i) { appliances = 1, users = 1000000 } end
