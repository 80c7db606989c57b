-- ends with E110 (it ends, whatever the function says)
local calls = 0
table.sort({ 3, 1, 2, 5, 4, 9, 8 }, function(a, b) calls = calls + 1; return a ~= b end)
error(tostring(calls))
