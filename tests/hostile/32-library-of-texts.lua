-- ends with E103
string.upper = function() return "" end
