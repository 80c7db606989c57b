local cce = require "ccesim"
local here = cce.site "Here" {
  aplliances = 2,
  channels = 46,
}
return cce.run { from = "2019-11-10", length = "1d" }
