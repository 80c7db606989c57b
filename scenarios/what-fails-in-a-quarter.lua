-- A quarter of a year in which everything fails now and then: hosts, services, gateways, the power feed that a host and a
-- gateway share. How many of a hundred attempts are served?
--
-- Times between failures are Weibull with shapes below 1, repairs lognormal: the shapes of 23 552 outages at Los Alamos
-- (LA-UR-05-7318; scenarios/data/lanl-*.csv). The levels are assumed.
local cce = require "ccesim"

-- The sigmas of lanl-time-to-repair-by-cause.csv as coefficients of variation: sqrt(exp(sigma^2) - 1).
local cv_of_repair = { hardware = 1.95, facilities = 1.84, software = 2.76 }

local site = cce.site "Leeds" {
  zone = "Europe/London", appliances = 2, size = "large", gateways = 2, channels = 60, users = 900,
}

local feed = cce.common_cause "power feed A" { takes = { site.appliances[1], site.gateways[1] } }

cce.traffic { at = site, erlangs = 80, mean = "3m" }

cce.failures {
  fault = "host-crash", on = site.appliances,
  between = cce.weibull { mean = "40d", shape = 0.7 },
  lasts = cce.lognormal { mean = "6h", cv = cv_of_repair.hardware },
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
  lasts = cce.lognormal { mean = "3h", cv = cv_of_repair.software },
}
cce.failures {
  fault = "common-cause", on = feed,
  between = "120d",
  lasts = cce.lognormal { mean = "9h", cv = cv_of_repair.facilities },
}

cce.expect("attempts_served"):at_least(0.98)

return cce.run { from = "2019-04-01", length = "90d" }
