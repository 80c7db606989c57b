// What each release of the product notices of a fault, and how far it gets with mending it.

#include "sim/faults/catalogue.hpp"
#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <set>

using namespace tests;
namespace scenario = sim::scenario;
namespace vocabulary = sim::vocabulary;
using vocabulary::Strikes;
using vocabulary::VersionId;

namespace {

constexpr Direction in = Direction::inbound;
constexpr Direction out = Direction::outbound;
constexpr ApplianceId ams_1{0};
constexpr std::array releases{VersionId::v1_3_8, VersionId::v1_4_2, VersionId::v2_1};

Scenario running(VersionId version, double erlangs = 5) {
    Scenario plan = one_site(2, 500, erlangs, 4h);
    plan.traffic[0].external_share = 0.2;
    for (auto& appliance : plan.appliances) appliance.version = version;
    return plan;
}

// A machine that is off takes its services with it, and those are watched since 1.4.
bool seen_by_its_services(FaultId fault, const How& how) {
    return (fault == FaultId::vm_stopped || fault == FaultId::vm_saved) &&
           (how.machine == Machine::mediation || how.machine == Machine::edge);
}

std::vector<How> ways_to_strike(const vocabulary::FaultName& fault) {
    if (fault.id == FaultId::port_range_too_small) return {{.ports = 40}};
    if (fault.strikes != Strikes::machine) return {{}};
    std::vector<How> ways;
    for (const Machine machine : vocabulary::machines) ways.push_back({.machine = machine});
    return ways;
}

template <class Ask>
void for_each_fault_of_an_appliance(Ask ask) {
    for (const VersionId version : releases)
        for (const vocabulary::FaultName& fault : vocabulary::fault_names) {
            if (!fault.can_be_injected()) continue;
            if (fault.strikes != Strikes::appliance && fault.strikes != Strikes::machine) continue;
            if (!vocabulary::releases_with(fault.id).have(version)) continue;
            if (fault.id == FaultId::switched_to_old_version) continue;  // needs a second set of machines
            for (const How& how : ways_to_strike(fault)) {
                INFO(fault.name << (how.machine ? " on " + std::string(text(*how.machine)) : "") << ", version "
                                << vocabulary::version(version).name);
                ask(version, fault, how);
            }
        }
}

std::set<Effect> effects_of(const Scenario& calm, const Scenario& plan) {
    std::set<Effect> seen;
    for (const Change& change : changes(story(calm), story(plan)))
        if (change.after.reason != Reason::none) seen.emplace(change.after.direction, change.after.reason);
    return seen;
}

std::vector<std::int64_t> attempts_told(const Story& told, sim::kernel::RecordKind kind) {
    return told.details(kind);
}

}  // namespace

TEST_CASE("each version detects what the catalogue says of it, and nothing else", "[versions]") {
    for_each_fault_of_an_appliance([](VersionId version, const vocabulary::FaultName& fault, const How& how) {
        Scenario plan = running(version);
        fails_at(plan, 1h, fault.id, ams_1, how);
        const auto& release = vocabulary::version(version);
        const bool seen = sim::faults::seen_by(sim::faults::catalogue_row(fault.id), release) ||
                          (release.detects() && seen_by_its_services(fault.id, how));
        CHECK(lived(plan).events.at("detections") == (seen ? 1 : 0));
    });
}

TEST_CASE("each version mends by itself what the catalogue calls automatic, if it detects it", "[versions]") {
    for_each_fault_of_an_appliance([](VersionId version, const vocabulary::FaultName& fault, const How& how) {
        Scenario plan = running(version);
        fails_at(plan, 1h, fault.id, ams_1, how);
        const Replication tally = lived(plan);
        const bool automatic =
            sim::faults::catalogue_row(fault.id).automatic && tally.events.at("detections") > 0;
        CHECK(tally.events.at("recoveries") == (automatic ? 1 : 0));
        if (automatic) {
            CHECK(tally.sites[0].appliances[0].ready > 3h + 40min);
            CHECK(tally.events.at("faults_cleared") == 1);
        }
    });
}

TEST_CASE("no version mends a fault that has a duration before that is over", "[versions]") {
    for_each_fault_of_an_appliance([](VersionId version, const vocabulary::FaultName& fault, How how) {
        if (!fault.can_last) return;
        Scenario plan = running(version);
        how.lasts = 30min;
        fails_at(plan, 1h, fault.id, ams_1, how);
        const Story told = chronicle(plan);
        for (const Instant recovered : told.times(record::recovered)) CHECK(recovered >= start_of_run + 90min);
        CHECK(told.times(record::recovered).size() == told.times(record::detected).size());
        CHECK(told.times(record::fault_cleared) == std::vector{start_of_run + 90min});
    });
}

TEST_CASE("1.3.8 notices nothing: a stopped Mediation service stays stopped until somebody starts it",
          "[versions]") {
    Scenario plan = running(VersionId::v1_3_8, 100);
    fails_at(plan, 1h, FaultId::med_rtcsrv_down, ams_1);
    const Replication tally = lived(plan);
    CHECK(tally.sites[0].appliances[0].ready == 1h);
    CHECK(losses(tally, {.reason = Reason::mediation_unreachable}) > 500);
}

