-- Nobody patches anything. Cheap in calls, until it is not: what is missing grows every month.
local cce = require "ccesim"

return function()
  return cce.never {}
end
