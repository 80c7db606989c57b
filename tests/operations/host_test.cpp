// The product's cmdlets at a host: each once well, each once refused with its text, each lost with its host.

#include "tests/operations/console.hpp"

#include <catch2/catch.hpp>

using namespace tests;
using sim::topology::TenantStatus;
using sim::vocabulary::VersionId;
using Strings = std::vector<std::string>;

namespace {

constexpr ApplianceId ams_1{0};
constexpr ApplianceId ams_2{1};

Scenario quiet_site(unsigned appliances = 2, VersionId version = VersionId::v2_1) {
    Scenario plan = quiet_world(24h);
    add_site(plan, "ams", appliances, 500);
    for (auto& appliance : plan.appliances) appliance.version = version;
    return plan;
}

// With a second set of machines beside the one that runs.
Scenario two_sets() {
    Scenario plan = quiet_site();
    plan.appliances[ams_1].version = VersionId::v2_0_1;
    plan.appliances[ams_1].backup_version = VersionId::v2_1;
    return plan;
}

// The error of one cmdlet that is typed at one hour.
std::string refused(const Scenario& plan, const std::string& cmdlet, const Arguments& arguments = {}) {
    Console console;
    const auto line = console.types(1h, typed(cmdlet, ams_1, arguments));
    console.lives(plan);
    CHECK(console.took(line) == 0s);
    return console.error(line);
}

Duration ready(const Story& told, std::size_t appliance) {
    return told.tally.sites[0].appliances[appliance].ready;
}

}  // namespace

// --- Switch-CcVersion

TEST_CASE("Switch-CcVersion drains, powers off and boots the other set", "[operations]") {
    const Scenario plan = two_sets();
    Console console;
    const auto before = console.types(30min, typed("Get-CcRunningVersion", ams_1));
    const auto switches = console.types(1h, typed("Switch-CcVersion", ams_1));
    const auto after = console.types(2h, typed("Get-CcRunningVersion", ams_1));
    const Story told = console.lives(plan);
    CHECK(console.error(switches).empty());
    CHECK(console.took(switches) == 2min + 14min);
    CHECK(console.shown(before, "Version") == "2.0.1");
    CHECK(console.shown(after, "Version") == "2.1");
    CHECK(ready(told, 0) == 24h - 16min);
}

TEST_CASE("a drain loses no call before its limit, and Switch-CcVersion gives up there without Force",
          "[operations]") {
    Scenario plan = one_site(2, 500, 50, 6h);
    plan.traffic[0].length.family = Law::Family::fixed;
    plan.traffic[0].length.mean = 7200;
    plan.appliances[ams_1].version = VersionId::v2_0_1;
    plan.appliances[ams_1].backup_version = VersionId::v2_1;
    Console console;
    const bool force = GENERATE(false, true);
    const auto switches = console.types(3h, typed("Switch-CcVersion", ams_1, {{"Force", force}}));
    const Story told = console.lives(plan);
    CHECK(losses(told.tally, {.reason = Reason::stopped_by_operator}) == 0);
    if (force) {
        CHECK(console.error(switches).empty());
        CHECK(console.took(switches) == 30min + 2min + 14min);
        CHECK(losses(told.tally, {.reason = Reason::drain_cut}) > 5);
    } else {
        CHECK(console.error(switches) ==
              "the drain did not end in time: calls are up still; -Force stops them");
        CHECK(console.took(switches) == 30min);
        CHECK(losses(told.tally) == 0);
        CHECK(ready(told, 0) == 6h - 30min);
    }
}

TEST_CASE("with a peer to take over, a switch loses no call", "[operations]") {
    Scenario plan = one_site(2, 500, 20, 6h);
    plan.traffic[0].length.family = Law::Family::fixed;
    plan.traffic[0].length.mean = 180;
    plan.appliances[ams_1].version = VersionId::v2_0_1;
    plan.appliances[ams_1].backup_version = VersionId::v2_1;
    Console console;
    const auto switches = console.types(3h, typed("Switch-CcVersion", ams_1));
    const Story told = console.lives(plan);
    CHECK(console.error(switches).empty());
    CHECK(console.took(switches) > 2min + 14min);
    CHECK(console.took(switches) <= 3min + 2min + 14min);
    CHECK(losses(told.tally) == 0);
}

