-- ends with E111
local t = {}
for i = 1, 250 do t[i] = i end
while true do local x = select(-1, table.unpack(t, 1, 250)) end
