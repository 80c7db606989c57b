// What is typed at Windows, at Hyper-V and inside the machines, and what others are asked to change.

#include "tests/operations/console.hpp"

#include <catch2/catch.hpp>

using namespace tests;
using sim::vocabulary::VersionId;
using Strings = std::vector<std::string>;

namespace {

constexpr SiteId ams{0};
constexpr ApplianceId ams_1{0};
constexpr ApplianceId ams_2{1};

// 1.3.8 neither detects nor recovers: what is done stays done.
Scenario unwatched(Duration length = 12h) {
    Scenario plan = quiet_world(length);
    add_site(plan, "ams", 2, 500);
    for (auto& appliance : plan.appliances) appliance.version = VersionId::v1_3_8;
    return plan;
}

Command at_mediation(const std::string& cmdlet, const std::string& service) {
    return typed(cmdlet, ams_1, {{"Name", service}, {"ComputerName", "Mediation"}});
}

Duration ready(const Story& told, std::size_t appliance = 0) {
    return told.tally.sites[0].appliances[appliance].ready;
}

std::string refused(const Scenario& plan, const std::string& cmdlet, const Arguments& arguments) {
    Console console;
    const auto line = console.types(1h, typed(cmdlet, ams_1, arguments));
    console.lives(plan);
    CHECK(console.took(line) == 0s);
    return console.error(line);
}

}  // namespace

// --- services

TEST_CASE("a service that is stopped stays so until somebody starts it", "[operations]") {
    const Scenario plan = unwatched();
    Console console;
    const auto stops = console.types(1h, at_mediation("Stop-CsWindowsService", "RTCMEDSRV"));
    const auto shows = console.types(2h, at_mediation("Get-CsWindowsService", "RTCMEDSRV"));
    const auto starts = console.types(3h, at_mediation("Start-CsWindowsService", "RTCMEDSRV"));
    const Story told = console.lives(plan);
    CHECK(console.took(stops) == 20s);
    CHECK(console.shown(shows, "Status") == "Stopped");
    CHECK(console.took(starts) == 30s);
    CHECK(console.error(starts).empty());
    CHECK(ready(told) == 12h - 2h - 10s);
}

TEST_CASE("Mediation that is stopped without its directory does not start again", "[operations]") {
    Scenario plan = unwatched();
    fails_at(plan, 30min, FaultId::dc_down_latent, ams_1, {.lasts = 4h});
    Console console;
    console.types(1h, at_mediation("Stop-CsWindowsService", "RTCMEDSRV"));
    const auto starts = console.types(2h, at_mediation("Start-CsWindowsService", "RTCMEDSRV"));
    const auto later = console.types(5h, at_mediation("Get-CsWindowsService", "RTCMEDSRV"));
    console.lives(plan);
    CHECK(console.error(starts) ==
          "cannot start the service: the domain controller, or the Central Management "
          "Store, cannot be contacted");
    CHECK(console.shown(later, "Status") == "Running");  // it waited for the directory
}

TEST_CASE("a graceful stop loses no call, a plain one all of them", "[operations]") {
    Scenario plan = one_site(2, 500, 50, 6h);
    for (auto& appliance : plan.appliances) appliance.version = VersionId::v1_3_8;
    const bool graceful = GENERATE(false, true);
    Console console;
    Command stop = at_mediation("Stop-CsWindowsService", "RTCMEDSRV");
    if (graceful) REQUIRE(!add(stop, "Graceful", true));
    const auto stops = console.types(3h, stop);
    const Story told = console.lives(plan);
    CHECK(console.error(stops).empty());
    CHECK((losses(told.tally, {.reason = Reason::stopped_by_operator}) == 0) == graceful);
    CHECK((console.took(stops) == 20s) != graceful);
}

TEST_CASE("a graceful stop is lost with its host, and lets calls in again", "[operations]") {
    Scenario plan = one_site(2, 500, 50, 6h);
    plan.traffic[0].length.family = sim::kernel::Law::Family::fixed;
    plan.traffic[0].length.mean = 7200;
    Command stop = at_mediation("Stop-CsWindowsService", "RTCMEDSRV");
    REQUIRE(!add(stop, "Graceful", true));
    fails_at(plan, 3h + 10min, FaultId::host_crash, ams_1, {.lasts = 10min});
    Console console;
    const auto stops = console.types(3h, stop);
    const Story told = console.lives(plan);
    CHECK(console.error(stops) == "the connection to the host was lost");
    CHECK(ready(told) == 6h - 20min - 8min - 14min);
}