TEST_CASE("Switch-CcVersion needs a second set", "[operations]") {
    CHECK(refused(quiet_site(), "Switch-CcVersion") ==
          "there is no backup version of the appliance to switch to");
}

TEST_CASE("an appliance that was switched back is not looked after", "[operations]") {
    Scenario plan = two_sets();
    std::swap(plan.appliances[ams_1].version, *plan.appliances[ams_1].backup_version);
    fails_at(plan, 3h, FaultId::med_rtcsrv_down, ams_1);
    CHECK(chronicle(plan).times(record::detected).size() == 1);
    Console console;
    console.types(1h, typed("Switch-CcVersion", ams_1));
    CHECK(console.lives(plan).times(record::detected).empty());
}

// --- Uninstall, Install, Register, Publish

TEST_CASE("an appliance is taken away and put back in the order of the procedure", "[operations]") {
    const Scenario plan = quiet_site();
    Console console;
    const auto uninstall = console.types(1h, typed("Uninstall-CcAppliance", ams_1));
    const auto machines = console.types(90min, typed("Get-VM", ams_1));
    const auto unregister = console.types(2h, typed("Unregister-CcAppliance", ams_1));
    const auto too_early = console.types(150min, typed("Install-CcAppliance", ams_1));
    const auto registers = console.types(3h, typed("Register-CcAppliance", ams_1));
    const auto publish = console.types(4h, typed("Publish-CcAppliance", ams_2));
    const auto install = console.types(5h, typed("Install-CcAppliance", ams_1));
    const Story told = console.lives(plan);
    for (const auto line : {uninstall, unregister, registers, publish, install})
        CHECK(console.error(line).empty());
    CHECK(console.line(machines).answer.empty());
    CHECK(console.error(too_early) == "the appliance is not registered: run Register-CcAppliance first");
    CHECK(console.took(uninstall) == 2min);
    CHECK(console.took(registers) == 3min);
    CHECK(console.took(publish) == 5min);
    CHECK(console.took(install) == 3h);
    CHECK(told.times(record::machines_removed, subject(ams_1)) == std::vector{start_of_run + 1h + 2min});
    CHECK(told.times(record::detected).empty());
    CHECK(ready(told, 0) == 24h - 7h);  // from 01:00, when the drain began, to 08:00
    CHECK(ready(told, 1) == 24h);
}

TEST_CASE("the drain before Uninstall-CcAppliance has a limit, and a backup version needs none",
          "[operations]") {
    Scenario plan = two_sets();
    Console console;
    const auto backup = console.types(1h, typed("Uninstall-CcAppliance", ams_1, {{"Version", "2.1"}}));
    const auto versions = console.types(2h, typed("Get-CcVersion", ams_1, {{"VersionType", "BackupBits"}}));
    const auto again = console.types(3h, typed("Uninstall-CcAppliance", ams_1, {{"Version", "2.1"}}));
    const Story told = console.lives(plan);
    CHECK(console.error(backup).empty());
    CHECK(console.line(versions).answer.empty());
    CHECK(console.error(again) == "version 2.1 of the appliance is not installed");
    CHECK(ready(told, 0) == 24h);
}

TEST_CASE("Install-CcAppliance builds nothing that is there, and nothing from nothing", "[operations]") {
    CHECK(refused(quiet_site(), "Install-CcAppliance") ==
          "version 2.1 is installed: run Uninstall-CcAppliance first");
    CHECK(refused(quiet_site(), "Install-CcAppliance", {{"Upgrade", true}}) ==
          "version 2.1 is installed already");
}

