// Who repairs, and what waits for them.

#include "sim/faults/crews.hpp"
#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

using namespace tests;
using sim::faults::Crews;
using sim::vocabulary::CrewId;
namespace kernel = sim::kernel;
namespace scenario = sim::scenario;

namespace {

// Hosts that crash at their own fixed intervals and take as long to repair.
Scenario crashing(std::vector<Duration> between, Duration lasts, Duration length) {
    Scenario plan = quiet_world(length);
    add_site(plan, "ams", static_cast<unsigned>(between.size()), 500);
    plan.policies.front().recovery = scenario::RecoveryPolicy::none;
    for (std::size_t row = 0; row < between.size(); ++row) {
        scenario::Failures failures;
        failures.fault = fault_on(FaultId::host_crash, static_cast<ApplianceId>(row));
        failures.between = kernel::fixed_law(between[row]);
        failures.lasts = kernel::fixed_law(lasts);
        plan.failures.push_back(failures);
    }
    return plan;
}

void repaired_by(Scenario& plan, unsigned people) {
    const CrewId crew = plan.crews.add({"fitters", people, {}});
    for (scenario::Failures& failures : plan.failures) failures.repaired_by = crew;
}

const Record* record_of(const Story& told, kernel::RecordId id) {
    for (const Record& entry : told.journal)
        if (entry.id == id) return &entry;
    return nullptr;
}

}  // namespace

TEST_CASE("a crew does as many repairs at once as it has people, and takes who came first", "[faults]") {
    Crews crews;
    const CrewId id = crews.add(2);
    const auto at = [](int hour) { return start_of_run + hour * 1h; };
    CHECK(crews.takes(id, at(0)));
    CHECK(crews.takes(id, at(1)));
    CHECK_FALSE(crews.takes(id, at(2)));
    crews.put_in_line(id, {7, at(2), {}});
    CHECK_FALSE(crews.takes(id, at(3)));
    crews.put_in_line(id, {8, at(3), {}});
    CHECK(crews.next(id, at(5))->fault == 7);
    CHECK(crews.next(id, at(6))->fault == 8);
    CHECK_FALSE(crews.next(id, at(8)));
    CHECK_FALSE(crews.next(id, at(9)));
    const sim::faults::CrewUse use = crews.use(id, at(20));
    CHECK(use.repairs == 4);
    CHECK(use.waited == 2);
    CHECK(use.waiting_max == 2);
    CHECK(use.wait == 3h + 3h);
    CHECK(use.wait_max == 3h);
    CHECK(use.busy == 8h + 8h);
}

TEST_CASE("a repair begins when somebody is free", "[faults]") {
    Scenario plan = crashing({100h, 101h, 102h}, 5h, 150h);
    repaired_by(plan, 1);
    const Story told = chronicle(plan);
    CHECK(told.times(record::fault_cleared) ==
          std::vector<Instant>{start_of_run + 105h, start_of_run + 110h, start_of_run + 115h});
    CHECK(told.details(record::repair_started) ==
          std::vector<std::int64_t>{Duration{4h}.count(), Duration{8h}.count()});
    const auto& crew = told.tally.crews.at(0);
    CHECK(crew.name == "fitters");
    CHECK(crew.repairs == 3);
    CHECK(crew.waited == 2);
    CHECK(crew.wait == 12h);
    CHECK(crew.wait_max == 8h);
    CHECK(crew.waiting_max == 2);
    CHECK(crew.busy == 15h);
    CHECK(told.tally.events.at("repairs_waited") == 2);
}

TEST_CASE("of two things that fail at once the one named first is repaired first", "[faults]") {
    Scenario plan = crashing({100h, 100h}, 5h, 150h);
    repaired_by(plan, 1);
    const Story told = chronicle(plan);
    CHECK(told.times(record::fault_cleared, 0) == std::vector<Instant>{start_of_run + 105h});
    CHECK(told.times(record::fault_cleared, 1) == std::vector<Instant>{start_of_run + 110h});
}

TEST_CASE("who is free at the instant of a failure begins at once", "[faults]") {
    Scenario plan = crashing({100h, 105h}, 5h, 150h);
    repaired_by(plan, 1);
    CHECK(chronicle(plan).times(record::repair_waits).empty());
}

