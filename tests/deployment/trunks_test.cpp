// Trunks as the scenario lists them, what TLS makes of them, and which numbers a gateway carries.

#include "tests/support/estates.hpp"

#include <algorithm>

using namespace tests;
namespace scenario = sim::scenario;
using sim::vocabulary::NumberClass;
using sim::vocabulary::NumberClasses;

namespace {

constexpr Direction in = Direction::inbound;
constexpr Direction out = Direction::outbound;
constexpr GatewayId gw_1{0};
constexpr GatewayId gw_2{1};

Scenario only(Direction direction, Scenario plan) {
    for (auto& traffic : plan.traffic) traffic.outbound_share = direction == out ? 1 : 0;
    return plan;
}

Scenario unattended(Scenario plan) {
    plan.policies.front().recovery = scenario::RecoveryPolicy::none;
    return plan;
}

void trunk(Scenario& plan, GatewayId from, ApplianceId to, unsigned priority = 1, bool trusted = true) {
    plan.gateways[from].trunks.push_back({to, priority, trusted, false, {}});
}

std::uint64_t carried(const Story& told, ApplianceId by, Instant from = start_of_run,
                      Instant until = start_of_run + 1000h) {
    return static_cast<std::uint64_t>(
        std::count_if(told.calls.begin(), told.calls.end(), [&](const CallRecord& call) {
            return call.start >= from && call.start < until && call.end > call.start && call.appliance == by;
        }));
}

std::uint64_t lost(const Story& told, Reason reason, Instant from, Instant until) {
    return static_cast<std::uint64_t>(
        std::count_if(told.calls.begin(), told.calls.end(), [&](const CallRecord& call) {
            return call.reason == reason && call.start >= from && call.start < until;
        }));
}

NumberClasses classes(std::initializer_list<NumberClass> these) {
    NumberClasses made;
    for (const NumberClass one : these) made.add(one);
    return made;
}

// Two appliances and two gateways with TLS; inbound calls alone.
Scenario with_tls() {
    Scenario plan = quiet_world(4h);
    const SiteId site = add_site(plan, "ams", 2, plenty, 2);
    add_users(plan, site, 240);
    for (auto& gateway : plan.gateways) gateway.protocol = scenario::Protocol::tls;
    return unattended(only(in, plan));
}

}  // namespace

TEST_CASE("a list that says what goes without saying changes nothing", "[trunks]") {
    const Scenario plan = one_site(3, plenty, 100, 4h);
    Scenario told = plan;
    for (const ApplianceId to : plan.sites[SiteId{0}].appliances) trunk(told, gw_1, to, 7);
    CHECK(lived(told).fingerprint == lived(plan).fingerprint);
}

TEST_CASE("trunks of the lowest number carry all inbound calls, and share them in turn", "[trunks]") {
    Scenario plan = only(in, one_site(3, plenty, 200, 4h));
    trunk(plan, gw_1, ApplianceId{0}, 2);
    trunk(plan, gw_1, ApplianceId{1}, 1);
    trunk(plan, gw_1, ApplianceId{2}, 1);
    const Story told = story(plan);
    CHECK(carried(told, ApplianceId{0}) == 0);
    const auto second = static_cast<std::int64_t>(carried(told, ApplianceId{1}));
    const auto third = static_cast<std::int64_t>(carried(told, ApplianceId{2}));
    CHECK(std::abs(second - third) <= 1);
}

TEST_CASE("a full trunk overflows to those of the next number, which share in turn too", "[trunks]") {
    Scenario plan = only(in, one_site(3, plenty, 200, 4h));
    plan.appliances[ApplianceId{0}].calls_max = 50;
    trunk(plan, gw_1, ApplianceId{0}, 1);
    trunk(plan, gw_1, ApplianceId{1}, 5);
    trunk(plan, gw_1, ApplianceId{2}, 5);
    const Story told = story(plan);
    CHECK(told.tally.sites[0].appliances[0].busy_max == 50);
    CHECK(losses(told.tally) == 0);
    const auto second = static_cast<std::int64_t>(carried(told, ApplianceId{1}));
    const auto third = static_cast<std::int64_t>(carried(told, ApplianceId{2}));
    CHECK(second > 100);
    CHECK(std::abs(second - third) <= 1);
    plan.parameters.reroute_on_busy = false;
    CHECK(losses(lived(plan), {.reason = Reason::appliance_full}) > 100);
}

