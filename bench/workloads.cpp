#include "bench/workloads.hpp"

#include <string>

namespace bench {

using namespace sim;

scenario::Scenario plan_of(const Fleet& fleet) {
    scenario::Scenario plan;
    plan.name = "bench";
    plan.from = std::chrono::year{2019} / 11 / 10;
    plan.length = fleet.lasts;
    for (unsigned s = 0; s < fleet.sites; ++s) {
        scenario::Site place;
        place.name = "site-" + std::to_string(s);
        const scenario::SiteId site = plan.sites.add(std::move(place));
        for (unsigned a = 0; a < fleet.appliances; ++a) {
            scenario::Appliance appliance;
            appliance.name = plan.sites[site].name + "-" + std::to_string(a);
            appliance.site = site;
            appliance.calls_max = fleet.calls_max;
            plan.sites[site].appliances.push_back(plan.appliances.add(std::move(appliance)));
        }
        scenario::Gateway gateway;
        gateway.name = plan.sites[site].name + "-gw";
        gateway.site = site;
        gateway.channels = 2 * fleet.appliances * fleet.calls_max;
        plan.sites[site].gateways.push_back(plan.gateways.add(std::move(gateway)));
        scenario::Cohort users;
        users.site = site;
        users.users.resize(fleet.users);
        scenario::Traffic traffic;
        traffic.cohort = plan.cohorts.add(std::move(users));
        traffic.erlangs = fleet.erlangs;
        traffic.length = fleet.length;
        traffic.outbound_share = fleet.outbound_share;
        for (auto& day : traffic.profile.days) day.assign(288, 1.0);
        plan.traffic.push_back(std::move(traffic));
    }
    plan.policies.emplace_back();
    return plan;
}

scenario::Scenario loss_system(kernel::Duration lasts) {
    Fleet fleet;
    fleet.length = kernel::exponential_law(std::chrono::seconds{180});
    fleet.lasts = lasts;
    return plan_of(fleet);
}

scenario::Scenario patched_year(std::chrono::hours window) {
    Fleet fleet;
    fleet.sites = scenario::sites_per_tenant_max;
    fleet.appliances = scenario::appliances_per_site_max;
    fleet.erlangs = 0;
    fleet.length = kernel::exponential_law(std::chrono::seconds{180});
    fleet.lasts = std::chrono::days{365};
    scenario::Scenario plan = plan_of(fleet);
    plan.policies.front().update.drain_limit = std::chrono::minutes{30};
    const scenario::Weekly sundays{std::bitset<7>{1}};
    const scenario::WindowId weekly = plan.windows.add({sundays, std::chrono::hours{2}, window, {}});
    for (std::size_t site = 0; site < plan.sites.size(); ++site)
        plan.updates.push_back({static_cast<scenario::SiteId>(site), weekly, {}, {}});
    return plan;
}

}  // namespace bench
