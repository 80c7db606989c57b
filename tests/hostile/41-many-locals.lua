-- ends with E101
local a = 1
goto inside
do local b = 2 ::inside:: print(b) end
