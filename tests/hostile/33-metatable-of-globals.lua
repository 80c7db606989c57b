-- ends with E114
setmetatable(_ENV, { __index = function() return 1 end })
