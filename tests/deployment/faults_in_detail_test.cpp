// What single faults do beyond their row: when they begin and let go, what they cost in time, what hides behind
// them.

#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace tests;
namespace scenario = sim::scenario;
using sim::vocabulary::CohortId;
using sim::vocabulary::CommonCauseId;
using sim::vocabulary::TheTenant;

namespace {

constexpr Direction in = Direction::inbound;
constexpr Direction out = Direction::outbound;
constexpr SiteId ams{0};
constexpr ApplianceId ams_1{0};
constexpr ApplianceId ams_2{1};
constexpr GatewayId gw_1{0};
constexpr GatewayId gw_2{1};
constexpr CohortId its_users{0};

// Two appliances with room for all on either, two gateways.
Scenario loaded(double external_share = 0.2, Duration length = 3h) {
    Scenario plan = quiet_world(length);
    scenario::Traffic& traffic = add_users(plan, add_site(plan, "ams", 2, 500, 2, 1000), 200);
    traffic.external_share = external_share;
    traffic.escalation_share = 0.2;
    return plan;
}

struct Twins {
    Story calm, told;

    explicit Twins(const Scenario& before, const Scenario& after) : calm(story(before)), told(story(after)) {}
    std::vector<Change> changed() const { return changes(calm, told); }
    std::set<Effect> effects() const {
        std::set<Effect> seen;
        for (const Change& change : changed())
            if (change.after.reason != Reason::none) seen.emplace(change.after.direction, change.after.reason);
        return seen;
    }
};

Instant at(Duration when) {
    return start_of_run + when;
}
bool begins_in(const CallRecord& call, Duration from, Duration until) {
    return call.start >= at(from) && call.start < at(until);
}
std::uint64_t lost_for(const Story& told, Reason reason) {
    return losses(told.tally, {.reason = reason});
}

}  // namespace

// --- names ---------------------------------------------------------------------------------------------------

TEST_CASE("edge-a-record-missing: outbound calls fail an hour after it and until an hour after its end",
          "[faults]") {
    Scenario plan = loaded();
    fails_at(plan, 30min, FaultId::edge_a_record_missing, ams, {.lasts = 20min});
    const Story told = story(plan);
    for (const CallRecord& call : told.calls) {
        const bool unnamed = call.direction == out && begins_in(call, 1h + 30min, 1h + 50min);
        if ((call.reason == Reason::no_name) != unnamed)
            FAIL("at " << (call.start - start_of_run) / 1s << " s");
    }
    CHECK(lost_for(told, Reason::no_name) > 300);
    CHECK(losses(told.tally) == lost_for(told, Reason::no_name));
    CHECK(told.tally.sites[0].one_ready == 3h - 20min);
}

TEST_CASE("edge-a-record-missing: while nobody finds the Edges no call becomes a conference", "[faults]") {
    Scenario plan = loaded();
    plan.parameters.name_lifetime = Duration{};
    fails_at(plan, Duration{}, FaultId::edge_a_record_missing, ams);
    const Replication tally = lived(plan);
    CHECK(tally.escalations.value > 500);
    CHECK(tally.escalations_failed == tally.escalations);
}

TEST_CASE("edge-a-record-incomplete: the unnamed Edge carries inbound calls only, an hour later", "[faults]") {
    Scenario plan = loaded();
    fails_at(plan, 30min, FaultId::edge_a_record_incomplete, ams_1, {.lasts = 20min});
    const Story told = story(plan);
    CHECK(losses(told.tally) == 0);
    std::uint64_t before = 0, inbound = 0, after = 0;
    for (const CallRecord& call : told.calls) {
        if (call.appliance != ams_1) continue;
        if (begins_in(call, 1h + 30min, 1h + 50min)) {
            if (call.direction == out) FAIL("at " << (call.start - start_of_run) / 1s << " s");
            ++inbound;
        }
        before += call.direction == out && begins_in(call, 1h, 1h + 30min);
        after += call.direction == out && begins_in(call, 1h + 50min, 2h + 20min);
    }
    CHECK(before > 200);
    CHECK(inbound > 200);
    CHECK(after > 200);
}

