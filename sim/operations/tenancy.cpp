#include "sim/operations/tenancy.hpp"

#include "sim/vocabulary/kinds.hpp"
#include "sim/vocabulary/letters.hpp"

#include <algorithm>

namespace sim::operations {

using vocabulary::Purposes;
using vocabulary::same_word;

namespace {

template <class All, class Is>
auto find_in(All& all, Is is) -> decltype(all.data()) {
    const auto found = std::find_if(all.begin(), all.end(), is);
    return found == all.end() ? nullptr : &*found;
}

template <class All>
auto named(All& all, std::string_view name) -> decltype(all.data()) {
    return find_in(all, [name](const auto& one) { return same_word(one.name, name); });
}

template <class All>
auto identified(All& all, std::string_view name) -> decltype(all.data()) {
    return find_in(
        all, [name](const auto& one) { return same_word(one.identity, name) || same_word(one.name, name); });
}

template <class All>
auto account_in(All& all, std::string_view name) -> decltype(all.data()) {
    return find_in(all, [name](const auto& one) {
        return same_word(one.principal, name) || same_word(one.display_name, name);
    });
}

bool has(const std::vector<std::string>& names, const std::string& name) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& one) { return same_word(one, name); });
}

Purposes wanted(const TenantSite& site, const std::string& window) {
    return {has(site.os_windows, window), has(site.bits_windows, window)};
}

bool covers(Purposes all, Purposes some) {
    return (all.os || !some.os) && (all.bits || !some.bits);
}

}  // namespace

std::string appliance_identity(std::uint32_t number) {
    std::string digits = std::to_string(number + 1);
    digits.insert(0, 12 - digits.size(), '0');
    return "cce00000-0000-4000-8000-" + digits;
}

Tenancy::Tenancy(kernel::Simulation& simulation, maintenance::Updates& updates, const People& people,
                 const maintenance::Openings& openings, TenancyPlan plan)
    : sites(plan.sites),
      sites_at_start(std::move(plan.sites)),
      appliances(plan.appliances),
      appliances_at_start(std::move(plan.appliances)),
      windows(std::move(plan.windows)),
      accounts(std::move(plan.accounts)),
      peer_destination(std::move(plan.peer_destination)),
      simulation_(simulation),
      updates_(updates),
      people_(people),
      openings_(openings),
      updates_run_(plan.updates),
      identities_given_(static_cast<std::uint32_t>(appliances.size())) {}

void Tenancy::in_force_after(Duration delay, std::function<void()> change) {
    const auto row = static_cast<std::uint32_t>(changes_.size());
    changes_.push_back(std::move(change));
    simulation_.schedule_in(delay, kernel::Rank::timer, vocabulary::kind::setting_takes_effect, row);
}

void Tenancy::takes_effect(std::uint32_t row) {
    const std::function<void()> change = std::move(changes_[row]);
    changes_[row] = nullptr;
    change();
}

TenantSite* Tenancy::site(std::string_view name) {
    return named(sites, name);
}
const TenantSite* Tenancy::site(std::string_view name) const {
    return named(sites, name);
}
const TenantSite* Tenancy::site_with_edge(std::string_view fqdn) const {
    return find_in(sites, [fqdn](const TenantSite& one) { return same_word(one.edge_fqdn, fqdn); });
}
TenantAppliance* Tenancy::appliance(std::string_view name) {
    return identified(appliances, name);
}
const TenantAppliance* Tenancy::appliance(std::string_view name) const {
    return identified(appliances, name);
}
const TenantAppliance* Tenancy::appliance_of(ApplianceId id) const {
    return find_in(appliances, [id](const TenantAppliance& one) { return one.appliance == id; });
}
const TenantAppliance& Tenancy::at_start(ApplianceId id) const {
    return *find_in(appliances_at_start, [id](const TenantAppliance& one) { return one.appliance == id; });
}
const TenantAppliance& Tenancy::add_appliance(TenantAppliance appliance) {
    appliance.identity = appliance_identity(identities_given_++);
    appliances.push_back(std::move(appliance));
    return appliances.back();
}
TenantWindow* Tenancy::window(std::string_view name) {
    return named(windows, name);
}
const TenantWindow* Tenancy::window(std::string_view name) const {
    return named(windows, name);
}
Account* Tenancy::account(std::string_view name) {
    return account_in(accounts, name);
}
const Account* Tenancy::account(std::string_view name) const {
    return account_in(accounts, name);
}
const Account* Tenancy::account_of(std::string_view mediation_fqdn) const {
    return find_in(
        accounts, [=](const Account& one) { return !one.fqdn.empty() && same_word(one.fqdn, mediation_fqdn); });
}

// --- windows

bool Tenancy::opens(SiteId site, const std::string& window, Purposes purposes) const {
    return std::any_of(in_use_.begin(), in_use_.end(), [&](const TenancyPlan::Window& row) {
        return row.site == site && same_word(row.window, window) && covers(row.purposes, purposes);
    });
}

// Rows that are still wanted stay as they are: a window that is open stays open.
void Tenancy::lay_windows(const TenantSite& site) {
    if (!updates_run_ || !site.site) return;
    const SiteId id = *site.site;
    const auto is_over = [&](const TenancyPlan::Window& row) {
        if (row.site != id || covers(wanted(site, row.window), row.purposes)) return false;
        updates_.remove(row.row);
        return true;
    };
    in_use_.erase(std::remove_if(in_use_.begin(), in_use_.end(), is_over), in_use_.end());
    for (const TenantWindow& window : windows) {
        const Purposes all = wanted(site, window.name);
        const Purposes missing{all.os && !opens(id, window.name, {true, false}),
                               all.bits && !opens(id, window.name, {false, true})};
        if (!missing.os && !missing.bits) continue;
        maintenance::WindowPlan plan;
        plan.site = id;
        plan.purposes = missing;
        plan.length = window.window.length;
        plan.openings = openings_.of(window.window, id, simulation_.now());
        in_use_.push_back({id, window.name, missing, updates_.add(std::move(plan))});
    }
}

void Tenancy::lay_window(const std::string& window) {
    const auto is_old = [&](const TenancyPlan::Window& row) {
        if (!same_word(row.window, window)) return false;
        updates_.remove(row.row);
        return true;
    };
    in_use_.erase(std::remove_if(in_use_.begin(), in_use_.end(), is_old), in_use_.end());
    for (const TenantSite& site : sites) lay_windows(site);
}

// --- sessions

std::vector<Session> Tenancy::sessions() const {
    std::vector<Session> open;
    for (const Session& one : all_sessions)
        if (one.reconnects || simulation_.now() < one.opened + session_lives) open.push_back(one);
    return open;
}

Session Tenancy::open_session(const std::string& administrator) {
    all_sessions.push_back({++sessions_opened_, administrator, simulation_.now(), reconnects, false});
    return all_sessions.back();
}

}  // namespace sim::operations
