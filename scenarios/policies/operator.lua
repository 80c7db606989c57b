-- Somebody looks at the status that the tenant shows, on workdays from eight to six within `reacts`, at other hours only after
-- being woken, within `wakes`. An appliance in Error is taken into maintenance and put back: that starts its services by hand.
local cce = require "ccesim"

local function is_at_work(site)
  local now = cce.clock(site)
  return now.day ~= "sat" and now.day ~= "sun" and now.hour >= 8 and now.hour < 18
end

return function(options)
  return cce.each_site(function(site)
    for _, a in ipairs(site.appliances) do
      cce.start(function()
        while true do
          cce.wait_until(function() return a.status == "Error" end)
          cce.wait(is_at_work(site) and options.reacts or options.wakes)
          if a.status == "Error" then
            cce.try("Enter-CcUpdate", { on = a, mode = "immediate" })
            cce.try("Exit-CcUpdate", { on = a })
          end
        end
      end)
    end
  end)
end
