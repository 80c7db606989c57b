-- Monday, ten o'clock: the key of the site's CA is in wrong hands. Its gateways use TLS, so that who changes the CA without
-- them loses their trunks. What does the cure cost, and for how long could somebody pretend to be an appliance?
--
-- "literal"           the runbook as it is written: all appliances in maintenance first - a site without telephones
-- "rolling"           one appliance after the other; in between the gateways trust both roots
-- "without-removing"  rolling, but the backup of the bad CA stays where it is: all work, and the bad CA is back
-- "without-backup"    rolling, but the new CA is not backed up: three appliances with three roots, of which the gateways know
--                     one, until somebody finds out on the next morning
local cce = require "ccesim"

local here = cce.site "Utrecht" {
  appliances = 3, size = "small", gateways = 2, channels = 120, users = 600, tls = true, zone = "Europe/Amsterdam",
}

cce.traffic {
  at = here, profile = "data/call-arrivals-5min-by-weekday.csv", erlangs = 60, mean = "3m", night_floor = 0.05,
  international_share = 0,
}

cce.at("2019-11-11 10:00", cce.fault("ca-compromised", { on = here.appliances[1] }))

local off_peak = "19h"  -- eight in the evening: the run begins at midnight UTC

local function replace_ca(appliance)
  cce.call("Reset-CcCACertificate", { on = appliance })
  cce.call("Update-CcServerCertificate", { on = appliance })
  cce.call("Remove-CcLegacyServerCertificate", { on = appliance })
end

-- The gateways keep the roots they have: what is up under the old one stays up.
local function install_root_of(appliance)
  cce.call("Export-CcRootCertificate", { on = appliance, Path = [[C:\Roots]] })
  for _, gateway in ipairs(here.gateways) do
    cce.call("Import-Certificate", { Gateway = gateway, FilePath = [[C:\Roots\CCERootCertificates.p7b]] })
  end
end

local function literal()
  local first = here.appliances[1]
  cce.wait(off_peak)
  cce.call("Remove-CcCertificationAuthorityFile", { on = first })
  for _, appliance in ipairs(here.appliances) do cce.call("Enter-CcUpdate", { on = appliance }) end
  for number, appliance in ipairs(here.appliances) do
    replace_ca(appliance)
    if number == 1 then cce.call("Backup-CcCertificationAuthority", { on = appliance }) end
  end
  install_root_of(first)
  for _, appliance in ipairs(here.appliances) do cce.call("Exit-CcUpdate", { on = appliance }) end
end

local function rolling(how)
  return function()
    cce.wait(off_peak)
    for number, appliance in ipairs(here.appliances) do
      if number == 1 and how.removes then cce.call("Remove-CcCertificationAuthorityFile", { on = appliance }) end
      cce.call("Enter-CcUpdate", { on = appliance })
      replace_ca(appliance)
      if number == 1 then
        if how.backs_up then cce.call("Backup-CcCertificationAuthority", { on = appliance }) end
        install_root_of(appliance)
      end
      cce.call("Exit-CcUpdate", { on = appliance })
    end
    -- Whoever comes in at half past nine sees trunks that are down, and finds out why.
    cce.wait_until(function()
      local now = cce.clock(here)
      return now.day == "tue" and (now.hour > 9 or now.hour == 9 and now.minute >= 30)
    end)
    for _, appliance in ipairs(here.appliances) do
      if not appliance.ready then install_root_of(appliance) end
    end
  end
end

local function policy(name, program)
  cce.policy(name) { update = cce.tenant_wide(program) }
end
policy("literal", literal)
policy("rolling", rolling { removes = true, backs_up = true })
policy("without-removing", rolling { removes = false, backs_up = true })
policy("without-backup", rolling { removes = true, backs_up = false })

cce.expect("hours_exposed"):at_most(36):when("faults_struck")
cce.expect("appliances_ready"):always():at_least(1)
cce.expect("calls_lost"):at_most(0)

return cce.run { from = "2019-11-11", length = "2d" }