TEST_CASE("a crew of many people changes nothing", "[faults]") {
    const Scenario plan = crashing({10h, 11h, 12h}, 5h, 1000h);
    Scenario many = plan;
    repaired_by(many, 3);
    const Replication with = lived(many);
    CHECK(with.fingerprint == lived(plan).fingerprint);
    CHECK(with.crews.at(0).waited == 0);
}

TEST_CASE("what waits for its repair keeps its luck: the k-th failure and the k-th duration", "[faults]") {
    Scenario plan = crashing({100h, 100h, 100h}, 5h, 24h * 365);
    for (scenario::Failures& failures : plan.failures) {
        failures.between = kernel::exponential_law(200h);
        failures.lasts = kernel::exponential_law(1h);
    }
    Scenario one = plan;
    repaired_by(one, 1);
    const Story before = chronicle(plan), after = chronicle(one);
    CHECK(before.times(record::fault_struck) == after.times(record::fault_struck));
    CHECK(after.tally.crews.at(0).waited > 0);
    if (before.tally.events.at("faults_cleared") == after.tally.crews.at(0).repairs) {
        Duration down_before{}, down_after{};
        for (const auto& appliance : before.tally.sites[0].appliances) down_before += appliance.ready;
        for (const auto& appliance : after.tally.sites[0].appliances) down_after += appliance.ready;
        CHECK(down_before - down_after == after.tally.crews.at(0).wait);
    }
}

TEST_CASE("what hits something already down is not repaired twice", "[faults]") {
    Scenario plan = crashing({10h, 400h}, 35h, 59h);
    repaired_by(plan, 1);
    const Replication tally = lived(plan);
    CHECK(tally.events.at("faults_struck") == 5);
    CHECK(tally.crews.at(0).repairs == 2);
}

TEST_CASE("the end of a repair that waited leads back to its own failure", "[faults]") {
    Scenario plan = crashing({100h, 101h}, 5h, 150h);
    repaired_by(plan, 1);
    const Story told = chronicle(plan);
    for (const Record& entry : told.journal) {
        if (entry.kind != record::fault_cleared) continue;
        const Record* root = &entry;
        while (root->kind != record::fault_struck) root = record_of(told, root->cause);
        CHECK(root->subject == entry.subject);
    }
}

TEST_CASE("a wait that is not over counts until the end of the run", "[faults]") {
    Scenario plan = crashing({100h, 101h}, 50h, 120h);
    repaired_by(plan, 1);
    const auto crew = lived(plan).crews.at(0);
    CHECK(crew.wait == 19h);
    CHECK(crew.busy == 20h);
}

TEST_CASE("a crew works for several sites and kinds of faults, and each crew for its own", "[faults]") {
    Scenario plan = crashing({100h, 101h}, 5h, 150h);
    const CrewId hosts = plan.crews.add({"hosts", 1, {}});
    const CrewId gateways = plan.crews.add({"gateways", 1, {}});
    scenario::Failures failures = plan.failures[0];
    failures.fault = fault_on(FaultId::gateway_down, gateway(plan, "ams-gw-1"));
    plan.failures.push_back(failures);
    plan.failures[0].repaired_by = plan.failures[1].repaired_by = hosts;
    plan.failures[2].repaired_by = gateways;
    CHECK(lived(plan).events.at("repairs_waited") == 1);
    plan.failures[2].repaired_by = hosts;
    CHECK(lived(plan).events.at("repairs_waited") == 2);
}

TEST_CASE("a crew is sent once for a name that goes missing again before it is mended", "[faults]") {
    Scenario plan = crashing({10h}, 35h, 100h);
    plan.failures[0].fault = fault_on(FaultId::edge_a_record_missing, SiteId{0});
    repaired_by(plan, 1);
    const Replication tally = lived(plan);  // missing from 10 h to 45 h, from 50 h to 85 h, from 90 h on
    CHECK(tally.events.at("faults_struck") == 10);
    CHECK(tally.crews.at(0).repairs == 3);
    CHECK(tally.crews.at(0).wait == 0s);
    CHECK(tally.events.at("faults_cleared") == 2);
}
