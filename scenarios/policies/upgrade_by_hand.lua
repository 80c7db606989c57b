-- New versions by hand, as the guide has it: in each window for bits one appliance after another, while its peers read Running.
-- Where a step is refused the old version serves on.
local cce = require "ccesim"
local patching = require "policies.patching"

-- False, and why, where the product refuses.
local function upgrade(a)
  local steps = { { "Start-CcDownload" }, { "Register-CcAppliance" } }
  if a.backup_version then steps[#steps + 1] = { "Uninstall-CcAppliance", Version = a.backup_version } end
  steps[#steps + 1] = { "Install-CcAppliance", Upgrade = true }
  steps[#steps + 1] = { "Switch-CcVersion", Force = true }
  for _, step in ipairs(steps) do
    local done, why = cce.try(step[1], { on = a, Version = step.Version, Upgrade = step.Upgrade, Force = step.Force })
    if not done then return false, why end
  end
  return true
end

return function()
  return cce.each_site(function(site)
    while true do
      cce.wait_until(function() return site.bits_window_is_open end)
      for _, a in ipairs(site.appliances) do
        cce.wait_until(function() return not site.bits_window_is_open or patching.others_are_running(a) end)
        if site.bits_window_is_open and a.status == "Running" and not a.is_current then upgrade(a) end
      end
      cce.wait_until(function() return not site.bits_window_is_open end)
    end
  end)
end