TEST_CASE("the next number takes over while the first is believed down, and gives back", "[trunks]") {
    Scenario plan = unattended(only(in, one_site(2, plenty, 200, 4h)));
    trunk(plan, gw_1, ApplianceId{0}, 1);
    trunk(plan, gw_1, ApplianceId{1}, 2);
    fails_at(plan, 1h, FaultId::med_rtcsrv_down, ApplianceId{0}, {.lasts = 1h});
    const Story told = story(plan);
    CHECK(losses(told.tally, {.reason = Reason::no_mediation_answers}) == 0);
    CHECK(carried(told, ApplianceId{0}, start_of_run + 1h, start_of_run + 2h) == 0);
    CHECK(carried(told, ApplianceId{1}, start_of_run, start_of_run + 1h) == 0);
    CHECK(carried(told, ApplianceId{1}, start_of_run + 2h + 61s) == 0);
    CHECK(told.tally.delayed.value > 0);  // the call that found out, if no poll came first
}

TEST_CASE("a gateway without a trunk to an appliance never sends it calls", "[trunks]") {
    Scenario plan = one_site(2, plenty, 100, 4h);
    trunk(plan, gw_1, ApplianceId{1});
    const Story told = story(plan);
    for (const CallRecord& call : told.calls)
        if (call.direction == in) CHECK(call.appliance == ApplianceId{1});
    CHECK(losses(told.tally) == 0);
    CHECK(told.tally.sites[0].appliances_ready_min == 1);  // inbound calls do not reach the other
}

TEST_CASE("a trunk that names the pool is as if the fault had struck at the start", "[trunks]") {
    Scenario plan = unattended(one_site(3, plenty, 100, 4h));
    fails_at(plan, 1h, FaultId::host_crash, ApplianceId{0});
    Scenario listed = plan;
    listed.gateways[gw_1].trunks.push_back({ApplianceId{0}, 1, true, true, {}});
    Scenario struck = plan;
    fails_at(struck, Duration{}, FaultId::trunk_points_at_pool_fqdn, gw_1);
    CHECK(changes(story(listed), story(struck)).empty());
    CHECK(losses(lived(listed), {.reason = Reason::no_mediation_answers, .direction = in}) > 100);
}

TEST_CASE("trunks to another site are as if gateway-cross-site had struck at the start", "[trunks]") {
    Scenario plan = only(in, one_site(2, plenty, 100, 4h));
    const SiteId sea = add_site(plan, "sea", 2, plenty);
    Scenario listed = plan;
    for (const ApplianceId to : plan.sites[sea].appliances) trunk(listed, gw_1, to);
    Scenario struck = plan;
    fails_at(struck, Duration{}, FaultId::gateway_cross_site, gw_1, {.site = sea});
    CHECK(changes(story(listed), story(struck)).empty());
}

TEST_CASE("a Mediation of another site is discovered like any other", "[trunks]") {
    Scenario plan = unattended(only(in, one_site(1, plenty, 400, 4h)));
    const SiteId sea = add_site(plan, "sea", 2, plenty);
    fails_at(plan, Duration{}, FaultId::gateway_cross_site, gw_1, {.site = sea});
    const ApplianceId dead = plan.sites[sea].appliances[0];
    fails_at(plan, 1h, FaultId::med_rtcsrv_down, dead, {.lasts = 1h});
    const Story told = story(plan);
    CHECK(told.tally.delayed.value == 1);  // the INVITE that waited 4 s: then the gateway knew
    CHECK(told.tally.post_dial_delay == 4s);
    CHECK(losses(told.tally, {.reason = Reason::no_mediation_answers}) == 0);
    const Instant back = start_of_run + 2h;
    CHECK(carried(told, dead, back + 60s, back + 2min) > 10);
    const auto first = std::find_if(told.calls.begin(), told.calls.end(), [&](const CallRecord& call) {
        return call.appliance == dead && call.start >= back;
    });
    REQUIRE(first != told.calls.end());
    CHECK(first->start > back + 1s);  // not at once: its poll comes when it comes
}

