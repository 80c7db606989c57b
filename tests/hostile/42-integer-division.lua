-- ends with E110
local x = 1 // 0
