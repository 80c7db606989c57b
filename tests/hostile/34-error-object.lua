-- ends with E110
error(setmetatable({}, { __tostring = function() while true do end end }))
