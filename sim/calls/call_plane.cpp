#include "sim/calls/call_plane.hpp"

#include "sim/kernel/check.hpp"
#include "sim/vocabulary/kinds.hpp"

#include <algorithm>

namespace sim::calls {

using kernel::Key;
using kernel::Rank;
namespace kind = vocabulary::kind;
namespace record = vocabulary::record;

CallPlane::CallPlane(kernel::Simulation& simulation, const topology::Fleet& fleet,
                     const vocabulary::Calendar& calendar, Rules rules,
                     vocabulary::Table<CohortId, Cohort> cohorts,
                     const std::vector<std::string>& appliance_names,
                     const std::vector<std::string>& gateway_names)
    : simulation_(simulation),
      fleet_(fleet),
      calendar_(calendar),
      rules_(rules),
      cohorts_(std::move(cohorts)),
      beliefs_(simulation, fleet, rules.patience, appliance_names, gateway_names),
      ledger_(fleet.sites().size()),
      edge_rotor_(fleet.sites().size(), 0),
      zone_of_book_(fleet.sites().size() + 1, nullptr) {
    // A slot names them in 16 bits, a loss in 20 and 12.
    SIM_CHECK(fleet.appliances().size() < 1u << 16 && fleet.gateways().size() < 1u << 16);
    for (const Cohort& cohort : cohorts_) {
        SIM_CHECK(!cohort.newcomers_of || (cohort.users && index(*cohort.newcomers_of) < ordinary_));
        if (!cohort.newcomers_of) ++ordinary_;
    }
    SIM_CHECK(ordinary_ <= kernel::Tournament::streams_max);  // fewer than 2^12
    let_in_.assign(cohorts_.size() - ordinary_, false);
    for (const topology::Appliance& appliance : fleet.appliances()) {
        Line line;
        line.calls_max = appliance.calls_max;
        line.ports_for = appliance.media_ports_for;
        line.bypasses_media = rules.media_bypass && vocabulary::version(appliance.version).bypasses_media;
        open(line);
        lines_.push_back(line);
    }
    for (const topology::Gateway& gateway : fleet.gateways()) {
        Channels channels;
        channels.channels = channels.open_up_to = gateway.channels;
        channels.site = static_cast<std::uint16_t>(index(gateway.site));
        channels.delivers_to = static_cast<std::uint16_t>(channels_.size());
        channels_.push_back(channels);
    }
    for (std::size_t gateway = 0; gateway < channels_.size(); ++gateway)
        settle(static_cast<GatewayId>(gateway));
    nowhere_ = static_cast<std::uint16_t>(index(ledger_.book_of(std::nullopt)));
    for (const Cohort& cohort : cohorts_) {
        for (const Caller& caller : cohort.callers)
            SIM_CHECK(!cohort.exit || caller.home_gateway < fleet.sites()[*cohort.exit].gateways.size());
        origins_.push_back(origin_of(cohort));
        streams_.emplace_back(simulation.luck(), cohort, calendar_, simulation.end());
        const vocabulary::Zone*& zone = zone_of_book_[index(ledger_.book_of(cohort.exit))];
        if (zone == nullptr || cohort.site) zone = &cohort.zone;
    }
    slots_.reserve(std::min(calls_max(), slots_reserved_max));
    std::vector<std::int64_t> heads;
    for (std::size_t cohort = 0; cohort < ordinary_; ++cohort) heads.push_back(head_of(streams_[cohort]));
    heads_ = kernel::Tournament(heads);
}

// As many calls as can be in progress at once.
std::size_t CallPlane::calls_max() const {
    std::size_t lines = 0, channels = 0;
    for (const Line& line : lines_) lines += line.calls_max;
    for (const Channels& gateway : channels_) channels += gateway.channels;
    return rules_.block_over_limit && !rules_.media_bypass ? std::min(lines, channels) : channels;
}

std::int64_t CallPlane::head_of(const Arrivals& stream) {
    return std::min(stream.next_at().time_since_epoch().count(), kernel::Tournament::never);
}

// Ends come before arrivals of the same instant: a line that is freed now is free for who calls now. Arrivals
// of one instant come by cohort.
void CallPlane::run_before(const Key& head, Instant end) {
    for (;;) {
        const Instant arrival = Instant{Duration{heads_.first_at()}};
        if (!ends_.empty() && Instant{Duration{ends_.first().at}} <= arrival) {
            const kernel::Due first = ends_.first();
            const Instant at{Duration{first.at}};
            if (at > end || !(Key{at, kernel::order_of(Rank::timer, sequence_of(first))} < head)) return;
            ends_.pop();
            if (!ends_.empty())  // its slot comes while this call is completed
                __builtin_prefetch(&slots_[slot_of(ends_.first())], 1);
            simulation_.at(at, kernel::no_cause);
            complete(first);
        } else {
            if (arrival > end || !(Key{arrival, kernel::order_of(Rank::arrival, 0)} < head)) return;
            simulation_.at(arrival, kernel::no_cause);
            arrive(heads_.first_stream());
        }
    }
}

void CallPlane::arrive(std::size_t stream) {
    const unsigned hour = streams_[stream].hour();
    Attempt made{streams_[stream].take(), static_cast<CohortId>(stream), {}, {}, 0, hour};
    heads_.replace_first(head_of(streams_[stream]));
    prefetch(heads_.first_stream());
    attempt(made);
}

// While one call is set up, the memory brings what the next one will need.
void CallPlane::prefetch(std::size_t stream) const {
    streams_[stream].prefetch();
    ledger_.prefetch(static_cast<BookId>(origins_[stream].home));
}

void CallPlane::attempt(Attempt& attempt) {
    Origin origin = origins_[index(attempt.cohort)];
    if (!origin.plain) origin = origin_of_caller(attempt, origin);
    const Arrival& made = attempt.made;
    const std::uint16_t site = origin.site(made.direction);
    attempt.book = static_cast<BookId>(site);
    ledger_.arrives(attempt.book, made.direction, attempt.hour);
    if (attempt.number > 0) ++totals_.redials;
    if (made.emergency) ++totals_.emergency_attempts;
    if (!origin.plain && is_stopped(attempt, origin)) return;
    if (site == nowhere_) {
        lose_at_once(attempt, Reason::no_route);
    } else if (made.direction == Direction::inbound) {
        try_inbound(attempt, home_gateway(attempt, origin));
    } else if (made.international && !origin.all_dial_abroad &&
               !cohorts_[attempt.cohort].callers[made.caller].international) {
        lose_at_once(attempt, Reason::international_not_allowed);  // an emergency call is never international
    } else {
        try_outbound(attempt, static_cast<SiteId>(site));
    }
}

// Closed towards the cloud, or without the records that its Edges look up: calls in progress go on.
std::optional<CallPlane::Obstacle> CallPlane::blocked_at(SiteId id) const {
    const topology::Site& site = fleet_.sites()[id];
    if (const auto* port = site.held(topology::SitePart::sip_port))
        return Obstacle{Reason::edge_unreachable, port->cause, std::nullopt};
    if (const auto* records = site.held(topology::SitePart::services))
        return Obstacle{Reason::no_name, records->cause, std::nullopt};
    return std::nullopt;
}

CallPlane::Origin CallPlane::origin_of(const Cohort& cohort) const {
    Origin origin;
    origin.exit = origin.home = nowhere_;
    const topology::Tenant& tenant = fleet_.tenant();
    std::optional<SiteId> exit = cohort.exit;
    std::optional<bool> abroad;
    origin.plain = tenant.holds.empty() && !cohort.newcomers_of;
    if (cohort.users) {
        const topology::UserGroup& users = *users_of(cohort);
        origin.plain = origin.plain && users.holds.empty() && users.alone.empty();
        const std::optional<SiteId> assigned = users.site();
        exit = assigned ? assigned : tenant.exit_of_the_unassigned();
        abroad = users.international;
    }
    origin.exit = exit_at(exit);
    if (exit)
        origin.plain = origin.plain && !blocked_at(*exit) &&
                       fleet_.sites()[*exit].held(topology::SitePart::routing) == nullptr &&
                       !fleet_.sites()[*exit].overflow_to;
    origin.all_dial_abroad =
        abroad.value_or(false) || std::all_of(cohort.callers.begin(), cohort.callers.end(),
                                              [](const Caller& caller) { return caller.international; });
    if (!cohort.exit) return origin;
    const std::vector<GatewayId>& gateways = fleet_.sites()[*cohort.exit].gateways;
    origin.home = static_cast<std::uint16_t>(index(*cohort.exit));
    if (gateways.size() == 1) origin.gateway = static_cast<std::uint16_t>(index(gateways.front()));
    return origin;
}

// Whoever is sent to a site without gateways, by a wrong setting, has no way out.
std::uint16_t CallPlane::exit_at(std::optional<SiteId> assigned) const {
    if (!assigned || fleet_.sites()[*assigned].gateways.empty()) return nowhere_;
    return static_cast<std::uint16_t>(index(*assigned));
}

CallPlane::Origin CallPlane::origin_of_caller(const Attempt& attempt, Origin origin) const {
    const Cohort& cohort = cohorts_[attempt.cohort];
    const topology::UserGroup* users = users_of(cohort);
    const topology::OneUser* alone =
        users != nullptr ? users->alone_of(number_among_users(cohort, attempt.made)) : nullptr;
    if (alone != nullptr) {
        if (alone->moved)
            origin.exit = exit_at(alone->assigned ? alone->assigned : fleet_.tenant().exit_of_the_unassigned());
        origin.all_dial_abroad = alone->international.value_or(origin.all_dial_abroad);
    }
    if (origin.exit == nowhere_) return origin;
    const topology::Site& site = fleet_.sites()[static_cast<SiteId>(origin.exit)];
    if (site.overflow_to && !takes(site, attempt.made)) origin.exit = exit_at(site.overflow_to);
    return origin;
}

bool CallPlane::takes(const topology::Site& site, const Arrival& made) const {
    return std::any_of(site.appliances.begin(), site.appliances.end(),
                       [&](ApplianceId id) { return is_open(lines_[index(id)], made); });
}

GatewayId CallPlane::home_gateway(const Attempt& attempt, const Origin& origin) const {
    if (origin.gateway != Origin::none) return static_cast<GatewayId>(origin.gateway);
    const std::vector<GatewayId>& gateways = fleet_.sites()[static_cast<SiteId>(origin.home)].gateways;
    const GatewayId owner = gateways[cohorts_[attempt.cohort].callers[attempt.made.caller].home_gateway];
    return static_cast<GatewayId>(channels_[index(owner)].delivers_to);
}

// Nearly every call finds the first Edge and the first gateway it tries in order; hunting is for the others.
void CallPlane::try_outbound(Attempt& attempt, SiteId exit) {
    Way way;
    const std::span<const ApplianceId> edges = beliefs_.edges_tried_by_cloud(exit, simulation_.now());
    if (edges.empty()) {
        lose(attempt, without_edges(exit));
        return;
    }
    way.appliance = pick_edge(attempt, exit, edges);
    if (!is_open(lines_[index(way.appliance)], attempt.made)) {
        hunt_.assign(edges.begin(), edges.end());
        if (const std::optional<Obstacle> obstacle = hunt_on(attempt, way.appliance)) {
            lose(attempt, *obstacle);
            return;
        }
    }
    const std::span<const GatewayId> gateways = beliefs_.gateways_tried_at(exit, simulation_.now());
    const std::size_t first = choose(attempt, gateways.size());
    way.gateway = gateways[first];
    if (!is_open(channels_[index(way.gateway)])) {  // one that is not plain is tried with care
        if (const std::optional<Obstacle> obstacle = find_channel(attempt, gateways, first, way)) {
            lose(attempt, *obstacle);
            return;
        }
    }
    begin(attempt, way);
}

// The gateway hunts over the trunks of the lowest priority number that it believes up, beginning one further
// each time. Nearly always the first one is open.
void CallPlane::try_inbound(Attempt& attempt, GatewayId owner) {
    Channels& channels = channels_[index(owner)];
    if (!channels.alive || channels.busy >= channels.channels || !channels.plain) {
        if (const std::optional<Obstacle> obstacle = closed(owner)) {
            lose(attempt, *obstacle);
            return;
        }
    }
    const Candidates<ApplianceId>& trunks = beliefs_.trunks_tried_by(owner, simulation_.now());
    const std::span<const ApplianceId> preferred = trunks.preferred();
    const std::uint32_t turn = channels.rotor < preferred.size() ? channels.rotor : 0;
    channels.rotor = turn + 1;
    Way way;
    way.gateway = owner;
    if (!preferred.empty() && is_open(lines_[index(preferred[turn])], attempt.made) && channels.plain) {
        way.appliance = preferred[turn];
    } else if (const std::optional<Obstacle> obstacle =
                   hunt_trunks(attempt, owner, trunks, turn, way.appliance)) {
        lose(attempt, *obstacle);
        return;
    }
    begin(attempt, way);
}

ApplianceId CallPlane::pick_edge(Attempt& attempt, SiteId exit, std::span<const ApplianceId> edges) {
    if (rules_.outbound == Spread::random) return edges[choose(attempt, edges.size())];
    if (rules_.outbound == Spread::rotating) {
        std::uint32_t& turn = edge_rotor_[index(exit)];
        if (turn >= edges.size()) turn = 0;
        return edges[turn++];
    }
    return *std::min_element(edges.begin(), edges.end(), [this](ApplianceId a, ApplianceId b) {
        return lines_[index(a)].busy < lines_[index(b)].busy;
    });
}

// The conference server sends an INVITE to the site's name, which reaches some Edge, for the Mediation that
// holds the call. It needs the Mediation's object in the tenant, and an Edge whose appliance knows that
// Mediation.
void CallPlane::escalate(const Attempt& attempt, ApplianceId appliance) {
    const Arrivals& luck = streams_[index(attempt.cohort)];
    const std::uint64_t ordinal = attempt.made.ordinal;
    ++totals_.escalations;
    const topology::Appliance& holder = fleet_.appliances()[appliance];
    const std::span<const ApplianceId> edges = beliefs_.edges_tried_by_cloud(holder.site, simulation_.now());
    bool fails = !holder.good(vocabulary::Part::hybrid_object) || edges.empty();
    if (!fails) {
        const double u = luck.chance(ordinal, Arrivals::Chance::escalation_edge);
        const ApplianceId reached = edges[static_cast<std::size_t>(u * static_cast<double>(edges.size()))];
        fails = reached != appliance && !fleet_.appliances()[reached].good(vocabulary::Part::published);
    }
    if (fails) ++totals_.escalations_failed;
}

// The gateway answers REFER with an error: whoever is on the line stays there.
void CallPlane::transfer_in_vain(const Attempt& attempt) {
    if (streams_[index(attempt.cohort)].chance(attempt.made.ordinal, Arrivals::Chance::transfer) <
        rules_.transfer_share)
        ++totals_.transfers_failed;
}

void CallPlane::begin(const Attempt& attempt, Way way) {
    std::uint32_t slot = free_;
    if (slot == nobody) {
        slot = static_cast<std::uint32_t>(slots_.size());
        SIM_CHECK(slot >> slot_bits == 0);
        slots_.emplace_back();
    } else {
        free_ = slots_[slot].next;
    }
    Line& line = lines_[index(way.appliance)];
    Channels& channels = channels_[index(way.gateway)];
    const Instant now = simulation_.now();

    Slot& call = slots_[slot];
    const std::uint64_t sequence = simulation_.future().next_sequence();
    call.sequence_low = static_cast<std::uint32_t>(sequence);
    call.ordinal_low = static_cast<std::uint32_t>(attempt.made.ordinal);
    call.start = now;
    call.end = now + attempt.delay + attempt.made.length;
    call.previous = nobody;
    call.next = line.first;
    call.cohort = static_cast<std::uint16_t>(attempt.cohort);
    call.appliance = static_cast<std::uint16_t>(way.appliance);
    call.gateway = static_cast<std::uint16_t>(way.gateway);
    call.flags = static_cast<std::uint8_t>((attempt.made.direction == Direction::outbound ? outbound : 0) |
                                           (attempt.made.external ? external : 0) |
                                           (attempt.made.emergency ? emergency : 0));
    const bool anchors = !is_bypassed(line, attempt.made);
    if (!anchors) call.flags |= bypassed;
    call.attempt = attempt.number;
    if (line.first != nobody) slots_[line.first].previous = slot;
    line.first = slot;
    ++in_progress_;

    ++channels.busy;
    channels.busy_max = std::max(channels.busy_max, channels.busy);
    ++line.busy;
    line.busy_max = std::max(line.busy_max, line.busy);
    SIM_CHECK(channels.busy <= channels.channels);
    if (anchors) {
        ++line.anchored;
        SIM_CHECK(line.anchored <= line.calls_max || !rules_.block_over_limit);
        if (line.anchored == line.calls_max + 1) line.over_limit_since = now;
    }
    if (attempt.delay > Duration{}) {
        ++totals_.delayed;
        totals_.post_dial_delay += attempt.delay;
    }
    ends_.push(end_of(call.end, sequence, slot));
    if (attempt.made.escalates) escalate(attempt, way.appliance);
    if (!channels.refers) transfer_in_vain(attempt);
}

void CallPlane::complete(const kernel::Due& end) {
    const std::uint32_t slot = slot_of(end);
    Slot& call = slots_[slot];
    if (!call.ends_with(end)) return;  // cut off long ago
    ledger_.completes(book_of(call), direction_of(call.flags));
    if (call.flags & degraded) ++totals_.degraded;
    book_call(call, call.end, Outcome::completed, Reason::none);
    release(slot);
}

void CallPlane::release(std::uint32_t slot) {
    Slot& call = slots_[slot];
    Line& line = lines_[call.appliance];
    Channels& channels = channels_[call.gateway];
    const Instant now = simulation_.now();
    const Duration talk = now - call.start;
    line.talk += talk;
    channels.talk += talk;
    --channels.busy;
    if (!(call.flags & bypassed)) {
        if (line.anchored == line.calls_max + 1) line.over_limit += now - line.over_limit_since;
        --line.anchored;
    }
    --line.busy;
    --in_progress_;
    if (call.previous == nobody) {
        line.first = call.next;
    } else {
        slots_[call.previous].next = call.next;
    }
    if (call.next != nobody) slots_[call.next].previous = call.previous;
    if (line.busy == 0 && line.tell_when_empty) {
        line.tell_when_empty = false;
        simulation_.schedule_in(Duration{}, Rank::timer, kind::appliance_empty, call.appliance);
    }
    call.end = Instant::min();
    call.next = free_;
    free_ = slot;
}

void CallPlane::fold(Instant start, Instant end, std::uint32_t appliance, Outcome outcome, Reason reason) {
    simulation_.journal().fingerprint().fold(static_cast<std::uint64_t>(start.time_since_epoch().count()),
                                             static_cast<std::uint64_t>(end.time_since_epoch().count()),
                                             static_cast<std::uint64_t>(appliance) << 16 |
                                                 static_cast<std::uint64_t>(outcome) << 8 |
                                                 static_cast<std::uint64_t>(reason));
}

void CallPlane::book_call(const Slot& call, Instant end, Outcome outcome, Reason reason) {
    fold(call.start, end, call.appliance, outcome, reason);
    if (watched_ != nullptr) show(call, end, outcome, reason);
}

// Out of the way of the runs that nobody watches.
void CallPlane::show(const Slot& call, Instant end, Outcome outcome, Reason reason) {
    watched_->push_back(CallRecord{
        static_cast<CohortId>(call.cohort), ordinal_of(call), call.attempt, direction_of(call.flags), outcome,
        reason, static_cast<ApplianceId>(call.appliance), call.start, end, (call.flags & degraded) != 0});
}

// A call in progress is cut off.
void CallPlane::drop(std::uint32_t slot, Reason reason, kernel::RecordId cause) {
    const Slot call = slots_[slot];
    const Instant now = simulation_.now();
    const BookId book = book_of(call);
    simulation_.journal().add_counted(now, cause, record::call_lost, call.appliance,
                                      static_cast<std::int64_t>(reason));
    ledger_.loses(LossKey{book, static_cast<ApplianceId>(call.appliance),
                          group_of(static_cast<CohortId>(call.cohort)), direction_of(call.flags), reason},
                  hour_at(book, now));
    if (call.flags & emergency) ++totals_.emergency_lost;
    totals_.lost_talk += call.end - now;
    book_call(call, now, Outcome::dropped, reason);
    release(slot);

    // Whoever calls again has the rest of the conversation still to hold.
    consider_redial(Redial{static_cast<CohortId>(call.cohort), ordinal_of(call), call.end - now, call.attempt});
}

// An attempt ends before it had a line.
void CallPlane::lose(const Attempt& attempt, const Obstacle& obstacle) {
    const Instant now = simulation_.now();
    const Arrival& made = attempt.made;
    const Reason reason = obstacle.reason;
    const Outcome outcome = vocabulary::outcome_of(reason);
    const std::uint32_t who = obstacle.appliance ? static_cast<std::uint32_t>(*obstacle.appliance) : nobody;
    simulation_.journal().add_counted(now, obstacle.cause, record::call_lost, who,
                                      static_cast<std::int64_t>(reason));
    ledger_.loses(LossKey{attempt.book, obstacle.appliance, group_of(attempt.cohort), made.direction, reason},
                  attempt.hour);
    if (made.emergency) ++totals_.emergency_lost;
    fold(now, now, who, outcome, reason);
    if (watched_ != nullptr)
        watched_->push_back(CallRecord{attempt.cohort, made.ordinal, attempt.number, made.direction, outcome,
                                       reason, obstacle.appliance, now, now, false});
    consider_redial(Redial{attempt.cohort, made.ordinal, made.length, attempt.number});
}

// The luck of a second try belongs to the arrival and the number of the try.
void CallPlane::consider_redial(Redial redial) {
    const Cohort& cohort = cohorts_[redial.cohort];
    if (!cohort.redial || redial.number >= cohort.redial->tries) return;
    const Arrivals& luck = streams_[index(redial.cohort)];
    const std::uint32_t draw = 3u * redial.number;
    if (luck.again(redial.ordinal, draw) >= cohort.redial->share) return;
    const double u = luck.again(redial.ordinal, draw + 1);
    const Duration wait = kernel::rounded(kernel::exponential(u, kernel::seconds(cohort.redial->delay)));
    ++redial.number;
    std::uint32_t row = static_cast<std::uint32_t>(redials_.size());
    if (free_redials_.empty()) {
        redials_.push_back(redial);
    } else {
        row = free_redials_.back();
        free_redials_.pop_back();
        redials_[row] = redial;
    }
    simulation_.schedule_in(wait, Rank::arrival, kind::redial, row);
}

void CallPlane::redial(std::uint32_t row) {
    const Redial redial = redials_[row];
    free_redials_.push_back(row);
    const Arrivals& stream = streams_[index(redial.cohort)];
    Attempt again;
    again.cohort = redial.cohort;
    again.number = redial.number;
    again.made = stream.recall(redial.ordinal);
    again.made.length = redial.length;
    again.made.route =
        static_cast<std::uint32_t>(stream.again(redial.ordinal, 3u * redial.number - 1) * 0x1p32);
    again.hour = hour_at(static_cast<BookId>(origins_[index(again.cohort)].site(again.made.direction)),
                         simulation_.now());
    attempt(again);
}

// Whoever has no voice yet makes no call: neither an attempt nor a loss.
void CallPlane::newcomer_calls(std::uint32_t number) {
    Arrivals& stream = streams_[number];
    const auto id = static_cast<CohortId>(number);
    const unsigned hour = stream.hour();
    Attempt made{stream.take(), id, {}, {}, 0, hour};
    expect_newcomers(number);
    const Cohort& cohort = cohorts_[id];
    if (users_of(cohort)->was_given_voice(number_among_users(cohort, made.made))) attempt(made);
}

void CallPlane::expect_newcomers(std::size_t cohort) {
    const Instant next = streams_[cohort].next_at();
    if (next != kernel::never)
        simulation_.schedule(next, Rank::arrival, kind::newcomer_calls, static_cast<std::uint32_t>(cohort));
}

// Their stream runs from the start, as all do, and is not looked at before one of them may call: who is let in
// early or late has the same calls from then on.
void CallPlane::let_newcomers_in() {
    for (std::size_t cohort = ordinary_; cohort < streams_.size(); ++cohort) {
        if (let_in_[cohort - ordinary_]) continue;
        if (!users_of(cohorts_[static_cast<CohortId>(cohort)])->gave_voice_to_anyone()) continue;
        let_in_[cohort - ordinary_] = true;
        streams_[cohort].skip_to(simulation_.now());
        expect_newcomers(cohort);
    }
}

void CallPlane::settle(const std::vector<ApplianceId>& appliances, const std::vector<GatewayId>& gateways) {
    for (const ApplianceId id : appliances) settle(id);
    for (const GatewayId id : gateways) settle(id);
}

void CallPlane::settle(ApplianceId id) {
    const topology::Appliance& truth = fleet_.appliances()[id];
    Line& line = lines_[index(id)];
    line.edge_alive = truth.edge_alive;
    line.mediation_alive = truth.mediation_alive;
    line.relay_admits = truth.relay_admits;
    line.admits = !truth.draining;
    line.ports_for = truth.media_ports_for;
    line.bypasses_media = rules_.media_bypass && vocabulary::version(truth.version).bypasses_media;
    open(line);
    beliefs_.appliance_changed(id, simulation_.now());
    if (line.edge_alive && line.mediation_alive && truth.relay_carries) return;
    for (std::uint32_t slot = line.first; slot != nobody;) {
        const std::uint32_t next = slots_[slot].next;
        const std::uint8_t flags = slots_[slot].flags;
        if (!line.mediation_alive && !(flags & bypassed)) {
            drop(slot, truth.mediation_down.reason, truth.mediation_down.cause);
        } else if (flags & external) {  // its media runs over the Edge's relay, its control over the Edge
            const topology::Down& down = line.edge_alive ? truth.relay_down : truth.edge_down;
            if (!line.edge_alive || !truth.relay_carries) drop(slot, down.reason, down.cause);
        } else if (!line.edge_alive || !line.mediation_alive) {
            // An internal client keeps its media and loses control of the call (assumed: its media runs between
            // client, Mediation and gateway, or past Mediation where it is bypassed).
            slots_[slot].flags |= degraded;
        }
        slot = next;
    }
}

void CallPlane::settle(GatewayId id) {
    const topology::Gateway& truth = fleet_.gateways()[id];
    using topology::GatewayPart;
    Channels& channels = channels_[index(id)];
    channels.alive = truth.alive;
    channels.plain = truth.held(GatewayPart::circuits) == nullptr &&
                     truth.held(GatewayPart::patience) == nullptr && truth.carries.has_all() &&
                     std::all_of(truth.connections.begin(), truth.connections.end(),
                                 [](const topology::Connection& one) { return one.up; }) &&
                     std::none_of(truth.trunks.begin(), truth.trunks.end(), [this](const topology::Trunk& one) {
                         return blocked_at(fleet_.appliances()[one.to].site).has_value();
                     });
    channels.refers = truth.held(GatewayPart::transfers) == nullptr;
    channels.open_up_to = channels.alive && channels.plain ? channels.channels : 0;
    channels.delivers_to = static_cast<std::uint16_t>(index(id));
    if (truth.held(GatewayPart::delivery) != nullptr) {
        const std::vector<GatewayId>& all = fleet_.sites()[truth.site].gateways;
        const auto own = std::find(all.begin(), all.end(), id) - all.begin();
        const GatewayId other = all[(static_cast<std::size_t>(own) + 1) % all.size()];
        channels.delivers_to = static_cast<std::uint16_t>(index(other));
    }
    beliefs_.gateway_changed(id, simulation_.now());
    if (!truth.alive) {
        cut_calls_of(id, truth.down.reason, truth.down.cause);
    } else if (const auto* circuits = truth.held(GatewayPart::circuits)) {
        cut_calls_of(id, Reason::carrier_lost, circuits->cause);
    }
}

// Its calls are with the appliances of its site, unless its trunks once led elsewhere.
void CallPlane::cut_calls_of(GatewayId id, Reason reason, kernel::RecordId cause) {
    const Channels& channels = channels_[index(id)];
    const auto cut = [&](std::uint32_t slot) {
        while (slot != nobody) {
            const std::uint32_t next = slots_[slot].next;
            if (slots_[slot].gateway == index(id)) drop(slot, reason, cause);
            slot = next;
        }
    };
    for (const ApplianceId appliance : fleet_.sites()[static_cast<SiteId>(channels.site)].appliances)
        cut(lines_[index(appliance)].first);
    for (std::size_t line = 0; line < lines_.size() && channels.busy > 0; ++line) cut(lines_[line].first);
    SIM_CHECK(channels.busy == 0);
}

void CallPlane::open(Line& line) const {
    constexpr std::uint32_t without = ~std::uint32_t{0};
    const std::uint32_t limit = std::min(line.ports_for, rules_.block_over_limit ? line.calls_max : without);
    const bool takes = line.edge_alive && line.mediation_alive && line.admits;
    line.open_up_to[0] = !takes ? 0 : line.bypasses_media ? without : limit;
    line.open_up_to[1] = takes && line.relay_admits ? limit : 0;
}

void CallPlane::settle_users() {
    for (std::size_t cohort = 0; cohort < origins_.size(); ++cohort)
        origins_[cohort] = origin_of(cohorts_[static_cast<CohortId>(cohort)]);
    let_newcomers_in();
    beliefs_.names_changed();
}

void CallPlane::set_media_bypass(bool on) {
    rules_.media_bypass = on;
    for (std::size_t id = 0; id < lines_.size(); ++id) {
        const topology::Appliance& truth = fleet_.appliances()[static_cast<ApplianceId>(id)];
        lines_[id].bypasses_media = on && vocabulary::version(truth.version).bypasses_media;
        open(lines_[id]);
    }
}

void CallPlane::tell_when_empty(ApplianceId appliance) {
    Line& line = lines_[index(appliance)];
    if (line.busy > 0) {
        line.tell_when_empty = true;
    } else {
        simulation_.schedule_in(Duration{}, Rank::timer, kind::appliance_empty,
                                static_cast<std::uint32_t>(appliance));
    }
}

void CallPlane::finish() {
    for (std::size_t appliance = 0; appliance < lines_.size(); ++appliance) {
        Line& line = lines_[appliance];
        line.tell_when_empty = false;
        while (line.first != nobody) {
            const std::uint32_t slot = line.first;
            const Slot& call = slots_[slot];
            ledger_.is_in_progress(book_of(call), direction_of(call.flags));
            book_call(call, simulation_.now(), Outcome::in_progress, Reason::none);
            release(slot);
        }
    }
    SIM_CHECK(in_progress_ == 0);
    ledger_.balance();
}

CallPlane::LineUse CallPlane::use(ApplianceId appliance) const {
    const Line& line = lines_[index(appliance)];
    return LineUse{line.busy_max, line.talk, line.over_limit};
}

CallPlane::LineUse CallPlane::use(GatewayId gateway) const {
    const Channels& channels = channels_[index(gateway)];
    return LineUse{channels.busy_max, channels.talk, Duration{}};
}

unsigned CallPlane::hour_at(BookId book, Instant at) const {
    const vocabulary::Zone* zone = zone_of_book_[index(book)];
    if (zone == nullptr) return 0;
    const auto local = calendar_.local(at, *zone).time_since_epoch().count();
    return static_cast<unsigned>(((local % 86400 + 86400) % 86400) / 3600);
}

}  // namespace sim::calls
