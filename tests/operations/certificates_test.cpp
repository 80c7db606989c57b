// The cmdlets of certificates: what each changes, what it refuses, what is left when its place is lost; and the
// faults that end when the work is done, and not before.

#include "sim/operations/desk.hpp"
#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <string>
#include <utility>
#include <vector>

using namespace tests;
namespace operations = sim::operations;
namespace topology = sim::topology;
namespace vocabulary = sim::vocabulary;
using sim::scenario::Protocol;
using vocabulary::Command;
using vocabulary::Part;

namespace {

constexpr SiteId ams{0};
constexpr ApplianceId ams_1{0};
constexpr ApplianceId ams_2{1};
constexpr GatewayId gw_1{0};

using Arguments = std::vector<std::pair<std::string, vocabulary::Argument>>;

void types_at(Scenario& plan, Duration when, CmdletId cmdlet, std::optional<ApplianceId> on,
              const Arguments& arguments = {}) {
    Command command{cmdlet, on, {}};
    for (const auto& [name, value] : arguments) {
        INFO(name);
        REQUIRE(add(command, name, value) == std::nullopt);
    }
    sim::scenario::Incident incident;
    incident.at = start_of_run + when;
    incident.action = command;
    plan.incidents.push_back(incident);
}

const Arguments to_roots{{"Path", R"(C:\Roots)"}};
const Arguments for_gw_1{{"Gateway", "ams-gw-1"}};

// Twelve hours of a site whose two gateways use TLS; nobody calls.
Scenario tls_site(unsigned appliances) {
    Scenario plan = quiet_world(12h);
    add_site(plan, "ams", appliances, 500, 2);
    for (sim::scenario::Gateway& gateway : plan.gateways) gateway.protocol = Protocol::tls;
    return plan;
}

// Looks at the fleet at one moment, and does nothing.
class Witness : public operations::Programs {
public:
    Witness(Duration when, std::function<void(const topology::Fleet&)> look)
        : when_(when), look_(std::move(look)) {}
    void begin(operations::Desk& desk) override {
        desk_ = &desk;
        desk.wake_in(when_, operations::StrandId{0});
    }
    void begin_runbook(vocabulary::ProgramId) override {}
    void wake(operations::StrandId) override { look_(desk_->fleet()); }
    bool look(const std::vector<SiteId>&) override { return false; }

private:
    Duration when_;
    std::function<void(const topology::Fleet&)> look_;
    operations::Desk* desk_ = nullptr;
};

void look_at(const Scenario& plan, Duration when, std::function<void(const topology::Fleet&)> look) {
    bool has_looked = false;
    Witness witness(when, [&](const topology::Fleet& fleet) {
        has_looked = true;
        look(fleet);
    });
    static_cast<void>(sim::deployment::run(plan, plan.policies.front(), {42, 1}, {}, &witness));
    REQUIRE(has_looked);
}

using Said = std::vector<std::string>;
Said said(const Scenario& plan) {
    Said all;
    for (const auto& refused : lived(plan).refused_cmdlets) all.push_back(refused.reason);
    return all;
}

const topology::Authority& ca_of(const topology::Fleet& fleet, ApplianceId id) {
    return fleet.appliances()[id].authority;
}
std::uint32_t key_of(const topology::Fleet& fleet, ApplianceId id) {
    return fleet.root(ca_of(fleet, id).root).key;
}

// One after the other, from `when` on; the hour after it they are done.
enum class Without : std::uint8_t { nothing, removing, backup, reset, update, legacy };
void replaces_the_ca(Scenario& plan, Duration when, ApplianceId on, bool is_first, Without left_out) {
    const auto types = [&](Duration later, CmdletId cmdlet) { types_at(plan, when + later, cmdlet, on); };
    if (is_first && left_out != Without::removing)
        types(0min, CmdletId::remove_cc_certification_authority_file);
    enters_at(plan, when + 5min, on);
    if (left_out != Without::reset) types(10min, CmdletId::reset_cc_ca_certificate);
    if (left_out != Without::update) types(25min, CmdletId::update_cc_server_certificate);
    if (left_out != Without::legacy) types(35min, CmdletId::remove_cc_legacy_server_certificate);
    if (is_first && left_out != Without::backup) types(40min, CmdletId::backup_cc_certification_authority);
    exits_at(plan, when + 50min, on);
}

}  // namespace