TEST_CASE("an upgrade is built beside the old set, which serves until the switch", "[operations]") {
    Scenario plan = quiet_site(2, VersionId::v2_0);
    Console console;
    const auto early = console.types(10min, typed("Install-CcAppliance", ams_1, {{"Upgrade", true}}));
    const auto download = console.types(1h, typed("Start-CcDownload", ams_1));
    const auto unregistered = console.types(150min, typed("Install-CcAppliance", ams_1, {{"Upgrade", true}}));
    const auto registers = console.types(3h, typed("Register-CcAppliance", ams_1));
    const auto install = console.types(4h, typed("Install-CcAppliance", ams_1, {{"Upgrade", true}}));
    const auto switches = console.types(8h, typed("Switch-CcVersion", ams_1));
    const auto versions = console.types(9h, typed("Get-CcVersion", ams_1, {{"VersionType", "All"}}));
    const Story told = console.lives(plan);
    CHECK(console.error(early) == "version 2.0 is installed already");
    CHECK(console.took(download) == 1h);
    CHECK(console.error(unregistered) == "the appliance is not registered: run Register-CcAppliance first");
    CHECK(console.error(registers).empty());
    CHECK(console.error(install).empty());
    CHECK(console.took(install) == 3h);
    CHECK(console.error(switches).empty());
    CHECK(console.all_shown(versions, "Version") == Strings{"2.1", "2.1", "2.0"});
    CHECK(ready(told, 0) == 24h - 16min);
}

TEST_CASE("one appliance of a site is deployed at a time", "[operations]") {
    const Scenario plan = quiet_site();
    Console console;
    for (const ApplianceId id : {ams_1, ams_2}) console.types(1h, typed("Uninstall-CcAppliance", id));
    const auto first = console.types(2h, typed("Install-CcAppliance", ams_1));
    const auto second = console.types(3h, typed("Install-CcAppliance", ams_2));
    const auto later = console.types(6h, typed("Install-CcAppliance", ams_2));
    console.lives(plan);
    CHECK(console.error(first).empty());
    CHECK(console.error(second) == "the site is locked: ams-1 is being deployed or updated");
    CHECK(console.error(later).empty());
}

TEST_CASE("a deployment that is lost with its host leaves steps behind, and the lock open", "[operations]") {
    Scenario plan = quiet_site();
    fails_at(plan, 3h + 1min, FaultId::host_crash, ams_1, {.lasts = 30min});
    Console console;
    console.types(1h, typed("Uninstall-CcAppliance", ams_1));
    const auto lost = console.types(90min, typed("Install-CcAppliance", ams_1));
    const auto steps = console.types(4h, typed("Install-CcAppliance", ams_1, {{"ShowStepsOnly", true}}));
    const auto again = console.types(5h, typed("Install-CcAppliance", ams_1));
    const auto goes_on =
        console.types(6h, typed("Install-CcAppliance", ams_1, {{"SkipExistingObjects", true}}));
    console.lives(plan);
    CHECK(console.error(lost) == "the connection to the host was lost");
    CHECK(console.all_shown(steps, "Done") == Strings{"true", "true", "true", "false", "false", "false"});
    CHECK(console.error(again) ==
          "virtual machines of a broken-off deployment are there: run Uninstall-CcAppliance first");
    CHECK(console.error(goes_on).empty());
    CHECK(console.took(goes_on) == 90min);
}

TEST_CASE("half of an identity that is registered already is a conflict", "[operations]") {
    const Scenario plan = quiet_site();
    CHECK(refused(plan, "Register-CcAppliance", {{"SiteName", "Utrecht"}}) ==
          "the site name does not match the external Access Edge FQDN that is registered with it");
    CHECK(refused(plan, "Register-CcAppliance", {{"ApplianceName", "other"}}) ==
          "the Mediation Server FQDN is registered with another appliance name: ams-1");
    Console console;
    console.types(1h, typed("Unregister-CcAppliance", ams_1));
    const auto taken = console.types(2h, typed("Register-CcAppliance", ams_1, {{"ApplianceName", "ams-2"}}));
    console.lives(plan);
    CHECK(console.error(taken) == "the appliance name is registered with another Mediation Server FQDN");
}