TEST_CASE("dc-down-latent is harmless on 1.4.2 and takes the appliance out on 2.1", "[versions]") {
    const VersionId version = GENERATE(VersionId::v1_4_2, VersionId::v2_1);
    const FaultId fault = GENERATE(FaultId::dc_down_latent, FaultId::cms_master_down);
    const Scenario calm = running(version, 100);
    Scenario plan = calm;
    fails_at(plan, 1h, fault, ams_1);
    const std::set<Effect> seen = effects_of(calm, plan);
    if (version == VersionId::v1_4_2) {
        CHECK(seen.empty());
    } else {
        CHECK(seen ==
              std::set<Effect>{{in, Reason::offline_by_detection}, {out, Reason::offline_by_detection}});
    }
}

TEST_CASE("1.4.2 with its AD off: three attempts restart services in vain, the fourth reaches machines",
          "[versions]") {
    Scenario plan = running(VersionId::v1_4_2, 100);
    fails_at(plan, 1h, FaultId::dc_down_latent, ams_1);
    fails_at(plan, 2h, FaultId::med_rtcsrv_down, ams_1);
    const Story told = story(plan);
    CHECK(attempts_told(told, record::attempt_failed) == std::vector<std::int64_t>{1, 2, 3});
    CHECK(attempts_told(told, record::recovered) == std::vector<std::int64_t>{4});
    const Instant detected = told.times(record::detected).at(0);
    CHECK(detected > start_of_run + 2h);
    // The waits of the ladder, four times the start of services, and the boot of one machine.
    CHECK(told.times(record::recovered).at(0) == detected + 10s + 10s + 10s + 20s + 4 * 30s + 3min);
    for (const CallRecord& call : told.calls)
        if (call.reason != Reason::none) REQUIRE(call.end >= start_of_run + 2h);
}

TEST_CASE("1.4.2 mends a service alone at the first attempt, and a machine that is off at the fourth",
          "[versions]") {
    Scenario service = running(VersionId::v1_4_2);
    fails_at(service, 1h, FaultId::edge_rtcsrv_down, ams_1);
    CHECK(attempts_told(chronicle(service), record::recovered) == std::vector<std::int64_t>{1});
    Scenario machine = running(VersionId::v1_4_2);
    fails_at(machine, 1h, FaultId::vm_stopped, ams_1, {.machine = Machine::edge});
    CHECK(attempts_told(chronicle(machine), record::recovered) == std::vector<std::int64_t>{4});
}

TEST_CASE("the ladder of 1.4.1 gives up on what it cannot clear, and a restart of the service begins anew",
          "[versions]") {
    Scenario plan = running(VersionId::v1_4_2);
    plan.policies[0].recovery = scenario::RecoveryPolicy::builtin_1_4_1;
    fails_at(plan, 30min, FaultId::med_rtcsrv_down, ams_1, {.lasts = 1h});
    const Replication alone = lived(plan);
    CHECK(alone.events.at("recoveries_given_up") == 1);
    CHECK(alone.events.at("recovery_attempts") == 7);
    CHECK(alone.events.at("recoveries") == 0);
    CHECK(alone.sites[0].appliances[0].ready == 30min);

    Scenario too_early = plan;
    fails_at(too_early, 1h, FaultId::mgmt_service_restart, ams_1);
    CHECK(lived(too_early).events.at("recoveries_given_up") == 2);
    CHECK(lived(too_early).events.at("recovery_attempts") == 14);

    Scenario mended = plan;
    fails_at(mended, 2h, FaultId::mgmt_service_restart, ams_1);
    const Story told = chronicle(mended);
    REQUIRE(told.times(record::recovered).size() == 1);
    CHECK(told.times(record::recovered)[0] > start_of_run + 2h);
    CHECK(told.times(record::recovered)[0] <= start_of_run + 2h + 1min + 10s + 30s);
    CHECK(told.tally.events.at("recoveries_given_up") == 1);
}

TEST_CASE("under the ladder of 1.4.1 later releases never give up", "[versions]") {
    Scenario plan = running(VersionId::v2_1);
    plan.policies[0].recovery = scenario::RecoveryPolicy::builtin_1_4_1;
    fails_at(plan, 30min, FaultId::med_rtcsrv_down, ams_1, {.lasts = 2h});
    const Replication tally = lived(plan);
    CHECK(tally.events.at("recoveries_given_up") == 0);
    CHECK(tally.events.at("recoveries") == 1);
}

TEST_CASE("in a mixed site each appliance notices what its own version watches", "[versions]") {
    Scenario plan = running(VersionId::v1_4_2);
    plan.appliances[ams_1].version = VersionId::v2_1;
    for (const char* name : {"ams-1", "ams-2"})
        fails_at(plan, 1h, FaultId::cms_master_down, appliance(plan, name));
    const Story told = chronicle(plan);
    CHECK(told.times(record::detected, subject(ams_1)).size() == 1);
    CHECK(told.times(record::detected).size() == 1);
    CHECK(told.tally.sites[0].one_ready < 4h);  // not ready is the truth, seen or not
}