TEST_CASE("TLS that has lost its trust carries calls until it connects anew", "[trunks]") {
    const FaultId fault = GENERATE(FaultId::cce_root_not_on_gateway, FaultId::gateway_root_not_on_ms,
                                   FaultId::gateway_cert_bad_name);
    Scenario plan = with_tls();
    fails_at(plan, 1h, fault, gw_1, {.lasts = 2h});
    CHECK(losses(lived(plan)) == 0);
    // A restart of both Mediations, one after the other: with the second the gateway has no trunk left.
    for (const ApplianceId id : plan.sites[SiteId{0}].appliances) {
        enters_at(plan, 90min + 15min * sim::vocabulary::index(id), id, StopMode::immediate);
        exits_at(plan, 100min + 15min * sim::vocabulary::index(id), id);
    }
    const Story told = story(plan);
    const auto at = [](Duration when) { return start_of_run + when; };
    CHECK(lost(told, Reason::trunk_not_trusted, start_of_run, at(100min)) == 0);
    CHECK(lost(told, Reason::trunk_not_trusted, at(2h), at(3h)) > 100);
    CHECK(lost(told, Reason::trunk_not_trusted, at(3h + 60s), at(4h)) == 0);  // the next poll finds it
    CHECK(carried(told, ApplianceId{0}, at(3h + 60s)) > 100);
}

TEST_CASE("a gateway that comes back connects anew", "[trunks]") {
    Scenario plan = with_tls();
    fails_at(plan, 1h, FaultId::cce_root_not_on_gateway, gw_1);
    fails_at(plan, 2h, FaultId::gateway_down, gw_1, {.lasts = 10min});
    const Story told = story(plan);
    const Instant back = start_of_run + 2h + 10min;
    CHECK(lost(told, Reason::trunk_not_trusted, start_of_run, back) == 0);
    CHECK(lost(told, Reason::trunk_not_trusted, back, start_of_run + 4h) > 100);
}

TEST_CASE("trust that is missing from the start is missing at the first connect", "[trunks]") {
    Scenario struck = with_tls();
    fails_at(struck, Duration{}, FaultId::cce_root_not_on_gateway, gw_1);
    Scenario listed = with_tls();
    for (const ApplianceId to : listed.sites[SiteId{0}].appliances) trunk(listed, gw_1, to, 1, false);
    const Story told = story(listed);
    CHECK(changes(told, story(struck)).empty());
    CHECK(losses(told.tally) == losses(told.tally, {.reason = Reason::trunk_not_trusted, .direction = in}));
    CHECK(losses(told.tally) > 100);
    const Replication outward = lived(only(out, listed));
    CHECK(losses(outward) == 0);  // the other gateway takes them, at once
    CHECK(outward.delayed.value == 0);
    CHECK(outward.sites[0].gateways[0].talk == 0s);
}

TEST_CASE("trust that is missing on one trunk leaves the others alone", "[trunks]") {
    Scenario plan = with_tls();
    trunk(plan, gw_1, ApplianceId{0}, 1, false);
    trunk(plan, gw_1, ApplianceId{1});
    const Replication tally = lived(plan);
    CHECK(losses(tally) == 0);
    CHECK(tally.delayed.value == 0);
}