// --- each cmdlet
// ---------------------------------------------------------------------------------------------------

TEST_CASE("at the start the appliances of a site share one root, and its gateways trust it", "[operations]") {
    look_at(tls_site(3), 1h, [](const topology::Fleet& fleet) {
        CHECK(key_of(fleet, ams_1) == key_of(fleet, ams_2));
        CHECK(fleet.sites()[ams].ca_backup == ca_of(fleet, ams_1).root);
        CHECK(fleet.gateways()[gw_1].roots == std::vector{ca_of(fleet, ams_1).root});
        CHECK(ca_of(fleet, ams_1).legacy.empty());
    });
    look_at(tls_site(1), 1h, [](const topology::Fleet& fleet) { CHECK_FALSE(fleet.sites()[ams].ca_backup); });
}

TEST_CASE("Update-CcServerCertificate issues for the roles that it names, and lays the old ones aside",
          "[operations]") {
    Scenario plan = tls_site(1);
    const bool all = GENERATE(true, false);
    types_at(plan, 1h, CmdletId::update_cc_server_certificate, ams_1,
             all ? Arguments{} : Arguments{{"Roles", std::vector<std::string>{"MS"}}});
    look_at(plan, 1h + 4min, [](const topology::Fleet& fleet) { CHECK(ca_of(fleet, ams_1).legacy.empty()); });
    look_at(plan, 2h, [all](const topology::Fleet& fleet) {
        CHECK(ca_of(fleet, ams_1).legacy.size() == (all ? 3 : 1));
        CHECK(ca_of(fleet, ams_1).legacy.back().role ==
              (all ? Part::cms_certificate : Part::mediation_certificate));
        CHECK(fleet.appliances()[ams_1].ready);
    });
    types_at(plan, 3h, CmdletId::remove_cc_legacy_server_certificate, ams_1,
             {{"Roles", std::vector<std::string>{"MS"}}});
    look_at(plan, 4h,
            [all](const topology::Fleet& fleet) { CHECK(ca_of(fleet, ams_1).legacy.size() == (all ? 2 : 0)); });
    CHECK(said(plan).empty());
}

TEST_CASE("a certificate that would have ended is renewed in time, by both names of the cmdlet",
          "[operations]") {
    const auto [version, server, ca] = GENERATE(table<vocabulary::VersionId, CmdletId, CmdletId>(
        {{vocabulary::VersionId::v1_4_2, CmdletId::renew_cc_server_certificate,
          CmdletId::renew_cc_ca_certificate},
         {vocabulary::VersionId::v2_1, CmdletId::update_cc_server_certificate,
          CmdletId::update_cc_ca_certificate}}));
    const bool renewed = GENERATE(true, false);
    Scenario plan = tls_site(1);
    plan.appliances[ams_1].version = version;
    plan.parameters.certificate_warning = 2h;
    fails_at(plan, 1h, FaultId::server_certs_expiring, ams_1);
    fails_at(plan, 1h, FaultId::ca_expiring, ams_1);
    if (renewed) {
        types_at(plan, 2h, ca, ams_1);
        types_at(plan, 2h + 10min, server, ams_1);
    }
    fails_at(plan, 5h, FaultId::host_crash, ams_1, {.lasts = 1h});
    look_at(plan, 11h, [renewed = renewed](const topology::Fleet& fleet) {
        CHECK(fleet.appliances()[ams_1].mediation_alive == renewed);
        CHECK(fleet.appliances()[ams_1].edge_alive == renewed);
    });
    // Where nobody renews, each end is told when it has come.
    CHECK(lived(plan).events.at("faults_struck") == (renewed ? 3 : 5));
    CHECK(lived(plan).events.at("faults_cleared") == (renewed ? 3 : 1));
    CHECK(said(plan).empty());
}

