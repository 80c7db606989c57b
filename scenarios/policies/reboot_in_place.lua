-- One appliance after another, restarted under running calls: nobody enters maintenance.
local cce = require "ccesim"
local patching = require "policies.patching"

return function()
  return cce.each_site(function(site)
    patching.in_each_window(site, function()
      for _, a in ipairs(site.appliances) do
        if patching.may_begin(a) then cce.try("Install-WindowsUpdate", { on = a }) end
      end
    end)
  end)
end
