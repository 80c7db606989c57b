-- All appliances of a site at the same time, as soon as its window opens: short for whoever does it, and an outage for who calls.
local cce = require "ccesim"
local patching = require "policies.patching"

return function()
  return cce.each_site(function(site)
    patching.in_each_window(site, function()
      for _, a in ipairs(site.appliances) do
        if patching.may_begin(a) then
          cce.start(function() patching.patch(a, { mode = "immediate" }) end)
        end
      end
    end)
  end)
end