TEST_CASE("with NoWait the console is free at once", "[operations]") {
    Command stop = at_mediation("Stop-CsWindowsService", "RTCMEDSRV");
    REQUIRE(!add(stop, "NoWait", true));
    Console console;
    const auto stops = console.types(1h, stop);
    const auto shows = console.types(2h, at_mediation("Get-CsWindowsService", "RTCMEDSRV"));
    console.lives(unwatched());
    CHECK(console.took(stops) == 0s);
    CHECK(console.shown(shows, "Status") == "Stopped");
}

TEST_CASE("what is typed inside a machine is lost with the machine, and refused without it", "[operations]") {
    Scenario plan = unwatched();
    fails_at(plan, 1h + 10s, FaultId::vm_stopped, ams_1, {.lasts = 1h, .machine = Machine::mediation});
    Console console;
    const auto lost = console.types(1h, at_mediation("Stop-CsWindowsService", "RTCMEDSRV"));
    const auto refusal = console.types(1h + 5min, at_mediation("Start-CsWindowsService", "RTCMEDSRV"));
    console.lives(plan);
    CHECK(console.error(lost) == "the connection to the machine was lost");
    CHECK(console.error(refusal) == "the machine does not answer");
}

TEST_CASE("services have their names, and their machines", "[operations]") {
    CHECK(refused(unwatched(), "Stop-CsWindowsService", {{"Name", "RTCFOO"}}) ==
          "cannot find any service with service name 'RTCFOO'");
    CHECK(refused(unwatched(), "Stop-CsWindowsService", {{"Name", "RTCSRV"}}) ==
          "Cannot process command because of one or more missing mandatory parameters: ComputerName.");
    CHECK(refused(unwatched(), "Start-Service", {{"Name", "Spooler"}}) ==
          "cannot find any service with service name 'Spooler'");
}

TEST_CASE("a restart of the management service begins its ladder anew", "[operations]") {
    Scenario plan = quiet_world(12h);
    add_site(plan, "ams", 2, 500);
    fails_at(plan, 30min, FaultId::med_medsvc_down, ams_1, {.lasts = 95min});
    const Duration alone = ready(chronicle(plan));
    Console console;
    const auto restarts =
        console.types(30min + 96min, typed("Restart-Service", ams_1, {{"Name", "CceManagementService"}}));
    const Story told = console.lives(plan);
    CHECK(console.took(restarts) == 50s);
    CHECK(ready(told) > alone);
    CHECK(ready(told) > 12h - 95min - 5min);
}

TEST_CASE("a management service that is stopped detects nothing until it is started", "[operations]") {
    Scenario plan = quiet_world(12h);
    add_site(plan, "ams", 2, 500);
    fails_at(plan, 2h, FaultId::med_medsvc_down, ams_1);
    Console console;
    console.types(1h, typed("Stop-Service", ams_1, {{"Name", "CceManagementService"}}));
    const auto shows = console.types(90min, typed("Get-Service", ams_1, {{"Name", "CceManagementService"}}));
    console.types(4h, typed("Start-Service", ams_1, {{"Name", "CceManagementService"}}));
    const Story told = console.lives(plan);
    CHECK(console.shown(shows, "Status") == "Stopped");
    REQUIRE(told.times(record::detected).size() == 1);
    CHECK(told.times(record::detected)[0] > start_of_run + 4h);
}

// --- machines, cards, rules

TEST_CASE("a machine is shut down, shown and started", "[operations]") {
    const Scenario plan = unwatched();
    Console console;
    const auto stops = console.types(1h, typed("Stop-VM", ams_1, {{"VMName", "Edge"}}));
    const auto twice = console.types(90min, typed("Stop-VM", ams_1, {{"VMName", "Edge"}}));
    const auto shows = console.types(2h, typed("Get-VM", ams_1));
    const auto starts = console.types(3h, typed("Start-VM", ams_1, {{"VMName", "Edge"}}));
    const Story told = console.lives(plan);
    CHECK(console.took(stops) == 20s);
    CHECK(console.error(twice) ==
          "the operation cannot be performed while the machine is in its current state");
    CHECK(console.all_shown(shows, "State") == Strings{"Running", "Running", "Running", "Off"});
    CHECK(console.error(starts).empty());
    CHECK(ready(told) == 12h - (2h + 5s - 20s) - 3min);
}

