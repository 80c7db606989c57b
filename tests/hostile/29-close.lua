-- ends with E114
local function f() local x <close> = setmetatable({}, {}) end
