// What deploys an appliance, moves it from one set of machines to the other, and tells its tenant and its
// peers.
//
// The order that people keep (S0, SINGLE, MOD, UPG) follows from what each cmdlet needs and leaves behind:
// Install needs Register; a new registration leaves the peers with old data until Publish; an upgrade builds
// beside what serves and takes nothing until Switch.

#include "sim/operations/verb_rows.hpp"

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
using vocabulary::Build;
using vocabulary::Reason;
using vocabulary::SiteId;
using Manner = Verb::Manner;

namespace {

constexpr unsigned small_calls_max = 50;  // PLAN: a small host carries so many
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
    estate.fleet.set_draining(id, true);  // it is connected when all of it is up
    return estate.fleet.time_to_boot(id);
}

std::string ends_switch(Estate& estate, const Command& command, Answer&) {
    estate.fleet.set_draining(*command.on, false);
    // What was wrong with the other set is not wrong with this one.
    if (!appliance(estate, command).in_maintenance) estate.fleet.declare(*command.on, TenantStatus::running);
    return "";
}

std::optional<Build> version_given(const Estate& estate, const Command& command) {
    const auto* name = given<std::string>(command, "Version");
    return name == nullptr ? std::nullopt : build_named(estate, *name);
}

bool is_about_the_backup(const Estate& estate, const Command& command) {
    const topology::Appliance& one = appliance(estate, command);
    return one.backup_version && version_given(estate, command) == one.backup_version;
}

// What a deployment left that broke off.
bool is_about_the_broken(const Estate& estate, const Command& command) {
    const topology::Appliance& one = appliance(estate, command);
    if (one.deployment.steps_done == 0) return false;
    return !one.deployment.installed ||
           (one.script_version != one.version && version_given(estate, command) == one.script_version);
}

std::string refuses_uninstall(const Estate& estate, const Command& command) {
    const topology::Appliance& one = appliance(estate, command);
    if (is_about_the_backup(estate, command) || is_about_the_broken(estate, command)) return "";
    const auto* version = given<std::string>(command, "Version");
    if (version != nullptr && (version_given(estate, command) != one.version || !one.deployment.installed))
        return "version " + *version + " of the appliance is not installed";
    if (!one.deployment.installed) return no_machines;
    // Deleting machines asks the host alone; their calls are drained from inside.
    if (estate.fleet.is_blind(*command.on) && !vocabulary::has_flag(command, "Force"))
        return std::string{machines_unreachable} + ": nothing is drained; -Force deletes them all the same";
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
    const auto* names = given<std::vector<std::string>>(command, "Steps");
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
    const Build version = appliance(estate, command).script_version;
    if (!files.downloaded || *files.downloaded < version)
        return "the software of version " + text(version) +
               " is not in the Site Directory: run Start-CcDownload first";
    if (files.base_disk != BaseDisk::ready)
        return "the base virtual disk is not in the Site Directory: run Convert-CcIsoToVhdx first";
    return "";
}

std::string lacks_a_version_to_build(const Estate& estate, const Command& command) {
    const topology::Appliance& one = appliance(estate, command);
    if (!upgrades(command)) {
        return one.deployment.installed
                   ? "version " + text(one.version) + " is installed: run Uninstall-CcAppliance first"
                   : "";
    }
    if (!one.deployment.installed) return "there is no running version to upgrade";
    if (!one.deployment.knows_its_version) return "the running version of the appliance is not known";
    if (one.script_version == one.version || one.backup_version == one.script_version)
        return "version " + text(one.script_version) + " is installed already";
    if (one.backup_version)
        return "version " + text(*one.backup_version) + " is beside it still: uninstall it first";
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
        return "CloudConnector.ini is not that of version " + text(one.script_version);
    if (steps_given(command) == 0) return "there is no such step: -ShowStepsOnly shows them";
    if (one.deployment.steps_done != 0 && !vocabulary::has_flag(command, "SkipExistingObjects"))
        return "virtual machines of a broken-off deployment are there: run Uninstall-CcAppliance first";
    if (steps_left(estate, command) == 0) return "all of these steps are done";
    const auto& lock = estate.fleet.sites()[one.site].lock;
    if (lock && *lock != *command.on)
        return "the site is locked: " + name_of(estate, *lock) + " is being deployed or updated";
    if (waits_for_the_first(estate, command))
        return "the first appliance of the site has not been deployed successfully";
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
        estate.fleet.mend(id, host_credentials, {vocabulary::FaultId::mfa_on_tenant_admin});
    if (vocabulary::has_flag(command, "PrepareOnly")) return "";
    Deployment& state = estate.fleet.deployment(id);
    estate.fleet.unlock_site(id);
    if (state.steps_done != all_steps) return "";  // of -Steps
    state.steps_done = 0;
    state.progress = Progress::finished;
    const Build version = appliance(estate, command).script_version;
    if (upgrades(command)) {
        estate.fleet.set_backup_version(id, version);
        return "";
    }
    estate.fleet.install_machines(id, version);
    estate.fleet.put_on(id, Parts{Part::published});
    apply_ini(estate, id);
    // What was in maintenance before its machines were taken away is so still.
    const bool manual = appliance(estate, command).in_maintenance;
    if (manual) estate.fleet.stop_services(id, Reason::stopped_by_operator);
    estate.fleet.declare(id, manual ? TenantStatus::maintenance : TenantStatus::running);
    return "";
}

void breaks_install(Estate& estate, const Command& command) {
    if (only_looks_ahead(command)) return;
    estate.fleet.unlock_site(*command.on);
    estate.fleet.deployment(*command.on).progress = Progress::error;
}

constexpr Verb install(CmdletId id) {
    return {id,   refuses_install,    begins_install, install_takes, ends_install, Manner::alone,
            true, goes_on_installing, breaks_install};
}
constexpr Verb uninstall(CmdletId id) {
    return {id,   refuses_uninstall,    begins_uninstall, uninstall_takes, ends_uninstall, Manner::alone,
            true, goes_on_uninstalling, give_up_drain};
}
constexpr std::array rows{
    Verb{CmdletId::switch_cc_version, refuses_switch, begin_drain, until_told, ends_switch, Manner::alone, true,
         goes_on_switching, give_up_drain},
    uninstall(CmdletId::uninstall_cc_appliance),
    uninstall(CmdletId::uninstall_cc_instance),
    install(CmdletId::install_cc_appliance),
    install(CmdletId::install_cc_instance),
};

}  // namespace

std::span<const Verb> deployment_verbs() {
    return rows;
}

}  // namespace sim::operations
