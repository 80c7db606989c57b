-- ends with E110 (the range is cut to the list)
local s = table.concat({ "a" }, ",", 1, 1000000000000)
error(s)
