-- ends with E113
local a = table.unpack({}, math.mininteger, math.maxinteger)
