// Who is taken out of service and never brought back: what playing a plan without calls and failures shows.

#include "tests/support/typist.hpp"

#include <catch2/catch.hpp>

using namespace tests;
using sim::deployment::LeftOut;

namespace {

constexpr Duration day = 24h;

std::vector<LeftOut> left_out(const Scenario& plan, sim::operations::Programs* programs = nullptr) {
    return sim::deployment::left_out(plan, plan.policies.front(), {42, 1}, 31 * day, programs);
}

Scenario three_appliances() {
    return one_site(3, 500, 40, 7 * day);
}

}  // namespace

TEST_CASE("an Enter-CcUpdate without an Exit-CcUpdate is left behind", "[deployment]") {
    Scenario plan = three_appliances();
    enters_at(plan, 10h, appliance(plan, "ams-2"));
    enters_at(plan, 10h, appliance(plan, "ams-3"));
    exits_at(plan, 12h, appliance(plan, "ams-3"));
    const auto found = left_out(plan);
    REQUIRE(found.size() == 1);
    CHECK(found[0].appliance == appliance(plan, "ams-2"));
    CHECK(found[0].since == start_of_run + 10h);
    CHECK(!found[0].by);
}

TEST_CASE("one Exit-CcUpdate undoes any number of Enter-CcUpdates", "[deployment]") {
    Scenario plan = three_appliances();
    const ApplianceId one = appliance(plan, "ams-1");
    enters_at(plan, 10h, one);
    enters_at(plan, 11h, one);
    exits_at(plan, 12h, one);
    CHECK(left_out(plan).empty());
    enters_at(plan, 13h, one);
    CHECK(left_out(plan).size() == 1);
}

TEST_CASE("an Exit-CcUpdate that is refused brings nobody back, and a reboot neither", "[deployment]") {
    Scenario plan = three_appliances();
    const ApplianceId one = appliance(plan, "ams-1");
    enters_at(plan, 10h, one);
    fails_at(plan, 11h, FaultId::host_crash, one, {.lasts = 2h});
    exits_at(plan, 12h, one);  // while the host is down
    CHECK(left_out(plan).size() == 1);
}

TEST_CASE("who is only out when the run ends is not left behind", "[deployment]") {
    const Scenario plan = three_appliances();
    const ApplianceId one = appliance(plan, "ams-1");
    Typist patient, forgetful;
    patient.types(6 * day, typed("Enter-CcUpdate", {}, one));
    patient.types(20 * day, typed("Exit-CcUpdate", {}, one));  // the run lasts seven days
    forgetful.types(6 * day, typed("Enter-CcUpdate", {}, one));
    CHECK(left_out(plan, &patient).empty());
    CHECK(left_out(plan, &forgetful).size() == 1);
    // Nor who is taken out when the run is over.
    Typist late;
    late.types(8 * day, typed("Enter-CcUpdate", {}, one));
    CHECK(left_out(plan, &late).empty());
}

TEST_CASE("neither endless drains nor failures hide what a plan forgets", "[deployment]") {
    Scenario plan = three_appliances();
    plan.traffic.front().length = sim::kernel::fixed_law(30 * day);
    const ApplianceId one = appliance(plan, "ams-1");
    plan.failures.push_back({});
    plan.failures.back().fault = fault_on(FaultId::host_crash, one, {});
    plan.failures.back().between = sim::kernel::fixed_law(1h);
    plan.failures.back().lasts = sim::kernel::fixed_law(1h);
    enters_at(plan, 10h + 30min, one);
    CHECK(left_out(plan).size() == 1);
    exits_at(plan, 12h, one);
    CHECK(left_out(plan).empty());
}

TEST_CASE("automatic updates leave nobody behind, and what is not there needs no Exit-CcUpdate",
          "[deployment]") {
    Scenario plan = three_appliances();
    patches_daily(plan, SiteId{0}, 2h, 6h);
    CHECK(left_out(plan).empty());
    Typist typist;
    const ApplianceId one = appliance(plan, "ams-1");
    typist.types(10h, typed("Enter-CcUpdate", {}, one));
    typist.types(12h, typed("Uninstall-CcAppliance", {{"Force", true}}, one));
    CHECK(left_out(plan, &typist).empty());
    CHECK(typist.all[1].error.empty());
}