TEST_CASE("srv-missing: new calls fail in both directions from an hour after it until an hour after its end",
          "[faults]") {
    Scenario plan = loaded();
    fails_at(plan, 30min, FaultId::srv_missing, ams, {.lasts = 20min});
    const Story told = story(plan);
    for (const CallRecord& call : told.calls) {
        const Reason wanted = begins_in(call, 1h + 30min, 1h + 50min) ? Reason::no_name : Reason::none;
        if (call.reason != wanted) FAIL("at " << (call.start - start_of_run) / 1s << " s");
    }
    CHECK(lost_for(told, Reason::no_name) > 300);
    CHECK(told.tally.degraded.value == 0);  // who is connected asks for no name
    CHECK(told.times(record::detected).empty());
}

TEST_CASE("srv-missing: what is up dies of what cuts it, not of the name", "[faults]") {
    Scenario plan = loaded();
    plan.parameters.name_lifetime = Duration{};
    fails_at(plan, 1h, FaultId::srv_missing, ams);
    fails_at(plan, 1h + 10s, FaultId::edge_rtcsrv_down, ams_1);
    const Story told = story(plan);
    std::uint64_t cut = 0;
    for (const CallRecord& call : told.calls)
        if (call.reason == Reason::edge_lost) {
            REQUIRE(call.end == at(1h + 10s));
            ++cut;
        }
    CHECK(cut > 5);
}

// --- users and the tenant ------------------------------------------------------------------------------------

TEST_CASE("user-unassigned: without PeerDestination these users cannot dial out", "[faults]") {
    Scenario plan = loaded();
    fails_at(plan, 1h, FaultId::user_unassigned, its_users, {.lasts = 30min});
    const Twins pair(loaded(), plan);
    CHECK(pair.effects() == std::set<Effect>{{out, Reason::no_route}});
    for (const Change& change : pair.changed()) REQUIRE(begins_in(change.after, 1h, 1h + 30min));
}

TEST_CASE("user-wrong-site: they leave where they do not live, and are called where they do", "[faults]") {
    Scenario calm = loaded();
    const SiteId sea = add_site(calm, "sea", 1, 500);
    Scenario plan = calm;
    fails_at(plan, 1h, FaultId::user_wrong_site, its_users, {.lasts = 1h, .site = sea});
    const Story told = story(plan);
    CHECK(losses(told.tally) == 0);
    for (const CallRecord& call : told.calls) {
        const bool abroad = call.direction == out && begins_in(call, 1h, 2h);
        if ((call.appliance == appliance(plan, "sea-1")) != abroad)
            FAIL("at " << (call.start - start_of_run) / 1s << " s");
    }
}

TEST_CASE("user-wrong-site: a site without gateways is no way out", "[faults]") {
    Scenario calm = loaded();
    const SiteId lab = add_site(calm, "lab", 1, 500, 0);
    Scenario plan = calm;
    fails_at(plan, 1h, FaultId::user_wrong_site, its_users, {.lasts = 30min, .site = lab});
    CHECK(Twins(calm, plan).effects() == std::set<Effect>{{out, Reason::no_route}});
}

TEST_CASE("onprem-dialplan-true: the share that misdials does, and emergency calls never", "[faults]") {
    Scenario plan = loaded();
    plan.traffic[0].emergency_share = 0.1;
    plan.traffic[0].outbound_share = 1;
    plan.parameters.misdialled_share = 1;
    fails_at(plan, Duration{}, FaultId::onprem_dialplan_true, TheTenant{});
    const Replication tally = lived(plan);
    CHECK(tally.emergency_attempts.value > 500);
    CHECK(tally.emergency_lost.value == 0);
    CHECK(losses(tally, {.reason = Reason::misdialled}) == attempts(tally) - tally.emergency_attempts.value);
}