TEST_CASE("who registers anew is unknown to its peers until they publish", "[operations]") {
    Scenario plan = one_site(2, 500, 100, 10h);
    plan.traffic[0].escalation_share = 1;
    Console console;
    console.types(1h, typed("Unregister-CcAppliance", ams_1));
    console.types(2h, typed("Register-CcAppliance", ams_1));
    const bool publishes = GENERATE(false, true);
    if (publishes) console.types(2h + 3min, typed("Publish-CcAppliance", ams_2));
    Console nobody;
    const auto failed = [](const Story& told) { return told.tally.escalations_failed.value; };
    const auto before = failed(nobody.lives(plan));
    CHECK(before == 0);
    const auto now = failed(console.lives(plan));
    CHECK(now > 0);
    CHECK((now < 300) == publishes);
}

TEST_CASE("a host off the Internet registers, publishes and downloads nothing", "[operations]") {
    Scenario plan = quiet_site();
    fails_at(plan, 30min, FaultId::host_uplink_lost, ams_1);
    const std::string no_tenant = "the remote name could not be resolved: login.windows.net";
    CHECK(refused(plan, "Register-CcAppliance") == no_tenant);
    CHECK(refused(plan, "Unregister-CcAppliance") == no_tenant);
    CHECK(refused(plan, "Publish-CcAppliance") == no_tenant);
    CHECK(refused(plan, "Start-CcDownload") == "the remote name could not be resolved: the download failed");
}

TEST_CASE("what lies in another Site Directory is not there", "[operations]") {
    const Scenario plan = quiet_site();
    Console console;
    console.types(1h, typed("Uninstall-CcAppliance", ams_1));
    console.types(2h, typed("Set-CcSiteDirectory", ams_1, {{"Path", R"(\\nas\cce)"}}));
    const auto shows = console.types(150min, typed("Get-CcSiteDirectory", ams_1));
    const auto empty = console.types(3h, typed("Install-CcAppliance", ams_1));
    const auto download = console.types(4h, typed("Start-CcDownload", ams_1));
    const auto no_disk = console.types(6h, typed("Install-CcAppliance", ams_1));
    const auto convert =
        console.types(7h, typed("Convert-CcIsoToVhdx", ams_1, {{"IsoFilePath", R"(C:\w.iso)"}}));
    const auto install = console.types(10h, typed("Install-CcAppliance", ams_1));
    console.lives(plan);
    CHECK(console.shown(shows, "Path") == R"(\\nas\cce)");
    CHECK(console.error(empty) ==
          "the software of version 2.1 is not in the Site Directory: run Start-CcDownload first");
    CHECK(console.error(download).empty());
    CHECK(console.error(no_disk) ==
          "the base virtual disk is not in the Site Directory: run Convert-CcIsoToVhdx first");
    CHECK(console.took(convert) == 2h);
    CHECK(console.error(install).empty());
}

TEST_CASE("Convert-CcIsoToVhdx breaks off at Windows Update behind a proxy, and goes on by hand",
          "[operations]") {
    Scenario plan = quiet_site();
    fails_at(plan, 30min, FaultId::proxy_per_user, ams_1);
    Console console;
    const Arguments image{{"IsoFilePath", R"(C:\w.iso)"}};
    Arguments generalize = image;
    generalize.emplace_back("GeneralizeOnly", true);
    const auto nothing = console.types(40min, typed("Convert-CcIsoToVhdx", ams_1, generalize));
    const auto breaks = console.types(1h, typed("Convert-CcIsoToVhdx", ams_1, image));
    const auto goes_on = console.types(4h, typed("Convert-CcIsoToVhdx", ams_1, generalize));
    console.lives(plan);
    CHECK(console.error(nothing) == "there is no virtual machine to generalize");
    CHECK(console.error(breaks) ==
          "Windows Update failed inside the temporary virtual machine: update it by hand, "
          "then run it again with -GeneralizeOnly");
    CHECK(console.error(goes_on).empty());
}

