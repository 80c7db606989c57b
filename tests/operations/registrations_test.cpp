// What a host registers and deploys, and what the tenant shows of it: one record, whoever writes it.

#include "tests/operations/console.hpp"

#include <catch2/catch.hpp>

using namespace tests;
using Strings = std::vector<std::string>;

namespace {

constexpr ApplianceId ams_1{0};
constexpr ApplianceId ams_2{1};

Scenario quiet_site(unsigned appliances = 2) {
    Scenario plan = quiet_world(24h);
    add_site(plan, "ams", appliances, 500);
    for (auto& appliance : plan.appliances) appliance.mediation_ip = "10.0.0." + appliance.name.substr(4);
    plan.sites[SiteId{0}].edge_fqdn = "ams.example.com";
    return plan;
}

Command shows() {
    return typed("Get-CsHybridPSTNAppliance");
}
Command takes_away(const std::string& name) {
    return typed("Unregister-CsHybridPSTNAppliance", std::nullopt, {{"Identity", name}, {"Force", true}});
}
Command registers_by_hand(const std::string& name, const std::string& ip, const std::string& fqdn) {
    return typed(
        "Register-CsHybridPSTNAppliance", std::nullopt,
        {{"Name", name}, {"SiteName", "ams"}, {"MediationServerIPAddress", ip}, {"MediationServerFqdn", fqdn}});
}

}  // namespace

TEST_CASE("whom a host registers the tenant shows, and whom it unregisters no more", "[operations]") {
    Console console;
    console.types(1h, typed("Unregister-CcAppliance", ams_1));
    const auto gone = console.types(2h, shows());
    console.types(3h, typed("Register-CcAppliance", ams_1, {{"ApplianceName", "first"}}));
    const auto back = console.types(4h, shows());
    const auto wrong = console.types(5h, typed("Unregister-CcAppliance", ams_1, {{"ApplianceName", "ams-1"}}));
    console.lives(quiet_site());
    CHECK(console.all_shown(gone, "Name") == Strings{"ams-2"});
    CHECK(console.all_shown(back, "Name") == Strings{"ams-2", "first"});
    CHECK(console.all_shown(back, "Status") == Strings{"Running", "Running"});
    CHECK(console.error(wrong) == "no appliance ams-1 is registered from this host");
}

TEST_CASE("a registration that was taken away in the tenant is made again from the host", "[operations]") {
    Console console;
    console.types(1h,
                  typed("Set-CsHybridPSTNAppliance", std::nullopt,
                        {{"Identity", "ams-1"}, {"MaintenanceMode", true}, {"MediationServerGruu", "sip:g"}}));
    const auto written = console.types(90min, shows());
    console.types(2h, takes_away("ams-1"));
    const auto refused = console.types(3h, typed("Unregister-CcAppliance", ams_1));
    console.types(4h, typed("Register-CcAppliance", ams_1));
    const auto back = console.types(5h, shows());
    console.lives(quiet_site());
    CHECK(console.shown(written, "MediationServerGruu") == "sip:g");
    CHECK(console.error(refused) == "the appliance is not registered");
    CHECK(console.all_shown(back, "Name") == Strings{"ams-2", "ams-1"});
    CHECK(console.all_shown(back, "MaintenanceMode") == Strings{"false", "false"});  // of the old registration
    CHECK(console.all_shown(back, "MediationServerGruu") == Strings{"", ""});
}

TEST_CASE("a host does not register while another has its name, its Mediation FQDN or its IP address",
          "[operations]") {
    struct Case {
        Command other;
        std::string says;
    };
    const Case of = GENERATE(Case{registers_by_hand("ams-1", "10.0.0.9", "other.local"),
                                  "the appliance name is registered with another Mediation Server FQDN"},
                             Case{registers_by_hand("other", "10.0.0.9", "ams-1-mediation"),
                                  "the Mediation Server FQDN is registered with another appliance name: other"},
                             Case{registers_by_hand("other", "10.0.0.1", "other.local"),
                                  "the Mediation Server IP address is registered with another appliance name: "
                                  "other"});
    Scenario plan = quiet_site();
    plan.appliances[ams_1].name = "ams-x";  // so that whoever is called ams-1 is somebody else
    plan.appliances[ams_1].mediation_fqdn = "ams-1-mediation";
    Console console;
    console.types(1h, takes_away("ams-x"));
    console.types(2h, of.other);
    const Arguments name{{"ApplianceName", "ams-1"}};
    const auto refused = console.types(3h, typed("Register-CcAppliance", ams_1, name));
    console.types(4h, takes_away(std::get<std::string>(of.other.arguments.at("Name"))));
    const auto free = console.types(5h, typed("Register-CcAppliance", ams_1, name));
    console.lives(plan);
    CHECK(console.error(refused) == of.says);
    CHECK(console.error(free).empty());
}

