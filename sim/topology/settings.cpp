// What the tenant's cmdlets write. A setting that does what a fault does is a hold like that fault's, and one
// that is right again lets go of both: it does not matter who wrote it wrong.

#include "sim/topology/fleet.hpp"
#include "sim/topology/holds.hpp"
#include "sim/vocabulary/kinds.hpp"

#include <algorithm>

namespace sim::topology {

using vocabulary::subject_of;
namespace record = vocabulary::record;

namespace {

template <class Hold, class PartOf>
Hold setting(PartOf part, FaultId as, std::uint32_t place, kernel::RecordId cause) {
    Hold hold;
    hold.fault = by_setting;
    hold.id = as;
    hold.place = place;
    hold.cause = cause;
    hold.part = part;
    return hold;
}

FaultId called(TenantPart part) {
    switch (part) {
        case TenantPart::peer_destination:
            return FaultId::peer_destination_unset;
        case TenantPart::shared_sip_space:
            return FaultId::shared_sip_space_false;
        case TenantPart::dial_plan:
            break;
    }
    return FaultId::onprem_dialplan_true;
}

// What is wrong already, by a fault, stays so as well; what is written comes first.
template <class Holds, class Hold>
void put_first(Holds& holds, const Hold& setting) {
    holds.erase(
        std::remove_if(holds.begin(), holds.end(),
                       [&](const Hold& hold) { return hold.part == setting.part && hold.fault == by_setting; }),
        holds.end());
    holds.insert(holds.begin(), setting);
}

void drop_empty(std::vector<OneUser>& alone) {
    alone.erase(std::remove_if(alone.begin(), alone.end(),
                               [](const OneUser& one) {
                                   return !one.voice && !one.international && !one.moved && !one.given_voice;
                               }),
                alone.end());
}

}  // namespace

// All that holds the part is over.
template <class Holds, class PartOf>
void Fleet::forget(Holds& holds, PartOf part) {
    for (const auto& hold : holds)
        if (hold.part == part && hold.fault != by_setting)
            simulation_.record(record::fault_cleared, hold.place, static_cast<std::int64_t>(hold.id));
    holds.erase(
        std::remove_if(holds.begin(), holds.end(), [part](const auto& hold) { return hold.part == part; }),
        holds.end());
}

// --- users

OneUser& Fleet::alone(CohortId id, std::uint32_t caller) {
    std::vector<OneUser>& all = users_[id].alone;
    auto found = std::lower_bound(all.begin(), all.end(), caller,
                                  [](const OneUser& one, std::uint32_t other) { return one.caller < other; });
    if (found == all.end() || found->caller != caller) {
        found = all.insert(found, OneUser{});
        found->caller = caller;
    }
    found->cause = simulation_.cause();
    touched_users_ = true;
    return *found;
}

void Fleet::assign(CohortId id, std::optional<SiteId> site) {
    UserGroup& users = users_[id];
    forget(users.holds, UserPart::assignment);
    users.assigned = site;
    for (OneUser& one : users.alone) one.moved = false;
    drop_empty(users.alone);
    touched_users_ = true;
}

void Fleet::assign(CohortId id, std::uint32_t caller, std::optional<SiteId> site) {
    OneUser& one = alone(id, caller);
    one.moved = true;
    one.assigned = site;
}

void Fleet::set_voice(CohortId id, bool enabled) {
    UserGroup& users = users_[id];
    users.all_given_voice = users.all_given_voice || enabled;
    for (OneUser& one : users.alone) {
        one.voice.reset();
        one.given_voice = one.given_voice && !users.all_given_voice;
    }
    drop_empty(users.alone);
    if (enabled)
        forget(users.holds, UserPart::voice);
    else
        put_first(users.holds, setting<UserHold>(UserPart::voice, FaultId::user_not_voice_enabled,
                                                 subject_of(id), simulation_.cause()));
    touched_users_ = true;
}

void Fleet::set_voice(CohortId id, std::uint32_t caller, bool enabled) {
    OneUser& one = alone(id, caller);
    one.voice = enabled;
    one.given_voice = one.given_voice || enabled;
}

bool UserGroup::was_given_voice(std::uint32_t caller) const {
    const OneUser* one = alone_of(caller);
    return all_given_voice || (one != nullptr && one->given_voice);
}

bool UserGroup::gave_voice_to_anyone() const {
    return all_given_voice ||
           std::any_of(alone.begin(), alone.end(), [](const OneUser& one) { return one.given_voice; });
}

void Fleet::set_international(CohortId id, bool allowed) {
    UserGroup& users = users_[id];
    for (OneUser& one : users.alone) one.international.reset();
    drop_empty(users.alone);
    users.international = allowed;
    if (allowed)
        forget(users.holds, UserPart::international);
    else
        put_first(users.holds, setting<UserHold>(UserPart::international, FaultId::intl_disallowed,
                                                 subject_of(id), simulation_.cause()));
    touched_users_ = true;
}

void Fleet::set_international(CohortId id, std::uint32_t caller, bool allowed) {
    alone(id, caller).international = allowed;
}

// --- the tenant

void Fleet::write_peer_destination(std::optional<SiteId> site) {
    forget(tenant_.holds, TenantPart::peer_destination);
    tenant_.peer_destination = site;
    if (!site) write(TenantPart::peer_destination, false);
    touched_users_ = true;
}

void Fleet::write(TenantPart part, bool right) {
    if (right)
        forget(tenant_.holds, part);
    else
        put_first(tenant_.holds, setting<TenantHold>(part, called(part), 0, simulation_.cause()));
    touched_users_ = true;
}

// --- sites and appliances

void Fleet::write(SiteId id, SitePart part, bool right) {
    SIM_CHECK(part == SitePart::auto_update || part == SitePart::windows || part == SitePart::routing);
    std::vector<SiteHold>& holds = sites_[id].holds;
    const FaultId as = part == SitePart::windows ? FaultId::windows_unset : FaultId::auto_update_off;
    if (right)
        forget(holds, part);
    else
        put_first(holds, setting<SiteHold>(part, as, subject_of(id), simulation_.cause()));
    changed(id, part, Reason::none);
    if (part == SitePart::routing) touched_users_ = true;
}

void Fleet::set_overflow(SiteId id, std::optional<SiteId> to) {
    sites_[id].overflow_to = to;
    touched_users_ = true;
}

void Fleet::set_maintenance_mode(ApplianceId id, bool on) {
    at(id).maintenance_mode = on;
    changed(id, Reason::none);
}

void Fleet::set_registered(ApplianceId id, bool registered) {
    at(id).deployment.registered = registered;
    changed(id, Reason::none);
}

void Fleet::write_status(ApplianceId id, TenantStatus status) {
    at(id).status = status;
    changed(id, Reason::none);
}

void Fleet::write_hybrid_object(ApplianceId id, std::optional<FaultId> wrong) {
    std::vector<Hold>& holds = at(id).holds;
    const auto stays = std::find_if(holds.begin(), holds.end(), [&](const Hold& hold) {
        return hold.part == Part::hybrid_object && hold.id == wrong;
    });
    std::optional<Hold> hold;
    if (stays != holds.end()) {
        hold = *stays;
        holds.erase(stays);
    } else if (wrong) {
        hold = setting<Hold>(Part::hybrid_object, *wrong, subject_of(id), simulation_.cause());
    }
    forget(holds, Part::hybrid_object);
    if (hold) holds.push_back(*hold);
    settle_part(id, Part::hybrid_object);
    changed(id, Reason::none);
}

}  // namespace sim::topology