TEST_CASE("a cmdlet before Register-CcAppliance makes the new release forget what runs (3B-9)",
          "[operations]") {
    const Scenario plan = quiet_site(2, VersionId::v1_3_8);
    Console console;
    const bool hurries = GENERATE(false, true);
    console.types(1h, typed("Start-CcDownload", ams_1));
    if (hurries) console.types(3h, typed("Get-CcApplianceDirectory", ams_1));
    console.types(4h, typed("Register-CcAppliance", ams_1));
    const auto first = console.types(5h, typed("Get-CcRunningVersion", ams_1));
    console.types(6h, typed("Remove-Item", ams_1, {{"Path", "module.ini"}}));
    console.types(7h, typed("Register-CcAppliance", ams_1));
    const auto second = console.types(8h, typed("Get-CcRunningVersion", ams_1));
    console.lives(plan);
    CHECK(console.shown(first, "Version") == (hurries ? "" : "1.3.8"));
    CHECK(console.shown(second, "Version") == "1.3.8");
}

TEST_CASE("the names of 1.3.8 do the same", "[operations]") {
    const Scenario plan = quiet_site(2, VersionId::v1_3_8);
    Console console;
    const auto uninstall = console.types(1h, typed("Uninstall-CcInstance", ams_1));
    const auto registers = console.types(2h, typed("Register-CcHAInstance", ams_1));
    const auto install = console.types(3h, typed("Install-CcInstance", ams_1));
    const auto publish = console.types(7h, typed("Publish-CcHAInstance", ams_1));
    const auto later = console.types(8h, typed("Publish-CcAppliance", ams_1));
    console.lives(plan);
    for (const auto line : {uninstall, registers, install, publish}) CHECK(console.error(line).empty());
    CHECK(console.error(later).substr(0, 47) == "The term 'Publish-CcAppliance' is not recognize");
}

TEST_CASE("in 1.3.8 the download goes on behind the console", "[operations]") {
    const Scenario plan = quiet_site(2, VersionId::v1_3_8);
    Console console;
    const auto download = console.types(1h, typed("Start-CcDownload", ams_1));
    const auto progress = console.types(90min, typed("Get-CcDownloadProgress", ams_1));
    console.lives(plan);
    CHECK(console.took(download) == 0s);
    CHECK(console.shown(progress, "PercentComplete") == "50");
}

// --- credentials, configuration, folders, logs

TEST_CASE("a credential that is wrong is right when it is set anew", "[operations]") {
    const auto fault = GENERATE(FaultId::tenant_password_expired, FaultId::mfa_on_tenant_admin);
    Scenario plan = quiet_site();
    fails_at(plan, 30min, fault, ams_1);
    Console console;
    const auto sets = console.types(1h, typed("Set-CcCredential", ams_1, {{"AccountType", "TenantAdmin"}}));
    const auto shows = console.types(70min, typed("Get-CcCredential", ams_1, {{"AccountType", "TenantAdmin"}}));
    const auto publish = console.types(2h, typed("Publish-CcAppliance", ams_1));
    console.lives(plan);
    CHECK(console.error(sets).empty());
    CHECK(console.shown(shows, "UserName") == "TenantAdmin");
    const bool second_factor = fault == FaultId::mfa_on_tenant_admin;
    CHECK(console.error(publish) ==
          (second_factor ? "the tenant does not let the account TenantAdmin in" : ""));
}

TEST_CASE("Restore-CcCredentials makes all of them right, Register-CcAppliance -Local too", "[operations]") {
    const std::string cmdlet = GENERATE("Restore-CcCredentials", "Register-CcAppliance");
    Scenario plan = quiet_site();
    fails_at(plan, 30min, FaultId::cceservice_password_mismatch, ams_1);
    Console console;
    const auto before = console.types(40min, typed("Start-CcDownload", ams_1));
    const Arguments local{{"Local", true}};
    console.types(1h, typed(cmdlet, ams_1, cmdlet == "Register-CcAppliance" ? local : Arguments{}));
    const auto after = console.types(2h, typed("Start-CcDownload", ams_1));
    const Story told = console.lives(plan);
    CHECK(console.error(before) == "access to the path of the Site Directory is denied");
    CHECK(console.error(after).empty());
    CHECK(told.times(record::fault_cleared).size() == 1);
}