// --- escalations ---------------------------------------------------------------------------------------------

TEST_CASE("hybrid-ms-object: without the object of its Mediation no call there becomes a conference",
          "[faults]") {
    const FaultId fault = GENERATE(FaultId::hybrid_ms_object_missing, FaultId::hybrid_ms_object_licensed,
                                   FaultId::hybrid_ms_object_wrong_edge);
    const Replication calm = lived(loaded());
    Scenario plan = loaded();
    fails_at(plan, Duration{}, fault, ams_1);
    const Replication tally = lived(plan);
    CHECK(calm.escalations_failed.value == 0);
    CHECK(tally.escalations == calm.escalations);
    CHECK(static_cast<double>(tally.escalations_failed.value) ==
          Approx(0.5 * static_cast<double>(tally.escalations.value)).epsilon(0.1));
    fails_at(plan, Duration{}, fault, ams_2);
    CHECK(lived(plan).escalations_failed == tally.escalations);
}

TEST_CASE("publish-forgotten: conferences of the peer fail that enter at who does not know it", "[faults]") {
    Scenario plan = loaded();
    fails_at(plan, Duration{}, FaultId::publish_forgotten, ams_1);
    const Replication tally = lived(plan);
    CHECK(static_cast<double>(tally.escalations_failed.value) ==
          Approx(0.25 * static_cast<double>(tally.escalations.value)).epsilon(0.15));
    Scenario alone = quiet_world(3h);
    add_users(alone, add_site(alone, "ams", 1, 500), 100).escalation_share = 0.2;
    fails_at(alone, Duration{}, FaultId::publish_forgotten, ams_1);
    CHECK(lived(alone).escalations.value > 200);
    CHECK(lived(alone).escalations_failed.value == 0);  // it has no peer
}

// --- gateways ------------------------------------------------------------------------------------------------

TEST_CASE("gateway-down costs ten seconds with the fast-failover timer and thirty-two without", "[faults]") {
    const bool fast = GENERATE(true, false);
    Scenario plan = loaded();
    for (auto& appliance : plan.appliances) appliance.fast_failover = fast;
    fails_at(plan, 1h, FaultId::gateway_down, gw_1, {.lasts = 30min});
    const Replication tally = lived(plan);
    CHECK(tally.delayed.value > 0);
    CHECK(tally.post_dial_delay == (fast ? 10s : 32s) * tally.delayed.value);
}

TEST_CASE("slow-setup-dropped: who waits too long tries the next gateway, and fails if that is no better",
          "[faults]") {
    Scenario one = loaded();
    fails_at(one, 1h, FaultId::slow_setup_dropped, gw_1, {.share = 0.1});
    Scenario both = one;
    fails_at(both, 1h, FaultId::slow_setup_dropped, gw_2, {.share = 0.1});
    const Replication tried = lived(one);
    CHECK(losses(tried) == 0);
    CHECK(tried.delayed.value > 50);
    CHECK(tried.post_dial_delay == 10s * tried.delayed.value);
    CHECK(Twins(loaded(), both).effects() == std::set<Effect>{{out, Reason::setup_too_slow}});
    for (auto& appliance : both.appliances) appliance.fast_failover = false;
    CHECK(losses(lived(both)) == 0);
}

TEST_CASE("carrier-reroute saves the numbers of a dead gateway", "[faults]") {
    const FaultId fault = GENERATE(FaultId::gateway_down, FaultId::carrier_lost);
    Scenario plan = loaded();
    fails_at(plan, 1h, fault, gw_1, {.lasts = 1h});
    fails_at(plan, 1h + 20min, FaultId::carrier_reroute, gw_1, {.lasts = 30min});
    const Reason unreached = fault == FaultId::gateway_down ? Reason::gateway_dead : Reason::no_circuit;
    const Story told = story(plan);
    std::uint64_t early = 0, late = 0;
    for (const CallRecord& call : told.calls) {
        if (call.reason != unreached) continue;
        REQUIRE(call.direction == in);
        early += begins_in(call, 1h, 1h + 20min);
        late += begins_in(call, 1h + 50min, 2h);
    }
    CHECK(early > 50);
    CHECK(late > 50);
    CHECK(lost_for(told, unreached) == early + late);
}

