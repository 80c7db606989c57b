-- The first appliance of each site tries a patch for its peers. They follow, one after another, when it has run for `soak`
-- without an Error; if it has not, they leave this patch out and wait for the next.
local cce = require "ccesim"
local patching = require "policies.patching"

return function(options)
  local how = { mode = "drain", drain = options.drain }
  return cce.each_site(function(site)
    local canary = site.appliances[1]
    while true do
      cce.wait_until(function() return patching.may_begin(canary) end)
      if patching.patch(canary, how) then
        local failed = cce.wait_until(function() return canary.status == "Error" or not canary.ready end, options.soak)
        local followers = failed and 0 or #site.appliances
        for i = 2, followers do
          local a = site.appliances[i]
          cce.wait_until(function()
            return a.is_patched or (patching.may_begin(a) and patching.others_are_running(a))
          end)
          if not a.is_patched then patching.patch(a, how) end
        end
      end
      cce.wait_until(function() return canary.status == "Running" and not canary.is_patched end)
    end
  end)
end
