-- One appliance after another, each only when fewer than `below` calls are up on it: few calls to wait for. If it never gets
-- so quiet in the window, it is not patched.
local cce = require "ccesim"
local patching = require "policies.patching"

return function(options)
  return cce.each_site(function(site)
    patching.in_each_window(site, function()
      for _, a in ipairs(site.appliances) do
        cce.wait_until(function()
          return not site.window_is_open or (a.calls < options.below and patching.others_are_running(a))
        end)
        if patching.may_begin(a) then patching.patch(a, { mode = "drain" }) end
      end
    end)
  end)
end
