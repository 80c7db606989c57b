-- ends with E110
local t = {}
t[0 / 0] = 1
