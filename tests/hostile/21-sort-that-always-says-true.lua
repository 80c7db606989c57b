-- ends with E107
table.sort({ 3, 1, 2 }, function() return true end)