TEST_CASE("the first that registers makes a site that is not there, with automatic updates", "[operations]") {
    Console console;
    console.types(
        1h, typed("Set-CsHybridPSTNSite", std::nullopt, {{"Identity", "ams"}, {"EnableAutoUpdate", false}}));
    console.types(2h, typed("Remove-CsHybridPSTNSite", std::nullopt, {{"Identity", "ams"}}));
    const auto gone = console.types(3h, typed("Get-CsHybridPSTNSite"));
    console.types(4h, typed("Register-CcAppliance", ams_1));
    const auto back = console.types(5h, typed("Get-CsHybridPSTNSite"));
    console.lives(quiet_site());
    CHECK(console.line(gone).answer.empty());
    CHECK(console.shown(back, "Identity") == "ams");
    CHECK(console.shown(back, "EdgeFQDN") == "ams.example.com");
    CHECK(console.shown(back, "EnableAutoUpdate") == "true");
}

TEST_CASE("half of the identity of a site is a conflict, whichever half", "[operations]") {
    const auto set_edge = [](const char* fqdn) {
        return typed("Set-CsHybridPSTNSite", std::nullopt, {{"Identity", "ams"}, {"EdgeFQDN", fqdn}});
    };
    Console console;
    console.types(1h, set_edge("x.example.com"));
    const auto edge = console.types(2h, typed("Register-CcAppliance", ams_1));
    console.types(3h, typed("Remove-CsHybridPSTNSite", std::nullopt, {{"Identity", "ams"}}));
    console.types(4h, typed("New-CsHybridPSTNSite", std::nullopt,
                            {{"Identity", "Utrecht"}, {"EdgeFQDN", "ams.example.com"}}));
    const auto name = console.types(5h, typed("Register-CcAppliance", ams_1));
    console.lives(quiet_site());
    CHECK(console.error(edge) ==
          "the site name does not match the external Access Edge FQDN that is registered with it");
    CHECK(console.error(name) == "the external Access Edge FQDN is registered with another site name: Utrecht");
}

TEST_CASE("the tenant shows what was done last to each appliance as a whole", "[operations]") {
    Scenario plan = quiet_site();
    fails_at(plan, 5h, FaultId::host_crash, ams_1, {.lasts = 10min});
    Console console;
    console.types(1h, typed("Uninstall-CcAppliance", ams_1));
    const auto removed = console.types(2h, shows());
    console.types(3h, typed("Install-CcAppliance", ams_1));
    const auto begun = console.types(4h, shows());
    const auto broken = console.types(6h, shows());
    console.types(7h, typed("Install-CcAppliance", ams_1, {{"SkipExistingObjects", true}}));
    const auto done = console.types(12h, shows());
    console.lives(plan);
    const auto record = [&](std::size_t line) {
        return console.shown(line, "DeploymentAction") + " " + console.shown(line, "DeploymentStatus");
    };
    CHECK(record(removed) == "Remove Finished");
    CHECK(record(begun) == "Deploy Started");
    CHECK(record(broken) == "Deploy Error");
    CHECK(record(done) == "Deploy Finished");
}

TEST_CASE("the others wait for the first appliance, until it is deployed or somebody says that it is (3B-17)",
          "[operations]") {
    Scenario plan = quiet_site();
    fails_at(plan, 4h, FaultId::host_crash, ams_1, {.lasts = 10min});
    const bool says = GENERATE(false, true);
    Console console;
    for (const ApplianceId id : {ams_1, ams_2}) console.types(1h, typed("Uninstall-CcAppliance", id));
    console.types(3h, typed("Install-CcAppliance", ams_1));
    const auto waits = console.types(5h, typed("Install-CcAppliance", ams_2));
    if (says)
        console.types(6h, typed("Set-CsCceApplianceDeploymentStatus", std::nullopt,
                                {{"Identity", "ams-1"}, {"Action", "Deploy"}, {"Status", "Finished"}}));
    const auto goes = console.types(7h, typed("Install-CcAppliance", ams_2));
    console.lives(plan);
    const std::string not_yet = "the first appliance of the site has not been deployed successfully";
    CHECK(console.error(waits) == not_yet);
    CHECK(console.error(goes) == (says ? "" : not_yet));
}
