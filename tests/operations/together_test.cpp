// Cmdlets that meet on one appliance, or meet what its management service and its faults do meanwhile.

#include "tests/operations/console.hpp"

#include <catch2/catch.hpp>

using namespace tests;
using sim::topology::TenantStatus;
using sim::vocabulary::Machine;
using sim::vocabulary::VersionId;

namespace {

constexpr ApplianceId ams_1{0};

Scenario quiet_site(unsigned appliances = 2) {
    Scenario plan = quiet_world(24h);
    add_site(plan, "ams", appliances, 500);
    return plan;
}

// Calls of two hours, on appliances with a second set of machines.
Scenario long_calls() {
    Scenario plan = one_site(2, 500, 50, 12h);
    plan.traffic[0].length.family = Law::Family::fixed;
    plan.traffic[0].length.mean = 7200;
    for (auto& appliance : plan.appliances) appliance.backup_version = VersionId::v2_0_1;
    return plan;
}

Duration ready(const Story& told) {
    return told.tally.sites[0].appliances[0].ready;
}

}  // namespace

TEST_CASE("Exit-CcUpdate ends an Enter-CcUpdate that drains still, and the next one begins anew",
          "[operations]") {
    Console console;
    const auto enter = console.types(3h, typed("Enter-CcUpdate", ams_1));
    const auto exit = console.types(3h + 10min, typed("Exit-CcUpdate", ams_1));
    const auto again = console.types(4h, typed("Enter-CcUpdate", ams_1));
    const Story told = console.lives(long_calls());
    CHECK(console.error(enter) == "Exit-CcUpdate has put the appliance back into service meanwhile");
    CHECK(console.took(enter) == 15min);
    CHECK(console.error(exit).empty());
    CHECK(console.error(again).empty());
    CHECK(losses(told.tally) == 0);
}

TEST_CASE("a maintenance that machines are taken away in goes on when there are new ones", "[operations]") {
    Console console;
    console.types(1h, typed("Enter-CcUpdate", ams_1));
    console.types(2h, typed("Uninstall-CcAppliance", ams_1));
    const auto early = console.types(3h, typed("Exit-CcUpdate", ams_1));
    const auto install = console.types(4h, typed("Install-CcAppliance", ams_1));
    const auto shows = console.types(8h, typed("Get-CsHybridPSTNAppliance"));
    const auto exit = console.types(9h, typed("Exit-CcUpdate", ams_1));
    const Story told = console.lives(quiet_site());
    CHECK(console.error(early) == "there are no virtual machines of the appliance on this host");
    CHECK(console.error(install).empty());
    CHECK(console.shown(shows, "Status") == "Maintenance");
    CHECK(console.error(exit).empty());
    CHECK(ready(told) == 1h + 24h - (9h + 5min));
}

TEST_CASE("a recovery lets no call onto machines that are about to be switched off", "[operations]") {
    const std::string cmdlet = GENERATE("Switch-CcVersion", "Uninstall-CcAppliance");
    Scenario plan = long_calls();
    plan.parameters.switch_takes = 10min;
    fails_at(plan, 3h + 10min, FaultId::med_rtcsrv_down, ams_1);
    Console console;
    const auto line = console.types(3h, typed(cmdlet, ams_1));
    const Story told = console.lives(plan);
    INFO(cmdlet);
    CHECK(console.error(line).empty());
    CHECK(told.times(sim::vocabulary::record::recovered).size() == 1);
    CHECK(losses(told.tally, {.reason = Reason::stopped_by_operator}) == 0);
}

TEST_CASE("a cmdlet that drains goes on when the drain of a detection is over, which is its own too",
          "[operations]") {
    Scenario plan = long_calls();
    plan.traffic[0].length.mean = 180;
    plan.parameters.on_error = sim::scenario::StopMode::drain;
    fails_at(plan, 3h, FaultId::edge_rtcmrauth_down, ams_1);
    Console console;
    const auto line = console.types(3h + 61s, typed("Switch-CcVersion", ams_1));
    const Story told = console.lives(plan);
    CHECK(told.times(sim::vocabulary::record::detected).size() == 1);
    CHECK(console.error(line).empty());
    CHECK(console.took(line) <= 3min + 2min + 14min);
    CHECK(losses(told.tally, {.reason = Reason::stopped_by_operator}) == 0);
}

TEST_CASE("whoever switches away from machines that do not run well reads Running", "[operations]") {
    Scenario plan = quiet_site();
    plan.appliances[ams_1].version = VersionId::v2_0_1;
    plan.appliances[ams_1].backup_version = VersionId::v2_1;
    plan.parameters.recovery_success = 0;
    fails_at(plan, 90min, FaultId::med_medsvc_down, ams_1);
    Console console;
    console.types(1h, typed("Switch-CcVersion", ams_1));
    const auto bad = console.types(2h, typed("Get-CsHybridPSTNAppliance"));
    console.types(3h, typed("Switch-CcVersion", ams_1));
    const auto good = console.types(4h, typed("Get-CsHybridPSTNAppliance"));
    console.lives(plan);
    CHECK(console.shown(bad, "Status") == "Error");
    CHECK(console.shown(good, "Status") == "Running");
}

TEST_CASE("a host that does not see its machines drains none, and deletes them with -Force alone",
          "[operations]") {
    Scenario plan = quiet_site();
    fails_at(plan, 30min, FaultId::host_vm_link_lost, ams_1);
    Console console;
    const auto refused = console.types(1h, typed("Uninstall-CcAppliance", ams_1));
    const auto forced = console.types(2h, typed("Uninstall-CcAppliance", ams_1, {{"Force", true}}));
    console.lives(plan);
    CHECK(console.error(refused) ==
          "the host cannot reach its virtual machines: nothing is drained; -Force deletes them all the same");
    CHECK(console.error(forced).empty());
}

TEST_CASE("a machine that does not run is not patched", "[operations]") {
    Scenario plan = quiet_site();
    Console console;
    console.types(1h, typed("Enter-CcUpdate", ams_1));
    console.types(2h, typed("Stop-VM", ams_1, {{"VMName", "Edge"}}));
    const auto all = console.types(3h, typed("Install-WindowsUpdate", ams_1));
    const auto this_one = console.types(3h, typed("Install-WindowsUpdate", ams_1, {{"Machine", "Edge"}}));
    const auto another = console.types(4h, typed("Install-WindowsUpdate", ams_1, {{"Machine", "CMS"}}));
    console.lives(plan);
    CHECK(console.error(all) == "the machine edge does not answer");
    CHECK(console.error(this_one) == "the machine edge does not answer");
    CHECK(console.took(this_one) == 0s);
    CHECK(console.error(another).empty());
}

TEST_CASE("a script has nobody who answers -Confirm", "[operations]") {
    const bool asks = GENERATE(false, true);
    Console console;
    const auto line = console.types(1h, typed("Uninstall-CcAppliance", ams_1, {{"Confirm", asks}}));
    console.lives(quiet_site());
    CHECK(console.error(line) == (asks ? "a command that prompts the user failed: nobody answers in a script, "
                                         "-Confirm:$false asks nobody"
                                       : ""));
}

TEST_CASE("calls that a typed restart cuts are those of an operator, not of an update", "[operations]") {
    Console console;
    console.types(3h, typed("Restart-Computer", ams_1));
    const Story told = console.lives(long_calls());
    CHECK(losses(told.tally, {.reason = Reason::stopped_by_operator}) > 5);
    CHECK(losses(told.tally, {.reason = Reason::restarted_in_place}) == 0);
}
