-- ends with E110
local mt = {}
local closing = setmetatable({}, mt)
mt.__close = function() while true do end end
for _ in next, {}, nil, closing do end
