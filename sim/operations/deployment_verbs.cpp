// What deploys an appliance, moves it from one set of machines to the other, and tells its tenant and its
// peers.
//
// The order that people keep (S0, SINGLE, MOD, UPG) follows from what each cmdlet needs and leaves behind:
// Install needs Register; a new registration leaves the peers with old data until Publish; an upgrade builds
// beside what serves and takes nothing until Switch.

#include "sim/operations/verb_rows.hpp"
#include "sim/vocabulary/letters.hpp"

#include <algorithm>
#include <array>

namespace sim::operations {

using topology::Action;
using topology::BaseDisk;
using topology::Deployment;
using topology::Part;
using topology::Parts;
using topology::Progress;
using topology::TenantStatus;
using vocabulary::Reason;
using vocabulary::SiteId;
using vocabulary::VersionId;
using Manner = Verb::Manner;

namespace {

constexpr unsigned small_calls_max = 50;  // PLAN: a small host carries so many
constexpr Parts credentials{Part::tenant_credential, Part::service_credential, Part::ca_backup_credential,
                            Part::vm_credential, Part::domain_credential};

SiteId site_of(const Estate& estate, const Command& command) {
    return appliance(estate, command).site;
}

std::string version_name(VersionId version) {
    return std::string{vocabulary::version(version).name};
}

topology::SiteFiles files_of(const Estate& estate, const Command& command) {
    return estate.fleet.files(site_of(estate, command), appliance(estate, command).deployment.site_directory);
}

std::string no_tenant(const Estate& estate, const Command& command) {
    if (!is_online(estate, *command.on)) return "the remote name could not be resolved: login.windows.net";
    if (!appliance(estate, command).good(Part::tenant_credential))
        return "the tenant does not let the account TenantAdmin in";
    return "";
}

std::string no_directory(const Estate& estate, const Command& command) {
    if (!estate.fleet.has_directory(site_of(estate, command)))
        return "cannot find the path of the Site Directory";
    if (!appliance(estate, command).good(Part::service_credential))
        return "access to the path of the Site Directory is denied";
    return "";
}

// --- Switch-CcVersion and Uninstall-CcAppliance: the drain they share

void begin_drain(Estate& estate, const Command& command) {
    estate.drains.drain(*command.on, {estate.times.drain_limit, vocabulary::has_flag(command, "Force")});
}

void give_up_drain(Estate& estate, const Command& command) {
    estate.drains.give_up(*command.on);
}

std::string refuses_switch(const Estate& estate, const Command& command) {
    const topology::Appliance& one = appliance(estate, command);
    if (!one.deployment.knows_its_version) return "the running version of the appliance is not known";
    if (!one.backup_version) return "there is no backup version of the appliance to switch to";
    if (estate.fleet.is_blind(*command.on)) return machines_unreachable;
    if (estate.drains.is_draining(*command.on)) return "the appliance is being drained already";
    return "";
}

// The drain; then the machines are taken off their networks and powered off; then the others boot.
std::optional<Duration> goes_on_switching(Estate& estate, const Command& command, unsigned step) {
    if (step == 0) return estate.times.switch_takes;
    if (step > 1) return std::nullopt;
    const ApplianceId id = *command.on;
    if (!appliance(estate, command).backup_version) return Duration{};
    const bool manual = appliance(estate, command).in_maintenance;
    estate.fleet.switch_sets(id, Reason::stopped_by_operator);
    if (manual) estate.fleet.stop_services(id, Reason::stopped_by_operator);
    return estate.fleet.time_to_boot(id);
}

std::string ends_switch(Estate& estate, const Command& command, Answer&) {
    if (appliance(estate, command).declared == TenantStatus::none)
        estate.fleet.declare(*command.on, TenantStatus::running);
    return "";
}

std::optional<VersionId> version_given(const Command& command) {
    const std::string* name = text_in(command, "Version");
    if (name == nullptr) return std::nullopt;
    for (const vocabulary::Version& one : vocabulary::versions)
        if (one.name == *name) return one.id;
    return std::nullopt;
}

bool is_about_the_backup(const Estate& estate, const Command& command) {
    const topology::Appliance& one = appliance(estate, command);
    return one.backup_version && version_given(command) == one.backup_version;
}

// What a deployment left that broke off.
bool is_about_the_broken(const Estate& estate, const Command& command) {
    const topology::Appliance& one = appliance(estate, command);
    if (one.deployment.steps_done == 0) return false;
    return !one.deployment.installed ||
           (one.script_version != one.version && version_given(command) == one.script_version);
}

std::string refuses_uninstall(const Estate& estate, const Command& command) {
    const topology::Appliance& one = appliance(estate, command);
    if (is_about_the_backup(estate, command) || is_about_the_broken(estate, command)) return "";
    const std::string* version = text_in(command, "Version");
    if (version != nullptr && (version_given(command) != one.version || !one.deployment.installed))
        return "version " + *version + " of the appliance is not installed";
    if (!one.deployment.installed) return no_machines;
    if (estate.drains.is_draining(*command.on)) return "the appliance is being drained already";
    return "";
}

bool drains_first(const Estate& estate, const Command& command) {
    return appliance(estate, command).deployment.installed && !is_about_the_backup(estate, command) &&
           !is_about_the_broken(estate, command);
}

void begins_uninstall(Estate& estate, const Command& command) {
    if (drains_first(estate, command)) begin_drain(estate, command);
}

std::optional<Duration> uninstall_takes(const Estate& estate, const Command& command) {
    if (drains_first(estate, command)) return std::nullopt;
    return estate.times.switch_takes;
}

std::optional<Duration> goes_on_uninstalling(Estate& estate, const Command& command, unsigned step) {
    if (step > 0 || !drains_first(estate, command)) return std::nullopt;
    return estate.times.switch_takes;
}

std::string ends_uninstall(Estate& estate, const Command& command, Answer&) {
    const ApplianceId id = *command.on;
    Deployment& state = estate.fleet.deployment(id);
    if (is_about_the_backup(estate, command)) {
        estate.fleet.remove_backup(id);
        return "";
    }
    if (is_about_the_broken(estate, command)) {
        state.steps_done = 0;
        return "";
    }
    estate.fleet.remove_machines(id, Reason::stopped_by_operator);
    state.action = Action::remove;
    state.progress = Progress::finished;
    estate.fleet.declare(id, TenantStatus::none);
    return "";
}

// --- Install-CcAppliance

bool upgrades(const Command& command) {
    return vocabulary::has_flag(command, "Upgrade");
}

constexpr std::uint8_t all_steps = (1U << topology::deployment_steps.size()) - 1;

// As bits; all, unless -Steps says which. Zero: there is no such step.
std::uint8_t steps_given(const Command& command) {
    const auto* names = vocabulary::given<std::vector<std::string>>(command, "Steps");
    if (names == nullptr) return all_steps;
    std::uint8_t steps = 0;
    for (const std::string& name : *names) {
        if (name.size() != 1 || name[0] < '1' || name[0] > '6') return 0;
        steps = static_cast<std::uint8_t>(steps | 1U << (name[0] - '1'));
    }
    return steps;
}

std::uint8_t steps_left(const Estate& estate, const Command& command) {
    return static_cast<std::uint8_t>(steps_given(command) & ~appliance(estate, command).deployment.steps_done);
}

std::string lacks_files(const Estate& estate, const Command& command) {
    if (std::string why = no_directory(estate, command); !why.empty()) return why;
    const topology::SiteFiles files = files_of(estate, command);
    const VersionId version = appliance(estate, command).script_version;
    if (!files.downloaded || *files.downloaded < version)
        return "the software of version " + version_name(version) +
               " is not in the Site Directory: run Start-CcDownload first";
    if (files.base_disk != BaseDisk::ready)
        return "the base virtual disk is not in the Site Directory: run Convert-CcIsoToVhdx first";
    return "";
}

std::string lacks_a_version_to_build(const Estate& estate, const Command& command) {
    const topology::Appliance& one = appliance(estate, command);
    if (!upgrades(command)) {
        return one.deployment.installed
                   ? "version " + version_name(one.version) + " is installed: run Uninstall-CcAppliance first"
                   : "";
    }
    if (!one.deployment.installed) return "there is no running version to upgrade";
    if (!one.deployment.knows_its_version) return "the running version of the appliance is not known";
    if (one.script_version == one.version || one.backup_version == one.script_version)
        return "version " + version_name(one.script_version) + " is installed already";
    if (one.backup_version)
        return "version " + version_name(*one.backup_version) + " is beside it still: uninstall it first";
    return "";
}

// 3B-17: the site's first appliance goes before the others.
bool waits_for_the_first(const Estate& estate, const Command& command) {
    const std::vector<ApplianceId>& all = estate.fleet.sites()[site_of(estate, command)].appliances;
    const Deployment& first = estate.fleet.appliances()[all.front()].deployment;
    return all.front() != *command.on && first.registered && first.action == Action::deploy &&
           first.progress != Progress::finished;
}

std::string refuses_install(const Estate& estate, const Command& command) {
    if (vocabulary::has_flag(command, "ShowStepsOnly")) return "";
    const topology::Appliance& one = appliance(estate, command);
    if (!one.deployment.registered || one.deployment.must_register)
        return "the appliance is not registered: run Register-CcAppliance first";
    if (std::string why = lacks_a_version_to_build(estate, command); !why.empty()) return why;
    if (std::string why = lacks_files(estate, command); !why.empty()) return why;
    if (!one.good(Part::configuration))
        return "CloudConnector.ini is not that of version " + version_name(one.script_version);
    if (steps_given(command) == 0) return "there is no such step: -ShowStepsOnly shows them";
    if (one.deployment.steps_done != 0 && !vocabulary::has_flag(command, "SkipExistingObjects"))
        return "virtual machines of a broken-off deployment are there: run Uninstall-CcAppliance first";
    if (steps_left(estate, command) == 0) return "all of these steps are done";
    if (waits_for_the_first(estate, command))
        return "the first appliance of the site has not been deployed successfully";
    const auto& lock = estate.fleet.sites()[one.site].lock;
    if (lock && *lock != *command.on)
        return "the site is locked: " + name_of(estate, *lock) + " is being deployed or updated";
    return "";
}

bool only_looks_ahead(const Command& command) {
    return vocabulary::has_flag(command, "ShowStepsOnly") || vocabulary::has_flag(command, "PrepareOnly");
}

void begins_install(Estate& estate, const Command& command) {
    if (only_looks_ahead(command)) return;
    estate.fleet.lock_site(*command.on);
    Deployment& state = estate.fleet.deployment(*command.on);
    state.action = upgrades(command) ? Action::bits_update : Action::deploy;
    state.progress = Progress::started;
}

// Steps are equally long (assumed).
Duration step_takes(const Estate& estate, const Command& command) {
    const bool small = appliance(estate, command).calls_max <= small_calls_max;
    return (small ? estate.times.install_small : estate.times.install_large) /
           static_cast<int>(topology::deployment_steps.size());
}

std::optional<Duration> install_takes(const Estate& estate, const Command& command) {
    if (vocabulary::has_flag(command, "ShowStepsOnly")) return estate.times.shows;
    if (vocabulary::has_flag(command, "PrepareOnly")) return estate.times.by_hand;
    return step_takes(estate, command);
}

std::optional<Duration> goes_on_installing(Estate& estate, const Command& command, unsigned) {
    if (only_looks_ahead(command)) return std::nullopt;
    Deployment& state = estate.fleet.deployment(*command.on);
    const unsigned left = steps_left(estate, command);
    state.steps_done =
        static_cast<std::uint8_t>(state.steps_done | (left & (~left + 1)));  // the lowest of them
    return steps_left(estate, command) == 0 ? std::optional<Duration>{} : step_takes(estate, command);
}

// What the configuration in use says of the machines that have just been built.
void apply_ini(Estate& estate, ApplianceId id) {
    const topology::IniKeys& ini = estate.fleet.appliances()[id].deployment.ini;
    const auto says = [&ini](const char* key, const char* value) {
        const auto found = ini.find(key);
        return found != ini.end() && found->second == value;
    };
    if (says("EnableFastFailoverTimer", "false")) estate.fleet.set_fast_failover(id, false);
    if (says("EnableFastFailoverTimer", "true")) estate.fleet.set_fast_failover(id, true);
}

void show_steps(const Estate& estate, const Command& command, Answer& answer) {
    for (std::size_t step = 0; step < topology::deployment_steps.size(); ++step)
        answer.push_back({{"Step", static_cast<std::int64_t>(step + 1)},
                          {"Name", std::string{topology::deployment_steps[step]}},
                          {"Done", (appliance(estate, command).deployment.steps_done >> step & 1U) != 0}});
}

std::string ends_install(Estate& estate, const Command& command, Answer& answer) {
    if (vocabulary::has_flag(command, "ShowStepsOnly")) {
        show_steps(estate, command, answer);
        return "";
    }
    const ApplianceId id = *command.on;
    if (vocabulary::has_flag(command, "UpdateAllCredentials"))
        estate.fleet.mend(id, credentials, {vocabulary::FaultId::mfa_on_tenant_admin});
    if (vocabulary::has_flag(command, "PrepareOnly")) return "";
    Deployment& state = estate.fleet.deployment(id);
    estate.fleet.unlock_site(id);
    if (state.steps_done != all_steps) return "";  // of -Steps
    state.steps_done = 0;
    state.progress = Progress::finished;
    const VersionId version = appliance(estate, command).script_version;
    if (upgrades(command)) {
        estate.fleet.set_backup_version(id, version);
        return "";
    }
    estate.fleet.install_machines(id, version);
    estate.fleet.put_on(id, Parts{Part::published});
    apply_ini(estate, id);
    estate.fleet.declare(id, TenantStatus::running);
    return "";
}

void breaks_install(Estate& estate, const Command& command) {
    if (only_looks_ahead(command)) return;
    estate.fleet.unlock_site(*command.on);
    estate.fleet.deployment(*command.on).progress = Progress::error;
}

// --- Register-CcAppliance, Unregister-CcAppliance, Publish-CcAppliance

bool is_local(const Command& command) {
    return vocabulary::has_flag(command, "Local");
}

std::string ini_or(const topology::IniKeys& ini, const std::string& key, const std::string& otherwise) {
    const auto found = ini.find(key);
    return found == ini.end() ? otherwise : found->second;
}

// SiteName and Edge FQDN together name a site, ApplianceName and Mediation FQDN an appliance; half of a name
// that is known already is a conflict (3B-8).
std::string conflict(const Estate& estate, const Command& command) {
    const topology::Appliance& one = appliance(estate, command);
    const Deployment& state = one.deployment;
    const std::string& own_site = estate.names.sites[vocabulary::index(one.site)];
    const std::string* site = text_in(command, "SiteName");
    if ((site != nullptr ? *site : ini_or(state.ini, "SiteName", own_site)) != own_site)
        return "the site name does not match the external Access Edge FQDN that is registered with it";
    const std::string* name = text_in(command, "ApplianceName");
    const std::string own_name =
        state.registered_as.empty() ? name_of(estate, *command.on) : state.registered_as;
    const std::string wanted = name != nullptr ? *name : own_name;
    if (state.registered && wanted != own_name)
        return "the Mediation Server FQDN is registered with another appliance name: " + own_name;
    for (std::size_t other = 0; other < estate.names.appliances.size(); ++other) {
        const auto id = static_cast<ApplianceId>(other);
        const Deployment& there = estate.fleet.appliances()[id].deployment;
        if (id == *command.on || !there.registered) continue;
        const std::string& taken =
            there.registered_as.empty() ? estate.names.appliances[other] : there.registered_as;
        if (taken == wanted) return "the appliance name is registered with another Mediation Server FQDN";
    }
    return "";
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
    estate.fleet.mend(id, credentials, {vocabulary::FaultId::mfa_on_tenant_admin});
    if (is_local(command)) return "";
    if (std::string why = no_tenant(estate, command); !why.empty()) return why;
    Deployment& state = estate.fleet.deployment(id);
    state.must_register = false;
    if (!state.has_module_ini) state.knows_its_version = state.has_module_ini = true;
    const std::string* name = text_in(command, "ApplianceName");
    if (!state.registered) {
        state.registered = true;
        state.registered_as = name != nullptr ? *name : "";
        leave_the_peers_behind(estate, command);
        if (state.installed) estate.fleet.declare(id, TenantStatus::running);
    }
    estate.fleet.restart_management(id);
    return "";
}

std::string refuses_unregister(const Estate& estate, const Command& command) {
    const topology::Appliance& one = appliance(estate, command);
    if (!one.deployment.registered) return "the appliance is not registered";
    const std::string* site = text_in(command, "SiteName");
    if (site != nullptr && *site != estate.names.sites[vocabulary::index(one.site)])
        return "the appliance is not registered at the site " + *site;
    const std::string own =
        one.deployment.registered_as.empty() ? name_of(estate, *command.on) : one.deployment.registered_as;
    const std::string* name = text_in(command, "ApplianceName");
    if (name != nullptr && *name != own) return "no appliance " + *name + " is registered from this host";
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
        state.registered = false;
        state.registered_as.clear();
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
    if (const std::string* root = text_in(command, "DownloadUrlRoot"); root != nullptr && !is_url(*root))
        return "invalid URI: the format of the URI could not be determined";
    if (std::string why = no_directory(estate, command); !why.empty()) return why;
    if (!is_online(estate, *command.on)) return "the remote name could not be resolved: the download failed";
    if (!appliance(estate, command).good(Part::download_path))
        return "unable to connect to the remote server: the download failed";
    return "";
}

bool is_there_already(const Estate& estate, const Command& command) {
    const auto there = files_of(estate, command).downloaded;
    return there && *there >= vocabulary::newest_version;
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
    estate.fleet.files(site_of(estate, command), state.site_directory).downloaded = vocabulary::newest_version;
    if (vocabulary::has_flag(command, "DownloadBitsOnly")) return "";
    if (appliance(estate, command).script_version < vocabulary::newest_version) {
        estate.fleet.set_script_version(id, vocabulary::newest_version);
        state.must_register = true;
    }
    return "";
}

std::string refuses_convert(const Estate& estate, const Command& command) {
    if (std::string why = no_directory(estate, command); !why.empty()) return why;
    const bool goes_on = vocabulary::has_flag(command, "GeneralizeOnly");
    if (goes_on && files_of(estate, command).base_disk != BaseDisk::waiting_for_updates)
        return "there is no virtual machine to generalize";
    const std::string& image = *text_in(command, "IsoFilePath");
    if (image.size() < 4 || !vocabulary::same_word(image.substr(image.size() - 4), ".iso"))
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

constexpr Verb install(CmdletId id) {
    return {id,   refuses_install,    begins_install, install_takes, ends_install, Manner::alone,
            true, goes_on_installing, breaks_install};
}
constexpr Verb uninstall(CmdletId id) {
    return {id,   refuses_uninstall,    begins_uninstall, uninstall_takes, ends_uninstall, Manner::alone,
            true, goes_on_uninstalling, give_up_drain};
}
constexpr Verb registers(CmdletId id) {
    return {id, refuses_register, nullptr, register_takes, ends_register, Manner::alone};
}
constexpr Verb publish(CmdletId id) {
    return {id, refuses_publish, nullptr, publish_takes, ends_publish, Manner::alone};
}

constexpr std::array rows{
    Verb{CmdletId::switch_cc_version, refuses_switch, begin_drain, until_told, ends_switch, Manner::alone, true,
         goes_on_switching, give_up_drain},
    uninstall(CmdletId::uninstall_cc_appliance),
    uninstall(CmdletId::uninstall_cc_instance),
    install(CmdletId::install_cc_appliance),
    install(CmdletId::install_cc_instance),
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

std::span<const Verb> deployment_verbs() {
    return rows;
}

}  // namespace sim::operations
