-- What if users were given another site while theirs has no appliance ready, and their own again once it is back?
-- The product does not do this: whoever is assigned to a site that is down stays down. A tenant's administrator could.
--
--     local reassign_users_to = require "policies.reassign_users_to"
--     cce.policy "reassign" { recovery = { cce.builtin_2_0 {}, reassign_users_to { site = fallback, after = "5m" } } }
--
-- Outbound calls move when the tenant has replicated the change (tenant_replication, 15 minutes); numbers stay where they
-- are, and inbound calls with them. `after`: how long a site is given to recover by itself; default: not at all.

local cce = require "ccesim"

return function(how)
    local function assign(site, other)
        cce.call("Set-CsUserPstnSettings", { Identity = site, HybridPSTNSite = other })
    end

    return cce.each_site(function(site)
        if site == how.site then return end
        while true do
            cce.wait_until(function() return site.appliances_ready == 0 end)
            local is_back = how.after and
                cce.wait_until(function() return site.appliances_ready > 0 end, how.after)
            if not is_back then
                assign(site, how.site)
                cce.wait_until(function() return site.appliances_ready > 0 end)
                assign(site, site)
            end
        end
    end)
end
