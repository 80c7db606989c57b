-- ends with E110
local _ENV = { }
print "no print here"
