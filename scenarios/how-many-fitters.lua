-- One fitter drives to every host and every gateway that fails, at two sites. Does a failure wait for him for more than half
-- an hour in the mean?
--
-- Set people = 2 and run again: the crew table tells how much of the waiting goes, and what the second fitter has to do.
-- How often things fail and how long a repair takes, travel included, are assumed.
local cce = require "ccesim"

local leeds = cce.site "Leeds" {
  zone = "Europe/London", appliances = 3, size = "small", gateways = 2, channels = 40, users = 500,
}
local york = cce.site "York" {
  zone = "Europe/London", appliances = 2, size = "small", gateways = 1, channels = 40, users = 300,
}

cce.traffic { erlangs = 12, mean = "3m" }

local fitters = cce.crew "fitters" { people = 1 }

for _, site in ipairs { leeds, york } do
  cce.failures {
    fault = "host-crash", on = site.appliances,
    between = cce.weibull { mean = "40d", shape = 0.7 },
    lasts = cce.lognormal { mean = "6h", cv = 1.95 },
    repaired_by = fitters,
  }
  cce.failures {
    fault = "gateway-down", on = site.gateways,
    between = cce.weibull { mean = "60d", shape = 0.8 },
    lasts = cce.lognormal { mean = "5h", cv = 2.76 },
    repaired_by = fitters,
  }
end

cce.expect("crew_wait_mean"):at_most(30)
cce.expect("availability_enough_ready", { per = "site" }):at_least(0.99)

return cce.run { from = "2019-04-01", length = "90d" }
