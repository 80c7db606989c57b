-- Four months of Patch Tuesdays in two sites, one patch in five of them bad. Which way to patch costs the fewest calls, and which leaves
-- the fleet behind?
local cce = require "ccesim"

local ams = cce.site "Amsterdam" {
  zone = "Europe/Amsterdam", appliances = 3, size = "small", gateways = 2, channels = 60, users = 1200,
}
local sea = cce.site "Seattle" {
  zone = "America/Los_Angeles", appliances = 2, size = "small", gateways = 2, channels = 40, users = 500,
}

cce.traffic { profile = "data/call-arrivals-5min-by-weekday.csv", erlangs_per_user = 0.05, mean = "3m10s", day_level_cv = 0.1 }

cce.releases { patches = "patch tuesday", bad_share = 0.2, bad_shows = "5h", bad_lasts = "6h" }
cce.update { at = { ams, sea }, window = cce.weekly("sun 02:00", "6h") }

for _, policy in ipairs {
  { "automatic" },
  { "one_at_a_time", { drain = "45m" } },
  { "drain_when_quiet", { below = 2 } },
  { "all_at_once" },
  { "reboot_in_place" },
  { "canary", { soak = "2d", drain = "45m" } },
  { "sites_in_turn", { drain = "45m" } },
  { "never" },
} do
  local name, options = policy[1], policy[2]
  cce.policy(name) { update = require("policies." .. name)(options) }
end

return cce.run { from = "2019-09-01", length = "120d" }
