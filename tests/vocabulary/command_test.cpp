// What can be said of a command without a world.

#include "sim/vocabulary/command.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace sim::vocabulary;
using namespace std::chrono_literals;
using sim::kernel::Duration;

namespace {

constexpr VersionId v1_4_2 = VersionId::v1_4_2;
constexpr VersionId v2_1 = VersionId::v2_1;

using Typed = std::vector<std::pair<const char*, const char*>>;

Command typed(const char* name, const Typed& arguments = {}) {
    REQUIRE(cmdlet_named(name) != nullptr);
    Command command;
    command.cmdlet = cmdlet_named(name)->id;
    for (const auto& [parameter, argument] : arguments) {
        INFO(parameter << " " << argument);
        REQUIRE_FALSE(add(command, parameter, std::string(argument)));
    }
    return command;
}

std::string refused(const char* name, const char* parameter, const char* argument) {
    Command command = typed(name);
    const auto problem = add(command, parameter, std::string(argument));
    CHECK(command.arguments.empty());
    return problem.value_or("taken");
}

std::string problem_of(const Command& command, VersionId version = v2_1) {
    return wrong(command, version).value_or("fine");
}

std::string problem_of(const char* name, const Typed& arguments, VersionId version = v2_1) {
    return problem_of(typed(name, arguments), version);
}

}  // namespace

TEST_CASE("a command that gives what its cmdlet wants is fine", "[vocabulary]") {
    CHECK(problem_of("Enter-CcUpdate", {}) == "fine");
    CHECK(problem_of("Set-CcCredential", {{"AccountType", "TenantAdmin"}}) == "fine");
    CHECK(problem_of("Set-CsUserPstnSettings",
                     {{"Identity", "anna@contoso.com"}, {"HybridPSTNSite", "$null"}}) == "fine");
    CHECK(problem_of("Set-CcExternalCertificateFilePath",
                     {{"Target", "edgeserver"}, {"Path", "C:\\new.pfx"}, {"Import", "$true"}}) == "fine");
    CHECK(problem_of("Request-Change", {{"Place", "amsterdam"}, {"Id", "edge-a-record-missing"}}) == "fine");
}

TEST_CASE("what is typed becomes what the parameter takes", "[vocabulary]") {
    const Command window = typed("New-CsTenantUpdateTimeWindow", {{"identity", "Weekend"},
                                                                  {"weekly", "$true"},
                                                                  {"DAYSOFWEEK", "saturday, 'Sunday'"},
                                                                  {"StartTime", "1:00"},
                                                                  {"Duration", "5:30"}});
    CHECK(problem_of(window) == "fine");
    CHECK(*given<std::string>(window, "Identity") == "Weekend");
    CHECK(has_flag(window, "Weekly"));
    CHECK(*given<std::vector<std::string>>(window, "DaysOfWeek") ==
          std::vector<std::string>{"Saturday", "Sunday"});
    CHECK(*given<std::string>(window, "StartTime") == "01:00");
    CHECK(*given<Duration>(window, "Duration") == 5h + 30min);
    CHECK(*given<Duration>(typed("New-CsTenantUpdateTimeWindow", {{"Duration", "4h"}}), "Duration") == 4h);
    CHECK(*given<Duration>(typed("New-CsTenantUpdateTimeWindow", {{"Duration", "1.00:00:00"}}), "Duration") ==
          24h);
    CHECK(*given<std::int64_t>(typed("Set-CsMediationServer", {{"AudioPortCount", "1000"}}),
                               "AudioPortCount") == 1000);
    CHECK(given<std::string>(typed("Set-CsUserPstnSettings", {{"HybridPSTNSite", "$NULL"}}), "HybridPSTNSite")
              ->empty());
    CHECK(given<std::string>(window, "Tenant") == nullptr);
}

