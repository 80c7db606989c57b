-- What the policies beside it share: how one appliance is patched, and when.
local cce = require "ccesim"
local patching = {}

-- Takes the appliance out of service, patches it, and puts it back. How it is taken out is for Enter-CcUpdate: mode, limit.
-- Where the product refuses or the patching fails, it stays as it is: false, and why.
function patching.patch(a, how)
  local enter = { on = a, mode = how.mode, limit = how.drain }
  for _, step in ipairs { { "Enter-CcUpdate", enter }, { "Install-WindowsUpdate", { on = a } }, { "Exit-CcUpdate", { on = a } } } do
    local done, why = cce.try(step[1], step[2])
    if not done then return false, why end
  end
  return true
end

function patching.others_are_running(a)
  for _, peer in ipairs(a.site.appliances) do
    if peer.name ~= a.name and peer.status ~= "Running" then return false end
  end
  return true
end

-- Runs `work(site)` in each window of the site from its opening on, and then waits until the window is closed.
function patching.in_each_window(site, work)
  while true do
    cce.wait_until(function() return site.window_is_open end)
    work(site)
    cce.wait_until(function() return not site.window_is_open end)
  end
end

-- May the appliance be patched now? It needs it, is in service, and the window has not closed meanwhile.
function patching.may_begin(a)
  return a.site.window_is_open and a.status == "Running" and not a.is_patched
end

return patching
