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
    const std::uint16_t at = origin.site(made.direction);
    if (at != nowhere_) {
        const topology::Site& site = fleet_.sites()[static_cast<SiteId>(at)];
        if (const auto* port = site.held(topology::SitePart::sip_port))
            return because(Reason::edge_unreachable, port->cause);
        if (const auto* records = site.held(topology::SitePart::services))
            return because(Reason::no_name, records->cause);
    }
    if (cohort.users) {
        const topology::UserGroup& users = fleet_.users()[*cohort.users];
        const auto* voice = users.held(topology::UserPart::voice);
        if (voice != nullptr && made.caller < share_of(voice->share, cohort.callers.size()))
            return because(Reason::not_voice_enabled, voice->cause);
        const auto* abroad = users.held(topology::UserPart::international);
        if (abroad != nullptr && out && made.international)
            return because(Reason::international_not_allowed, abroad->cause);
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

// Mediation spreads calls evenly over the gateways; each is tried at most once, from `turn` on. A silent one
// costs ten seconds, a full one answers 503 at once.
std::optional<CallPlane::Obstacle> CallPlane::find_channel(Attempt& attempt,
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
        if (const auto* hold = truth.distrusts(way.appliance))
            return broken(Reason::trunk_not_trusted, hold->cause);
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

// The gateway hunts over the trunks it believes up, beginning one further each time; then, as a last resort,
// over the others. A trunk that answers there is believed up again.
std::optional<CallPlane::Obstacle> CallPlane::find_trunk(Attempt& attempt, GatewayId gateway,
                                                         ApplianceId& found) {
    const Candidates<ApplianceId>& trunks = beliefs_.trunks_tried_by(gateway, simulation_.now());
    Channels& channels = channels_[index(gateway)];
    const std::span<const ApplianceId> believed = trunks.believed();
    const std::span<const ApplianceId> all = trunks.all();
    std::uint32_t turn = channels.in_turn && channels.rotor < believed.size() ? channels.rotor : 0;
    channels.rotor = turn + 1;
    std::optional<Obstacle> why;
    if (all.empty()) {
        const topology::Gateway& truth = fleet_.gateways()[gateway];
        why = Obstacle{Reason::no_trunk, truth.holds.empty() ? kernel::no_cause : truth.holds.back().cause,
                       std::nullopt};
    }
    for (std::size_t left = believed.size(); left > 0; --left) {
        found = believed[turn];
        if (++turn == believed.size()) turn = 0;
        if (try_trunk(attempt, gateway, found, why)) return why;
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
    if (const auto* hold =
            channels_[index(gateway)].plain ? nullptr : fleet_.gateways()[gateway].distrusts(found)) {
        if (!why) why = Obstacle{Reason::trunk_not_trusted, hold->cause, std::nullopt};
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
