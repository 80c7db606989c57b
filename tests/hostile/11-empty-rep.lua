-- ends with E106
local s = string.rep("", 1000000000000000, "")
