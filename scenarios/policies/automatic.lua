-- What the product does by itself: in the windows of a site one appliance after another, while its peers read Running. What
-- is still up after half an hour of draining is cut.
local cce = require "ccesim"

return function()
  return cce.one_at_a_time { drain = "30m" }
end
