-- ends with E111
while true do end
