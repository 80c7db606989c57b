-- ends with E112
local s = "x"
pcall(function() while true do s = s .. s end end)
while true do end
