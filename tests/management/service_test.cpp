// The management service: what it notices, what it does then, and what keeps it from doing so.

#include "sim/management/service.hpp"
#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace tests;
namespace kernel = sim::kernel;

namespace {

constexpr Duration struck = 1h;

Scenario quiet_site(unsigned appliances, Duration length = 24h) {
    Scenario plan = quiet_world(length);
    add_site(plan, "ams", appliances, 500);
    return plan;
}

Scenario edge_stops(How how = {}) {
    Scenario plan = quiet_site(1);
    fails_at(plan, struck, FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"), how);
    return plan;
}

// Between the attempts, and from the detection to the first: in seconds.
std::vector<Duration> waits(const Story& told) {
    std::vector<Instant> at = told.times(record::detected);
    for (const Instant attempt : told.times(record::attempt_failed)) at.push_back(attempt);
    std::vector<Duration> found;
    for (std::size_t i = 1; i < at.size(); ++i) found.push_back(at[i] - at[i - 1]);
    return found;
}

}  // namespace

TEST_CASE("the intervals are three times ten seconds, then double, then an hour", "[management]") {
    using sim::management::attempt_interval;
    CHECK(attempt_interval(1) == 10s);
    CHECK(attempt_interval(3) == 10s);
    CHECK(attempt_interval(4) == 20s);
    CHECK(attempt_interval(11) == 2560s);
    CHECK(attempt_interval(12) == 3600s);
    CHECK(attempt_interval(1'000'000) == 3600s);
}

TEST_CASE("an attempt takes as long as what is off needs to boot, and the ladder runs from its end",
          "[management]") {
    Scenario plan = quiet_site(1);
    fails_at(plan, struck, FaultId::vm_stopped, appliance(plan, "ams-1"),
             {.lasts = 1h, .machine = Machine::edge});
    const std::vector<Duration> seen = waits(chronicle(plan));
    REQUIRE(seen.size() > 4);
    constexpr Duration attempt = 3min + 30s;
    CHECK(std::vector(seen.begin(), seen.begin() + 4) ==
          std::vector<Duration>{10s + attempt, 10s + attempt, 10s + attempt, 20s + attempt});
}

TEST_CASE("detection stops the services of the whole appliance and recovery starts them", "[management]") {
    const Story told = chronicle(edge_stops());
    const Instant detected = told.times(record::detected).at(0);
    CHECK(told.times(record::services_stopped) == std::vector{detected});
    CHECK(told.times(record::recovered) == std::vector{detected + 10s + 30s});
    CHECK(told.times(record::fault_cleared) == std::vector{detected + 40s});
    CHECK(told.tally.sites[0].appliances[0].ready == 24h - (detected + 40s - start_of_run - struck));
}

TEST_CASE("each host looks at its own moment of the minute", "[management]") {
    Scenario plan = quiet_site(8);
    for (const ApplianceId id : plan.sites[SiteId{0}].appliances)
        fails_at(plan, struck, FaultId::edge_rtcsrv_down, id);
    std::vector<Instant> seen = chronicle(plan).times(record::detected);
    CHECK(seen.size() == 8);
    CHECK(std::unique(seen.begin(), seen.end()) == seen.end());
    CHECK(seen.back() <= start_of_run + struck + 1min);
}

TEST_CASE("a restart of the service redraws its moment and begins the ladder anew", "[management]") {
    const Scenario plain = edge_stops({.lasts = 20h});
    Scenario plan = plain;
    fails_at(plan, struck + 2h, FaultId::mgmt_service_restart, appliance(plan, "ams-1"));
    const Story told = chronicle(plan);
    const std::vector<Instant> failed = told.times(record::attempt_failed);
    const auto after =
        std::find_if(failed.begin(), failed.end(), [](Instant at) { return at > start_of_run + struck + 2h; });
    REQUIRE(failed.end() - after > 5);
    // A probe within the minute, then the wait before the first attempt and the attempt itself.
    CHECK(*after <= start_of_run + struck + 2h + 1min + 40s);
    CHECK(after[1] - after[0] == 40s);
    CHECK(after[2] - after[1] == 40s);
    CHECK(after[3] - after[2] == 50s);
    CHECK(told.details(record::attempt_failed)[static_cast<std::size_t>(after - failed.begin())] == 1);
    CHECK((after[0] - chronicle(plain).times(record::detected).at(0)) % 60s != 40s);
    CHECK(told.times(record::detected).size() == 1);  // it is the same outage
}

TEST_CASE("a stopped service sees nothing until it is started", "[management]") {
    Scenario plan = edge_stops();
    fails_at(plan, struck - 15min, FaultId::mgmt_service_stopped, appliance(plan, "ams-1"), {.lasts = 1h});
    const Instant detected = chronicle(plan).times(record::detected).at(0);
    CHECK(detected >= start_of_run + struck + 45min);
    CHECK(detected <= start_of_run + struck + 46min);
}

TEST_CASE("version 1.3.8 neither detects nor recovers", "[management]") {
    Scenario plan = edge_stops();
    plan.policies.front().recovery = sim::scenario::RecoveryPolicy::none;
    const Story told = chronicle(plan);
    CHECK(told.times(record::detected).empty());
    CHECK(told.tally.sites[0].appliances[0].ready == struck);
}

TEST_CASE("a fault that heals between two probes leaves no trace of the service", "[management]") {
    Scenario plan = edge_stops({.lasts = 1us});
    const Story told = chronicle(plan);
    CHECK(told.times(record::detected).empty());
    CHECK(told.tally.sites[0].appliances[0].ready == 24h - 1us);
}

TEST_CASE("after a crash in Error the services stay Manual and the ladder brings them back", "[management]") {
    Scenario plan = edge_stops({.lasts = 4h});
    fails_at(plan, struck + 1h, FaultId::host_crash, appliance(plan, "ams-1"), {.lasts = 10min});
    const Story told = chronicle(plan);
    CHECK(told.times(record::detected).size() == 1);
    const Instant host = told.times(record::host_started).at(0);
    CHECK(host == start_of_run + struck + 1h + 10min + 8min);
    const std::vector<Instant> failed = told.times(record::attempt_failed);
    CHECK(std::none_of(failed.begin(), failed.end(),
                       [&](Instant at) { return at > start_of_run + struck + 1h && at < host; }));
    CHECK(told.times(record::recovered).size() == 1);
    CHECK(told.times(record::recovered).at(0) > start_of_run + struck + 4h);
}

TEST_CASE("two causes must both be gone before an attempt works", "[management]") {
    Scenario plan = edge_stops({.lasts = 1h});
    fails_at(plan, struck, FaultId::vm_stopped, appliance(plan, "ams-1"),
             {.lasts = 3h, .machine = Machine::cms});
    CHECK(chronicle(plan).times(record::recovered).at(0) >= start_of_run + struck + 3h);
}

TEST_CASE("on a drain policy detection lets calls end, and a crash in the middle leaves no drain behind",
          "[management]") {
    Scenario plan = one_site(2, 500, 100, 8h);
    plan.parameters.on_error = StopMode::drain;
    fails_at(plan, struck, FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"));
    SECTION("undisturbed") {
        const Story told = story(plan);
        CHECK(losses(told.tally, {.reason = Reason::offline_by_detection}) == 0);
        CHECK(told.times(record::recovered).size() == 1);
    }
    SECTION("the host dies while it drains") {
        fails_at(plan, struck + 2min, FaultId::host_crash, appliance(plan, "ams-1"), {.lasts = 10min});
    }
    SECTION("the service dies while it drains") {
        fails_at(plan, struck + 2min, FaultId::mgmt_service_stopped, appliance(plan, "ams-1"),
                 {.lasts = 10min});
    }
    SECTION("an operator takes over while it drains") {
        enters_at(plan, struck + 2min, appliance(plan, "ams-1"));
        exits_at(plan, struck + 1h, appliance(plan, "ams-1"));
    }
    const Story told = story(plan);
    const auto carries_again = [&](const CallRecord& call) {
        return call.start > start_of_run + 6h && call.appliance == appliance(plan, "ams-1") &&
               call.end > call.start;
    };
    CHECK(std::count_if(told.calls.begin(), told.calls.end(), carries_again) > 1000);
}

TEST_CASE("luck of an attempt belongs to the outage and the attempt", "[management]") {
    Scenario plan = edge_stops();
    plan.parameters.recovery_success = 0.3;
    plan.parameters.attempt_takes = Duration{};
    const Story plain = chronicle(plan);
    const std::size_t needed = plain.times(record::attempt_failed).size();
    INFO("attempts that fail: " << needed);
    fails_at(plan, struck + 65s, FaultId::mgmt_service_restart, appliance(plan, "ams-1"));
    CHECK(chronicle(plan).times(record::attempt_failed).size() == needed);
}

TEST_CASE("an appliance that runs an older version than its scripts is neither watched nor recovered",
          "[management]") {
    using sim::vocabulary::VersionId;
    Scenario plan = edge_stops();
    auto& one = plan.appliances[appliance(plan, "ams-1")];
    one.version = VersionId::v2_0_1;
    one.backup_version = VersionId::v2_0;
    CHECK(chronicle(plan).times(record::recovered).size() == 1);
    one.backup_version = VersionId::v2_1;
    const Story told = chronicle(plan);
    CHECK(told.times(record::detected).empty());
    CHECK(told.times(record::recovered).empty());
}