TEST_CASE("carrier-reroute: the numbers of one gateway use the channels of the other", "[faults]") {
    Scenario plan = loaded();
    plan.traffic[0].outbound_share = 0;
    fails_at(plan, Duration{}, FaultId::carrier_reroute, gw_1);
    const Replication tally = lived(plan);
    CHECK(tally.sites[0].gateways[0].talk == 0s);
    CHECK(losses(tally) == 0);
}

TEST_CASE("gateway-cross-site: its inbound calls enter at the wrong site, and only they", "[faults]") {
    Scenario plan = loaded();
    plan.traffic[0].outbound_share = 0;
    const SiteId sea = add_site(plan, "sea", 1, 500);
    fails_at(plan, Duration{}, FaultId::gateway_cross_site, gw_1, {.site = sea});
    const Replication tally = lived(plan);
    CHECK(losses(tally) == 0);
    CHECK(tally.sites[1].appliances[0].talk == tally.sites[0].gateways[0].talk);
    fails_at(plan, 1h, FaultId::host_crash, appliance(plan, "sea-1"));
    const Replication coupled = lived(plan);
    CHECK(losses(coupled, {.reason = Reason::no_mediation_answers}) > 100);
    CHECK(losses(coupled) == losses(coupled, {.site = "ams"}));
}

TEST_CASE("trunk-points-at-pool-fqdn: with its one Mediation away, the gateway's numbers fail", "[faults]") {
    Scenario plan = loaded();
    fails_at(plan, Duration{}, FaultId::trunk_points_at_pool_fqdn, gw_1);
    fails_at(plan, 1h, FaultId::host_crash, ams_1);
    CHECK(losses(lived(plan), {.reason = Reason::no_mediation_answers, .direction = in}) > 100);
}

TEST_CASE("trunk-priority-unequal and overload: the first appliance fills, and then the others are tried",
          "[faults]") {
    const FaultId fault = GENERATE(FaultId::trunk_priority_unequal, FaultId::overload);
    Scenario plan = loaded();
    plan.traffic[0].outbound_share = 0;
    for (const GatewayId id : {gw_1, gw_2}) fails_at(plan, Duration{}, fault, id);
    CHECK(lived(plan).sites[0].appliances[1].talk == 0s);
    for (auto& appliance : plan.appliances) appliance.calls_max = 120;
    plan.parameters.reroute_on_busy = true;
    CHECK(lived(plan).sites[0].appliances[1].talk > 0s);
    plan.parameters.reroute_on_busy = false;
    CHECK(losses(lived(plan), {.reason = Reason::appliance_full, .direction = in}) > 100);
}

// --- limits --------------------------------------------------------------------------------------------------

TEST_CASE("port-range-too-small: a quarter of the ports are calls, and the next one is blocked", "[faults]") {
    Scenario plan = loaded();
    plan.parameters.reroute_on_busy = false;
    fails_at(plan, Duration{}, FaultId::port_range_too_small, ams_1, {.ports = 83});
    const Replication tally = lived(plan);
    CHECK(tally.sites[0].appliances[0].busy_max == 20);
    for (const auto& loss : tally.losses) {
        CHECK(loss.reason == Reason::no_media_port);
        CHECK(loss.outcome == Outcome::blocked);
        CHECK(loss.appliance == "ams-1");
    }
    CHECK(losses(tally, {.direction = in}) > 100);
    CHECK(losses(tally, {.direction = out}) > 100);
}

