-- One site after another: the next one's windows count only when all of the site before is patched.
local cce = require "ccesim"
local patching = require "policies.patching"

local function patch_site(site, how)
  for _, a in ipairs(site.appliances) do
    cce.wait_until(function()
      return a.is_patched or (patching.may_begin(a) and patching.others_are_running(a))
    end)
    if not a.is_patched then patching.patch(a, how) end
  end
end

return function(options)
  local how = { mode = "drain", drain = (options or {}).drain }
  return cce.tenant_wide(function(sites)
    while true do
      for _, site in ipairs(sites) do patch_site(site, how) end
      cce.wait_until(function() return not sites[1].appliances[1].is_patched end)
    end
  end)
end
