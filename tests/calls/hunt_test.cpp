// How calls find their way: whom the cloud and the gateways try, what that costs, and what they believe
// meanwhile.

#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

using namespace tests;
namespace kernel = sim::kernel;

namespace {

constexpr Duration dead = 1h;  // when things go wrong

Scenario only(Direction direction, Scenario plan) {
    for (auto& traffic : plan.traffic) traffic.outbound_share = direction == Direction::outbound ? 1 : 0;
    return plan;
}

// Nobody detects anything: what calls meet is the fault alone.
Scenario unattended(Scenario plan) {
    plan.policies.front().recovery = sim::scenario::RecoveryPolicy::none;
    return plan;
}

// What the calls beyond their conversation's length held the line: they were delayed so much.
std::vector<Duration> delays(const Story& calm, const Story& told) {
    std::map<std::pair<CohortId, std::uint64_t>, Duration> lengths;
    for (const CallRecord& call : calm.calls)
        if (call.outcome == Outcome::completed) lengths[{call.cohort, call.ordinal}] = call.end - call.start;
    std::vector<Duration> found;
    for (const CallRecord& call : told.calls) {
        const auto length = lengths.find({call.cohort, call.ordinal});
        if (call.outcome != Outcome::completed || length == lengths.end()) continue;
        const Duration delay = call.end - call.start - length->second;
        if (delay != Duration{}) found.push_back(delay);
    }
    return found;
}

std::uint64_t carried_after(const Story& told, Instant when, ApplianceId by,
                            std::optional<Direction> way = std::nullopt) {
    return static_cast<std::uint64_t>(
        std::count_if(told.calls.begin(), told.calls.end(), [&](const CallRecord& call) {
            return call.start >= when && call.end > call.start && call.appliance == by &&
                   (!way || call.direction == *way);
        }));
}

}  // namespace

TEST_CASE("outbound calls spread over the appliances by chance and inbound calls in rotation", "[calls]") {
    const Scenario plan = one_site(4, plenty, 400, 12h);
    const Story told = story(plan);
    std::map<Direction, std::array<double, 4>> carried;
    for (const CallRecord& call : told.calls) ++carried[call.direction][index(*call.appliance)];
    for (const auto& [direction, calls] : carried) {
        CAPTURE(direction);
        const double fair = std::accumulate(calls.begin(), calls.end(), 0.0) / 4;
        const double off = direction == Direction::inbound ? 1 : 4 * std::sqrt(fair);
        for (const double share : calls) CHECK(std::abs(share - fair) <= off);
    }
}

TEST_CASE("outbound calls spread over the gateways by chance and inbound calls go where the number lives",
          "[calls]") {
    Scenario plan = quiet_world(12h);
    const SiteId site = add_site(plan, "ams", 2, plenty, 2);
    add_users(plan, site, 400, 3);  // two of the three numbers live at the first gateway
    for (const Direction way : sim::vocabulary::directions) {
        CAPTURE(way);
        const Replication tally = lived(only(way, plan));
        const double first = kernel::seconds(tally.sites[0].gateways[0].talk);
        const double second = kernel::seconds(tally.sites[0].gateways[1].talk);
        const double expected = way == Direction::inbound ? 2.0 / 3 : 0.5;
        CHECK(first / (first + second) == Approx(expected).margin(0.02));
    }
}

TEST_CASE("an Edge found dead costs four seconds, and once a minute at most", "[calls]") {
    const Scenario calm = unattended(only(Direction::outbound, one_site(3, plenty, 300, 2h)));
    Scenario plan = calm;
    fails_at(plan, dead, FaultId::edge_rtcsrv_down, appliance(plan, "ams-2"));
    const Story told = story(plan);
    const std::vector<Duration> paid = delays(story(calm), told);
    CHECK(std::all_of(paid.begin(), paid.end(), [](Duration delay) { return delay == 4s; }));
    CHECK(told.tally.delayed.value <= 60);
    CHECK(told.tally.delayed.value >= 55);  // at five calls a second the next one comes soon
    CHECK(told.tally.post_dial_delay == 4s * told.tally.delayed.value);
    CHECK(losses(told.tally) == 0);
}