TEST_CASE("media bypass: internal clients lose control of their calls with Mediation, and nothing else",
          "[faults]") {
    const FaultId fault = GENERATE(FaultId::med_rtcsrv_down, FaultId::host_crash);
    Scenario calm = loaded(0);
    calm.parameters.media_bypass = true;
    Scenario plan = calm;
    fails_at(plan, 1h, fault, ams_1);
    const Story told = story(plan);
    CHECK(told.tally.ledger()[Outcome::dropped].value == 0);
    CHECK(told.tally.degraded.value > 50);
    for (const CallRecord& call : told.calls)
        if (call.degraded) REQUIRE((call.start < at(1h) && call.end > at(1h)));
    Scenario outside = plan;
    outside.traffic[0].external_share = 1;
    CHECK(lived(outside).ledger()[Outcome::dropped].value > 50);
    CHECK(lived(outside).degraded.value == 0);
}

// --- what hides --------------------------------------------------------------------------------------------

TEST_CASE("a stale tenant credential: the cloud goes on trying an Edge that was taken offline", "[faults]") {
    const FaultId stale = GENERATE(FaultId::mfa_on_tenant_admin, FaultId::tenant_password_expired);
    Scenario told = loaded();
    fails_at(told, 1h, FaultId::edge_rtcsrv_down, ams_1, {.lasts = 1h});
    Scenario untold = told;
    fails_at(untold, 30min, stale, ams_1, {.lasts = 2h});
    const Replication before = lived(told);
    const Replication after = lived(untold);
    CHECK(after.events.at("detections") == 1);
    CHECK(before.delayed.value <= 2);  // until detection
    CHECK(after.delayed.value >= 55);  // and once a minute
    CHECK(after.post_dial_delay == 4s * after.delayed.value);
    CHECK(losses(after, {.direction = out}) == losses(before, {.direction = out}));
}

TEST_CASE("a tenant credential mended while the appliance is in Error: the cloud leaves it alone from then on",
          "[faults]") {
    Scenario plan = loaded();
    fails_at(plan, 1h, FaultId::edge_rtcsrv_down, ams_1, {.lasts = 1h});
    fails_at(plan, 30min, FaultId::tenant_password_expired, ams_1, {.lasts = 45min});
    const Replication tally = lived(plan);
    CHECK(tally.delayed.value >= 13);
    CHECK(tally.delayed.value <= 18);
}

TEST_CASE("a tenant credential mended in maintenance: the tenant hears of the maintenance late", "[faults]") {
    Scenario plan = loaded();
    fails_at(plan, 30min, FaultId::tenant_password_expired, ams_1, {.lasts = 1h});
    enters_at(plan, 1h, ams_1, StopMode::immediate);
    const Replication tally = lived(plan);
    CHECK(tally.delayed.value >= 27);  // once a minute, until an hour and a half
    CHECK(tally.delayed.value <= 33);
}

TEST_CASE("a tenant that was not told of the end of maintenance calls the appliance all the same", "[faults]") {
    Scenario plan = loaded();
    for (auto& appliance : plan.appliances) appliance.version = sim::vocabulary::VersionId::v1_3_8;
    enters_at(plan, 30min, ams_1);
    fails_at(plan, 1h, FaultId::mfa_on_tenant_admin, ams_1, {.lasts = 1h});
    exits_at(plan, 1h + 30min, ams_1);
    std::uint64_t early = 0, late = 0;  // before the tenant hears of it, and after
    for (const CallRecord& call : story(plan).calls) {
        if (call.appliance != ams_1 || call.direction == in) continue;
        early += begins_in(call, 1h + 40min, 2h);
        late += begins_in(call, 2h + 1min, 2h + 21min);
    }
    CHECK(early > 200);
    CHECK(late > 200);
}

