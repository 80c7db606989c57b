-- ends with E111
local kept = {}
while true do kept = { ("x"):rep(900000) } end