TEST_CASE("Start-VM ends what holds the machine, unless that has an end of its own", "[operations]") {
    const bool lasts = GENERATE(false, true);
    Scenario plan = unwatched();
    fails_at(plan, 30min, FaultId::vm_saved, ams_1,
             {.lasts = lasts ? std::optional<Duration>{6h} : std::nullopt, .machine = Machine::edge});
    Console console;
    const auto shows = console.types(50min, typed("Get-VM", ams_1, {{"VMName", "Edge"}}));
    const auto starts = console.types(1h, typed("Start-VM", ams_1, {{"VMName", "Edge"}}));
    const Story told = console.lives(plan);
    CHECK(console.shown(shows, "State") == "Saved");
    CHECK(console.error(starts) == (lasts ? "the virtual machine could not be started" : ""));
    CHECK(told.times(record::fault_cleared).size() == 1);
    CHECK((ready(told) > 11h) != lasts);
}

TEST_CASE("a deleted machine is gone until the appliance is deployed anew", "[operations]") {
    Console console;
    const auto too_early = console.types(30min, typed("Remove-VM", ams_1, {{"VMName", "CMS"}}));
    console.types(1h, typed("Stop-VM", ams_1, {{"VMName", "CMS"}}));
    const auto removes = console.types(2h, typed("Remove-VM", ams_1, {{"VMName", "CMS"}}));
    const auto starts = console.types(3h, typed("Start-VM", ams_1, {{"VMName", "CMS"}}));
    console.types(4h, typed("Uninstall-CcInstance", ams_1));
    console.types(5h, typed("Install-CcInstance", ams_1));
    const auto shows = console.types(9h, typed("Get-VM", ams_1));
    console.lives(unwatched());
    CHECK_FALSE(console.error(too_early).empty());
    CHECK(console.error(removes).empty());
    CHECK(console.error(starts) == "Hyper-V was unable to find a virtual machine with name \"CMS\"");
    CHECK(console.all_shown(shows, "State").size() == 4);
}

TEST_CASE("cards and rules are taken off and put back", "[operations]") {
    Console console;
    const Arguments edge{{"VMName", "Edge"}, {"SwitchName", "SfB CCE Internet Switch"}};
    const auto off = console.types(1h, typed("Disconnect-VMNetworkAdapter", ams_1, edge));
    const auto shows = console.types(2h, typed("Get-NetIPAddress", ams_1, {{"Machine", "Edge"}}));
    const auto on = console.types(3h, typed("Connect-VMNetworkAdapter", ams_1, edge));
    const Story told = console.lives(unwatched());
    CHECK(console.error(off).empty());
    CHECK(console.all_shown(shows, "Connected") == Strings{"true", "false"});
    CHECK(console.error(on).empty());
    CHECK(ready(told) == 10h);
    CHECK(refused(unwatched(), "Connect-VMNetworkAdapter",
                  {{"VMName", "AD"}, {"SwitchName", "SfB CCE Internet Switch"}}) ==
          "the virtual machine has no network adapter for the switch \"SfB CCE Internet Switch\"");
    CHECK(refused(unwatched(), "Connect-VMNetworkAdapter", {{"VMName", "AD"}, {"SwitchName", "Blue"}}) ==
          "Hyper-V was unable to find a virtual switch with name \"Blue\"");
    CHECK(refused(unwatched(), "Remove-VMSwitch", {{"Name", "SfB CCE Corpnet Switch"}}) ==
          "failed while removing the virtual switch: it is in use by running virtual machines");
}

TEST_CASE("a rule that is disabled is enabled by hand", "[operations]") {
    Scenario plan = unwatched();
    fails_at(plan, 1h, FaultId::fw_rule_med_disabled, ams_1);
    Console console;
    const auto shows =
        console.types(90min, typed("Get-NetFirewallRule", ams_1, {{"DisplayName", "CS RTCMEDSRV"}}));
    const auto enables =
        console.types(2h, typed("Enable-NetFirewallRule", ams_1, {{"DisplayName", "CS RTCMEDSRV"}}));
    const Story told = console.lives(plan);
    CHECK(console.shown(shows, "Enabled") == "false");
    CHECK(console.error(enables).empty());
    CHECK(ready(told) == 11h - 5s);
    CHECK(refused(plan, "Enable-NetFirewallRule", {{"DisplayName", "CS FOO"}}) ==
          "no firewall rule found with DisplayName equal to 'CS FOO'");
}

TEST_CASE("a host and a machine are restarted, and come up by themselves", "[operations]") {
    Console console;
    const auto machine = console.types(1h, typed("Restart-Computer", ams_1, {{"Machine", "Mediation"}}));
    const auto host = console.types(2h, typed("Restart-Computer", ams_1));
    const Story told = console.lives(unwatched());
    CHECK(console.error(machine).empty());
    CHECK(console.error(host).empty());
    CHECK(ready(told) == 12h - 4min - 8min - 14min);
}

