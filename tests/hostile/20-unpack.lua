-- ends with E113
local a = table.unpack({}, 1, 10000000)