TEST_CASE("edge-external-cert-expired: nothing until the Edge restarts, then inbound calls fail there",
          "[faults]") {
    Scenario plan = loaded();
    fails_at(plan, 30min, FaultId::edge_external_cert_expired, ams_1, {.lasts = 2h});
    Scenario restarted = plan;
    fails_at(restarted, 1h, FaultId::edge_rtcsrv_down, ams_1);
    CHECK(Twins(loaded(), plan).effects().empty());
    const Story told = story(restarted);
    const Instant back = told.times(record::recovered).at(0);
    std::uint64_t failed = 0;
    for (const CallRecord& call : told.calls) {
        if (call.start <= back) continue;
        if (call.reason == Reason::edge_dead_behind_mediation) {
            REQUIRE(begins_in(call, 1h, 2h + 30min));
            ++failed;
        } else {
            REQUIRE(call.reason == Reason::none);
        }
    }
    CHECK(failed > 300);
    CHECK(told.times(record::detected).size() == 1);  // of the service; nobody looks at certificates
    for (const Record& entry : told.journal) {
        if (entry.kind != record::call_lost || entry.at <= back) continue;
        const Record& cause = told.journal.at(static_cast<std::size_t>(entry.cause) - 1);
        REQUIRE(cause.kind == record::fault_struck);
        REQUIRE(cause.detail == static_cast<std::int64_t>(FaultId::edge_external_cert_expired));
    }
}

TEST_CASE("winhttp-bypass-missing: no attempt succeeds while it lasts", "[faults]") {
    Scenario plan = loaded();
    fails_at(plan, 1h, FaultId::med_rtcsrv_down, ams_1, {.lasts = 20min});
    fails_at(plan, 1h + 10min, FaultId::winhttp_bypass_missing, ams_1, {.lasts = 1h});
    const Story told = story(plan);
    CHECK(told.times(record::detected).size() == 1);
    CHECK(told.times(record::attempt_failed).size() > 5);
    REQUIRE(told.times(record::recovered).size() == 1);
    CHECK(told.times(record::recovered)[0] > at(1h + 10min + 1h));
    CHECK(told.times(record::recovered)[0] > told.times(record::attempt_failed).back());
}

TEST_CASE("winhttp-bypass-missing: what breaks while it lasts is seen when it is over", "[faults]") {
    Scenario plan = loaded();
    fails_at(plan, 50min, FaultId::winhttp_bypass_missing, ams_1, {.lasts = 1h});
    fails_at(plan, 1h, FaultId::cms_master_down, ams_1);
    const Story told = story(plan);
    CHECK(told.times(record::found_blind).size() == 1);
    REQUIRE(told.times(record::detected).size() == 1);
    CHECK(told.times(record::detected)[0] > at(1h + 50min));
    CHECK(told.times(record::recovered).size() == 1);
}

void no_call_passes(const Scenario& plan, Duration from, Duration to) {
    for (const CallRecord& call : story(plan).calls)
        if (call.appliance == ams_1 && begins_in(call, from, to)) {
            INFO("at " << (call.start - start_of_run) / 1s << " s");
            REQUIRE(call.reason != Reason::none);
        }
}

TEST_CASE("a part that two faults hold is down until the last one lets go", "[faults]") {
    Scenario plan = loaded();
    plan.policies.front().recovery = sim::scenario::RecoveryPolicy::none;
    plan.common_causes.add({"feed", {ams_1, GatewayId{0}}, {}});
    fails_at(plan, 1h, FaultId::host_crash, ams_1, {.lasts = 20min});
    fails_at(plan, 1h + 15min, FaultId::common_cause, CommonCauseId{0}, {.lasts = 40min});
    no_call_passes(plan, 1h, 1h + 55min);
}

TEST_CASE("a host on two feeds that overlap is down until both are back", "[faults]") {
    Scenario plan = loaded();
    plan.common_causes.add({"feed A", {ams_1, GatewayId{0}}, {}});
    plan.common_causes.add({"feed B", {ams_1, GatewayId{0}}, {}});
    fails_at(plan, 1h, FaultId::common_cause, CommonCauseId{0}, {.lasts = 20min});
    fails_at(plan, 1h + 10min, FaultId::common_cause, CommonCauseId{1}, {.lasts = 40min});
    no_call_passes(plan, 1h, 1h + 50min);
}