TEST_CASE("a list can be given whole, or as what to add to it or remove from it", "[vocabulary]") {
    const auto windows = [](const char* text) {
        return typed("Set-CsHybridPSTNSite", {{"Identity", "amsterdam"}, {"OsUpdateTimeWindow", text}});
    };
    CHECK(*given<std::vector<std::string>>(windows("Night"), "OsUpdateTimeWindow") ==
          std::vector<std::string>{"Night"});
    CHECK(*given<Change>(windows(R"(@{Add="Night", "Noon"})"), "OsUpdateTimeWindow") ==
          Change{Change::How::add, {"Night", "Noon"}});
    CHECK(*given<Change>(windows("@{remove='Night'}"), "OsUpdateTimeWindow") ==
          Change{Change::How::remove, {"Night"}});
    CHECK(problem_of(windows("@{replace=Night}")) == "fine");
    CHECK(problem_of(windows("$null")) == "fine");
    CHECK(problem_of(windows("@{add=}")) ==
          "Cannot bind argument to parameter 'OsUpdateTimeWindow' because it is an empty string.");
    CHECK(refused("Set-CsHybridPSTNSite", "OsUpdateTimeWindow", "@{ad=Night}") ==
          "Cannot process argument transformation on parameter 'OsUpdateTimeWindow'. Cannot convert value "
          "\"@{ad=Night}\" to type \"System.String[]\"; a list is one, or @{add=\"NAME\"}, @{remove=\"NAME\"}, "
          "@{replace=\"NAME\"}");
}

TEST_CASE("a parameter that is not there is named, with the nearest", "[vocabulary]") {
    CHECK(refused("Set-CsUser", "Identiy", "x") ==
          "A parameter cannot be found that matches parameter name 'Identiy'; did you mean \"Identity\"?");
    CHECK(refused("Exit-CcUpdate", "Force", "$true") ==
          "A parameter cannot be found that matches parameter name 'Force'.");
    Command by_hand = typed("Set-CsUser", {{"Identity", "x"}});
    by_hand.arguments["nonsense"] = true;
    CHECK(problem_of(by_hand) == "A parameter cannot be found that matches parameter name 'nonsense'.");
}

TEST_CASE("a parameter given twice is refused", "[vocabulary]") {
    Command command = typed("Set-CsUser", {{"Identity", "x"}});
    CHECK(add(command, "IDENTITY", std::string("y")) ==
          "Cannot bind parameter because parameter 'Identity' is specified more than once.");
    CHECK(*given<std::string>(command, "Identity") == "x");
}

TEST_CASE("missing mandatory parameters are named together", "[vocabulary]") {
    CHECK(problem_of("Set-CsUser", {}) ==
          "Cannot process command because of one or more missing mandatory parameters: Identity.");
    CHECK(problem_of("New-CsHybridPSTNSite", {}) ==
          "Cannot process command because of one or more missing mandatory parameters: Identity,EdgeFQDN.");
    REQUIRE(missing(typed("New-CsHybridPSTNSite", {{"Identity", "ams"}}), v2_1).size() == 1);
    CHECK(missing(typed("New-CsHybridPSTNSite", {{"Identity", "ams"}}), v2_1).front()->name == "EdgeFQDN");
    CHECK(problem_of("DISM", {{"Cleanup-Wim", "$false"}}) ==
          "Cannot process command because of one or more missing mandatory parameters: Cleanup-Wim.");
}

TEST_CASE("parameters of two kinds do not go together", "[vocabulary]") {
    const std::string unresolved = "Parameter set cannot be resolved using the specified named parameters.";
    CHECK(problem_of("New-CsTenantUpdateTimeWindow",
                     {{"Identity", "x"}, {"Daily", "$true"}, {"Weekly", "$true"}}) == unresolved);
    CHECK(problem_of("New-CsTenantUpdateTimeWindow", {{"Identity", "x"}, {"Monthly", "$true"}}) == unresolved);
    CHECK(problem_of("New-CsTenantUpdateTimeWindow", {{"Identity", "x"}, {"Daily", "$true"}}) == "fine");
    CHECK(problem_of("New-CsTenantUpdateTimeWindow", {{"Identity", "x"}}) == "fine");
    CHECK(problem_of("New-CsTenantUpdateTimeWindow",
                     {{"Identity", "x"}, {"Monthly", "$true"}, {"DayOfMonth", "15"}}) == "fine");
    CHECK(problem_of("New-CsTenantUpdateTimeWindow", {{"Identity", "x"}, {"Weekly", "$true"}}) ==
          "Cannot process command because of one or more missing mandatory parameters: DaysOfWeek.");
    CHECK(problem_of("Import-Certificate", {}) == unresolved);
    CHECK(problem_of("Import-Certificate", {{"Gateway", "gw1"}}) == "fine");
    CHECK(problem_of("Import-Certificate", {{"Gateway", "gw1"}, {"Machine", "edge"}}) == unresolved);
    CHECK(missing(typed("Import-Certificate"), v2_1).empty());
}

