// The hunts of calls that do not find the first way they try, and what stops a call before it hunts.
//
// Few calls come here: what nearly every call does is in call_plane.cpp.

#include "sim/calls/call_plane.hpp"

#include <algorithm>

namespace sim::calls {

namespace {

// So many of `count`, rounded to whole ones.
std::uint32_t share_of(double share, std::size_t count) {
    return static_cast<std::uint32_t>(share * static_cast<double>(count) + 0.5);
}

// Of a share it is those who had voice first; newcomers are among all of them only.
bool lacks_voice(const Cohort& cohort, const Arrival& made, double share) {
    return cohort.newcomers_of ? share >= 1 : made.caller < share_of(share, cohort.callers.size());
}

}  // namespace

// Out of the way of the calls that nothing is wrong with.
bool CallPlane::is_stopped(const Attempt& attempt, const Origin& origin) {
    const std::optional<Obstacle> obstacle = objection(attempt, origin);
    if (obstacle) lose(attempt, *obstacle);
    return obstacle.has_value();
}

void CallPlane::lose_at_once(const Attempt& attempt, Reason reason) {
    lose(attempt, {reason, kernel::no_cause, std::nullopt});
}

// What is written down wrong about these users, or about the tenant, and stops this call.
std::optional<CallPlane::Obstacle> CallPlane::objection(const Attempt& attempt, const Origin& origin) const {
    const Arrival& made = attempt.made;
    const Cohort& cohort = cohorts_[attempt.cohort];
    const topology::Tenant& tenant = fleet_.tenant();
    const bool out = made.direction == Direction::outbound;
    const auto because = [](Reason reason, kernel::RecordId cause) {
        return Obstacle{reason, cause, std::nullopt};
    };
    if (const auto* hold = tenant.held(topology::TenantPart::shared_sip_space))
        return because(Reason::no_hybrid_routing, hold->cause);
    if (out && origin.exit != nowhere_) {  // an inbound call enters where a trunk of its gateway leads
        const auto exit = static_cast<SiteId>(origin.exit);
        if (const auto blocked = blocked_at(exit)) return blocked;
        if (const auto* removed = fleet_.sites()[exit].held(topology::SitePart::routing))
            return because(Reason::no_route, removed->cause);
    }
    if (cohort.users) {
        const topology::UserGroup& users = *users_of(cohort);
        const topology::OneUser* alone = users.alone_of(number_among_users(cohort, made));
        const auto* voice = users.held(topology::UserPart::voice);
        if (alone != nullptr && alone->voice) {
            if (!*alone->voice) return because(Reason::not_voice_enabled, alone->cause);
        } else if (voice != nullptr && lacks_voice(cohort, made, voice->share)) {
            return because(Reason::not_voice_enabled, voice->cause);
        }
        const auto* abroad = users.held(topology::UserPart::international);
        if (alone != nullptr && alone->international) {
            if (!*alone->international && out && made.international)
                return because(Reason::international_not_allowed, alone->cause);
        } else if (abroad != nullptr && out && made.international) {
            return because(Reason::international_not_allowed, abroad->cause);
        }
        if (alone != nullptr && alone->moved && out && origin.exit == nowhere_)
            return because(Reason::no_route, alone->cause);
        const auto* assignment = users.held(topology::UserPart::assignment);
        if (assignment != nullptr && out && origin.exit == nowhere_)
            return because(Reason::no_route, assignment->cause);
    }
    const auto* peer = tenant.held(topology::TenantPart::peer_destination);
    if (peer != nullptr && out && origin.exit == nowhere_) return because(Reason::no_route, peer->cause);
    const auto* dial_plan = tenant.held(topology::TenantPart::dial_plan);
    if (dial_plan != nullptr && out && !made.emergency &&
        streams_[index(attempt.cohort)].chance(made.ordinal, Arrivals::Chance::misdials) <
            rules_.misdialled_share)
        return because(Reason::misdialled, dial_plan->cause);
    return std::nullopt;
}

CallPlane::Obstacle CallPlane::without_edges(SiteId exit) const {
    const topology::Site& site = fleet_.sites()[exit];
    if (const auto* address = site.held(topology::SitePart::address))
        return {Reason::no_name, address->cause, std::nullopt};
    const bool unnamed = std::all_of(site.appliances.begin(), site.appliances.end(), [this](ApplianceId id) {
        return !fleet_.appliances()[id].good(vocabulary::Part::address_record);
    });
    return {unnamed ? Reason::no_name : Reason::no_appliance_in_service, what_emptied(exit), std::nullopt};
}

// The first Edge tried, `found`, did not do. A dead one costs a connect delay and is avoided for a while.
std::optional<CallPlane::Obstacle> CallPlane::hunt_on(Attempt& attempt, ApplianceId& found) {
    std::optional<Obstacle> why;
    for (;;) {
        const Line& line = lines_[index(found)];
        const topology::Appliance& truth = fleet_.appliances()[found];
        if (!line.edge_alive) {
            attempt.delay += rules_.cloud_connect_delay;
            beliefs_.edge_found_dead(found, simulation_.now());
            why = Obstacle{Reason::edge_unreachable, truth.edge_down.cause, std::nullopt};
        } else if (!line.mediation_alive) {
            why = Obstacle{Reason::mediation_unreachable, truth.mediation_down.cause, found};
            if (!rules_.outbound_reroute_on_mediation) return why;
        } else if (!line.admits) {  // 503: the cloud hunts on at once
            if (!why) why = Obstacle{Reason::no_appliance_in_service, truth.reported, std::nullopt};
        } else if (attempt.made.external && !line.relay_admits) {
            return Obstacle{Reason::no_relay, truth.relay_down.cause, found};
        } else if (!has_room(line, attempt.made)) {
            why = full(found);
            if (!rules_.second_try) return why;
        } else {
            return std::nullopt;
        }
        hunt_.erase(std::find(hunt_.begin(), hunt_.end(), found));
        if (hunt_.empty()) return why;
        found = hunt_[choose(attempt, hunt_.size())];
    }
}

// Full by its hardware, or by a port range that is too small for it.
CallPlane::Obstacle CallPlane::full(ApplianceId id) const {
    const Line& line = lines_[index(id)];
    if (line.anchored < line.ports_for) return {Reason::appliance_full, kernel::no_cause, id};
    kernel::RecordId cause = kernel::no_cause;
    for (const topology::Hold& hold : fleet_.appliances()[id].holds)
        if (hold.part == vocabulary::Part::media_ports && hold.calls_max == line.ports_for) cause = hold.cause;
    return {Reason::no_media_port, cause, id};
}

// With nobody left to try: the record that took the last one away.
kernel::RecordId CallPlane::what_emptied(SiteId site) const {
    kernel::RecordId last = kernel::no_cause;
    for (const ApplianceId id : fleet_.sites()[site].appliances) {
        const topology::Appliance& appliance = fleet_.appliances()[id];
        last = std::max({last, appliance.reported, appliance.edge_down.cause, appliance.mediation_down.cause});
        for (const topology::Hold& hold : appliance.holds)
            if (hold.part == vocabulary::Part::address_record) last = std::max(last, hold.cause);
    }
    return last;
}

// What keeps the numbers of this gateway from coming in.
std::optional<CallPlane::Obstacle> CallPlane::closed(GatewayId owner) const {
    const Channels& channels = channels_[index(owner)];
    const topology::Gateway& truth = fleet_.gateways()[owner];
    if (!channels.alive) return Obstacle{Reason::gateway_dead, truth.down.cause, std::nullopt};
    if (const auto* circuits = truth.held(topology::GatewayPart::circuits))
        return Obstacle{Reason::no_circuit, circuits->cause, std::nullopt};
    if (channels.busy >= channels.channels) return Obstacle{Reason::no_channel, kernel::no_cause, std::nullopt};
    return std::nullopt;
}

// Mediation spreads calls evenly over the gateways that carry the number. The first pick fell on all of them
// alike; if it does not carry the number, the call is picked for again, among those that do. So each of these
// has the same share.
std::optional<CallPlane::Obstacle> CallPlane::find_channel(Attempt& attempt,
                                                           std::span<const GatewayId> gateways,
                                                           std::size_t turn, Way& way) {
    const bool all_carry =
        std::all_of(gateways.begin(), gateways.end(), [&](GatewayId id) { return carries(id, attempt.made); });
    if (all_carry) return try_gateways(attempt, gateways, turn, way);
    const GatewayId first = gateways[turn];
    const auto keep = [&](std::span<const GatewayId> among) {
        carriers_.clear();
        for (const GatewayId id : among)
            if (carries(id, attempt.made)) carriers_.push_back(id);
    };
    keep(gateways);
    // The last resort: with all that carry it believed down, all of them are tried.
    if (carriers_.empty()) keep(fleet_.sites()[fleet_.gateways()[first].site].gateways);
    if (carriers_.empty()) return Obstacle{Reason::no_route_for_class, kernel::no_cause, way.appliance};
    const auto place = std::find(carriers_.begin(), carriers_.end(), first);
    const std::size_t from = place != carriers_.end() ? static_cast<std::size_t>(place - carriers_.begin())
                                                      : choose(attempt, carriers_.size());
    return try_gateways(attempt, carriers_, from, way);
}

bool CallPlane::carries(GatewayId gateway, const Arrival& made) const {
    using vocabulary::NumberClass;
    return fleet_.gateways()[gateway].carries.has(made.emergency       ? NumberClass::emergency
                                                  : made.international ? NumberClass::international
                                                                       : NumberClass::local);
}

// Each is tried at most once, from `turn` on. A silent one costs ten seconds, a full one answers 503 at once.
std::optional<CallPlane::Obstacle> CallPlane::try_gateways(Attempt& attempt,
                                                           std::span<const GatewayId> gateways,
                                                           std::size_t turn, Way& way) {
    std::optional<Obstacle> why;
    for (std::size_t left = gateways.size(); left > 0; --left) {
        way.gateway = gateways[turn];
        if (++turn == gateways.size()) turn = 0;
        if (try_gateway(attempt, way, why)) return std::nullopt;
    }
    return why;
}

// True if the call finds a channel there. Else `why` says what is in the way; a full gateway outweighs a broken
// one, because a broken one was not the last hope.
bool CallPlane::try_gateway(Attempt& attempt, Way way, std::optional<Obstacle>& why) {
    const Channels& channels = channels_[index(way.gateway)];
    const topology::Gateway& truth = fleet_.gateways()[way.gateway];
    const auto broken = [&](Reason reason, kernel::RecordId cause) {
        if (!why) why = Obstacle{reason, cause, way.appliance};
        return false;
    };
    const bool fast = fleet_.appliances()[way.appliance].fast_failover;
    if (!channels.alive) {
        attempt.delay += fast ? rules_.gateway_failover : rules_.invite_timeout;
        return broken(Reason::gateway_dead, truth.down.cause);
    }
    if (!channels.plain) {
        using topology::GatewayPart;
        if (const auto* connection = truth.refused(way.appliance))
            return broken(Reason::trunk_not_trusted, connection->cause);
        if (const auto* hold = truth.held(GatewayPart::circuits))
            return broken(Reason::no_circuit, hold->cause);
        const auto* slow = truth.held(GatewayPart::patience);
        if (slow != nullptr && fast &&
            streams_[index(attempt.cohort)].chance(attempt.made.ordinal, Arrivals::Chance::slow_destination) <
                slow->share) {
            attempt.delay += rules_.gateway_failover;
            return broken(Reason::setup_too_slow, slow->cause);
        }
    }
    if (channels.busy < channels.channels) return true;
    why = Obstacle{Reason::no_channel, kernel::no_cause, way.appliance};
    return false;
}

// Trunks of the lowest priority number first, from `turn` on; then those of the next, which take turns of their
// own; then, as a last resort, those believed down. One that answers there is believed up again.
std::optional<CallPlane::Obstacle> CallPlane::hunt_trunks(Attempt& attempt, GatewayId gateway,
                                                          const Candidates<ApplianceId>& trunks,
                                                          std::uint32_t turn, ApplianceId& found) {
    const topology::Gateway& truth = fleet_.gateways()[gateway];
    const std::span<const ApplianceId> believed = trunks.believed();
    const std::span<const ApplianceId> all = trunks.all();
    std::optional<Obstacle> why;
    if (all.empty())
        why = Obstacle{Reason::no_trunk, truth.holds.empty() ? kernel::no_cause : truth.holds.back().cause,
                       std::nullopt};
    std::size_t begin = 0, end = trunks.preferred().size();
    while (begin < believed.size()) {
        for (std::size_t tried = 0; tried < end - begin; ++tried) {
            found = believed[begin + (turn + tried) % (end - begin)];
            if (try_trunk(attempt, gateway, found, why)) return why;
        }
        begin = end;
        if (begin == believed.size()) break;
        const unsigned priority = truth.priority_of(believed[begin]);
        while (end < believed.size() && truth.priority_of(believed[end]) == priority) ++end;
        turn = channels_[index(gateway)].overflows++;
    }
    for (std::size_t other = believed.size(); other < all.size(); ++other) {
        found = all[other];
        if (!try_trunk(attempt, gateway, found, why)) continue;
        beliefs_.trunk_found_alive(gateway, found);
        return why;
    }
    return why;
}

// True if the hunt ends here: with a way, then `why` is empty, or without.
bool CallPlane::try_trunk(Attempt& attempt, GatewayId gateway, ApplianceId found,
                          std::optional<Obstacle>& why) {
    const Line& line = lines_[index(found)];
    const topology::Appliance& truth = fleet_.appliances()[found];
    if (const auto* connection = fleet_.gateways()[gateway].refused(found)) {  // the handshake fails at once
        beliefs_.trunk_found_dead(gateway, found);
        if (!why) why = Obstacle{Reason::trunk_not_trusted, connection->cause, std::nullopt};
        return false;
    }
    if (!line.mediation_alive) {
        attempt.delay += rules_.trunk_connect_delay;
        beliefs_.trunk_found_dead(gateway, found);  // acts from the next call on
        if (!why) why = Obstacle{Reason::no_mediation_answers, truth.mediation_down.cause, std::nullopt};
        return false;
    }
    if (!line.admits) {  // 503: the gateway hunts on at once
        if (!why || why->reason == Reason::no_mediation_answers)
            why = Obstacle{Reason::no_appliance_in_service, truth.reported, std::nullopt};
        return false;
    }
    if (!line.edge_alive) {
        why = Obstacle{Reason::edge_dead_behind_mediation, truth.edge_down.cause, found};
        return !fleet_.gateways()[gateway].reroute_on_5xx;
    }
    if (const auto blocked = blocked_at(truth.site)) {  // its Edge answers, and cannot pass the call on
        why = blocked;
        return !fleet_.gateways()[gateway].reroute_on_5xx;
    }
    if (attempt.made.external && !line.relay_admits) {
        why = Obstacle{Reason::no_relay, truth.relay_down.cause, found};
        return true;
    }
    if (!has_room(line, attempt.made)) {
        why = full(found);
        return !rules_.reroute_on_busy;
    }
    why.reset();
    return true;
}

}  // namespace sim::calls
