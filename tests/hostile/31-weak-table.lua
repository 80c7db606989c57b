-- ends with E114
setmetatable({}, { __mode = "v" })
