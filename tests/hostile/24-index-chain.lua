-- ends with E110
local t = {}
for _ = 1, 300 do t = setmetatable({}, { __index = function(_, k) return t[k] end }) end
local x = t.x
