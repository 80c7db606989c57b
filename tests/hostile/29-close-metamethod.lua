-- ends with E114
for _ in pairs({}), nil, nil, setmetatable({}, { __close = function() end }) do end
