-- ends with E111
local function deep(n)
  if n == 0 then while true do end end
  pcall(deep, n - 1)
  while true do end
end
deep(100)
