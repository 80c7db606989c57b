-- Mediation's service fails on an appliance and cannot start for three quarters of an hour, once on a Tuesday morning and once in a
-- night. The management service tries at growing intervals and is late; does it help to restart it, or to have somebody look?
local cce = require "ccesim"
local restart_management_service = require "policies.restart_management_service"
local operator = require "policies.operator"

local site = cce.site "Bergen" { zone = "Europe/Oslo", appliances = 1, size = "small", channels = 60, users = 300 }

cce.traffic { erlangs = 15, mean = "3m", day_level_cv = 0 }

for _, time in ipairs { "tue 10:00", "sat 03:00" } do
  cce.at(time, cce.fault("med-medsvc-down", { on = site.appliances[1], lasts = "45m" }))
end

cce.policy "ladder" { recovery = cce.builtin_2_0 {} }
cce.policy "restarts" { recovery = { cce.builtin_2_0 {}, restart_management_service { every = "10m" } } }
cce.policy "operator" { recovery = { cce.builtin_2_0 {}, operator { reacts = "15m", wakes = "1h" } } }

return cce.run { from = "2019-11-11", length = "7d" }