TEST_CASE("certificates do not outlast the CA that issued them", "[operations]") {
    Scenario plan = tls_site(1);
    plan.parameters.certificate_warning = 4h;
    fails_at(plan, 1h, FaultId::ca_expiring, ams_1);
    types_at(plan, 2h, CmdletId::update_cc_server_certificate, ams_1);
    fails_at(plan, 6h, FaultId::vm_stopped, ams_1, {.lasts = 1min, .machine = Machine::edge});
    types_at(plan, 8h, CmdletId::update_cc_server_certificate, ams_1);
    CHECK(said(plan) == Said{"The certificate of the CA has expired; renew it first."});
    types_at(plan, 9h, CmdletId::update_cc_ca_certificate, ams_1);
    look_at(plan, 10h, [](const topology::Fleet& fleet) { CHECK_FALSE(fleet.appliances()[ams_1].edge_alive); });
    types_at(plan, 10h, CmdletId::update_cc_server_certificate, ams_1);
    look_at(plan, 11h, [](const topology::Fleet& fleet) { CHECK(fleet.appliances()[ams_1].edge_alive); });
}

TEST_CASE("what runs is restarted for its new certificates, and its calls are cut, but none in maintenance",
          "[operations]") {
    const bool in_maintenance = GENERATE(true, false);
    Scenario plan = one_site(2, 500, 100, 4h);
    if (in_maintenance) enters_at(plan, 30min, ams_1);
    types_at(plan, 1h + 30min, CmdletId::update_cc_server_certificate, ams_1);
    if (in_maintenance) exits_at(plan, 2h, ams_1);
    const Replication tally = lived(plan);
    CHECK((losses(tally, {.reason = Reason::stopped_by_operator, .appliance = "ams-1"}) > 10) !=
          in_maintenance);
    CHECK((losses(tally) == 0) == in_maintenance);
    look_at(plan, 3h, [](const topology::Fleet& fleet) { CHECK(fleet.appliances()[ams_1].ready); });
}

TEST_CASE("Reset-CcCACertificate takes the root of the backup where there is one, else a new one",
          "[operations]") {
    const bool removed = GENERATE(true, false);
    Scenario plan = tls_site(2);
    if (removed) types_at(plan, 30min, CmdletId::remove_cc_certification_authority_file, ams_1);
    enters_at(plan, 1h, ams_1);
    types_at(plan, 1h + 10min, CmdletId::reset_cc_ca_certificate, ams_1);
    look_at(plan, 2h, [removed](const topology::Fleet& fleet) {
        CHECK((key_of(fleet, ams_1) != key_of(fleet, ams_2)) == removed);
        CHECK(fleet.sites()[ams].ca_backup.has_value() != removed);
    });
    types_at(plan, 3h, CmdletId::backup_cc_certification_authority, ams_1);
    enters_at(plan, 3h, ams_2);
    types_at(plan, 3h + 10min, CmdletId::reset_cc_ca_certificate, ams_2);
    look_at(plan, 4h, [](const topology::Fleet& fleet) {
        CHECK(fleet.sites()[ams].ca_backup == ca_of(fleet, ams_1).root);
        CHECK(key_of(fleet, ams_1) == key_of(fleet, ams_2));
    });
    CHECK(said(plan).empty());
}

TEST_CASE("after a reset the old certificates are revoked: no link is made before there are new ones",
          "[operations]") {
    Scenario plan = tls_site(1);
    enters_at(plan, 1h, ams_1);
    types_at(plan, 1h + 10min, CmdletId::reset_cc_ca_certificate, ams_1);
    exits_at(plan, 2h, ams_1);
    look_at(plan, 3h, [](const topology::Fleet& fleet) {
        CHECK_FALSE(fleet.appliances()[ams_1].mediation_alive);
        CHECK_FALSE(fleet.appliances()[ams_1].edge_alive);
    });
    types_at(plan, 4h, CmdletId::update_cc_server_certificate, ams_1);
    look_at(plan, 5h, [](const topology::Fleet& fleet) {
        CHECK(fleet.appliances()[ams_1].mediation_alive);
        CHECK(fleet.appliances()[ams_1].edge_alive);
    });
}

