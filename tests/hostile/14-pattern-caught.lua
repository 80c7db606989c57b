-- ends with E111
pcall(string.find, ("a"):rep(4000), ".-.-.-.-.-.-b")
print "never reached"
while true do end
