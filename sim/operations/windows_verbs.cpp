// What is done to Windows and Hyper-V at a host and inside its machines: services, machines, cards, rules,
// ports.

#include "sim/operations/services.hpp"
#include "sim/operations/verb_rows.hpp"
#include "sim/vocabulary/letters.hpp"

#include <algorithm>
#include <array>

namespace sim::operations {

using topology::Part;
using topology::Parts;
using topology::Power;
using vocabulary::Machine;
using vocabulary::Reason;
using Manner = Verb::Manner;

namespace {

// Nothing that a program can type again and again takes no time at all.
constexpr Duration instant{1};

std::optional<Duration> at_once(const Estate&, const Command&) {
    return instant;
}

// --- services

// Those the command names; all of the machine, if it names none.
Parts services_of(const Command& command) {
    const auto* name = given<std::string>(command, "Name");
    const std::optional<Machine> machine = inside(command);
    if (name == nullptr) return machine ? vocabulary::services_of(*machine) : Parts{};
    const ServiceName* service = service_named(*name, machine);
    return service == nullptr ? Parts{} : Parts{service->part};
}

bool is_at_the_host(Parts services) {
    return services == Parts{Part::management};
}

std::string refuses_service(const Estate& estate, const Command& command) {
    const auto* name = given<std::string>(command, "Name");
    const Parts services = services_of(command);
    if (!services.any()) {
        if (name == nullptr || service_named(*name, Machine::edge) != nullptr)
            return "Cannot process command because of one or more missing mandatory parameters: ComputerName.";
        return no_service(*name);
    }
    if (is_at_the_host(services))
        return appliance(estate, command).deployment.has_scripts ? "" : no_service(*name);
    const Machine machine = vocabulary::machine_of(*services.begin());
    if (estate.fleet.is_blind(*command.on)) return machines_unreachable;
    return appliance(estate, command).on(machine) ? "" : "the machine does not answer";
}

// Calls pass through them; the others can stop at any time.
constexpr Parts carry_calls{Part::mediation_rtcsrv, Part::mediation_medsvc, Part::edge_rtcsrv,
                            Part::edge_rtcmediarelay};

bool drains_first(const Command& command) {
    return vocabulary::has_flag(command, "Graceful") && (services_of(command) & carry_calls).any();
}

std::string refuses_stop(const Estate& estate, const Command& command) {
    if (drains_first(command) && estate.drains.is_draining(*command.on))
        return "the appliance is being drained already";
    return refuses_service(estate, command);
}

void begins_stop(Estate& estate, const Command& command) {
    if (drains_first(command)) estate.drains.drain(*command.on, {});
}

std::optional<Duration> stop_takes(const Estate& estate, const Command& command) {
    if (drains_first(command)) return std::nullopt;
    return std::max(estate.times.service_stop, instant);
}

std::optional<Duration> goes_on_stopping(Estate& estate, const Command& command, unsigned step) {
    if (step > 0 || !drains_first(command)) return std::nullopt;
    return estate.times.service_stop;
}

void stop(Estate& estate, const Command& command) {
    const Parts services = services_of(command);
    if (is_at_the_host(services)) {
        estate.fleet.stop_management(*command.on);
    } else {
        estate.fleet.put_off(*command.on, services, Reason::stopped_by_operator);
    }
}

std::string ends_stop(Estate& estate, const Command& command, Answer&) {
    stop(estate, command);
    if (drains_first(command)) estate.fleet.set_draining(*command.on, false);
    return "";
}

void gives_up_stop(Estate& estate, const Command& command) {
    if (drains_first(command)) estate.drains.give_up(*command.on);
}

std::optional<Duration> start_takes(const Estate& estate, const Command&) {
    return std::max(estate.times.service_start, instant);
}

// A service does not start without what its machine needs, as after a restart: Mediation without its directory.
std::string ends_start(Estate& estate, const Command& command, Answer&) {
    const ApplianceId id = *command.on;
    const Parts services = services_of(command);
    if (is_at_the_host(services)) {
        if (!estate.fleet.mend(id, services)) return "the service did not respond to the start request";
        estate.fleet.restart_management(id);
        return "";
    }
    const bool free = estate.fleet.put_on(id, services);
    const Machine machine = vocabulary::machine_of(*services.begin());
    if (!estate.fleet.finds_what_it_needs(id, machine))
        return "cannot start the service: the domain controller, or the Central Management Store, cannot be "
               "contacted";
    return free ? "" : "the service did not respond to the start request";
}

std::optional<Duration> goes_on_restarting(Estate& estate, const Command& command, unsigned step) {
    if (step > 0) return std::nullopt;
    stop(estate, command);
    return estate.times.service_start;
}

// --- the host and its machines

std::string refuses_patch(const Estate& estate, const Command& command) {
    const topology::Appliance& one = appliance(estate, command);
    if (!one.deployment.installed) return no_machines;
    if (estate.fleet.is_blind(*command.on)) return machines_unreachable;
    for (const Machine machine : vocabulary::machines)
        if (inside(command).value_or(machine) == machine && !one.on(machine))
            return "the machine " + std::string{vocabulary::text(machine)} + " does not answer";
    return "";
}

// One machine, or all of them one after another and then the host; whoever did not enter maintenance restarts
// them under running calls.
void patch(Estate& estate, const Command& command) {
    estate.patching.begin(*command.on, inside(command));
}

std::string restart_computer(Estate& estate, const Command& command, Answer&) {
    if (const auto machine = inside(command)) {
        estate.fleet.restart_machine(*command.on, *machine, Reason::stopped_by_operator);
    } else {
        estate.fleet.restart_host(*command.on, Reason::stopped_by_operator);
    }
    return "";
}

// A host that is shut down stays so until somebody goes there: as one that crashed.
std::string stop_computer(Estate& estate, const Command& command, Answer&) {
    if (const auto machine = inside(command)) {
        estate.fleet.put_off(*command.on, Parts{vocabulary::part_of(*machine)}, Reason::stopped_by_operator);
        return "";
    }
    vocabulary::Fault fault;
    fault.id = vocabulary::FaultId::host_crash;
    fault.on = *command.on;
    estate.injector.strike(fault);
    return "";
}

Machine handled(const Command& command) {
    return *vocabulary::machine_of(command);
}

std::string no_such_machine(const Estate& estate, const Command& command) {
    const topology::Deployment& state = appliance(estate, command).deployment;
    const Part part = vocabulary::part_of(handled(command));
    if (state.installed && !state.deleted.has(part)) return "";
    return "Hyper-V was unable to find a virtual machine with name \"" +
           *given<std::string>(command, "VMName") + "\"";
}

constexpr const char* wrong_state =
    "the operation cannot be performed while the machine is in its current state";

Power power_of(const Estate& estate, const Command& command) {
    return appliance(estate, command).machine[static_cast<std::size_t>(handled(command))];
}

std::string refuses_start_vm(const Estate& estate, const Command& command) {
    if (std::string why = no_such_machine(estate, command); !why.empty()) return why;
    return power_of(estate, command) == Power::off ? "" : wrong_state;
}

std::string start_vm(Estate& estate, const Command& command, Answer&) {
    const Parts machine{vocabulary::part_of(handled(command))};
    return estate.fleet.put_on(*command.on, machine) ? "" : "the virtual machine could not be started";
}

std::string refuses_stop_vm(const Estate& estate, const Command& command) {
    if (std::string why = no_such_machine(estate, command); !why.empty()) return why;
    return power_of(estate, command) == Power::off ? wrong_state : "";
}

std::optional<Duration> stop_vm_takes(const Estate& estate, const Command& command) {
    const bool is_quick = vocabulary::has_flag(command, "TurnOff") || vocabulary::has_flag(command, "Save");
    return is_quick ? estate.times.shows : std::max(estate.times.service_stop, instant);
}

std::string stop_vm(Estate& estate, const Command& command, Answer&) {
    const Parts machine{vocabulary::part_of(handled(command))};
    estate.fleet.put_off(*command.on, machine, Reason::stopped_by_operator);
    return "";
}

std::string refuses_remove_vm(const Estate& estate, const Command& command) {
    return refuses_start_vm(estate, command);
}

// The set is not whole any more: nothing but a new one helps.
std::string remove_vm(Estate& estate, const Command& command, Answer&) {
    const Parts machine{vocabulary::part_of(handled(command))};
    estate.fleet.put_off(*command.on, machine, Reason::stopped_by_operator);
    topology::Deployment& state = estate.fleet.deployment(*command.on);
    state.deleted = state.deleted | machine;
    return "";
}

// --- network cards and switches

constexpr std::string_view corpnet = "SfB CCE Corpnet Switch";
constexpr std::string_view internet = "SfB CCE Internet Switch";
constexpr std::string_view management = "Cloud Connector Management Switch";

Parts cards_of(const Command& command) {
    const auto* name = given<std::string>(command, "SwitchName");
    const Machine machine = handled(command);
    Parts cards;
    if (name == nullptr || *name == corpnet) cards.set(vocabulary::corpnet_card(machine), true);
    if ((name == nullptr || *name == internet) && machine == Machine::edge)
        cards.set(Part::edge_internet, true);
    return cards;
}

std::string no_such_switch(const std::string& name) {
    return "Hyper-V was unable to find a virtual switch with name \"" + name + "\"";
}

// The Management switch is there while an appliance is being deployed; no card of a machine in use is on it,
// unless one was left there (3B-3).
bool was_left_there(const Estate& estate, const Command& command) {
    return !estate.injector.in_force(*command.on, vocabulary::FaultId::mgmt_switch_not_deletable).empty();
}

std::string refuses_card(const Estate& estate, const Command& command) {
    if (std::string why = no_such_machine(estate, command); !why.empty()) return why;
    const auto* name = given<std::string>(command, "SwitchName");
    if (name != nullptr && *name != corpnet && *name != internet && *name != management)
        return no_such_switch(*name);
    if (name != nullptr && *name == management && was_left_there(estate, command)) return "";
    if (name != nullptr && !cards_of(command).any())
        return "the virtual machine has no network adapter for the switch \"" + *name + "\"";
    return "";
}

std::string connect_card(Estate& estate, const Command& command, Answer&) {
    return estate.fleet.put_on(*command.on, cards_of(command)) ? ""
                                                               : "the network adapter could not be connected";
}

std::string disconnect_card(Estate& estate, const Command& command, Answer&) {
    estate.fleet.put_off(*command.on, cards_of(command), Reason::network_lost);
    return "";
}

std::string refuses_switch_removal(const Estate& estate, const Command& command) {
    const std::string& name = *given<std::string>(command, "Name");
    if (name != corpnet && name != internet && name != management) return no_such_switch(name);
    const topology::Appliance& one = appliance(estate, command);
    const bool any_runs =
        std::any_of(one.machine.begin(), one.machine.end(), [](Power power) { return power != Power::off; });
    if (name != management && any_runs)
        return "failed while removing the virtual switch: it is in use by running virtual machines";
    return "";
}

// --- rules, ports, settings of Mediation

const std::array rules{std::pair{"CS RTCSRV", Part::edge_rule},
                       std::pair{"CS RTCMEDSRV", Part::mediation_rule}};

std::optional<Part> rule_of(const Command& command) {
    const std::optional<Machine> machine = inside(command);
    for (const auto& [name, part] : rules) {
        const Machine where = part == Part::edge_rule ? Machine::edge : Machine::mediation;
        if (*given<std::string>(command, "DisplayName") == name && (!machine || *machine == where)) return part;
    }
    return std::nullopt;
}

std::string refuses_rule(const Estate& estate, const Command& command) {
    if (!rule_of(command))
        return "no firewall rule found with DisplayName equal to '" +
               *given<std::string>(command, "DisplayName") + "'";
    if (!appliance(estate, command).deployment.installed) return no_machines;
    return estate.fleet.is_blind(*command.on) ? machines_unreachable : "";
}

std::string enable_rule(Estate& estate, const Command& command, Answer&) {
    return estate.fleet.put_on(*command.on, Parts{*rule_of(command)}) ? "" : "the rule could not be enabled";
}

// What changes the topology, or settings of the whole appliance, is written to its Central Management Store.
std::string refuses_settings(const Estate& estate, const Command& command) {
    if (estate.fleet.is_blind(*command.on)) return machines_unreachable;
    if (!appliance(estate, command).good(Parts{Part::cms, Part::cms_corpnet, Part::cms_master}))
        return "the Central Management Store cannot be reached";
    return "";
}

std::string refuses_ports(const Estate& estate, const Command& command) {
    if (std::string why = refuses_settings(estate, command); !why.empty()) return why;
    const std::string& server = estate.names.mediations[vocabulary::index(*command.on)];
    const std::string& identity = *given<std::string>(command, "Identity");
    if (!server.empty() && !vocabulary::same_word(identity, server) &&
        !vocabulary::same_word(identity, "MediationServer:" + server))
        return "cannot find a Mediation Server with the identity \"" + identity + "\"";
    const auto* start = given<std::int64_t>(command, "AudioPortStart");
    const auto* count = given<std::int64_t>(command, "AudioPortCount");
    constexpr std::int64_t ports_end = 65'536;
    if (start != nullptr && count != nullptr && *start + *count > ports_end)
        return "the range of audio ports goes beyond 65535";
    return "";
}

std::string set_ports(Estate& estate, const Command& command, Answer&) {
    topology::Deployment& state = estate.fleet.deployment(*command.on);
    if (const auto* start = given<std::int64_t>(command, "AudioPortStart"))
        state.audio_port_start = static_cast<unsigned>(*start);
    if (const auto* count = given<std::int64_t>(command, "AudioPortCount")) {
        state.audio_port_count = static_cast<unsigned>(*count);
        estate.fleet.set_media_ports(*command.on,
                                     static_cast<unsigned>(*count) / vocabulary::media_ports_per_call);
    }
    return "";
}

// What is wrong with the gateways of a site is over when no Mediation of it asks for it any more.
std::string set_trunks(Estate& estate, const Command& command, Answer&) {
    const vocabulary::SiteId site = appliance(estate, command).site;
    const auto everywhere = [&](auto is_so) {
        const auto& all = estate.fleet.sites()[site].appliances;
        return std::all_of(all.begin(), all.end(),
                           [&](ApplianceId id) { return is_so(estate.fleet.appliances()[id]); });
    };
    if (const auto* fast = given<bool>(command, "EnableFastFailoverTimer")) {
        estate.fleet.set_fast_failover(*command.on, *fast);
        if (everywhere([](const topology::Appliance& one) { return !one.fast_failover; }))
            estate.fleet.mend_gateways(site, topology::GatewayPart::patience);
    }
    if (const auto* refers = given<bool>(command, "EnableReferSupport")) {
        estate.fleet.deployment(*command.on).refers = *refers;
        if (everywhere([](const topology::Appliance& one) { return !one.deployment.refers; }))
            estate.fleet.mend_gateways(site, topology::GatewayPart::transfers);
    }
    return "";
}

constexpr Verb starts(CmdletId id) {
    return {id, refuses_service, nullptr, start_takes, ends_start, Manner::plain, true};
}
constexpr Verb stops(CmdletId id) {
    return {id,   refuses_stop,     begins_stop,  stop_takes, ends_stop, Manner::plain,
            true, goes_on_stopping, gives_up_stop};
}

constexpr std::array rows{
    Verb{CmdletId::install_windows_update, refuses_patch, patch, until_told, nothing_more, Manner::plain, true},
    starts(CmdletId::start_service),
    starts(CmdletId::start_cs_windows_service),
    stops(CmdletId::stop_service),
    stops(CmdletId::stop_cs_windows_service),
    Verb{CmdletId::restart_service, refuses_service, nullptr, stop_takes, ends_start, Manner::plain, true,
         goes_on_restarting},
    Verb{CmdletId::restart_computer, nothing_against, nullptr, at_once, restart_computer, Manner::plain, true},
    Verb{CmdletId::stop_computer, nothing_against, nullptr, at_once, stop_computer, Manner::plain, true},
    Verb{CmdletId::start_vm, refuses_start_vm, nullptr, takes_to_show, start_vm, Manner::plain, true},
    Verb{CmdletId::stop_vm, refuses_stop_vm, nullptr, stop_vm_takes, stop_vm, Manner::plain, true},
    Verb{CmdletId::remove_vm, refuses_remove_vm, nullptr, takes_to_show, remove_vm, Manner::plain, true},
    Verb{CmdletId::connect_vm_network_adapter, refuses_card, nullptr, takes_to_show, connect_card,
         Manner::plain, true},
    Verb{CmdletId::disconnect_vm_network_adapter, refuses_card, nullptr, takes_to_show, disconnect_card,
         Manner::plain, true},
    Verb{CmdletId::remove_vm_switch, refuses_switch_removal, nullptr, takes_to_show, nothing_more,
         Manner::plain, true},
    Verb{CmdletId::enable_net_firewall_rule, refuses_rule, nullptr, takes_to_show, enable_rule, Manner::plain,
         true},
    Verb{CmdletId::set_cs_mediation_server, refuses_ports, nullptr, takes_to_show, set_ports},
    Verb{CmdletId::set_cs_trunk_configuration, refuses_settings, nullptr, takes_to_show, set_trunks},
    Verb{CmdletId::invoke_cs_computer_fail_back, refuses_settings, nullptr, takes_by_hand, nothing_more},
};

}  // namespace

std::span<const Verb> windows_verbs() {
    return rows;
}

}  // namespace sim::operations
