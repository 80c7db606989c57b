-- ends with E111
local found = ("a"):rep(30000):find(".-.-.-.-.-.-b")