TEST_CASE("a gateway that does not know the new root refuses the trunk until the root is installed",
          "[operations]") {
    Scenario plan = tls_site(1);
    replaces_the_ca(plan, 1h, ams_1, false, Without::nothing);
    look_at(plan, 3h, [](const topology::Fleet& fleet) {
        CHECK(fleet.appliances()[ams_1].mediation_alive);
        CHECK(fleet.gateways()[gw_1].refused(ams_1) != nullptr);
        CHECK_FALSE(fleet.appliances()[ams_1].ready);
    });
    types_at(plan, 3h, CmdletId::export_cc_root_certificate, ams_1, to_roots);
    const std::string file =
        GENERATE(as<std::string>{}, R"(C:\Roots)", R"(C:\Roots\CCERootCertificates.p7b)", "");
    Arguments import = for_gw_1;
    if (!file.empty()) import.emplace_back("FilePath", file);
    types_at(plan, 4h, CmdletId::import_certificate, std::nullopt, import);
    look_at(plan, 5h, [](const topology::Fleet& fleet) {
        CHECK(fleet.gateways()[gw_1].refused(ams_1) == nullptr);
        CHECK(fleet.gateways()[GatewayId{1}].refused(ams_1) != nullptr);
        CHECK(fleet.gateways()[gw_1].roots.size() == 2);
        CHECK(fleet.appliances()[ams_1].ready);
    });
    CHECK(said(plan).empty());
}

TEST_CASE("trunks that are up stay up, whatever becomes of their certificates", "[operations]") {
    Scenario plan = tls_site(2);
    types_at(plan, 1h, CmdletId::remove_cc_certification_authority_file, ams_1);
    enters_at(plan, 1h, ams_1);
    types_at(plan, 1h + 10min, CmdletId::reset_cc_ca_certificate, ams_1);
    types_at(plan, 2h, CmdletId::request_certificate, std::nullopt, for_gw_1);  // from the new root
    look_at(plan, 3h, [](const topology::Fleet& fleet) {
        CHECK(fleet.gateways()[gw_1].certificate == ca_of(fleet, ams_1).root);
        CHECK(fleet.gateways()[gw_1].refused(ams_2) == nullptr);
    });
    fails_at(plan, 4h, FaultId::vm_stopped, ams_2, {.lasts = 1min, .machine = Machine::mediation});
    look_at(plan, 5h, [](const topology::Fleet& fleet) {
        CHECK(fleet.gateways()[gw_1].refused(ams_2) != nullptr);  // it does not know that root
        CHECK(fleet.gateways()[GatewayId{1}].refused(ams_2) == nullptr);
    });
    CHECK(said(plan).empty());
}

TEST_CASE("a root that is renewed keeps its key, and the gateway's copy of the old one ends on its day",
          "[operations]") {
    const bool installed = GENERATE(true, false);
    Scenario plan = tls_site(1);
    plan.parameters.certificate_warning = 4h;
    fails_at(plan, 1h, FaultId::ca_expiring, ams_1);
    types_at(plan, 2h, CmdletId::update_cc_ca_certificate, ams_1);
    if (installed) {
        types_at(plan, 3h, CmdletId::export_cc_root_certificate, ams_1, to_roots);
        types_at(plan, 3h + 10min, CmdletId::import_certificate, std::nullopt, for_gw_1);
    }
    fails_at(plan, 4h, FaultId::vm_stopped, ams_1, {.lasts = 1min, .machine = Machine::mediation});
    look_at(plan, 4h + 30min,
            [](const topology::Fleet& fleet) { CHECK(fleet.gateways()[gw_1].refused(ams_1) == nullptr); });
    fails_at(plan, 8h, FaultId::vm_stopped, ams_1, {.lasts = 1min, .machine = Machine::mediation});
    look_at(plan, 9h, [installed](const topology::Fleet& fleet) {
        CHECK((fleet.gateways()[gw_1].refused(ams_1) == nullptr) == installed);
    });
}

