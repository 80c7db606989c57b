// Certificates: those of the servers, the CA they come from, its backup in the Site Directory, and what the
// gateways must know of it.
//
// Reset-CcCACertificate takes the root of the backup wherever there is one: on the first appliance of a site
// too, where the backup of a CA in wrong hands was not removed.

#include "sim/operations/verb_rows.hpp"

#include <algorithm>
#include <array>

namespace sim::operations {

namespace {

using topology::Gateway;
using topology::RootId;
using vocabulary::GatewayId;
using vocabulary::Machine;
using vocabulary::Part;
using vocabulary::Parts;
using vocabulary::Reason;

using Refuses = std::string (*)(const Estate&, const Command&);
using Acts = void (*)(Estate&, const Command&, Answer&);

constexpr const char* no_logon = "Logon failure: unknown user name or bad password.";

// What was right at the beginning may be wrong at the end.
template <Refuses refuses, Acts acts>
std::string unless_refused(Estate& estate, const Command& command, Answer& answer) {
    if (std::string why = refuses(estate, command); !why.empty()) return why;
    acts(estate, command, answer);
    return "";
}

std::optional<Duration> reset_takes(const Estate& estate, const Command&) {
    return estate.times.certificates.reset;
}
std::optional<Duration> renewal_takes(const Estate& estate, const Command&) {
    return estate.times.certificates.renewal;
}
std::optional<Duration> files_take(const Estate& estate, const Command&) {
    return estate.times.certificates.files;
}
std::optional<Duration> gateway_takes(const Estate& estate, const Command&) {
    return estate.times.certificates.gateway;
}

kernel::Instant from_now(const Estate& estate, Duration lasts) {
    return estate.simulation.now() + lasts;
}

// --- the servers' certificates and the CA

// The CA runs on the AD machine.
std::string refuses_ca(const Estate& estate, const Command& command) {
    if (estate.fleet.is_blind(*command.on)) return machines_unreachable;
    const topology::Appliance& host = appliance(estate, command);
    if (!host.good(Parts{Part::ad, Part::ad_services}))
        return "The RPC server is unavailable: the CA on the AD machine does not answer.";
    if (!host.good(Part::domain_credential))
        return std::string{no_logon} + " Set-CcCredential -AccountType DomainAdmin";
    return "";
}

// The machines of the roles that are named, or of all.
std::vector<Machine> machines_of(const Command& command) {
    const auto* named = given<std::vector<std::string>>(command, "Roles");
    if (named == nullptr || named->empty()) return {Machine::cms, Machine::mediation, Machine::edge};
    std::vector<Machine> machines;
    for (const std::string& role : *named)
        machines.push_back(role == "Cms" ? Machine::cms : role == "MS" ? Machine::mediation : Machine::edge);
    return machines;
}

Parts certificates_of(const std::vector<Machine>& machines) {
    Parts certificates;
    for (const Machine machine : machines)
        for (const Part one : vocabulary::certificates_of(machine) & vocabulary::server_certificates)
            certificates.set(one, true);
    return certificates;
}

// The Edge stands outside the domain.
std::string refuses_machine(const topology::Appliance& host, Machine machine) {
    if (!host.on(machine)) return "The " + std::string{vocabulary::text(machine)} + " machine is not running.";
    if (machine == Machine::edge && !host.good(Part::vm_credential))
        return std::string{no_logon} + " Set-CcCredential -AccountType VmAdmin";
    return "";
}

std::string refuses_roles(const Estate& estate, const Command& command) {
    if (std::string why = refuses_ca(estate, command); !why.empty()) return why;
    for (const Machine machine : machines_of(command))
        if (std::string why = refuses_machine(appliance(estate, command), machine); !why.empty()) return why;
    return "";
}

std::string refuses_update(const Estate& estate, const Command& command) {
    if (std::string why = refuses_roles(estate, command); !why.empty()) return why;
    const topology::Root& root = estate.fleet.root(appliance(estate, command).authority.root);
    return root.until <= estate.simulation.now() ? "The certificate of the CA has expired; renew it first."
                                                 : "";
}

void restart(Estate& estate, const Command& command, const std::vector<Machine>& machines) {
    Parts parts;
    for (const Machine machine : machines) parts.set(vocabulary::part_of(machine), true);
    estate.fleet.restart_services(*command.on, parts, estate.times.service_stop + estate.times.service_start,
                                  Reason::stopped_by_operator);
}

// Services take their certificates when they start: what runs is restarted, and calls on it are cut.
void update(Estate& estate, const Command& command, Answer&) {
    const std::vector<Machine> machines = machines_of(command);
    estate.fleet.issue(*command.on, certificates_of(machines),
                       from_now(estate, estate.times.certificates.servers_last));
    restart(estate, command, machines);
}

void remove_legacy(Estate& estate, const Command& command, Answer&) {
    estate.fleet.remove_legacy(*command.on, certificates_of(machines_of(command)));
}

void update_ca(Estate& estate, const Command& command, Answer&) {
    estate.fleet.renew_ca(*command.on, from_now(estate, estate.times.certificates.ca_lasts));
}

// --- the backup in the Site Directory

std::string refuses_share(const Estate& estate, const Command& command) {
    const topology::Appliance& host = appliance(estate, command);
    if (!estate.fleet.has_directory(host.site))
        return "The network path was not found: the Site Directory does not open.";
    if (!host.good(Part::service_credential))
        return "Access to the Site Directory is denied: the password of CceService is not that of the site.";
    return "";
}

std::string refuses_password(const Estate& estate, const Command& command) {
    return appliance(estate, command).good(Part::ca_backup_credential)
               ? ""
               : "The specified network password is not correct: the password of CABackupFile is not that of "
                 "the site. Register-CcAppliance -Local";
}

bool has_backup(const Estate& estate, const Command& command) {
    return estate.fleet.sites()[appliance(estate, command).site].ca_backup.has_value();
}

std::string refuses_backup(const Estate& estate, const Command& command) {
    for (const Refuses refuses : {refuses_ca, refuses_share, refuses_password})
        if (std::string why = refuses(estate, command); !why.empty()) return why;
    return "";
}

void back_up(Estate& estate, const Command& command, Answer&) {
    estate.fleet.backup_ca(*command.on);
}

std::string refuses_removal(const Estate& estate, const Command& command) {
    if (std::string why = refuses_share(estate, command); !why.empty()) return why;
    return has_backup(estate, command)
               ? ""
               : R"(Cannot find path "CA\SfB CCE Root.p12" in the Site Directory because it does not exist.)";
}

void remove_backup(Estate& estate, const Command& command, Answer&) {
    estate.fleet.remove_ca_backup(appliance(estate, command).site);
}

std::string refuses_reset(const Estate& estate, const Command& command) {
    if (std::string why = refuses_ca(estate, command); !why.empty()) return why;
    if (!appliance(estate, command).in_maintenance)
        return "The appliance is not in maintenance mode. Run Enter-CcUpdate first.";
    if (std::string why = refuses_share(estate, command); !why.empty()) return why;
    return has_backup(estate, command) ? refuses_password(estate, command) : "";
}

void reset(Estate& estate, const Command& command, Answer&) {
    estate.fleet.reset_ca(*command.on, from_now(estate, estate.times.certificates.ca_lasts));
}

// --- gateways

void export_root(Estate& estate, const Command& command, Answer& answer) {
    const std::string& folder = *given<std::string>(command, "Path");
    estate.fleet.export_root(*command.on, folder);
    answer.push_back({{"Path", folder + R"(\CCERootCertificates.p7b)"}});
}

std::optional<GatewayId> gateway_of(const Estate& estate, const Command& command) {
    const auto* name = given<std::string>(command, "Gateway");
    if (name == nullptr) return std::nullopt;
    const auto& names = estate.names.gateways;
    const auto found = std::find(names.begin(), names.end(), *name);
    if (found == names.end()) return std::nullopt;
    return static_cast<GatewayId>(found - names.begin());
}

// The folder that it was exported to, or the file in it; "": any of the gateway's site.
std::string folder_of(const Command& command) {
    const auto* path = given<std::string>(command, "FilePath");
    if (path == nullptr) return "";
    const std::size_t end = path->find_last_of('\\');
    const bool is_file = end != std::string::npos && path->ends_with(".p7b");
    return is_file ? path->substr(0, end) : *path;
}

std::string refuses_gateway(const Estate& estate, const Command& command) {
    const auto* name = given<std::string>(command, "Gateway");
    if (name == nullptr) return "only the certificates of gateways are simulated";
    const std::optional<GatewayId> id = gateway_of(estate, command);
    if (!id) return "there is no gateway \"" + *name + "\"";
    const Gateway& gateway = estate.fleet.gateways()[*id];
    if (!gateway.alive) return "the gateway does not answer";
    return gateway.tls ? "" : "the gateway uses TCP, and asks for no certificate";
}

std::optional<RootId> file_of(const Estate& estate, const Command& command) {
    const Gateway& gateway = estate.fleet.gateways()[*gateway_of(estate, command)];
    return estate.fleet.exported(gateway.site, folder_of(command));
}

// Into the store of a machine: what a chain that is not trusted there waits for. Which roots a machine trusts
// is not kept; whoever clears faults hears of it.
bool is_for_machine(const Command& command) {
    return command.on && given<std::string>(command, "Gateway") == nullptr;
}

std::string refuses_import(const Estate& estate, const Command& command) {
    if (is_for_machine(command)) {
        const auto machine = vocabulary::machine_of(command);
        return machine ? refuses_machine(appliance(estate, command), *machine) : "";
    }
    if (std::string why = refuses_gateway(estate, command); !why.empty()) return why;
    if (file_of(estate, command)) return "";
    const std::string folder = folder_of(command);
    return "Cannot find path \"" + (folder.empty() ? "CCERootCertificates.p7b" : folder) +
           "\" because it does not exist. Export-CcRootCertificate writes it.";
}

void import_root(Estate& estate, const Command& command, Answer&) {
    if (is_for_machine(command)) return;
    estate.fleet.trust(*gateway_of(estate, command), *file_of(estate, command));
}

// Of the first appliance of the gateway's site whose CA answers.
std::optional<RootId> ca_near(const Estate& estate, GatewayId gateway) {
    const topology::Fleet& fleet = estate.fleet;
    for (const ApplianceId id : fleet.sites()[fleet.gateways()[gateway].site].appliances)
        if (fleet.appliances()[id].good(Parts{Part::host, Part::ad, Part::ad_services}))
            return fleet.appliances()[id].authority.root;
    return std::nullopt;
}

std::string refuses_request(const Estate& estate, const Command& command) {
    if (std::string why = refuses_gateway(estate, command); !why.empty()) return why;
    return ca_near(estate, *gateway_of(estate, command)) ? "" : "no CA of the gateway's site answers";
}

void request(Estate& estate, const Command& command, Answer&) {
    const GatewayId gateway = *gateway_of(estate, command);
    estate.fleet.certify(gateway, *ca_near(estate, gateway));
}

// --- external certificates

// Before 1.4.2 there was only that of the Edge.
Machine target_of(const Command& command) {
    const auto* target = given<std::string>(command, "Target");
    return target != nullptr && *target == "MediationServer" ? Machine::mediation : Machine::edge;
}

// The import needs the machine; the copy, for the next installation, only the host.
std::string refuses_import_now(const Estate& estate, const Command& command) {
    if (estate.fleet.is_blind(*command.on)) return machines_unreachable;
    const topology::Appliance& host = appliance(estate, command);
    const Machine machine = target_of(command);
    const Part password = machine == Machine::edge ? Part::vm_credential : Part::domain_credential;
    if (!host.good(password))
        return "The specified network password is not correct. Register-CcAppliance -Local";
    return refuses_machine(host, machine);
}

std::string refuses_external(const Estate& estate, const Command& command) {
    return vocabulary::has_flag(command, "Import") ? refuses_import_now(estate, command) : "";
}

std::optional<Duration> external_takes(const Estate& estate, const Command& command) {
    const CertificateTimes& times = estate.times.certificates;
    return vocabulary::has_flag(command, "Import") ? times.renewal : times.files;
}

void import_external(Estate& estate, const Command& command) {
    if (target_of(command) == Machine::edge) {
        estate.fleet.renew(*command.on, Parts{Part::edge_certificate},
                           from_now(estate, estate.times.certificates.external_lasts));
        restart(estate, command, {Machine::edge});
    } else {
        estate.fleet.trust_gateways(*command.on);
    }
}

void set_external(Estate& estate, const Command& command, Answer&) {
    const bool of_edge = target_of(command) == Machine::edge;
    estate.fleet.set_external_file(*command.on, of_edge ? Part::edge_certificate : Part::mediation_certificate,
                                   *given<std::string>(command, "Path"));
    if (vocabulary::has_flag(command, "Import")) import_external(estate, command);
}

// Of 1.3.8, which knows no other certificate than that of the Edge.
void import_at_once(Estate& estate, const Command& command, Answer&) {
    estate.fleet.set_external_file(*command.on, Part::edge_certificate,
                                   *given<std::string>(command, "Certificate"));
    import_external(estate, command);
}

using Takes = std::optional<Duration> (*)(const Estate&, const Command&);

template <Refuses refuses, Takes takes, Acts acts>
constexpr Verb row(CmdletId id) {
    return {id, refuses, nullptr, takes, unless_refused<refuses, acts>};
}

constexpr std::array rows{
    row<refuses_update, renewal_takes, update>(CmdletId::update_cc_server_certificate),
    row<refuses_update, renewal_takes, update>(CmdletId::renew_cc_server_certificate),
    row<refuses_ca, renewal_takes, update_ca>(CmdletId::update_cc_ca_certificate),
    row<refuses_ca, renewal_takes, update_ca>(CmdletId::renew_cc_ca_certificate),
    row<refuses_reset, reset_takes, reset>(CmdletId::reset_cc_ca_certificate),
    row<refuses_roles, files_take, remove_legacy>(CmdletId::remove_cc_legacy_server_certificate),
    row<refuses_backup, files_take, back_up>(CmdletId::backup_cc_certification_authority),
    row<refuses_removal, files_take, remove_backup>(CmdletId::remove_cc_certification_authority_file),
    row<refuses_ca, files_take, export_root>(CmdletId::export_cc_root_certificate),
    row<refuses_external, external_takes, set_external>(CmdletId::set_cc_external_certificate_file_path),
    row<refuses_import_now, renewal_takes, import_at_once>(CmdletId::import_cc_certificate),
    row<refuses_import, gateway_takes, import_root>(CmdletId::import_certificate),
    row<refuses_request, gateway_takes, request>(CmdletId::request_certificate),
};

}  // namespace

std::span<const Verb> certificate_verbs() {
    return rows;
}

}  // namespace sim::operations