TEST_CASE("a number leaves only where its class is carried, each such gateway alike", "[trunks]") {
    Scenario plan = quiet_world(12h);
    const SiteId site = add_site(plan, "ams", 2, plenty, 3);
    add_users(plan, site, 300).international_share = 1;
    plan = only(out, plan);
    plan.gateways[gw_1].carries = classes({NumberClass::local, NumberClass::emergency});
    const Replication abroad = lived(plan);
    CHECK(losses(abroad) == 0);
    CHECK(abroad.delayed.value == 0);
    CHECK(abroad.sites[0].gateways[0].talk == 0s);
    const double second = sim::kernel::seconds(abroad.sites[0].gateways[1].talk);
    const double third = sim::kernel::seconds(abroad.sites[0].gateways[2].talk);
    CHECK(second / (second + third) == Approx(0.5).margin(0.02));
    plan.traffic[0].international_share = 0;
    const Replication near = lived(plan);
    double all = 0;
    for (const auto& gateway : near.sites[0].gateways) all += sim::kernel::seconds(gateway.talk);
    for (const auto& gateway : near.sites[0].gateways)
        CHECK(sim::kernel::seconds(gateway.talk) / all == Approx(1.0 / 3).margin(0.02));
}

TEST_CASE("a number that no gateway carries fails, whatever is free", "[trunks]") {
    Scenario plan = one_site(2, plenty, 100, 4h);
    plan.traffic[0].international_share = 0.3;
    plan.traffic[0].emergency_share = 0.1;
    plan.gateways[gw_1].carries = classes({NumberClass::local, NumberClass::emergency});
    const Replication tally = lived(plan);
    CHECK(losses(tally, {.reason = Reason::no_route_for_class, .direction = out}) > 100);
    CHECK(losses(tally) == losses(tally, {.reason = Reason::no_route_for_class}));
    CHECK(tally.emergency_lost.value == 0);
}

TEST_CASE("a dead gateway is tried all the same where it alone carries the number", "[trunks]") {
    Scenario plan = quiet_world(3h);
    const SiteId site = add_site(plan, "ams", 2, plenty, 2);
    add_users(plan, site, 100).international_share = 0.5;
    plan = only(out, plan);
    plan.gateways[gw_2].carries = classes({NumberClass::local});
    fails_at(plan, 1h, FaultId::gateway_down, gw_1);
    const Story told = story(plan);
    CHECK(lost(told, Reason::gateway_dead, start_of_run + 2h, start_of_run + 3h) > 100);
    CHECK(losses(told.tally, {.reason = Reason::no_route_for_class}) == 0);
}

TEST_CASE("what closes a site to the cloud stops the calls that enter there, wherever their numbers live",
          "[trunks]") {
    // The gateway of "ams" has its only trunk to "sea".
    Scenario plan = only(in, one_site(1, plenty, 100, 3h));
    const SiteId ams{0};
    const SiteId sea = add_site(plan, "sea", 1, plenty);
    trunk(plan, gw_1, plan.sites[sea].appliances.front());
    const FaultId id = GENERATE(FaultId::firewall_port_closed, FaultId::srv_missing);
    const Reason reason = id == FaultId::srv_missing ? Reason::no_name : Reason::edge_unreachable;
    plan.parameters.name_lifetime = Duration{};
    Scenario there = plan;
    fails_at(there, 1h, id, sea, {.lasts = 1h});
    const Story told = story(there);
    CHECK(lost(told, reason, start_of_run + 1h, start_of_run + 2h) > 500);
    CHECK(losses(told.tally) == lost(told, reason, start_of_run + 1h, start_of_run + 2h));
    CHECK(carried(told, plan.sites[sea].appliances.front(), start_of_run + 1h, start_of_run + 2h) == 0);
    Scenario here = plan;
    fails_at(here, 1h, id, ams, {.lasts = 1h});
    CHECK(losses(lived(here)) == 0);
}

TEST_CASE("a trunk that is not trusted is no more so when it was gone and is back", "[trunks]") {
    Scenario plan = with_tls();
    const SiteId sea = add_site(plan, "sea", 1, plenty);
    const ApplianceId afar = plan.sites[sea].appliances.front();
    trunk(plan, gw_1, afar, 1, false);
    const FaultId id = GENERATE(FaultId::trunk_missing_for_appliance, FaultId::trunk_points_at_pool_fqdn);
    fails_at(plan, 1h, id, gw_1, {.lasts = 10min});
    const Story told = story(plan);
    CHECK(lost(told, Reason::trunk_not_trusted, start_of_run + 2h, start_of_run + 4h) > 500);
    CHECK(carried(told, afar) == 0);
}