TEST_CASE("Set-CcExternalCertificateFilePath notes the file, and applies it where it is told to",
          "[operations]") {
    const bool imports = GENERATE(true, false);
    Arguments arguments{{"Target", "EdgeServer"}, {"Path", R"(C:\Certs\edge.pfx)"}};
    if (imports) arguments.emplace_back("Import", true);
    Scenario plan = tls_site(1);
    fails_at(plan, 1h, FaultId::edge_external_cert_expired, ams_1);
    types_at(plan, 2h, CmdletId::set_cc_external_certificate_file_path, ams_1, arguments);
    fails_at(plan, 4h, FaultId::vm_stopped, ams_1, {.lasts = 1min, .machine = Machine::edge});
    look_at(plan, 6h, [imports](const topology::Fleet& fleet) {
        CHECK(ca_of(fleet, ams_1).edge_file == R"(C:\Certs\edge.pfx)");
        CHECK(fleet.appliances()[ams_1].edge_alive == imports);
    });
    CHECK(said(plan).empty());
}

TEST_CASE("each fault of trust on a trunk ends with the certificate that was missing", "[operations]") {
    struct Case {
        FaultId fault;
        std::vector<std::pair<CmdletId, Arguments>> typed;  // the last one is what mends
    };
    Arguments mediation{{"Target", "MediationServer"}, {"Path", R"(C:\Certs\gw.p7b)"}, {"Import", true}};
    const Case of = GENERATE_COPY(
        Case{FaultId::cce_root_not_on_gateway,
             {{CmdletId::export_cc_root_certificate, to_roots}, {CmdletId::import_certificate, for_gw_1}}},
        Case{FaultId::gateway_root_not_on_ms, {{CmdletId::set_cc_external_certificate_file_path, mediation}}},
        Case{FaultId::gateway_cert_bad_name, {{CmdletId::request_certificate, for_gw_1}}});
    Scenario plan = tls_site(1);
    fails_at(plan, 1h, of.fault, gw_1);
    fails_at(plan, 2h, FaultId::vm_stopped, ams_1, {.lasts = 1min, .machine = Machine::mediation});
    for (std::size_t i = 0; i < of.typed.size(); ++i) {
        const auto& [cmdlet, arguments] = of.typed[i];
        const bool at_a_host = vocabulary::cmdlet(cmdlet).at == vocabulary::Console::host;
        types_at(plan, 4h + 30min * static_cast<int>(i), cmdlet,
                 at_a_host ? std::optional{ams_1} : std::nullopt, arguments);
    }
    look_at(plan, 4h,
            [](const topology::Fleet& fleet) { CHECK(fleet.gateways()[gw_1].refused(ams_1) != nullptr); });
    look_at(plan, 6h,
            [](const topology::Fleet& fleet) { CHECK(fleet.gateways()[gw_1].refused(ams_1) == nullptr); });
    CHECK(lived(plan).events.at("faults_cleared") == 2);
    CHECK(said(plan).empty());
}

TEST_CASE("a gateway's root that two Mediations lack is missed by the second when the first has it",
          "[operations]") {
    Scenario plan = tls_site(2);
    fails_at(plan, 1h, FaultId::gateway_root_not_on_ms, gw_1);
    fails_at(plan, 2h, FaultId::gateway_down, gw_1, {.lasts = 1min});
    types_at(plan, 3h, CmdletId::set_cc_external_certificate_file_path, ams_1,
             {{"Target", "MediationServer"}, {"Path", "gw.p7b"}, {"Import", true}});
    look_at(plan, 4h, [](const topology::Fleet& fleet) {
        CHECK(fleet.gateways()[gw_1].refused(ams_1) == nullptr);
        CHECK(fleet.gateways()[gw_1].refused(ams_2) != nullptr);
    });
    CHECK(lived(plan).events.at("faults_cleared") == 1);
}

