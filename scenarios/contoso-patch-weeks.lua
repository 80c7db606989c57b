-- Contoso lives through two patch weeks; on the way a host loses power and an Edge dies while nobody is watching.
-- What do its callers lose, and why - and does draining before each patch make a difference?
local cce = require "ccesim"

-- The estate as its own files say: one CloudConnector.ini an appliance, and the user export.
cce.estate {
  appliances = {
    "data/contoso/ams-cce-1.ini", "data/contoso/ams-cce-2.ini", "data/contoso/ams-cce-3.ini",
    "data/contoso/sea-cce-1.ini", "data/contoso/sea-cce-2.ini",
  },
  users = "data/contoso/users.csv",
  peer_destination = "Amsterdam",
}

-- What the files cannot know: clocks, circuits, callers.
local ams = cce.site "Amsterdam" { zone = "Europe/Amsterdam", channels = 270 }
local sea = cce.site "Seattle" { zone = "America/Los_Angeles", channels = 115 }

cce.traffic {
  at = { ams, sea, cce.unassigned },
  profile = "data/call-arrivals-5min-by-weekday.csv",
  erlangs_per_user = 0.13,
  length = cce.lognormal { mean = "3m10s", cv = 3 },
  external_share = 0.2,
  night_floor = 0.05,
}

-- Every Sunday each site is patched, one appliance after another.
for _, site in ipairs { ams, sea } do
  cce.update { at = site, window = cce.weekly("sun 02:00", "12h") }
end

cce.policy "one_at_a_time" { update = cce.one_at_a_time {} }
cce.policy "reboot_in_place" { update = cce.reboot_in_place {} }

-- The second Monday: a host in Amsterdam loses power for an hour, in the busy hour.
cce.at("2019-11-18 10:20", cce.fault("host-crash", { on = ams.appliances[3], lasts = "1h" }))

-- The second Wednesday: nobody watches when an Edge in Seattle dies.
cce.at("2019-11-20 10:00", cce.fault("mgmt-service-stopped", { on = sea.appliances[2], lasts = "1h" }))
cce.at("2019-11-20 10:15", cce.fault("edge-rtcsrv-down", { on = sea.appliances[2] }))

cce.expect("calls_dropped_planned"):at_most(0)
cce.expect("appliances_ready", { per = "site" }):always():at_least(1)
cce.expect("attempts_served", { per = "site" }):at_least(0.98)

return cce.run { from = "2019-11-10", length = "14d" }