TEST_CASE("one machine is patched alone, and its window is not used up", "[operations]") {
    Scenario plan = quiet_world(24h);
    add_site(plan, "ams", 1, 500);
    plan.parameters.os_second_restart = 0;
    patches_daily(plan, ams, 4h, 6h);
    Console console;
    const auto patches = console.types(1h, typed("Install-WindowsUpdate", ams_1, {{"Machine", "Edge"}}));
    const Story told = console.lives(plan);
    CHECK(console.error(patches).empty());
    CHECK(console.took(patches) == 25min + 3min);
    CHECK(told.times(record::machine_restarted).at(0) == start_of_run + 1h + 25min);
    CHECK(told.tally.events.at("updates_finished") == 1);
}

TEST_CASE("a host that is shut down waits for somebody who goes there", "[operations]") {
    Console console;
    console.types(1h, typed("Stop-Computer", ams_1));
    const auto nobody = console.types(2h, typed("Get-VM", ams_1));
    const auto asks =
        console.types(3h, typed("Request-Change", std::nullopt, {{"Place", "ams-1"}, {"Id", "host-crash"}}));
    const Story told = console.lives(unwatched());
    CHECK(console.error(nobody) == "the host does not answer");
    CHECK(console.took(asks) == 4h);
    CHECK(ready(told) == 12h - 6h - 8min - 14min + 1us);
}

TEST_CASE("the range of audio ports bounds the calls of an appliance", "[operations]") {
    Scenario plan = one_site(1, 500, 50, 6h);
    plan.appliances[ams_1].mediation_fqdn = "ms.ams.example";
    Console console;
    const Arguments narrow{{"Identity", "ms.ams.example"}, {"AudioPortCount", std::int64_t{40}}};
    const auto sets = console.types(1h, typed("Set-CsMediationServer", ams_1, narrow));
    const auto shows = console.types(2h, typed("Get-CsService", ams_1, {{"MediationServer", true}}));
    const Story told = console.lives(plan);
    CHECK(console.error(sets).empty());
    CHECK(console.shown(shows, "AudioPortCount") == "40");
    CHECK(losses(told.tally) > 500);
    CHECK(
        refused(plan, "Set-CsMediationServer", {{"Identity", "other"}, {"AudioPortCount", std::int64_t{40}}}) ==
        "cannot find a Mediation Server with the identity \"other\"");
}

TEST_CASE("a range that is too small is widened", "[operations]") {
    Scenario plan = one_site(1, 500, 50, 6h);
    fails_at(plan, 0h, FaultId::port_range_too_small, ams_1, {.ports = 40});
    Console console;
    console.types(1h, typed("Set-CsMediationServer", ams_1,
                            {{"Identity", "ms"}, {"AudioPortCount", std::int64_t{4000}}}));
    const Story told = console.lives(plan);
    CHECK(told.times(record::fault_cleared).size() == 1);
    CHECK(losses(told.tally) > 0);
    for (const CallRecord& call : told.calls)
        if (call.start > start_of_run + 1h + 5s) REQUIRE(call.reason == Reason::none);
}

// --- by telephone

TEST_CASE("a change is asked for where something is wrong, and takes its time", "[operations]") {
    Scenario plan = unwatched();
    fails_at(plan, 1h, FaultId::edge_a_record_incomplete, ams_1);
    Console console;
    const Arguments record_of_1{{"Place", "ams-1"}, {"Id", "edge-a-record-incomplete"}};
    const auto asks = console.types(3h, typed("Request-Change", std::nullopt, record_of_1));
    const auto again = console.types(4h, typed("Request-Change", std::nullopt, record_of_1));
    const Story told = console.lives(plan);
    CHECK(console.took(asks) == 30min);
    CHECK(console.error(again) == "there is no edge-a-record-incomplete at ams-1");
    CHECK(told.times(record::fault_cleared) == std::vector{start_of_run + 3h + 30min});
    CHECK(ready(told) == 12h - 2h - 30min);  // the old record is believed for an hour, at both ends
}

