-- ends with E111
local found = ("a"):rep(4000):find(".-.-.-.-.-.-b")