TEST_CASE("the agent asks for the configuration in use, not for the file", "[operations]") {
    const Scenario plan = quiet_site();
    Console console;
    console.types(1h, typed("Set-Content", ams_1, {{"Key", "OMSEnabled"}, {"Value", "true"}}));
    const auto early = console.types(2h, typed("Install-CcOMSAgent", ams_1));
    const auto asks = console.types(3h, typed("Import-CcConfiguration", ams_1));
    const auto forced = console.types(4h, typed("Import-CcConfiguration", ams_1, {{"Force", true}}));
    const auto shows = console.types(5h, typed("Export-CcConfiguration", ams_1, {{"Path", R"(C:\c.ini)"}}));
    const auto agent = console.types(6h, typed("Install-CcOMSAgent", ams_1));
    console.lives(plan);
    CHECK(console.error(early) ==
          "OMSEnabled is not true in the configuration in use: run Import-CcConfiguration first");
    CHECK(console.error(asks) == "the configuration in use is another one: -Force overwrites it");
    CHECK(console.error(forced).empty());
    CHECK(console.shown(shows, "Key") == "OMSEnabled");
    CHECK(console.error(agent).empty());
}

TEST_CASE("an old file is refused until a new one is in use", "[operations]") {
    Scenario plan = quiet_site();
    fails_at(plan, 30min, FaultId::old_ini_reused, ams_1);
    Console console;
    console.types(1h, typed("Uninstall-CcAppliance", ams_1));
    console.types(2h, typed("Import-CcConfiguration", ams_1));
    const auto old = console.types(3h, typed("Install-CcAppliance", ams_1));
    console.types(4h, typed("Set-Content", ams_1, {{"Key", "SiteName"}, {"Value", "ams"}}));
    console.types(5h, typed("Import-CcConfiguration", ams_1));
    const auto install = console.types(6h, typed("Install-CcAppliance", ams_1));
    console.lives(plan);
    CHECK(console.error(old) == "CloudConnector.ini is not that of version 2.1");
    CHECK(console.error(install).empty());
}

TEST_CASE("folders are set before deployment, and without spaces", "[operations]") {
    CHECK(refused(quiet_site(), "Set-CcApplianceDirectory", {{"Path", R"(D:\my root)"}}) ==
          "the path of the Appliance Directory must not contain spaces");
    CHECK(refused(quiet_site(), "Set-CcApplianceDirectory", {{"Path", R"(D:\root)"}}) ==
          "the Appliance Directory cannot be changed while the appliance is deployed");
    Console console;
    console.types(1h, typed("Uninstall-CcAppliance", ams_1));
    console.types(2h, typed("Set-CcApplianceDirectory", ams_1, {{"Path", R"(D:\root)"}}));
    const auto shows = console.types(3h, typed("Get-CcApplianceLogDirectory", ams_1));
    const auto site = console.types(3h, typed("Get-CcSiteLogDirectory", ams_1));
    console.lives(quiet_site());
    CHECK(console.shown(shows, "Path") == R"(D:\root\Logs)");
    CHECK(console.shown(site, "Path") == R"(\\ams-1\SiteRoot\Logs)");
}

TEST_CASE("call logs are there while logging is on, and it ends after four hours", "[operations]") {
    const Arguments span{{"StartTime", "2019-11-11"}, {"EndTime", "2019-11-12"}};
    CHECK(refused(quiet_site(), "Search-CcLog", span) == "there are no call logs: Start-CcLogging starts them");
    CHECK(refused(quiet_site(), "Stop-CcLogging") == "logging is not started");
    Console console;
    console.types(1h, typed("Start-CcLogging", ams_1));
    const auto twice = console.types(2h, typed("Start-CcLogging", ams_1));
    const auto search = console.types(3h, typed("Search-CcLog", ams_1, span));
    const auto late = console.types(6h, typed("Stop-CcLogging", ams_1));
    const auto removes = console.types(7h, typed("Stop-CcLogging", ams_1, {{"RemoveCache", true}}));
    const auto nothing = console.types(8h, typed("Search-CcLog", ams_1, span));
    console.lives(quiet_site());
    CHECK(console.error(twice) == "logging is started already");
    CHECK(console.error(search).empty());
    CHECK(console.error(late) == "logging is not started");
    CHECK(console.error(removes).empty());
    CHECK(console.error(nothing) == "there are no call logs: Start-CcLogging starts them");
}

