// What breaks, when, and for how long: incidents of the plan, and failures that come again and again.

#include "tests/support/estates.hpp"
#include "tests/support/sample.hpp"

#include <catch2/catch.hpp>

using namespace tests;
namespace kernel = sim::kernel;

namespace {

Scenario quiet_site(Duration length) {
    Scenario plan = quiet_world(length);
    add_site(plan, "ams", 2, 500);
    plan.policies.front().recovery = sim::scenario::RecoveryPolicy::none;
    return plan;
}

void fails_again_and_again(Scenario& plan, FaultId fault, sim::vocabulary::FaultPlace on, Law between,
                           Law lasts) {
    sim::scenario::Failures failures;
    failures.fault = fault_on(fault, on);
    failures.between = between;
    failures.lasts = lasts;
    plan.failures.push_back(failures);
}

}  // namespace

TEST_CASE("failures come at the intervals of their law and last as long as theirs", "[faults]") {
    Scenario plan = quiet_site(24h * 365 * 20);
    fails_again_and_again(plan, FaultId::gateway_down, gateway(plan, "ams-gw-1"), kernel::exponential_law(100h),
                          kernel::fixed_law(1h));
    const Story told = chronicle(plan);
    const std::vector<Instant> struck = told.times(record::fault_struck);
    Sample gaps;
    for (std::size_t i = 1; i < struck.size(); ++i) gaps.add(kernel::seconds(struck[i] - struck[i - 1]) / 3600);
    CHECK(gaps.size() > 1000);
    CHECK(is_near(gaps.mean(), 100, gaps.error()));
    CHECK(is_near(gaps.sd(), 100, gaps.error_of_sd()));
    const auto missed = told.times(record::fault_had_no_effect).size();
    const auto cleared = told.times(record::fault_cleared).size();
    CHECK(struck.size() - missed - cleared <= 1);
    for (const Instant cleared_at : told.times(record::fault_cleared))
        REQUIRE(std::find(struck.begin(), struck.end(), cleared_at - 1h) != struck.end());
}

TEST_CASE("the k-th failure is draw k, whatever maintenance does", "[faults]") {
    Scenario plan = quiet_site(24h * 100);
    fails_again_and_again(plan, FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"),
                          kernel::exponential_law(10h), kernel::exponential_law(1h));
    Scenario idle = plan;
    for (int day = 0; day < 90; day += 2) enters_at(idle, day * 24h, appliance(idle, "ams-1"));
    const Story before = chronicle(plan);
    const Story after = chronicle(idle);
    CHECK(before.times(record::fault_struck) == after.times(record::fault_struck));
    CHECK(after.times(record::fault_had_no_effect).size() + 3 > after.times(record::fault_struck).size());
}

TEST_CASE("what strikes something already down is written down and does nothing", "[faults]") {
    Scenario plan = quiet_site(24h);
    fails_at(plan, 1h, FaultId::host_crash, appliance(plan, "ams-1"), {.lasts = 1h});
    fails_at(plan, 1h + 30min, FaultId::host_crash, appliance(plan, "ams-1"), {.lasts = 5h});
    fails_at(plan, 1h + 30min, FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"));
    const Story told = chronicle(plan);
    CHECK(told.times(record::fault_had_no_effect).size() == 2);
    CHECK(told.times(record::fault_cleared).size() == 1);
    CHECK(told.tally.sites[0].appliances[0].ready == 24h - 1h - 22min);
}

TEST_CASE("a new failure process disturbs no old one", "[faults]") {
    Scenario plan = quiet_site(24h * 100);
    fails_again_and_again(plan, FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"),
                          kernel::exponential_law(10h), kernel::exponential_law(1h));
    const std::vector<Instant> before = chronicle(plan).times(record::fault_struck, 0);
    fails_again_and_again(plan, FaultId::host_crash, appliance(plan, "ams-2"), kernel::exponential_law(10h),
                          kernel::exponential_law(1h));
    CHECK(chronicle(plan).times(record::fault_struck, 0) == before);
}

TEST_CASE("a service that stopped without a term is started by recovery, a host is not repaired by it",
          "[faults]") {
    Scenario plan = quiet_site(24h);
    plan.policies.front().recovery = sim::scenario::RecoveryPolicy::builtin_2_0;
    SECTION("service") {
        fails_at(plan, 1h, FaultId::med_medsvc_down, appliance(plan, "ams-1"));
        CHECK(lived(plan).events.at("recoveries") == 1);
    }
    SECTION("host") {
        fails_at(plan, 1h, FaultId::host_crash, appliance(plan, "ams-1"));
        const Replication tally = lived(plan);
        CHECK(tally.events.at("recoveries") == 0);
        CHECK(tally.sites[0].appliances[0].ready == 1h);
    }
}

TEST_CASE("failures without a term last until a recovery attempt clears them", "[faults]") {
    Scenario plan = quiet_site(24h * 100 + 5h);
    plan.policies.front().recovery = sim::scenario::RecoveryPolicy::builtin_2_0;
    sim::scenario::Failures failures;
    failures.fault = fault_on(FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"));
    failures.between = kernel::fixed_law(10h);
    plan.failures.push_back(failures);
    const Story told = chronicle(plan);
    const std::size_t struck = told.times(record::fault_struck).size();
    CHECK(struck == 240);
    CHECK(told.times(record::fault_had_no_effect).empty());
    CHECK(told.tally.events.at("recoveries") == struck);
    plan.policies.front().recovery = sim::scenario::RecoveryPolicy::none;
    CHECK(chronicle(plan).times(record::fault_had_no_effect).size() + 1 == struck);  // nobody clears the first
}
