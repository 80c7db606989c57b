// What tells the tenant and the peers of an appliance, and what lays ready in the Site Directory.

#include "sim/operations/verb_rows.hpp"
#include "sim/vocabulary/letters.hpp"

#include <algorithm>
#include <array>

namespace sim::operations {

using topology::BaseDisk;
using topology::Deployment;
using topology::Part;
using topology::Parts;
using topology::TenantStatus;
using vocabulary::Reason;
using vocabulary::same_word;
using Manner = Verb::Manner;

namespace {

// --- Register-CcAppliance, Unregister-CcAppliance, Publish-CcAppliance

bool is_local(const Command& command) {
    return vocabulary::has_flag(command, "Local");
}

std::string ini_or(const topology::IniKeys& ini, const std::string& key, const std::string& otherwise) {
    const auto found = ini.find(key);
    return found == ini.end() ? otherwise : found->second;
}

// SiteName and Edge FQDN together name a site: half of a name that is known already is a conflict (3B-8).
std::string conflict_of_sites(const Estate& estate, const Command& command) {
    const topology::Appliance& one = appliance(estate, command);
    const TenantSite& own = estate.tenancy.sites_at_start[vocabulary::index(one.site)];
    const std::string* said = given<std::string>(command, "SiteName");
    const std::string name = said != nullptr ? *said : ini_or(one.deployment.ini, "SiteName", own.name);
    const TenantSite* known = estate.tenancy.site(name);
    if (!same_word(name, own.name) || (known != nullptr && !same_word(known->edge_fqdn, own.real_edge_fqdn)))
        return "the site name does not match the external Access Edge FQDN that is registered with it";
    const TenantSite* other =
        own.real_edge_fqdn.empty() ? nullptr : estate.tenancy.site_with_edge(own.real_edge_fqdn);
    if (known == nullptr && other != nullptr)
        return "the external Access Edge FQDN is registered with another site name: " + other->name;
    return "";
}

// ApplianceName, or else what it is registered as, or the host's own name.
std::string name_wanted(const Estate& estate, const Command& command) {
    if (const std::string* name = given<std::string>(command, "ApplianceName")) return *name;
    const TenantAppliance* own = estate.tenancy.appliance_of(*command.on);
    return own != nullptr ? own->name : name_of(estate, *command.on);
}

// ApplianceName and Mediation FQDN name an appliance, and its Mediation has an IP address of its own.
std::string conflict_of_appliances(const Estate& estate, const Command& command) {
    const std::string name = name_wanted(estate, command);
    const TenantAppliance* own = estate.tenancy.appliance_of(*command.on);
    if (own != nullptr && !same_word(own->name, name))
        return "the Mediation Server FQDN is registered with another appliance name: " + own->name;
    const TenantAppliance& real = estate.tenancy.at_start(*command.on);
    for (const TenantAppliance& other : estate.tenancy.appliances) {
        if (&other == own) continue;
        if (same_word(other.name, name))
            return "the appliance name is registered with another Mediation Server FQDN";
        if (own != nullptr) continue;
        if (same_word(other.fqdn, real.fqdn))
            return "the Mediation Server FQDN is registered with another appliance name: " + other.name;
        if (!real.ip.empty() && other.ip == real.ip)
            return "the Mediation Server IP address is registered with another appliance name: " + other.name;
    }
    return "";
}

std::string conflict(const Estate& estate, const Command& command) {
    if (std::string why = conflict_of_sites(estate, command); !why.empty()) return why;
    return conflict_of_appliances(estate, command);
}

std::string refuses_register(const Estate& estate, const Command& command) {
    if (is_local(command)) return "";
    // The account is asked for anew, so an old password is in nobody's way.
    if (!is_online(estate, *command.on)) return no_tenant(estate, command);
    return conflict(estate, command);
}

std::optional<Duration> register_takes(const Estate& estate, const Command&) {
    return estate.times.register_takes;
}

TenantStatus status_of_machines(const topology::Appliance& one) {
    return one.in_maintenance ? TenantStatus::maintenance : TenantStatus::running;
}

// What the peers know of each other is old from now on.
void leave_the_peers_behind(Estate& estate, const Command& command) {
    for (const ApplianceId peer : estate.fleet.sites()[site_of(estate, command)].appliances) {
        const Deployment& state = estate.fleet.appliances()[peer].deployment;
        if (peer != *command.on && state.registered && state.installed)
            estate.fleet.put_off(peer, Parts{Part::published}, Reason::none);
    }
}

std::string ends_register(Estate& estate, const Command& command, Answer&) {
    const ApplianceId id = *command.on;
    if (!is_local(command))
        if (std::string why = refuses_register(estate, command); !why.empty()) return why;
    if (!command.unattended)
        estate.fleet.mend(id, host_credentials, {vocabulary::FaultId::mfa_on_tenant_admin});
    if (is_local(command)) return "";
    if (std::string why = no_tenant(estate, command); !why.empty()) return why;
    const topology::Appliance& one = appliance(estate, command);
    Deployment& state = estate.fleet.deployment(id);
    state.must_register = false;
    if (!state.has_module_ini) state.knows_its_version = state.has_module_ini = true;
    register_site(estate, site_of(estate, command));
    if (!state.registered) {
        TenantAppliance object = estate.tenancy.at_start(id);
        object.name = name_wanted(estate, command);
        estate.tenancy.add_appliance(std::move(object));
        state.registered = true;
        leave_the_peers_behind(estate, command);
        if (state.installed) estate.fleet.declare(id, status_of_machines(one));
    }
    estate.fleet.restart_management(id);
    return "";
}

std::string refuses_unregister(const Estate& estate, const Command& command) {
    const topology::Appliance& one = appliance(estate, command);
    if (!one.deployment.registered) return "the appliance is not registered";
    const auto* site = given<std::string>(command, "SiteName");
    if (site != nullptr && *site != estate.names.sites[vocabulary::index(one.site)])
        return "the appliance is not registered at the site " + *site;
    const std::string* name = given<std::string>(command, "ApplianceName");
    if (name != nullptr && !same_word(*name, estate.tenancy.appliance_of(*command.on)->name))
        return "no appliance " + *name + " is registered from this host";
    return is_local(command) ? "" : no_tenant(estate, command);
}

// With -Local the tenant goes on knowing it.
std::string ends_unregister(Estate& estate, const Command& command, Answer&) {
    const ApplianceId id = *command.on;
    if (std::string why = refuses_unregister(estate, command); !why.empty()) return why;
    Deployment& state = estate.fleet.deployment(id);
    if (is_local(command)) {
        state.must_register = true;
    } else {
        estate.fleet.declare(id, TenantStatus::none);
        take_registration(estate, *estate.tenancy.appliance_of(id));
    }
    estate.fleet.restart_management(id);
    return "";
}

std::string refuses_publish(const Estate& estate, const Command& command) {
    if (!appliance(estate, command).deployment.registered)
        return "the appliance is not registered: run Register-CcAppliance first";
    if (!appliance(estate, command).deployment.installed) return no_machines;
    if (estate.fleet.is_blind(*command.on)) return machines_unreachable;
    return no_tenant(estate, command);
}

std::optional<Duration> publish_takes(const Estate& estate, const Command&) {
    return estate.times.publish_takes;
}

std::string ends_publish(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_publish(estate, command); !why.empty()) return why;
    estate.fleet.put_on(*command.on, Parts{Part::published});
    return "";
}

// --- Start-CcDownload, Convert-CcIsoToVhdx

bool is_url(const std::string& text) {
    const std::array<const char*, 3> roots{"http://", "https://", "\\\\"};
    return std::any_of(roots.begin(), roots.end(), [&](const char* root) { return text.starts_with(root); });
}

std::string refuses_download(const Estate& estate, const Command& command) {
    if (const auto* root = given<std::string>(command, "DownloadUrlRoot"); root != nullptr && !is_url(*root))
        return "invalid URI: the format of the URI could not be determined";
    if (std::string why = no_directory(estate, command); !why.empty()) return why;
    if (!is_online(estate, *command.on)) return "the remote name could not be resolved: the download failed";
    if (!appliance(estate, command).good(Part::download_path))
        return "unable to connect to the remote server: the download failed";
    return "";
}

bool is_there_already(const Estate& estate, const Command& command) {
    const auto there = files_of(estate, command).downloaded;
    return there && *there >= estate.releases.newest();
}

std::optional<Duration> download_takes(const Estate& estate, const Command& command) {
    return is_there_already(estate, command) ? estate.times.shows : estate.times.download_takes;
}

void begins_download(Estate& estate, const Command& command) {
    estate.fleet.deployment(*command.on).download_began = estate.simulation.now();
}

void breaks_download(Estate& estate, const Command& command) {
    estate.fleet.deployment(*command.on).download_began.reset();
}

// The newest release; the package is installed too, where it is newer than the one that is.
std::string ends_download(Estate& estate, const Command& command, Answer&) {
    const ApplianceId id = *command.on;
    if (std::string why = refuses_download(estate, command); !why.empty()) return why;
    Deployment& state = estate.fleet.deployment(id);
    state.download_began.reset();
    const vocabulary::Build newest = estate.releases.newest();
    estate.fleet.files(site_of(estate, command), state.site_directory).downloaded = newest;
    if (vocabulary::has_flag(command, "DownloadBitsOnly")) return "";
    if (appliance(estate, command).script_version < newest) {
        estate.fleet.set_script_version(id, newest);
        state.must_register = true;
    }
    return "";
}

std::string refuses_convert(const Estate& estate, const Command& command) {
    if (std::string why = no_directory(estate, command); !why.empty()) return why;
    const bool goes_on = vocabulary::has_flag(command, "GeneralizeOnly");
    if (goes_on && files_of(estate, command).base_disk != BaseDisk::waiting_for_updates)
        return "there is no virtual machine to generalize";
    const std::string& image = *given<std::string>(command, "IsoFilePath");
    if (image.size() < 4 || !same_word(image.substr(image.size() - 4), ".iso"))
        return "cannot find a disk image at the path " + image;
    return "";
}

std::optional<Duration> convert_takes(const Estate& estate, const Command& command) {
    if (vocabulary::has_flag(command, "SetIsoFilePathOnly")) return estate.times.shows;
    if (vocabulary::has_flag(command, "GeneralizeOnly")) return estate.times.by_hand;
    return estate.times.convert_takes;
}

// Windows Update inside the temporary machine is where it breaks off behind a proxy; -GeneralizeOnly goes on
// after somebody has done that by hand.
std::string ends_convert(Estate& estate, const Command& command, Answer&) {
    if (vocabulary::has_flag(command, "SetIsoFilePathOnly")) return "";
    topology::SiteFiles& files =
        estate.fleet.files(site_of(estate, command), appliance(estate, command).deployment.site_directory);
    const bool reaches_updates =
        is_online(estate, *command.on) && appliance(estate, command).good(Part::download_path);
    if (vocabulary::has_flag(command, "GeneralizeOnly") ||
        (reaches_updates && !vocabulary::has_flag(command, "PauseBeforeUpdate"))) {
        files.base_disk = BaseDisk::ready;
        return "";
    }
    files.base_disk = BaseDisk::waiting_for_updates;
    if (vocabulary::has_flag(command, "PauseBeforeUpdate")) return "";
    return "Windows Update failed inside the temporary virtual machine: update it by hand, then run it again "
           "with -GeneralizeOnly";
}

constexpr Verb registers(CmdletId id) {
    return {id, refuses_register, nullptr, register_takes, ends_register, Manner::alone};
}
constexpr Verb publish(CmdletId id) {
    return {id, refuses_publish, nullptr, publish_takes, ends_publish, Manner::alone};
}

constexpr std::array rows{
    registers(CmdletId::register_cc_appliance),
    registers(CmdletId::register_cc_ha_instance),
    Verb{CmdletId::unregister_cc_appliance, refuses_unregister, nullptr, register_takes, ends_unregister,
         Manner::alone},
    publish(CmdletId::publish_cc_appliance),
    publish(CmdletId::publish_cc_ha_instance),
    Verb{CmdletId::start_cc_download, refuses_download, begins_download, download_takes, ends_download,
         Manner::plain, true, nullptr, breaks_download},
    Verb{CmdletId::convert_cc_iso_to_vhdx, refuses_convert, nullptr, convert_takes, ends_convert},
};

}  // namespace

std::span<const Verb> registration_verbs() {
    return rows;
}

}  // namespace sim::operations