TEST_CASE("a site whose only gateway is dead has no appliance ready", "[faults]") {
    Scenario plan = one_site(2, 500, 60, 4h);
    fails_at(plan, 1h, FaultId::gateway_down, GatewayId{0}, {.lasts = 30min});
    fails_at(plan, 3h, FaultId::carrier_lost, GatewayId{0}, {.lasts = 15min});
    const Replication tally = lived(plan);
    CHECK(tally.sites[0].appliances_ready_min == 0);
    CHECK(tally.sites[0].one_ready == 4h - 45min);
}

TEST_CASE("the end of one fault heals no other", "[faults]") {
    Scenario plan = loaded();
    plan.policies.front().recovery = sim::scenario::RecoveryPolicy::none;
    fails_at(plan, 30min, FaultId::edge_rtcsrv_down, ams_1);
    fails_at(plan, 1h, FaultId::edge_replica_down, ams_1, {.lasts = 10min});
    const Story told = story(plan);
    CHECK(told.tally.events.at("faults_cleared") == 1);
    for (const CallRecord& call : told.calls)
        if (call.appliance == ams_1 && call.direction == in && call.start > at(1h + 15min))
            REQUIRE(call.reason == Reason::edge_dead_behind_mediation);
}

TEST_CASE("host-vm-link-lost: the tenant reads Error, nothing is stopped, and calls go on", "[faults]") {
    Scenario plan = loaded();
    fails_at(plan, 1h, FaultId::host_vm_link_lost, ams_1, {.lasts = 1h});
    patches_daily(plan, ams, 1h + 10min, 20min);
    Scenario calm = plan;
    calm.incidents.clear();
    calm.updates.clear();
    const Twins pair(calm, plan);
    CHECK(pair.changed().empty());
    CHECK(pair.told.times(record::found_blind).size() == 1);
    CHECK(pair.told.times(record::detected).empty());
    CHECK(pair.told.times(record::services_stopped).empty());
    REQUIRE(pair.told.tally.missed_windows.size() == 2);
    CHECK(pair.told.tally.missed_windows[0].reason == "it was not in service");
    CHECK(pair.told.tally.missed_windows[1].reason == "its peer ams-1 was not Running");
}

TEST_CASE("host-vm-link-lost: within a minute of its end the tenant reads Running", "[faults]") {
    Scenario plan = loaded();
    fails_at(plan, 1h, FaultId::host_vm_link_lost, ams_1, {.lasts = 30min});
    patches_daily(plan, ams, 1h + 10min, 1h);
    const std::vector<Instant> started = story(plan).times(record::update_started);
    REQUIRE_FALSE(started.empty());
    CHECK(started[0] > at(1h + 30min));
    CHECK(started[0] <= at(1h + 31min));
}

TEST_CASE("host-vm-link-lost: what breaks meanwhile is seen when the link is back", "[faults]") {
    Scenario plan = loaded();
    fails_at(plan, 1h, FaultId::host_vm_link_lost, ams_1, {.lasts = 30min});
    fails_at(plan, 1h + 10min, FaultId::edge_rtcsrv_down, ams_1);
    const Story told = story(plan);
    REQUIRE(told.times(record::detected).size() == 1);
    CHECK(told.times(record::detected)[0] > at(1h + 30min));
    CHECK(told.times(record::detected)[0] <= at(1h + 31min));
    CHECK(lost_for(told, Reason::edge_dead_behind_mediation) > 100);
    CHECK(told.times(record::recovered).size() == 1);
}

// --- planned work --------------------------------------------------------------------------------------------

TEST_CASE("auto-update-off: each appliance misses the window, with the reason", "[faults]") {
    Scenario plan = loaded();
    fails_at(plan, Duration{}, FaultId::auto_update_off, ams);
    patches_daily(plan, ams, 1h, 1h);
    const Replication tally = lived(plan);
    CHECK(tally.events.at("updates_finished") == 0);
    CHECK(tally.events.at("windows_missed") == 2);
    REQUIRE(tally.missed_windows.size() == 2);
    for (const auto& missed : tally.missed_windows)
        CHECK(missed.reason == "automatic updates were switched off");
}

