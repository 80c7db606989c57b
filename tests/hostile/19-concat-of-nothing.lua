-- ends with E106
local t = setmetatable({}, { __index = function(_, i) return "x" end, __len = function() return 1000000000000 end })
local s = table.concat({ {} })
