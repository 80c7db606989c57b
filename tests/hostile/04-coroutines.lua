-- ends with E114
while true do coroutine.wrap(function() for _ = 1, 9000 do end end)() end
