-- ends with E114
setmetatable({}, { __gc = function() while true do end end })
