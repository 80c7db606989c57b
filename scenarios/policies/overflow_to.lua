-- What if outbound calls that no appliance of a site takes - all full, or out of service - left by another site at once?
-- No release of the product can do that; how much it would be worth is a question of its own. See also
-- reassign_users_to.lua, which an administrator could really do, a quarter of an hour late.
--
--     local overflow_to = require "policies.overflow_to"
--     cce.policy "overflow" { recovery = { cce.builtin_2_0 {}, overflow_to { site = other } } }

local cce = require "ccesim"

return function(how)
    return cce.each_site(function(site)
        if site ~= how.site then cce.overflow(site, how.site) end
    end)
end