TEST_CASE("windows-unset: patches come at once, at any hour, and not again at night", "[faults]") {
    Scenario plan = loaded(0.2, 24h);
    patches_daily(plan, ams, 22h, 1h);
    fails_at(plan, 9h, FaultId::windows_unset, ams);
    const std::vector<Instant> started = chronicle(plan).times(record::update_started);
    REQUIRE(started.size() == 2);
    CHECK(started[0] == at(9h));
    CHECK(started[1] < at(16h));
}

TEST_CASE("windows-unset while the window is open: who was patched already is not patched twice", "[faults]") {
    Scenario plan = loaded(0.2, 24h);
    patches_daily(plan, ams, 1h, 8h);
    fails_at(plan, 2h, FaultId::windows_unset, ams);
    const Story told = chronicle(plan);
    CHECK(told.times(record::update_started).size() == 2);
    CHECK(told.tally.missed_windows.empty());
}

TEST_CASE("windows-unset: when it is over the site has its window again", "[faults]") {
    Scenario plan = loaded(0.2, 24h);
    patches_daily(plan, ams, 10h, 8h);
    fails_at(plan, 2h, FaultId::windows_unset, ams, {.lasts = 30min});
    const std::vector<Instant> started = chronicle(plan).times(record::update_started);
    REQUIRE(started.size() == 3);  // one had begun when there was none
    CHECK(started[1] == at(10h));
}

// --- several at once -----------------------------------------------------------------------------------------

TEST_CASE("common-cause: all that it takes goes at once, and all is back when it ends", "[faults]") {
    Scenario plan = loaded();
    const SiteId sea = add_site(plan, "sea", 2, 500, 1);
    add_users(plan, sea, 60).external_share = 0.5;
    plan.common_causes.add({"street", {ams_1, ams_2, gw_1, sea}, {}});
    Scenario calm = plan;
    fails_at(plan, 1h, FaultId::common_cause, CommonCauseId{0}, {.lasts = 30min});
    const Twins pair(calm, plan);
    CHECK(pair.effects().count({in, Reason::host_lost}) == 1);
    CHECK(pair.effects().count({in, Reason::gateway_dead}) == 1);
    CHECK(pair.effects().count({out, Reason::edge_unreachable}) == 1);
    CHECK(losses(pair.told.tally, {.reason = Reason::network_lost, .site = "sea"}) > 0);
    for (const Change& change : pair.changed()) {
        if (change.after.reason == Reason::host_lost || change.after.reason == Reason::network_lost)
            REQUIRE(change.after.end == at(1h));
        if (change.after.reason != Reason::none) REQUIRE(change.after.start < at(1h + 30min + 22min));
    }
    CHECK(pair.told.times(record::host_started) == std::vector(2, at(1h + 30min + 8min)));
    CHECK(pair.told.tally.sites[0].one_ready == 3h - 30min - 22min);
    CHECK(pair.told.tally.sites[1].one_ready == 3h - 30min);
}

TEST_CASE("refer-unsupported: transfers over that gateway fail, and no call does", "[faults]") {
    Scenario plan = loaded();
    plan.parameters.transfer_share = 0.1;
    const Story calm = story(plan);
    CHECK(calm.tally.transfers_failed.value == 0);
    fails_at(plan, Duration{}, FaultId::refer_unsupported, gw_1);
    const Story told = story(plan);
    CHECK(changes(calm, told).empty());
    const auto over_both = static_cast<double>(attempts(told.tally) - losses(told.tally));
    CHECK(static_cast<double>(told.tally.transfers_failed.value) == Approx(0.05 * over_both).epsilon(0.2));
    plan.parameters.transfer_share = 0;
    CHECK(lived(plan).transfers_failed.value == 0);
}