TEST_CASE("Get-CcApplianceStatus shows which machine is not well", "[operations]") {
    Scenario plan = quiet_site(2);
    plan.policies[0].recovery = sim::scenario::RecoveryPolicy::none;
    fails_at(plan, 30min, FaultId::edge_rtcmrauth_down, ams_1);
    Console console;
    const auto shows = console.types(1h, typed("Get-CcApplianceStatus", ams_1));
    console.lives(plan);
    CHECK(console.all_shown(shows, "Status") == Strings{"Running", "Running", "Running", "Error"});
}

namespace {

// What it must be given.
Arguments mandatory(const sim::vocabulary::Cmdlet& row) {
    using sim::vocabulary::Takes;
    Arguments arguments;
    for (const auto& one : row.parameters) {
        if (!one.mandatory) continue;
        const std::string name{one.name};
        if (one.takes == Takes::date) {
            arguments.emplace_back(name, "2019-11-11");
        } else if (one.takes == Takes::one_of) {
            arguments.emplace_back(name, std::string{one.words.front().word});
        } else {
            arguments.emplace_back(name, name == "IsoFilePath" ? R"(C:\server.iso)" : R"(C:\Folder)");
        }
    }
    return arguments;
}

// What has to be typed before, so that the cmdlet has something to do.
std::vector<Command> prepared(const std::string& cmdlet) {
    if (cmdlet == "Exit-CcUpdate" || cmdlet == "Reset-CcCACertificate") return {typed("Enter-CcUpdate", ams_1)};
    if (cmdlet == "Install-CcAppliance" || cmdlet == "Set-CcApplianceDirectory")
        return {typed("Uninstall-CcAppliance", ams_1)};
    if (cmdlet == "Install-CcInstance") return {typed("Uninstall-CcInstance", ams_1)};
    if (cmdlet == "Stop-CcLogging" || cmdlet == "Search-CcLog") return {typed("Start-CcLogging", ams_1)};
    if (cmdlet == "Install-CcOMSAgent")
        return {typed("Set-Content", ams_1, {{"Key", "OMSEnabled"}, {"Value", "true"}}),
                typed("Import-CcConfiguration", ams_1, {{"Force", true}})};
    return {};
}

}  // namespace

TEST_CASE("every host cmdlet is lost with its host, and refused without it", "[operations]") {
    for (const sim::vocabulary::Cmdlet& row : sim::vocabulary::cmdlets()) {
        if (row.at != sim::vocabulary::Console::host) continue;
        const std::string cmdlet{row.name};
        INFO(cmdlet);
        Scenario plan = two_sets();
        plan.appliances[ams_1].version = std::min(row.last, VersionId::v2_0_1);
        if (row.first > VersionId::v2_0_1)
            std::swap(plan.appliances[ams_1].version, *plan.appliances[ams_1].backup_version);
        if (row.last < VersionId::v2_0_1) plan.appliances[ams_1].backup_version.reset();
        for (auto* takes : {&plan.parameters.console_takes, &plan.parameters.publish_takes,
                            &plan.parameters.certificate_files_take, &plan.parameters.enter_takes})
            *takes = 2min;
        plan.policies[0].recovery = sim::scenario::RecoveryPolicy::none;
        fails_at(plan, 5h + 1min, FaultId::host_crash, ams_1, {.lasts = 10min});
        Console console;
        Duration before = 2h;
        for (const Command& command : prepared(cmdlet)) console.types(before += 1h, command);
        Arguments arguments = mandatory(row);
        if (cmdlet == "Enter-CcUpdate") arguments.emplace_back("Immediate", true);
        const auto lost = console.types(5h, typed(cmdlet, ams_1, arguments));
        const auto dead = console.types(5h + 5min, typed(cmdlet, ams_1, arguments));
        console.lives(plan);
        CHECK(console.error(lost) == "the connection to the host was lost");
        CHECK(console.took(lost) == 1min);
        CHECK(console.error(dead) == "the host does not answer");
    }
}