// --- what they refuse
// ---------------------------------------------------------------------------------------------------

TEST_CASE("the cmdlets of certificates refuse in words that an operator knows", "[operations]") {
    struct Case {
        CmdletId cmdlet;
        FaultId fault;
        std::optional<Machine> machine;
        std::string says;
    };
    constexpr const char* share = "The network path was not found: the Site Directory does not open.";
    constexpr const char* denied =
        "Access to the Site Directory is denied: the password of CceService is not that of the site.";
    constexpr const char* password =
        "The specified network password is not correct: the password of CABackupFile is not that of the site. "
        "Register-CcAppliance -Local";
    constexpr const char* no_ca = "The RPC server is unavailable: the CA on the AD machine does not answer.";
    const Case of = GENERATE_COPY(
        Case{CmdletId::update_cc_server_certificate,
             FaultId::host_vm_link_lost,
             {},
             "the host cannot reach its virtual machines"},
        Case{CmdletId::update_cc_server_certificate, FaultId::ad_services_down, {}, no_ca},
        Case{CmdletId::update_cc_server_certificate, FaultId::vm_stopped, Machine::edge,
             "The edge machine is not running."},
        Case{CmdletId::remove_cc_legacy_server_certificate, FaultId::vm_stopped, Machine::mediation,
             "The mediation machine is not running."},
        Case{CmdletId::update_cc_ca_certificate, FaultId::vm_stopped, Machine::ad, no_ca},
        Case{CmdletId::reset_cc_ca_certificate, FaultId::cabackup_password_mismatch, {}, password},
        Case{CmdletId::reset_cc_ca_certificate, FaultId::cceservice_password_mismatch, {}, denied},
        Case{CmdletId::backup_cc_certification_authority, FaultId::site_share_unreachable, {}, share},
        Case{CmdletId::backup_cc_certification_authority, FaultId::cabackup_password_mismatch, {}, password},
        Case{CmdletId::remove_cc_certification_authority_file, FaultId::site_share_unreachable, {}, share},
        Case{CmdletId::export_cc_root_certificate, FaultId::dc_down_latent, {}, no_ca});
    Scenario plan = tls_site(2);
    enters_at(plan, 10min, ams_1);
    const bool of_site = of.fault == FaultId::site_share_unreachable;
    fails_at(plan, 1h, of.fault, of_site ? vocabulary::FaultPlace{ams} : vocabulary::FaultPlace{ams_1},
             {.machine = of.machine});
    types_at(plan, 1h, of.cmdlet, ams_1,
             of.cmdlet == CmdletId::export_cc_root_certificate ? to_roots : Arguments{});
    CHECK(said(plan) == Said{of.says});
}

