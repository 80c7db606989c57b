-- ends with E110 (a metamethod added later is not looked at: the loop is never run)
local mt = {}
for _ = 1, 1000 do setmetatable({}, mt) end
mt.__gc = function() while true do end end
for _ = 1, 1000 do setmetatable({}, { __index = mt }) end
error "no finalizer ran"
