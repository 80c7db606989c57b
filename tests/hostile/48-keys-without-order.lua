-- ends with E119
for k in pairs { [{}] = 1 } do print(k) end
