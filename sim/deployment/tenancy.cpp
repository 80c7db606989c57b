#include "sim/deployment/tenancy.hpp"

#include "sim/scenario/windows.hpp"
#include "sim/vocabulary/letters.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sim::deployment {

using operations::People;
using scenario::CohortId;
using scenario::SiteId;

std::optional<People::One> UsersOfPlan::named(std::string_view principal) const {
    for (std::size_t group = 0; group < scenario_.cohorts.size(); ++group) {
        const std::vector<scenario::User>& users = scenario_.cohorts[static_cast<CohortId>(group)].users;
        const auto found = std::find_if(users.begin(), users.end(), [&](const scenario::User& user) {
            return vocabulary::same_word(user.name, principal);
        });
        if (found == users.end() || principal.empty()) continue;
        One one{static_cast<CohortId>(group), static_cast<std::size_t>(found - users.begin()), 0};
        // Callers are those with voice, in the order of the file, then those without.
        one.caller = static_cast<std::uint32_t>(std::count_if(users.begin(), found, [&](const auto& user) {
            return user.voice_enabled == found->voice_enabled;
        }));
        if (!found->voice_enabled) one.caller += with_voice(one.group);
        return one;
    }
    return std::nullopt;
}

std::size_t UsersOfPlan::size(CohortId group) const {
    return scenario_.cohorts[group].users.size();
}

bool UsersOfPlan::has_voice(CohortId group, std::size_t number) const {
    return scenario_.cohorts[group].users[number].voice_enabled;
}

std::uint32_t UsersOfPlan::with_voice(CohortId group) const {
    const std::vector<scenario::User>& users = scenario_.cohorts[group].users;
    return static_cast<std::uint32_t>(std::count_if(
        users.begin(), users.end(), [](const scenario::User& user) { return user.voice_enabled; }));
}

std::string UsersOfPlan::name(const One& one) const {
    return scenario_.cohorts[one.group].users[one.number].name;
}

bool UsersOfPlan::may_dial_abroad(const One& one) const {
    return scenario_.cohorts[one.group].users[one.number].international;
}

std::optional<CohortId> UsersOfPlan::users_of(std::optional<SiteId> site) const {
    for (std::size_t group = 0; group < scenario_.cohorts.size(); ++group)
        if (scenario_.cohorts[static_cast<CohortId>(group)].site == site) return static_cast<CohortId>(group);
    return std::nullopt;
}

std::optional<SiteId> UsersOfPlan::site_of(CohortId group) const {
    return scenario_.cohorts[group].site;
}

std::vector<kernel::Instant> ClocksOfPlan::of(const vocabulary::Window& window, SiteId site,
                                              kernel::Instant after) const {
    return scenario::openings(window, scenario_.sites[site].zone, scenario_.calendar(), after,
                              kernel::start_of_run + scenario_.length);
}

bool ClocksOfPlan::fits(const vocabulary::Window& window) const {
    return scenario::opens_at_all(window) && window.length > kernel::Duration{} &&
           window.length <= scenario::shortest_gap(window);
}

std::string ClocksOfPlan::text(const vocabulary::Window& window) const {
    return scenario::text(window);
}

std::string window_name(scenario::WindowId id) {
    return fmt::format("Window{}", vocabulary::index(id) + 1);
}

namespace {

void add_window(std::vector<std::string>& windows, const std::string& name) {
    if (std::find(windows.begin(), windows.end(), name) == windows.end()) windows.push_back(name);
}

operations::TenantAppliance appliance_object(const scenario::Scenario& scenario, std::size_t number) {
    const auto id = static_cast<scenario::ApplianceId>(number);
    const scenario::Appliance& appliance = scenario.appliances[id];
    operations::TenantAppliance object;
    object.identity = operations::appliance_identity(static_cast<std::uint32_t>(number));
    object.name = appliance.name;
    object.site = scenario.sites[appliance.site].name;
    object.ip = appliance.mediation_ip;
    object.fqdn = appliance.mediation_fqdn.empty() ? appliance.name + "-mediation" : appliance.mediation_fqdn;
    object.appliance = id;
    return object;
}

}  // namespace

operations::TenancyPlan tenancy_plan(const scenario::Scenario& scenario, const scenario::Policy& policy) {
    operations::TenancyPlan plan;
    plan.updates = policy.update.kind != scenario::UpdateKind::never;
    for (std::size_t i = 0; i < scenario.sites.size(); ++i) {
        const auto id = static_cast<SiteId>(i);
        plan.sites.push_back({scenario.sites[id].name,
                              scenario.sites[id].edge_fqdn,
                              id,
                              scenario.sites[id].edge_fqdn,
                              true,
                              {},
                              {}});
    }
    for (std::size_t i = 0; i < scenario.windows.size(); ++i) {
        const auto id = static_cast<scenario::WindowId>(i);
        plan.windows.push_back({window_name(id), scenario.windows[id]});
    }
    for (const scenario::UpdatePlan& update : scenario.updates) {
        operations::TenantSite& site = plan.sites[vocabulary::index(update.site)];
        if (update.purposes.os) add_window(site.os_windows, window_name(update.window));
        if (update.purposes.bits) add_window(site.bits_windows, window_name(update.window));
    }
    for (std::size_t i = 0; i < scenario.appliances.size(); ++i) {
        plan.appliances.push_back(appliance_object(scenario, i));
        const operations::TenantAppliance& object = plan.appliances.back();
        const std::string name = "hybridms-" + object.name;
        const std::string& edge =
            plan.sites[vocabulary::index(scenario.appliances[*object.appliance].site)].edge_fqdn;
        plan.accounts.push_back(
            {name, name, "HybridMediationServer", false, kernel::start_of_run, object.fqdn, edge});
    }
    if (scenario.peer_destination) plan.peer_destination = scenario.sites[*scenario.peer_destination].edge_fqdn;
    return plan;
}

}  // namespace sim::deployment