TEST_CASE("a change of what is not wrong, of no place, or of what nobody mends is refused", "[operations]") {
    const auto said = [](const std::string& place, const std::string& id) {
        Console console;
        const auto line =
            console.types(1h, typed("Request-Change", std::nullopt, {{"Place", place}, {"Id", id}}));
        console.lives(unwatched());
        return console.error(line);
    };
    CHECK(said("ams-1", "host-crash") == "there is no host-crash at ams-1");
    CHECK(said("rdam", "host-crash") == "there is no place \"rdam\"");
    CHECK(said("ams-1", "vm-stopped") ==
          "nobody can be asked to mend vm-stopped: ccesim faults vm-stopped says what does");
}

TEST_CASE("a repair that lasts is over earlier when somebody is sent", "[operations]") {
    Scenario plan = unwatched();
    fails_at(plan, 1h, FaultId::site_provider_lost, ams, {.lasts = 24h});
    Console console;
    console.types(2h, typed("Request-Change", std::nullopt, {{"Place", "ams"}, {"Id", "site-provider-lost"}}));
    const Story told = console.lives(plan);
    CHECK(told.times(record::fault_cleared) == std::vector{start_of_run + 10h});
    CHECK(ready(told) == 3h);
}

// --- packages, proxy, looks

TEST_CASE("without its package a host has no cmdlets, and with a newer one other ones", "[operations]") {
    Console console;
    const Arguments product{{"Name", "CloudConnector"}};
    const auto twice = console.types(30min, typed("Install-Package", ams_1, product));
    console.types(1h, typed("Uninstall-Package", ams_1, product));
    const auto gone = console.types(2h, typed("Get-CcSiteDirectory", ams_1));
    const auto installs = console.types(3h, typed("Install-Package", ams_1, product));
    const auto shows = console.types(4h, typed("Get-CcVersion", ams_1));
    console.lives(unwatched());
    CHECK(console.error(twice) == "another version of this product is installed already: uninstall it first");
    CHECK(console.error(gone).substr(0, 44) == "The term 'Get-CcSiteDirectory' is not recogn");
    CHECK(console.took(installs) == 5min);
    CHECK(console.shown(shows, "Version") == "2.1");
}

TEST_CASE("a proxy for the whole host opens the way for downloads", "[operations]") {
    Scenario plan = unwatched();
    fails_at(plan, 30min, FaultId::proxy_per_user, ams_1);
    Console console;
    const auto before = console.types(1h, typed("Start-CcDownload", ams_1));
    const Arguments set{
        {"Context", "winhttp"}, {"Verb", "set"}, {"Object", "proxy"}, {"proxy-server", "p:8080"}};
    console.types(2h, typed("netsh", ams_1, set));
    const auto after = console.types(3h, typed("Start-CcDownload", ams_1));
    const Story told = console.lives(plan);
    CHECK(console.error(before) == "unable to connect to the remote server: the download failed");
    CHECK(console.error(after).empty());
    CHECK(told.times(record::fault_cleared).size() == 1);
}

TEST_CASE("what is looked at says what is true", "[operations]") {
    Scenario plan = unwatched();
    plan.sites[ams].edge_fqdn = "ap.ams.example";
    fails_at(plan, 1h, FaultId::host_crash, ams_2);
    fails_at(plan, 2h, FaultId::site_provider_lost, ams);
    Console console;
    const auto ping_before = console.types(30min, typed("ping", ams_1, {{"Host", "ams-2"}}));
    const auto ping_after = console.types(90min, typed("ping", ams_1, {{"Host", "ams-2"}}));
    const auto outside =
        console.types(90min, typed("Test-NetConnection", ams_1, {{"ComputerName", "example.com"}}));
    const auto cut_off =
        console.types(3h, typed("Test-NetConnection", ams_1, {{"ComputerName", "example.com"}}));
    const auto name = console.types(90min, typed("Resolve-DnsName", ams_1, {{"Name", "ap.ams.example"}}));
    const auto no_name = console.types(90min, typed("Resolve-DnsName", ams_1, {{"Name", "ap.x.example"}}));
    const auto event = console.types(90min, typed("Get-WinEvent", ams_1, {{"Machine", "Mediation"}}));
    console.lives(plan);
    CHECK(console.shown(ping_before, "Status") == "Success");
    CHECK(console.shown(ping_after, "Status") == "TimedOut");
    CHECK(console.shown(outside, "PingSucceeded") == "true");
    CHECK(console.shown(cut_off, "PingSucceeded") == "false");
    CHECK(console.all_shown(name, "IPAddress") == Strings{"ams-1 Edge", "ams-2 Edge"});
    CHECK(console.error(no_name) == "DNS name does not exist");
    CHECK(console.all_shown(event, "Id") == Strings{"12288", "25002"});
}
