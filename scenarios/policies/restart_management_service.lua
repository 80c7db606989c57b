-- An operator's trick: the management service waits longer after each attempt that failed, up to an hour; a restart of it
-- begins again at ten seconds. Whoever sees an appliance in Error restarts it, every `every`.
local cce = require "ccesim"

return function(options)
  local every = (options or {}).every or "10m"
  return cce.each_site(function(site)
    for _, a in ipairs(site.appliances) do
      cce.start(function()
        while true do
          cce.wait_until(function() return a.status == "Error" end)
          cce.wait(every)
          if a.status == "Error" then
            cce.try("Restart-Service", { on = a, Name = "CceManagementService" })
          end
        end
      end)
    end
  end)
end