TEST_CASE("without maintenance no reset, without a backup nothing to remove, without an export no import",
          "[operations]") {
    Scenario plan = tls_site(1);
    SECTION("a reset") {
        types_at(plan, 1h, CmdletId::reset_cc_ca_certificate, ams_1);
        CHECK(said(plan) == Said{"The appliance is not in maintenance mode. Run Enter-CcUpdate first."});
    }
    SECTION("a backup") {
        types_at(plan, 1h, CmdletId::remove_cc_certification_authority_file, ams_1);
        CHECK(
            said(plan) ==
            Said{R"(Cannot find path "CA\SfB CCE Root.p12" in the Site Directory because it does not exist.)"});
    }
    SECTION("an export") {
        types_at(plan, 1h, CmdletId::import_certificate, std::nullopt, for_gw_1);
        types_at(plan, 1h, CmdletId::import_certificate, std::nullopt,
                 {{"Gateway", "ams-gw-1"}, {"FilePath", R"(D:\Else)"}});
        CHECK(said(plan) == Said{"Cannot find path \"CCERootCertificates.p7b\" because it does not exist. "
                                 "Export-CcRootCertificate writes it.",
                                 "Cannot find path \"D:\\Else\" because it does not exist. "
                                 "Export-CcRootCertificate writes it."});
    }
    SECTION("a gateway") {
        types_at(plan, 1h, CmdletId::request_certificate, std::nullopt, {{"Gateway", "ams-gw-9"}});
        types_at(plan, 1h, CmdletId::request_certificate, std::nullopt, {{"SubjectName", "sts.example.com"}});
        CHECK(said(plan) ==
              Said{"there is no gateway \"ams-gw-9\"", "only the certificates of gateways are simulated"});
    }
    SECTION("a gateway that asks for none") {
        plan.gateways[gw_1].protocol = Protocol::tcp;
        types_at(plan, 1h, CmdletId::request_certificate, std::nullopt, for_gw_1);
        CHECK(said(plan) == Said{"the gateway uses TCP, and asks for no certificate"});
    }
    SECTION("a CA that answers") {
        fails_at(plan, 30min, FaultId::host_crash, ams_1);
        types_at(plan, 1h, CmdletId::request_certificate, std::nullopt, for_gw_1);
        CHECK(said(plan) == Said{"no CA of the gateway's site answers"});
    }
}

TEST_CASE("an import of an external certificate needs its machine", "[operations]") {
    Scenario plan = tls_site(1);
    fails_at(plan, 1h, FaultId::vm_stopped, ams_1, {.lasts = 5h, .machine = Machine::edge});
    types_at(plan, 2h, CmdletId::set_cc_external_certificate_file_path, ams_1,
             {{"Target", "EdgeServer"}, {"Path", "edge.pfx"}, {"Import", true}});
    CHECK(said(plan) == Said{"The edge machine is not running."});
}

// --- what is left when their place is lost
// ---------------------------------------------------------------------------------------------------

TEST_CASE("a cmdlet of certificates that loses its host changes nothing", "[operations]") {
    const CmdletId cmdlet =
        GENERATE(CmdletId::update_cc_server_certificate, CmdletId::update_cc_ca_certificate,
                 CmdletId::reset_cc_ca_certificate, CmdletId::remove_cc_legacy_server_certificate,
                 CmdletId::backup_cc_certification_authority, CmdletId::remove_cc_certification_authority_file,
                 CmdletId::export_cc_root_certificate, CmdletId::set_cc_external_certificate_file_path);
    Scenario plan = tls_site(2);
    enters_at(plan, 10min, ams_2);
    Arguments arguments;
    if (cmdlet == CmdletId::export_cc_root_certificate) arguments = to_roots;
    if (cmdlet == CmdletId::set_cc_external_certificate_file_path)
        arguments = {{"Target", "EdgeServer"}, {"Path", "edge.pfx"}};
    types_at(plan, 1h, cmdlet, ams_2, arguments);
    fails_at(plan, 1h + 30s, FaultId::host_crash, ams_2, {.lasts = 1h});
    CHECK(said(plan) == Said{"the connection to the host was lost"});
    look_at(plan, 6h, [](const topology::Fleet& fleet) {
        const topology::Authority& mine = ca_of(fleet, ams_2);
        CHECK(mine.root == ca_of(fleet, ams_1).root);
        CHECK(mine.legacy.empty());
        CHECK(mine.edge_file.empty());
        CHECK(fleet.sites()[ams].ca_backup == mine.root);
        CHECK_FALSE(fleet.exported(ams, ""));
    });
}

TEST_CASE("work at a gateway that dies meanwhile is not done", "[operations]") {
    const CmdletId cmdlet = GENERATE(CmdletId::import_certificate, CmdletId::request_certificate);
    Scenario plan = tls_site(1);
    types_at(plan, 30min, CmdletId::export_cc_root_certificate, ams_1, to_roots);
    types_at(plan, 1h, cmdlet, std::nullopt, for_gw_1);
    fails_at(plan, 1h + 5min, FaultId::gateway_down, gw_1, {.lasts = 1h});
    CHECK(said(plan) == Said{"the gateway does not answer"});
    look_at(plan, 6h, [](const topology::Fleet& fleet) { CHECK_FALSE(fleet.gateways()[gw_1].certificate); });
}

