// What shows the state of Windows, of Hyper-V and of the network, as far as the model knows it.

#include "sim/operations/services.hpp"
#include "sim/operations/verb_rows.hpp"
#include "sim/vocabulary/letters.hpp"

#include <algorithm>
#include <array>

namespace sim::operations {

using topology::Part;
using topology::Parts;
using topology::Power;
using topology::SitePart;
using vocabulary::Machine;
using vocabulary::SiteId;
using Manner = Verb::Manner;

namespace {

std::string text(std::string_view text) {
    return std::string{text};
}

// --- services

bool is_seen(const Estate& estate, const Command& command, const ServiceName& service) {
    const topology::Appliance& one = appliance(estate, command);
    return !service.machine || (one.on(*service.machine) && !estate.fleet.is_blind(*command.on));
}

bool is_asked_for(const Command& command, const ServiceName& service, bool of_the_product) {
    const auto* name = given<std::string>(command, "Name");
    if (name != nullptr && !vocabulary::same_word(*name, service.name)) return false;
    const std::optional<Machine> machine = inside(command);
    if (!of_the_product) return machine == service.machine;
    return service.machine && (!machine || machine == service.machine) && service.part != Part::ad_services;
}

std::string show_services(Estate& estate, const Command& command, Answer& answer, bool of_the_product) {
    if (command.on)
        for (const ServiceName& service : service_names()) {
            if (!is_asked_for(command, service, of_the_product) || !is_seen(estate, command, service)) continue;
            const bool runs = appliance(estate, command).good(service.part);
            Object object{{"Name", text(service.name)}, {"Status", text(runs ? "Running" : "Stopped")}};
            if (service.machine) object.emplace_back("ComputerName", text(vocabulary::text(*service.machine)));
            answer.push_back(std::move(object));
        }
    const auto* name = given<std::string>(command, "Name");
    if (answer.empty() && name != nullptr) return no_service(*name);
    return "";
}

std::string get_service(Estate& estate, const Command& command, Answer& answer) {
    return show_services(estate, command, answer, false);
}

std::string get_cs_windows_service(Estate& estate, const Command& command, Answer& answer) {
    return show_services(estate, command, answer, true);
}

std::string get_win_event(Estate& estate, const Command& command, Answer& answer) {
    if (!command.on) return "";
    const auto* wanted = given<std::int64_t>(command, "Id");
    const std::optional<Machine> machine = inside(command);
    for (const ServiceName& service : service_names()) {
        if (service.started == 0 || (machine && service.machine != machine)) continue;
        if (!is_seen(estate, command, service)) continue;
        const bool runs = appliance(estate, command).good(service.part);
        const std::int64_t id = runs ? service.started : service.stopped;
        if (wanted == nullptr || *wanted == id)
            answer.push_back({{"Id", id}, {"ProviderName", text(service.name)}});
    }
    return "";
}

// --- machines

std::string state_of(const Estate& estate, const Command& command, Machine machine) {
    const topology::Appliance& one = appliance(estate, command);
    const Power power = one.machine[static_cast<std::size_t>(machine)];
    if (power != Power::off) return power == Power::on ? "Running" : "Starting";
    const bool saved = std::any_of(one.holds.begin(), one.holds.end(), [machine](const topology::Hold& hold) {
        return hold.part == vocabulary::part_of(machine) && hold.id == vocabulary::FaultId::vm_saved;
    });
    return saved ? "Saved" : "Off";
}

std::string get_vm(Estate& estate, const Command& command, Answer& answer) {
    const topology::Deployment& state = appliance(estate, command).deployment;
    const auto wanted = vocabulary::machine_of(command);
    for (const Machine machine : vocabulary::machines) {
        if (!state.installed || state.deleted.has(vocabulary::part_of(machine))) continue;
        if (wanted && wanted != machine) continue;
        answer.push_back(
            {{"Name", text(vocabulary::text(machine))}, {"State", state_of(estate, command, machine)}});
    }
    return "";
}

std::string get_cs_service(Estate& estate, const Command& command, Answer& answer) {
    const topology::Appliance& one = appliance(estate, command);
    Object object{{"Identity", "MediationServer:" + estate.names.mediations[vocabulary::index(*command.on)]}};
    if (one.deployment.audio_port_start)
        object.emplace_back("AudioPortStart", std::int64_t{*one.deployment.audio_port_start});
    const std::uint64_t ports =
        std::min<std::uint64_t>(std::uint64_t{one.media_ports_for} * vocabulary::media_ports_per_call, 65'536);
    object.emplace_back(
        "AudioPortCount",
        static_cast<std::int64_t>(one.deployment.audio_port_count.value_or(static_cast<unsigned>(ports))));
    answer.push_back(std::move(object));
    return "";
}

std::string get_ad_domain(Estate& estate, const Command& command, Answer& answer) {
    if (!appliance(estate, command).good(Parts{Part::ad, Part::ad_services, Part::ad_corpnet}))
        return "unable to find a default server with Active Directory Web Services running";
    answer.push_back({{"Name", text("AD")}});
    return "";
}

std::string get_rules(Estate& estate, const Command& command, Answer& answer) {
    if (!command.on) return "";
    const auto* name = given<std::string>(command, "DisplayName");
    const std::optional<Machine> machine = inside(command);
    for (const auto& [rule, part, where] :
         {std::tuple{"CS RTCSRV", Part::edge_rule, Machine::edge},
          std::tuple{"CS RTCMEDSRV", Part::mediation_rule, Machine::mediation}}) {
        if ((name != nullptr && *name != rule) || (machine && *machine != where)) continue;
        answer.push_back({{"DisplayName", text(rule)}, {"Enabled", appliance(estate, command).good(part)}});
    }
    return "";
}

std::string get_addresses(Estate& estate, const Command& command, Answer& answer) {
    if (!command.on) return "";
    const topology::Appliance& one = appliance(estate, command);
    const auto machine = inside(command);
    if (!machine) {
        answer.push_back({{"InterfaceAlias", text("Corpnet")}, {"Connected", true}});
        return "";
    }
    answer.push_back(
        {{"InterfaceAlias", text("Corpnet")}, {"Connected", one.good(vocabulary::corpnet_card(*machine))}});
    if (*machine == Machine::edge)
        answer.push_back({{"InterfaceAlias", text("Internet")}, {"Connected", one.good(Part::edge_internet)}});
    return "";
}

// PLAN: machines of the domain ask their directory, the Edge asks outside.
std::string get_dns_servers(Estate&, const Command& command, Answer& answer) {
    const auto machine = inside(command);
    const bool inside_the_domain = machine && *machine != Machine::edge;
    answer.push_back({{"ServerAddresses", text(inside_the_domain ? "AD" : "Internet")}});
    return "";
}

// --- names and ways

std::optional<SiteId> site_with_edge(const Estate& estate, const std::string& name) {
    for (std::size_t site = 0; site < estate.names.edges.size(); ++site)
        if (!estate.names.edges[site].empty() && vocabulary::same_word(estate.names.edges[site], name))
            return static_cast<SiteId>(site);
    return std::nullopt;
}

constexpr const char* no_name = "DNS name does not exist";

// The service records that Edges look up (S3).
std::string resolve_service(const Estate& estate, const Command& command, const std::string& name,
                            Answer& answer) {
    const bool is_known = name.starts_with("_sip._tls.") || name.starts_with("_sipfederationtls._tcp.");
    const bool is_missing =
        command.on && estate.fleet.sites()[appliance(estate, command).site].held(SitePart::services) != nullptr;
    if (!is_known || is_missing) return no_name;
    answer.push_back({{"Name", name}, {"Type", text("SRV")}});
    return "";
}

std::string resolve(Estate& estate, const Command& command, Answer& answer) {
    const std::string name = *given<std::string>(command, "Name");
    if (command.on && !is_online(estate, *command.on)) return "DNS server did not answer";
    if (name.starts_with("_")) return resolve_service(estate, command, name, answer);
    const auto site = site_with_edge(estate, name);
    if (!site || estate.fleet.sites()[*site].held(SitePart::address) != nullptr) return no_name;
    for (const ApplianceId id : estate.fleet.sites()[*site].appliances)
        if (estate.fleet.appliances()[id].good(Part::address_record))
            answer.push_back(
                {{"Name", name}, {"Type", text("A")}, {"IPAddress", name_of(estate, id) + " Edge"}});
    return answer.empty() ? no_name : "";
}

template <class Ids>
std::optional<std::size_t> place_of(const Ids& names, const std::string& name) {
    const auto found = std::find_if(names.begin(), names.end(),
                                    [&](const std::string& one) { return vocabulary::same_word(one, name); });
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
}

// An appliance's host, one of its machines, a gateway; all else is somewhere outside.
bool reaches(const Estate& estate, const Command& command, const std::string& name, std::int64_t port) {
    if (const auto host = place_of(estate.names.appliances, name))
        return estate.fleet.appliances()[static_cast<ApplianceId>(*host)].host == Power::on;
    if (const auto gateway = place_of(estate.names.gateways, name))
        return estate.fleet.gateways()[static_cast<vocabulary::GatewayId>(*gateway)].alive;
    if (!command.on) return true;
    const topology::Appliance& one = appliance(estate, command);
    for (const Machine machine : vocabulary::machines)
        if (vocabulary::same_word(name, vocabulary::text(machine)))
            return one.on(machine) && one.good(vocabulary::corpnet_card(machine)) &&
                   !estate.fleet.is_blind(*command.on);
    constexpr std::int64_t sip_tls = 5061;
    return is_online(estate, *command.on) &&
           (port != sip_tls || estate.fleet.sites()[one.site].held(SitePart::sip_port) == nullptr);
}

std::string test_connection(Estate& estate, const Command& command, Answer& answer) {
    const std::string& name = *given<std::string>(command, "ComputerName");
    const auto* port = given<std::int64_t>(command, "Port");
    Object object{{"ComputerName", name}, {"PingSucceeded", reaches(estate, command, name, 0)}};
    if (port != nullptr) object.emplace_back("TcpTestSucceeded", reaches(estate, command, name, *port));
    answer.push_back(std::move(object));
    return "";
}

std::string ping(Estate& estate, const Command& command, Answer& answer) {
    const std::string& name = *given<std::string>(command, "Host");
    const bool answers = reaches(estate, command, name, 0);
    answer.push_back({{"Address", name}, {"Status", text(answers ? "Success" : "TimedOut")}});
    return "";
}

// --- files, counters, policies

bool is_there(const Estate& estate, const Command& command, const std::string& path) {
    if (!command.on) return false;
    const topology::Appliance& one = appliance(estate, command);
    if (path == "module.ini") return one.deployment.has_module_ini;
    if (path == "CcLockFile") return estate.fleet.sites()[one.site].lock.has_value();
    const std::array known{"CloudConnector.ini", "credentials.xml", "CceManagementService.log", "hosts"};
    return std::find(known.begin(), known.end(), path) != known.end();
}

std::string test_path(Estate& estate, const Command& command, Answer& answer) {
    answer.push_back({{"Exists", is_there(estate, command, *given<std::string>(command, "Path"))}});
    return "";
}

std::string get_content(Estate& estate, const Command& command, Answer& answer) {
    const std::string& path = *given<std::string>(command, "Path");
    if (!is_there(estate, command, path)) return "cannot find path '" + path + "' because it does not exist";
    if (path != "CloudConnector.ini") return "";
    for (const auto& [key, value] : appliance(estate, command).deployment.ini_in_directory)
        answer.push_back({{"Key", key}, {"Value", value}});
    return "";
}

std::string get_counter(Estate& estate, const Command& command, Answer& answer) {
    if (!command.on) return "the specified counter could not be found";
    answer.push_back({{"Path", text("Calls")}, {"Value", std::int64_t{estate.calls.busy(*command.on)}}});
    return "";
}

std::string get_execution_policy(Estate&, const Command&, Answer& answer) {
    answer.push_back({{"ExecutionPolicy", text("RemoteSigned")}});  // PREP: what set-up leaves behind
    return "";
}

using Ends = std::string (*)(Estate&, const Command&, Answer&);
constexpr Verb shows(CmdletId id, Ends ends, bool needs_host = false) {
    return {id, nothing_against, nullptr, takes_to_show, ends, Manner::looks, needs_host};
}

constexpr std::array rows{
    shows(CmdletId::get_service, get_service),
    shows(CmdletId::get_cs_windows_service, get_cs_windows_service),
    shows(CmdletId::get_win_event, get_win_event),
    shows(CmdletId::get_vm, get_vm, true),
    shows(CmdletId::get_cs_service, get_cs_service, true),
    shows(CmdletId::get_ad_domain, get_ad_domain, true),
    shows(CmdletId::get_net_firewall_rule, get_rules),
    shows(CmdletId::get_net_ip_address, get_addresses),
    shows(CmdletId::get_dns_client_server_address, get_dns_servers),
    shows(CmdletId::resolve_dns_name, resolve),
    shows(CmdletId::test_net_connection, test_connection),
    shows(CmdletId::ping, ping),
    shows(CmdletId::test_path, test_path),
    shows(CmdletId::get_content, get_content),
    shows(CmdletId::get_counter, get_counter),
    shows(CmdletId::get_execution_policy, get_execution_policy),
};

}  // namespace

std::span<const Verb> look_verbs() {
    return rows;
}

}  // namespace sim::operations
