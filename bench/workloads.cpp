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

}  // namespace bench