TEST_CASE("the cloud never avoids the last Edge, dead or not", "[calls]") {
    Scenario plan = unattended(only(Direction::outbound, one_site(1, plenty, 300, 2h)));
    fails_at(plan, dead, FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"), {.lasts = 30min});
    const Story told = story(plan);
    CHECK(losses(told.tally) == losses(told.tally, {.reason = Reason::edge_unreachable}));
    for (const CallRecord& call : told.calls) {
        const bool during = call.start >= start_of_run + dead && call.start < start_of_run + dead + 30min;
        REQUIRE((call.outcome == Outcome::failed) == during);  // it is tried again the moment it is back
    }
}

TEST_CASE("an Edge that is avoided is tried all the same when the others leave service", "[calls]") {
    Scenario plan = unattended(only(Direction::outbound, one_site(2, plenty, 300, 2h)));
    fails_at(plan, dead, FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"), {.lasts = 20s});
    enters_at(plan, dead + 30s, appliance(plan, "ams-2"));
    CHECK(losses(lived(plan)) == 0);
}

TEST_CASE("behind a live Edge a dead Mediation fails outbound calls, unless the cloud reroutes them",
          "[calls]") {
    Scenario plan = unattended(only(Direction::outbound, one_site(2, plenty, 300, 2h)));
    fails_at(plan, dead, FaultId::med_medsvc_down, appliance(plan, "ams-1"));
    const auto lost = [](const Replication& tally) {
        return losses(tally, {.reason = Reason::mediation_unreachable});
    };
    const double share = static_cast<double>(lost(lived(plan))) / (3600 * 300.0 / 180);
    CHECK(share == Approx(0.5).margin(0.03));
    plan.parameters.outbound_reroute_on_mediation = true;
    CHECK(lost(lived(plan)) == 0);
}

TEST_CASE("inbound calls pay four seconds at a dead Mediation until the gateway's next poll", "[calls]") {
    const Scenario calm = unattended(only(Direction::inbound, one_site(3, plenty, 300, 2h)));
    Scenario plan = calm;
    fails_at(plan, dead, FaultId::med_rtcsrv_down, appliance(plan, "ams-2"));
    const Story told = story(plan);
    CHECK(told.tally.delayed.value == 1);  // a failed INVITE counts as a poll
    CHECK(delays(story(calm), told) == std::vector<Duration>{4s});
    CHECK(losses(told.tally) == losses(told.tally, {.reason = Reason::mediation_lost}));
}

TEST_CASE("a gateway uses a Mediation again within a minute of its return", "[calls]") {
    Scenario plan = unattended(only(Direction::inbound, one_site(2, plenty, 300, 3h)));
    const ApplianceId struck = appliance(plan, "ams-1");
    fails_at(plan, dead, FaultId::med_rtcsrv_down, struck, {.lasts = 30min});
    const Story told = story(plan);
    Instant first = kernel::never;
    for (const CallRecord& call : told.calls)
        if (call.appliance == struck && call.start > start_of_run + dead && call.end > call.start)
            first = std::min(first, call.start);
    CHECK(first > start_of_run + dead + 30min);
    CHECK(first < start_of_run + dead + 31min + 5s);
}

TEST_CASE("a Mediation without its Edge fails its inbound calls, unless the gateway reroutes on 5xx",
          "[calls]") {
    Scenario plan = unattended(only(Direction::inbound, one_site(2, plenty, 300, 2h)));
    fails_at(plan, dead, FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"));
    const std::uint64_t lost = losses(lived(plan), {.reason = Reason::edge_dead_behind_mediation});
    CHECK(static_cast<double>(lost) == Approx(3600 * 300.0 / 180 / 2).epsilon(0.05));
    plan.parameters.reroute_on_5xx = true;
    CHECK(losses(lived(plan)) == 0);
    plan.gateways[GatewayId{0}].reroute_on_5xx = false;  // a gateway's own word wins
    CHECK(losses(lived(plan)) == lost);
}

TEST_CASE("with no Mediation alive inbound calls fail and with no gateway alive all do", "[calls]") {
    Scenario plan = unattended(one_site(1, plenty, 300, 2h));
    SECTION("no Mediation") {
        fails_at(plan, dead, FaultId::med_rtcsrv_down, appliance(plan, "ams-1"));
        const Replication tally = lived(plan);
        CHECK(losses(tally, {.reason = Reason::no_mediation_answers, .direction = Direction::inbound}) > 2000);
        CHECK(losses(tally, {.reason = Reason::mediation_unreachable, .direction = Direction::outbound}) >
              2000);
    }
    SECTION("no gateway") {
        fails_at(plan, dead, FaultId::gateway_down, gateway(plan, "ams-gw-1"));
        const Replication tally = lived(plan);
        CHECK(losses(tally, {.reason = Reason::gateway_dead, .direction = Direction::inbound}) > 2000);
        CHECK(losses(tally, {.reason = Reason::gateway_dead, .direction = Direction::outbound}) > 2000);
    }
}

TEST_CASE("a silent gateway costs ten seconds a call for half a minute and is avoided then", "[calls]") {
    Scenario calm = quiet_world(2h);
    add_users(calm, add_site(calm, "ams", 2, plenty, 2), 300);
    calm = only(Direction::outbound, calm);
    Scenario plan = calm;
    fails_at(plan, dead, FaultId::gateway_down, gateway(plan, "ams-gw-1"));
    const Story told = story(plan);
    const std::vector<Duration> paid = delays(story(calm), told);
    CHECK(std::all_of(paid.begin(), paid.end(), [](Duration delay) { return delay == 10s; }));
    const double expected = 30 * 300.0 / 180 / 2;
    CHECK(static_cast<double>(told.tally.delayed.value) == Approx(expected).margin(4 * std::sqrt(expected)));
    CHECK(losses(told.tally) == losses(told.tally, {.reason = Reason::gateway_lost}));
}

TEST_CASE("a gateway that is back is used again after the next test, a minute at most", "[calls]") {
    Scenario plan = quiet_world(3h);
    add_users(plan, add_site(plan, "ams", 1, plenty, 2), 300);
    plan = only(Direction::outbound, plan);
    fails_at(plan, dead, FaultId::gateway_down, gateway(plan, "ams-gw-1"), {.lasts = 10min});
    const auto first_busy = [](const Scenario& scenario) {
        return kernel::seconds(lived(scenario).sites[0].gateways[0].talk);
    };
    Scenario shorter = plan;
    shorter.length = dead + 10min;
    Scenario longer = plan;
    longer.length =
        dead + 10min + 30s;  // down after 30 s, tested each minute from then on: next at 10 min 30 s
    CHECK(first_busy(longer) == first_busy(shorter));
    longer.length += 30s;
    CHECK(first_busy(longer) > first_busy(shorter));
}

TEST_CASE("a full gateway sends outbound calls to the next at once", "[calls]") {
    Scenario plan = quiet_world(12h);
    add_users(plan, add_site(plan, "ams", 1, plenty, 2, 40), 60);
    plan = only(Direction::outbound, plan);
    plan.gateways[GatewayId{0}].channels = 5;
    const Replication tally = lived(plan);
    CHECK(tally.delayed.value == 0);
    CHECK(tally.sites[0].gateways[0].busy_max == 5);
    CHECK(tally.sites[0].gateways[1].busy_max == 40);
    CHECK(losses(tally) == losses(tally, {.reason = Reason::no_channel}));
}

TEST_CASE("over the limit an appliance may block or only count the time", "[calls]") {
    Scenario plan = one_site(1, 50, 60, 12h);
    const Replication blocks = lived(plan);
    CHECK(blocks.ledger()[Outcome::blocked].value > 0);
    CHECK(blocks.sites[0].appliances[0].busy_max == 50);
    CHECK(blocks.sites[0].appliances[0].over_limit == 0s);
    plan.parameters.over_limit = sim::scenario::OverLimit::count;
    const Replication counts = lived(plan);
    CHECK(losses(counts) == 0);
    CHECK(counts.sites[0].appliances[0].busy_max > 50);
    CHECK(counts.sites[0].appliances[0].over_limit > 1h);
}

TEST_CASE("a channel is held from the first moment of the hunt", "[calls]") {
    Scenario plan = unattended(only(Direction::outbound, one_site(2, plenty, 300, 2h)));
    fails_at(plan, Duration{}, FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"));
    const Replication tally = lived(plan);
    CHECK(tally.sites[0].gateways[0].talk == tally.sites[0].appliances[1].talk);
    CHECK(carried_after(story(plan), start_of_run, appliance(plan, "ams-1")) == 0);
}
