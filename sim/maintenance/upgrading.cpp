#include "sim/maintenance/upgrading.hpp"

#include <string>

namespace sim::maintenance {

using topology::Action;
using topology::Progress;
using vocabulary::Build;
using vocabulary::CmdletId;
using vocabulary::Command;
using vocabulary::index;

Upgrading::Upgrading(topology::Fleet& fleet, const Releases& releases)
    : fleet_(fleet), releases_(releases), target_(fleet.appliances().size()) {}

bool Upgrading::is_wanted(ApplianceId id) const {
    const topology::Appliance& appliance = fleet_.appliances()[id];
    if (releases_.is_current(appliance.version)) return false;
    const bool is_laid_aside =
        appliance.backup_version == releases_.newest() && appliance.deployment.progress == Progress::finished;
    return !is_laid_aside;
}

void Upgrading::begin(ApplianceId id) {
    target_[index(id)] = releases_.newest();
    fleet_.deployment(id).action = Action::bits_update;
    fleet_.deployment(id).progress = Progress::started;
}

void Upgrading::ends(ApplianceId id, bool well) {
    fleet_.deployment(id).action = Action::bits_update;
    fleet_.deployment(id).progress = well ? Progress::finished : Progress::error;
}

Command Upgrading::typed(ApplianceId id, CmdletId cmdlet, const char* flag) const {
    Command command{cmdlet, id, {}, true};
    if (flag != nullptr) command.arguments.emplace(flag, true);
    return command;
}

Command Upgrading::uninstall(ApplianceId id, Build which) const {
    Command command = typed(id, CmdletId::uninstall_cc_appliance);
    command.arguments.emplace("Version", text(which));
    return command;
}

std::optional<Command> Upgrading::next(ApplianceId id) const {
    const topology::Appliance& appliance = fleet_.appliances()[id];
    const topology::Deployment& state = appliance.deployment;
    if (appliance.script_version < target_[index(id)]) return typed(id, CmdletId::start_cc_download);
    if (state.must_register) return typed(id, CmdletId::register_cc_appliance);
    if (appliance.version == appliance.script_version) return std::nullopt;
    if (state.steps_done != 0) return uninstall(id, appliance.script_version);
    if (appliance.backup_version == appliance.script_version)
        return typed(id, CmdletId::switch_cc_version, "Force");
    if (appliance.backup_version) return uninstall(id, *appliance.backup_version);
    return typed(id, CmdletId::install_cc_appliance, "Upgrade");
}

}  // namespace sim::maintenance