TEST_CASE("whatever was lost with its host, nothing of it stays behind", "[operations]") {
    const std::string cmdlet =
        GENERATE("Switch-CcVersion", "Uninstall-CcAppliance", "Register-CcAppliance", "Unregister-CcAppliance",
                 "Publish-CcAppliance", "Start-CcDownload", "Restore-CcCredentials", "Start-CcLogging");
    Scenario plan = two_sets();
    plan.parameters.console_takes = plan.parameters.publish_takes = 2min;
    fails_at(plan, 1h + 1min, FaultId::host_crash, ams_1, {.lasts = 10min});
    Console console;
    console.types(1h, typed(cmdlet, ams_1));
    const auto shows = console.types(3h, typed("Get-CsHybridPSTNAppliance"));
    const Story told = console.lives(plan);
    INFO(cmdlet);
    CHECK(ready(told, 0) > 23h);
    CHECK(console.all_shown(shows, "Name") == Strings{"ams-1", "ams-2"});
    CHECK(console.shown(shows, "DeploymentStatus") == "Finished");
}

TEST_CASE("the sample file is that of the cmdlets, and lies in the Appliance Directory", "[operations]") {
    Console console;
    const auto writes = console.types(1h, typed("Export-CcConfigurationSampleFile", ams_1));
    const auto folder = console.types(2h, typed("Get-CcApplianceDirectory", ams_1));
    console.lives(two_sets());
    CHECK(console.shown(writes, "Path") == console.shown(folder, "Path") + R"(\CloudConnector.Sample.ini)");
    CHECK(console.shown(writes, "Version") == "2.1");
}

TEST_CASE("an external certificate is copied under its name", "[operations]") {
    const Arguments for_edge{{"Target", "EdgeServer"}};
    Console console;
    const auto before = console.types(1h, typed("Get-CcExternalCertificateFilePath", ams_1, for_edge));
    console.types(2h, typed("Set-CcExternalCertificateFilePath", ams_1,
                            {{"Target", "EdgeServer"}, {"Path", R"(D:\2019\new.pfx)"}}));
    const auto after = console.types(3h, typed("Get-CcExternalCertificateFilePath", ams_1, for_edge));
    console.lives(quiet_site());
    CHECK(console.shown(before, "Path").ends_with(R"(\Certificates\EdgeServer.pfx)"));
    CHECK(console.shown(after, "Path").ends_with(R"(\Certificates\new.pfx)"));
}

TEST_CASE("in 1.3.8 Import-CcCertificate puts the Edge's certificate into use at once", "[operations]") {
    Scenario plan = quiet_site(2, VersionId::v1_3_8);
    const bool runs = GENERATE(true, false);
    fails_at(plan, 30min, FaultId::edge_external_cert_expired, ams_1);
    if (!runs) fails_at(plan, 40min, FaultId::vm_stopped, ams_1, {.machine = sim::vocabulary::Machine::edge});
    Console console;
    const auto line = console.types(1h, typed("Import-CcCertificate", ams_1, {{"Certificate", "new.pfx"}}));
    const auto shows = console.types(2h, typed("Get-CcExternalCertificateFilePath", ams_1));
    const Story told = console.lives(plan);
    CHECK(console.error(line) == (runs ? "" : "The edge machine is not running."));
    CHECK(console.shown(shows, "Path").ends_with(runs ? "new.pfx" : "EdgeServer.pfx"));
    CHECK(told.times(record::fault_cleared).size() == (runs ? 1 : 0));
}
