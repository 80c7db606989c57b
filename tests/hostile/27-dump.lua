-- ends with E114
local code = string.dump(function() end)
