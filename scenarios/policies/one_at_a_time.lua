-- In each window of a site one appliance after another, while its peers read Running. Drained: for as long as the last call
-- takes, or for as long as `drain` says.
local cce = require "ccesim"
local patching = require "policies.patching"

return function(options)
  local drain = (options or {}).drain
  return cce.each_site(function(site)
    patching.in_each_window(site, function()
      for _, a in ipairs(site.appliances) do
        cce.wait_until(function() return not site.window_is_open or patching.others_are_running(a) end)
        if patching.may_begin(a) then patching.patch(a, { mode = "drain", drain = drain }) end
      end
    end)
  end)
end
