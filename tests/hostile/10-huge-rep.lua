-- ends with E106
local s = string.rep("x", 1 << 40)
