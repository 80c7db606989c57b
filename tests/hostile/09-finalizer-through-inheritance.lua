-- ends with E114
local base = { __gc = function() end }
setmetatable(base, base)