TEST_CASE("a value of the wrong kind cannot be converted", "[vocabulary]") {
    CHECK(refused("Set-CsUser", "HostedVoiceMail", "yes") ==
          "Cannot process argument transformation on parameter 'HostedVoiceMail'. Cannot convert value \"yes\" "
          "to type "
          "\"System.Boolean\"; $true or $false is one");
    CHECK(
        refused("New-CsTenantUpdateTimeWindow", "Duration", "long") ==
        "Cannot process argument transformation on parameter 'Duration'. Cannot convert value \"long\" to type "
        "\"System.TimeSpan\"; 4:00 is one, or 4h");
    CHECK(refused("Set-CsMediationServer", "AudioPortCount", "many") ==
          "Cannot process argument transformation on parameter 'AudioPortCount'. Cannot convert value \"many\" "
          "to type "
          "\"System.Int32\".");
    for (const char* time : {"24:00", "1", "1:60", "1:00:30", "-1:00", "1:00:", ""})
        CHECK(refused("New-CsTenantUpdateTimeWindow", "StartTime", time) != "taken");
    for (const char* date : {"2019-02-30", "2019-11-18 25:00", "tomorrow", ""})
        CHECK(refused("Search-CcLog", "StartTime", date) != "taken");
    Command by_hand = typed("Set-CsUser", {{"Identity", "x"}});
    by_hand.arguments["HostedVoiceMail"] = std::int64_t{1};
    CHECK(problem_of(by_hand).find("Cannot convert value \"1\"") != std::string::npos);
}

TEST_CASE("a value out of its range or its list cannot be validated", "[vocabulary]") {
    CHECK(
        problem_of("Set-CcCredential", {{"AccountType", "TenantAdmim"}}) ==
        "Cannot validate argument on parameter 'AccountType'. The argument \"TenantAdmim\" does not belong to "
        "the set "
        "\"TenantAdmin,VmAdmin,DomainAdmin,OMSWorkspace\" specified by the ValidateSet attribute; did you mean "
        "\"TenantAdmin\"?");
    CHECK(problem_of("New-CsTenantUpdateTimeWindow",
                     {{"Identity", "x"}, {"Monthly", "$true"}, {"DayOfMonth", "32"}}) ==
          "Cannot validate argument on parameter 'DayOfMonth'. The 32 argument is greater than the maximum "
          "allowed range "
          "of 31.");
    CHECK(problem_of("New-CsTenantUpdateTimeWindow",
                     {{"Identity", "x"}, {"Monthly", "$true"}, {"DayOfMonth", "0"}}) ==
          "Cannot validate argument on parameter 'DayOfMonth'. The 0 argument is less than the minimum allowed "
          "range of "
          "1.");
    CHECK(problem_of("New-CsTenantUpdateTimeWindow", {{"Identity", "x"}, {"Duration", "0:00"}}) ==
          "Cannot validate argument on parameter 'Duration'. The argument is not longer than nothing.");
    CHECK(problem_of("Request-Change", {{"Place", "x"}, {"Id", "host-crahs"}}) ==
          "Cannot validate argument on parameter 'Id'. There is no fault \"host-crahs\"; did you mean "
          "\"host-crash\"?");
    CHECK(problem_of("Set-CsUser", {{"Identity", ""}}) ==
          "Cannot bind argument to parameter 'Identity' because it is an empty string.");
}

