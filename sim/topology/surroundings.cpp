// What stands around the appliances and the gateways: their sites, the users, the tenant's settings.

#include "sim/topology/fleet.hpp"
#include "sim/topology/holds.hpp"

#include <algorithm>

namespace sim::topology {

// --- sites

const SiteHold* Site::held(SitePart part) const {
    return first_of(holds, part);
}

SiteId Fleet::add_site(unsigned appliances_needed) {
    Site site;
    site.appliances_needed = appliances_needed;
    site.ready_for.assign(1, Duration{});
    return sites_.add(std::move(site));
}

bool Fleet::strike(SiteId id, SiteHold hold, Reason reason) {
    if (is_held_by(sites_[id].holds, hold)) return false;
    hold.cause = simulation_.cause();
    sites_[id].holds.push_back(hold);
    changed(id, hold.part, reason);
    return true;
}

void Fleet::release(SiteId id, std::uint32_t fault) {
    const std::optional<SiteHold> hold = taken_out(sites_[id].holds, fault);
    if (!hold) return;
    changed(id, hold->part, Reason::none);
    for (const ApplianceId appliance : sites_[id].appliances) blame_others(appliance, hold->cause);
}

void Fleet::changed(SiteId id, SitePart part, Reason reason) {
    for (const ApplianceId appliance : sites_[id].appliances) changed(appliance, reason);
    const bool stops_new_calls =
        part == SitePart::address || part == SitePart::sip_port || part == SitePart::services;
    if (!stops_new_calls) return;
    touched_users_ = true;
    for (std::size_t number = 0; number < gateways_.size(); ++number) {
        const auto gateway = static_cast<GatewayId>(number);
        const std::vector<Trunk>& trunks = gateways_[gateway].trunks;
        if (std::any_of(trunks.begin(), trunks.end(),
                        [&](const Trunk& trunk) { return appliances_[trunk.to].site == id; }))
            touched_gateways_.push_back(gateway);
    }
}

bool Fleet::has_directory(SiteId id) const {
    const Site& site = sites_[id];
    return site.directory_on && appliances_[*site.directory_on].host == Power::on &&
           site.held(SitePart::share) == nullptr;
}

// --- users

const UserHold* UserGroup::held(UserPart part) const {
    return first_of(holds, part);
}

const OneUser* UserGroup::alone_of(std::uint32_t caller) const {
    const auto found =
        std::lower_bound(alone.begin(), alone.end(), caller,
                         [](const OneUser& one, std::uint32_t other) { return one.caller < other; });
    return found != alone.end() && found->caller == caller ? &*found : nullptr;
}

std::optional<SiteId> UserGroup::site() const {
    const UserHold* moved = held(UserPart::assignment);
    return moved != nullptr ? moved->site : assigned;
}

CohortId Fleet::add_users(std::optional<SiteId> assigned) {
    UserGroup users;
    users.assigned = assigned;
    return users_.add(std::move(users));
}

bool Fleet::strike(CohortId id, UserHold hold) {
    if (is_held_by(users_[id].holds, hold)) return false;
    hold.cause = simulation_.cause();
    users_[id].holds.push_back(hold);
    touched_users_ = true;
    return true;
}

void Fleet::release(CohortId id, std::uint32_t fault) {
    if (taken_out(users_[id].holds, fault)) touched_users_ = true;
}

bool Fleet::take_touched_users() {
    const bool touched = touched_users_;
    touched_users_ = false;
    return touched;
}

// --- the tenant

const TenantHold* Tenant::held(TenantPart part) const {
    return first_of(holds, part);
}

std::optional<SiteId> Tenant::exit_of_the_unassigned() const {
    const TenantHold* hold = held(TenantPart::peer_destination);
    return hold != nullptr ? hold->site : peer_destination;
}

bool Fleet::strike(TenantHold hold) {
    if (is_held_by(tenant_.holds, hold)) return false;
    hold.cause = simulation_.cause();
    tenant_.holds.push_back(hold);
    touched_users_ = true;
    return true;
}

void Fleet::release_tenant(std::uint32_t fault) {
    if (taken_out(tenant_.holds, fault)) touched_users_ = true;
}

}  // namespace sim::topology
