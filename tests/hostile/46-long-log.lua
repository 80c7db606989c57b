-- ends with E113
for _ = 1, 10000 do print(("x"):rep(100000)) end