// --- faults that the work ends
// ---------------------------------------------------------------------------------------------------

TEST_CASE("a leak is over when no leaked certificate is left, neither in use nor laid aside", "[operations]") {
    Scenario plan = tls_site(2);
    fails_at(plan, 1h, FaultId::server_certs_leaked, ams_1);
    CHECK(lived(plan).sites[0].exposed == 11h);
    types_at(plan, 2h, CmdletId::update_cc_server_certificate, ams_1);
    CHECK(lived(plan).sites[0].exposed == 11h);
    types_at(plan, 3h, CmdletId::remove_cc_legacy_server_certificate, ams_1);
    const Replication tally = lived(plan);
    CHECK(tally.sites[0].exposed == 2h + 1min);
    CHECK(tally.events.at("faults_cleared") == 1);
}

TEST_CASE("a leak that was a false alarm exposes nothing from then on", "[operations]") {
    Scenario plan = tls_site(2);
    const FaultId fault = GENERATE(FaultId::server_certs_leaked, FaultId::ca_compromised);
    fails_at(plan, 1h, fault, ams_1, {.lasts = 2h});
    const Replication tally = lived(plan);
    CHECK(tally.sites[0].exposed == (fault == FaultId::ca_compromised ? 4h : 2h));
    CHECK(tally.events.at("faults_cleared") == 1);
}

TEST_CASE("a compromised CA is over when the last appliance has left it, and with no needed step left out",
          "[operations]") {
    const Without left_out = GENERATE(Without::nothing, Without::removing, Without::backup, Without::reset,
                                      Without::update, Without::legacy);
    Scenario plan = tls_site(2);
    fails_at(plan, 1h, FaultId::ca_compromised, ams_2);
    replaces_the_ca(plan, 2h, ams_1, true, left_out);
    replaces_the_ca(plan, 4h, ams_2, false, left_out);
    const Replication tally = lived(plan);
    INFO(static_cast<int>(left_out));
    // Without the backup both are safe, and strangers to each other: see below.
    const bool over = left_out == Without::nothing || left_out == Without::backup;
    CHECK(tally.events.at("faults_cleared") == (over ? 1 : 0));
    CHECK(tally.sites[0].exposed == (over ? 1h + 36min + 3h + 36min : 22h));
    look_at(plan, 6h, [left_out](const topology::Fleet& fleet) {
        CHECK((key_of(fleet, ams_1) != key_of(fleet, ams_2)) == (left_out == Without::backup));
    });
}

TEST_CASE("the order counts: a backup made before the reset brings the bad CA to the others", "[operations]") {
    Scenario plan = tls_site(2);
    fails_at(plan, 1h, FaultId::ca_compromised, ams_1);
    types_at(plan, 2h, CmdletId::remove_cc_certification_authority_file, ams_1);
    types_at(plan, 2h + 5min, CmdletId::backup_cc_certification_authority, ams_1);
    replaces_the_ca(plan, 3h, ams_1, false, Without::nothing);
    replaces_the_ca(plan, 4h, ams_2, false, Without::nothing);
    const Replication tally = lived(plan);
    CHECK(tally.events.at("faults_cleared") == 0);
    CHECK(tally.sites[0].exposed == 22h);
}

TEST_CASE("a key that is in wrong hands already cannot be lost again", "[operations]") {
    Scenario plan = tls_site(2);
    fails_at(plan, 1h, FaultId::ca_compromised, ams_1);
    fails_at(plan, 2h, FaultId::ca_compromised, ams_2);  // the same root
    CHECK(chronicle(plan).times(record::fault_had_no_effect) == std::vector{start_of_run + 2h});
}
