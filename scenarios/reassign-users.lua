-- The power of Lille fails on Tuesday at 10:00, for six hours, and takes both its hosts. What would it be worth to give its
-- users another site meanwhile? Inbound calls stay where their numbers are and are lost either way.
--
--     ccesim compare scenarios/reassign-users.lua
local cce = require "ccesim"
local reassign_users_to = require "policies.reassign_users_to"
local overflow_to = require "policies.overflow_to"

local function office(name)
  return cce.site(name) { zone = "Europe/Paris", appliances = 2, channels = 200, users = 500 }
end
local lyon, lille = office("Lyon"), office("Lille")
local power = cce.common_cause "power of Lille" { kind = "power", takes = lille.appliances }

cce.traffic { erlangs = 40, mean = "3m", international_share = 0, day_level_cv = 0 }

cce.at("tue 10:00", cce.fault("common-cause", { on = power, lasts = "6h" }))

cce.policy "product" { recovery = cce.builtin_2_0 {} }
cce.policy "reassign" { recovery = { cce.builtin_2_0 {}, reassign_users_to { site = lyon, after = "5m" } } }
cce.policy "overflow" { recovery = { cce.builtin_2_0 {}, overflow_to { site = lyon } } }

return cce.run { from = "2019-11-11", length = "3d" }
