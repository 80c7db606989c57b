-- ends with E110
local function f() return 1 + f() end
f()
