// What somebody puts right by hand: files, packages, settings of Windows; and what others are asked to change.

#include "sim/operations/verb_rows.hpp"
#include "sim/vocabulary/letters.hpp"

#include <algorithm>
#include <array>

namespace sim::operations {

using topology::Deployment;
using topology::Part;
using topology::Parts;
using vocabulary::FaultId;
using vocabulary::FaultPlace;
using vocabulary::VersionId;

namespace {

constexpr const char* configuration = "CloudConnector.ini";

// --- files

std::string no_path(const Command& command) {
    return "cannot find path '" + *given<std::string>(command, "Path") + "' because it does not exist";
}

// CloudConnector.ini unless -Path names another.
bool is_about_the_configuration(const Command& command) {
    const auto* path = given<std::string>(command, "Path");
    return command.on && (path == nullptr || *path == configuration);
}

std::string set_content(Estate& estate, const Command& command, Answer&) {
    if (!is_about_the_configuration(command)) return "";
    Deployment& state = estate.fleet.deployment(*command.on);
    state.ini_is_new = true;
    if (const auto* key = given<std::string>(command, "Key"))
        state.ini_in_directory[*key] = *given<std::string>(command, "Value");
    // Before 2.0 nothing has to be imported: the file in the folder is the one in use.
    if (estate.fleet.appliances()[*command.on].script_version >= VersionId::v2_0) return "";
    state.ini = state.ini_in_directory;
    estate.fleet.mend(*command.on, Parts{Part::configuration});
    return "";
}

std::string refuses_removal(const Estate& estate, const Command& command) {
    if (!command.on) return "";
    const topology::Appliance& one = appliance(estate, command);
    const std::string& path = *given<std::string>(command, "Path");
    if (path == "module.ini" && !one.deployment.has_module_ini) return no_path(command);
    if (path != "CcLockFile") return "";
    const auto& lock = estate.fleet.sites()[one.site].lock;
    if (!lock) return no_path(command);
    return "the process cannot access the file 'CcLockFile' because it is being used by " +
           name_of(estate, *lock);
}

std::string remove_item(Estate& estate, const Command& command, Answer&) {
    if (command.on && *given<std::string>(command, "Path") == "module.ini")
        estate.fleet.deployment(*command.on).has_module_ini = false;
    return "";
}

// --- packages

bool is_the_product(const Command& command) {
    return command.on && *given<std::string>(command, "Name") == "CloudConnector";
}

vocabulary::Build version_wanted(const Estate& estate, const Command& command) {
    const auto* version = given<std::string>(command, "RequiredVersion");
    const vocabulary::Build newest = estate.releases.newest();
    return version == nullptr ? newest : build_named(estate, *version).value_or(newest);
}

std::string refuses_package(const Estate& estate, const Command& command) {
    if (!is_the_product(command)) return "";
    const auto* version = given<std::string>(command, "RequiredVersion");
    if (version != nullptr && !build_named(estate, *version))
        return "no match was found for the specified search criteria: CloudConnector " + *version;
    if (appliance(estate, command).deployment.has_scripts)
        return "another version of this product is installed already: uninstall it first";
    return "";
}

std::string install_package(Estate& estate, const Command& command, Answer&) {
    if (!is_the_product(command)) return "";
    Deployment& state = estate.fleet.deployment(*command.on);
    state.has_scripts = true;
    state.must_register = true;
    estate.fleet.set_script_version(*command.on, version_wanted(estate, command));
    estate.fleet.restart_management(*command.on);
    return "";
}

std::string refuses_uninstall(const Estate& estate, const Command& command) {
    if (is_the_product(command) && !appliance(estate, command).deployment.has_scripts)
        return "no package found for 'CloudConnector'";
    return "";
}

// The management service is a part of it.
std::string uninstall_package(Estate& estate, const Command& command, Answer&) {
    if (!is_the_product(command)) return "";
    estate.fleet.deployment(*command.on).has_scripts = false;
    estate.fleet.stop_management(*command.on);
    return "";
}

// --- the proxy (PLAN)

std::string refuses_proxy(const Estate&, const Command& command) {
    if (*given<std::string>(command, "Verb") == "set" && given<std::string>(command, "proxy-server") == nullptr)
        return "one or more essential parameters were not entered: proxy-server";
    return "";
}

std::string set_proxy(Estate& estate, const Command& command, Answer&) {
    if (!command.on || *given<std::string>(command, "Verb") != "set") return "";
    estate.fleet.mend(*command.on, Parts{Part::download_path});
    if (given<std::string>(command, "bypass-list") != nullptr)
        estate.fleet.mend(*command.on, Parts{Part::repair_path});
    return "";
}

// ProxySettingsPerUser = 0: one proxy for the whole machine.
std::string set_property(Estate& estate, const Command& command, Answer&) {
    const bool is_the_proxy =
        vocabulary::same_word(*given<std::string>(command, "Name"), "ProxySettingsPerUser") &&
        *given<std::string>(command, "Value") == "0";
    if (command.on && is_the_proxy) estate.fleet.mend(*command.on, Parts{Part::download_path});
    return "";
}

// --- Request-Change

struct Changeable {
    FaultId id;
    Asked by;
};
constexpr std::array changeable{
    Changeable{FaultId::edge_a_record_missing, Asked::name},
    Changeable{FaultId::edge_a_record_incomplete, Asked::name},
    Changeable{FaultId::srv_missing, Asked::name},
    Changeable{FaultId::firewall_port_closed, Asked::firewall},
    Changeable{FaultId::host_crash, Asked::on_site},
    Changeable{FaultId::host_uplink_lost, Asked::on_site},
    Changeable{FaultId::host_vm_link_lost, Asked::on_site},
    Changeable{FaultId::gateway_down, Asked::on_site},
    Changeable{FaultId::common_cause, Asked::on_site},
    Changeable{FaultId::site_provider_lost, Asked::carrier},
    Changeable{FaultId::carrier_lost, Asked::carrier},
    Changeable{FaultId::carrier_reroute, Asked::carrier},
    Changeable{FaultId::trunk_points_at_pool_fqdn, Asked::settings},
    Changeable{FaultId::trunk_missing_for_appliance, Asked::settings},
    Changeable{FaultId::trunk_priority_unequal, Asked::settings},
    Changeable{FaultId::overload, Asked::settings},
    Changeable{FaultId::gateway_cross_site, Asked::settings},
    Changeable{FaultId::gateway_cert_bad_name, Asked::settings},
    Changeable{FaultId::slow_setup_dropped, Asked::settings},
    Changeable{FaultId::refer_unsupported, Asked::settings},
    Changeable{FaultId::site_share_unreachable, Asked::settings},
    Changeable{FaultId::site_folder_shared_by_two_sites, Asked::settings},
};

FaultId fault_of(const Command& command) {
    return vocabulary::fault_named(*given<std::string>(command, "Id"))->id;
}

const Changeable* row_of(FaultId id) {
    const auto found = std::find_if(changeable.begin(), changeable.end(),
                                    [id](const Changeable& row) { return row.id == id; });
    return found == changeable.end() ? nullptr : &*found;
}

template <class Id>
void add_place(std::vector<FaultPlace>& places, const std::vector<std::string>& names,
               const std::string& name) {
    for (std::size_t number = 0; number < names.size(); ++number)
        if (vocabulary::same_word(names[number], name)) places.emplace_back(static_cast<Id>(number));
}

// All that is called so: a site and an appliance may share a name.
std::vector<FaultPlace> places_named(const Names& names, const std::string& name) {
    std::vector<FaultPlace> places;
    add_place<ApplianceId>(places, names.appliances, name);
    add_place<vocabulary::GatewayId>(places, names.gateways, name);
    add_place<vocabulary::SiteId>(places, names.sites, name);
    add_place<vocabulary::CommonCauseId>(places, names.common_causes, name);
    return places;
}

std::vector<std::uint32_t> in_force(const Estate& estate, const Command& command) {
    std::vector<std::uint32_t> all;
    for (const FaultPlace& place : places_named(estate.names, *given<std::string>(command, "Place")))
        for (const std::uint32_t fault : estate.injector.in_force(place, fault_of(command)))
            all.push_back(fault);
    return all;
}

std::string refuses_change(const Estate& estate, const Command& command) {
    const std::string& place = *given<std::string>(command, "Place");
    const std::string& id = *given<std::string>(command, "Id");
    if (places_named(estate.names, place).empty()) return "there is no place \"" + place + "\"";
    if (row_of(fault_of(command)) == nullptr)
        return "nobody can be asked to mend " + id + ": ccesim faults " + id + " says what does";
    const std::vector<std::uint32_t> faults = in_force(estate, command);
    if (faults.empty()) return "there is no " + id + " at " + place;
    const bool repaired = std::all_of(faults.begin(), faults.end(), [&](std::uint32_t fault) {
        return estate.injector.is_with_a_crew(fault);
    });
    return repaired ? "somebody has been sent for " + id + " at " + place + " already" : "";
}

std::optional<Duration> change_takes(const Estate& estate, const Command& command) {
    return estate.times.change[static_cast<std::size_t>(row_of(fault_of(command))->by)];
}

// What has ended meanwhile needs nobody.
std::string change(Estate& estate, const Command& command, Answer&) {
    for (const std::uint32_t fault : in_force(estate, command))
        if (!estate.injector.is_with_a_crew(fault)) estate.injector.mend(fault);
    return "";
}

using Ends = std::string (*)(Estate&, const Command&, Answer&);
constexpr Verb by_hand(CmdletId id, Ends ends = nothing_more) {
    return {id, nothing_against, nullptr, takes_by_hand, ends};
}

// Those that change nothing here are for faults that wait for just that.
constexpr std::array rows{
    Verb{CmdletId::request_change, refuses_change, nullptr, change_takes, change},
    by_hand(CmdletId::set_content, set_content),
    by_hand(CmdletId::add_content),
    by_hand(CmdletId::copy_item),
    Verb{CmdletId::remove_item, refuses_removal, nullptr, takes_by_hand, remove_item},
    by_hand(CmdletId::set_item),
    by_hand(CmdletId::set_item_property, set_property),
    Verb{CmdletId::install_package, refuses_package, nullptr, takes_by_hand, install_package},
    Verb{CmdletId::uninstall_package, refuses_uninstall, nullptr, takes_by_hand, uninstall_package},
    Verb{CmdletId::netsh, refuses_proxy, nullptr, takes_by_hand, set_proxy},
    by_hand(CmdletId::dism),
    by_hand(CmdletId::add_mp_preference),
    by_hand(CmdletId::new_net_ip_address),
    by_hand(CmdletId::set_dns_client_server_address),
    by_hand(CmdletId::winrm),
    by_hand(CmdletId::w32tm),
    by_hand(CmdletId::set_execution_policy),
    by_hand(CmdletId::import_module),
    by_hand(CmdletId::exit_console),
    by_hand(CmdletId::stop_process),
    by_hand(CmdletId::set_local_user),
};

}  // namespace

std::span<const Verb> repair_verbs() {
    return rows;
}

}  // namespace sim::operations