TEST_CASE("each release has its cmdlets, parameters and words", "[vocabulary]") {
    CHECK(problem_of("Update-CcServerCertificate", {}, v1_4_2) ==
          "The term 'Update-CcServerCertificate' is not recognized as the name of a cmdlet, function, script "
          "file, or "
          "operable program; it is there from 2.0 on, and this is 1.4.2");
    CHECK(problem_of("Renew-CcServerCertificate", {}, v2_1).find("it is there in 1.4.2 alone") !=
          std::string::npos);
    CHECK(problem_of("Install-CcInstance", {}).find("it is there in 1.3.8 alone") != std::string::npos);
    CHECK(problem_of("Get-CcVersion", {}, v1_4_2) == "fine");
    CHECK(problem_of("Get-CcVersion", {{"VersionType", "All"}}, v1_4_2) ==
          "A parameter cannot be found that matches parameter name 'VersionType'; it is there from 2.0 on, and "
          "this is "
          "1.4.2");
    CHECK(problem_of("Set-CcCredential", {{"AccountType", "VmAdmin"}}, v1_4_2) ==
          "Cannot validate argument on parameter 'AccountType'. The argument \"VmAdmin\" does not belong to "
          "the set "
          "\"TenantAdmin\" specified by the ValidateSet attribute.");
    // -Target came with 1.4.2: nobody can be asked for it before.
    CHECK(problem_of("Set-CcExternalCertificateFilePath", {{"Path", "x.pfx"}}, VersionId::v1_4_1) == "fine");
    CHECK(problem_of("Set-CcExternalCertificateFilePath", {{"Path", "x.pfx"}}, v1_4_2) != "fine");
}

TEST_CASE("a name that is no cmdlet is not recognized", "[vocabulary]") {
    CHECK(unknown_cmdlet("Enter-CcUpdat") ==
          "The term 'Enter-CcUpdat' is not recognized as the name of a cmdlet, function, script file, or "
          "operable "
          "program; did you mean \"Enter-CcUpdate\"?");
    CHECK(unknown_cmdlet("x\x1b") ==
          "The term 'x\\x1b' is not recognized as the name of a cmdlet, function, script file, or operable "
          "program.");
}

TEST_CASE("the machine it is about has many parameters and one meaning", "[vocabulary]") {
    CHECK(machine_of(typed("Start-VM", {{"VMName", "ad"}})) == Machine::ad);
    CHECK(machine_of(typed("Start-CsWindowsService", {{"ComputerName", "Edge"}})) == Machine::edge);
    CHECK(machine_of(typed("Restart-Computer", {{"Machine", "MEDIATION"}})) == Machine::mediation);
    CHECK_FALSE(machine_of(typed("Restart-Computer")));
    CHECK_FALSE(machine_of(typed("Test-NetConnection", {{"ComputerName", "Edge"}})));
}

TEST_CASE("a command is shown as it would be typed, in the catalogue's order, without passwords",
          "[vocabulary]") {
    CHECK(text(typed("Exit-CcUpdate")) == "Exit-CcUpdate");
    CHECK(text(typed("set-cshybridpstnsite", {{"OsUpdateTimeWindow", "@{add='Night'}"},
                                              {"identity", "amsterdam"},
                                              {"enableautoupdate", "1"}})) ==
          "Set-CsHybridPSTNSite -Identity amsterdam -EnableAutoUpdate $true -OsUpdateTimeWindow @{add=Night}");
    CHECK(text(typed("Uninstall-CcAppliance", {{"Confirm", "$false"}})) ==
          "Uninstall-CcAppliance -Confirm:$false");
    CHECK(text(typed("Set-CsUserPstnSettings", {{"Identity", "Anna Berg"}, {"HybridPSTNSite", "$null"}})) ==
          "Set-CsUserPstnSettings -Identity 'Anna Berg' -HybridPSTNSite $null");
    CHECK(text(typed("Set-LocalUser", {{"Name", "CceService"}, {"Password", "secret"}})) ==
          "Set-LocalUser -Name CceService -Password ***");
    CHECK(text(typed("New-CsTenantUpdateTimeWindow", {{"Identity", "x"}, {"Duration", "26h"}})) ==
          "New-CsTenantUpdateTimeWindow -Identity x -Duration 1.02:00:00");
}
