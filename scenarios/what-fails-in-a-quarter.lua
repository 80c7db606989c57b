-- A quarter of a year in which everything fails now and then: hosts, services, gateways, the power feed that two hosts
-- share. What of the loss would a third appliance, a second gateway or a second feed save?
--
-- Times between failures are Weibull with shapes below 1, repairs lognormal: the shapes of 23 552 outages at Los Alamos
-- (LA-UR-05-7318; scenarios/data/lanl-*.csv). The levels are assumed.
local cce = require "ccesim"

-- A lognormal law by its sigma, as the table gives it.
local cv_of_sigma = { hardware = 1.95, facilities = 1.85, software = 2.6 }

local site = cce.site "Leeds" {
  zone = "Europe/London", appliances = 2, size = "large", gateways = 2, channels = 60, users = 900,
}

local feed = cce.common_cause "power feed A" { takes = { site.appliances[1], site.gateways[1] } }

cce.traffic { at = site, erlangs = 80, mean = "3m" }

cce.failures {
  fault = "host-crash", on = site.appliances,
  between = cce.weibull { mean = "40d", shape = 0.7 },
  lasts = cce.lognormal { mean = "6h", cv = cv_of_sigma.hardware },
}
cce.failures {
  fault = "edge-rtcsrv-down", on = site.appliances,
  between = cce.weibull { mean = "20d", shape = 0.8 },
}
cce.failures {
  fault = "med-medsvc-down", on = site.appliances,
  between = cce.weibull { mean = "30d", shape = 0.8 },
}
cce.failures {
  fault = "gateway-down", on = site.gateways,
  between = cce.weibull { mean = "60d", shape = 0.8 },
  lasts = cce.lognormal { mean = "3h", cv = cv_of_sigma.software },
}
cce.failures {
  fault = "common-cause", on = feed,
  between = "120d",
  lasts = cce.lognormal { mean = "9h", cv = cv_of_sigma.facilities },
}

cce.expect("attempts_served"):at_least(0.98)

return cce.run { from = "2019-04-01", length = "90d" }
