-- ends with E111
local s = ("a"):rep(300000):gsub("a-b", "")
