#include "sim/operations/desk.hpp"

#include "sim/operations/verb_rows.hpp"
#include "sim/vocabulary/kinds.hpp"

#include <algorithm>
#include <array>

namespace sim::operations {

using kernel::Rank;
using vocabulary::subject_of;
using vocabulary::VersionId;
namespace kind = vocabulary::kind;
namespace record = vocabulary::record;

namespace {

constexpr const char* host_lost = "the connection to the host was lost";
constexpr const char* machine_lost = "the connection to the machine was lost";

// Those that wait for the last call of a drain and go on then.
constexpr std::array drained_first{CmdletId::switch_cc_version, CmdletId::uninstall_cc_appliance,
                                   CmdletId::uninstall_cc_instance, CmdletId::stop_cs_windows_service};

std::uint32_t subject(const Command& command) {
    return command.on ? subject_of(*command.on) : ~std::uint32_t{0};
}

// It goes through restarts of what it is about, and sees for itself what is lost.
bool watches_itself(const Command& command) {
    return command.cmdlet == CmdletId::install_windows_update;
}

// The console is free at once, and nobody hears of its end.
bool is_in_the_background(const Command& command, VersionId version) {
    const bool is_asynchronous =
        command.cmdlet == CmdletId::start_cc_download && version == VersionId::v1_3_8;  // REF
    return is_asynchronous || vocabulary::has_flag(command, "NoWait");
}

// What it sets the tenant replicates first; the fault that wrote something else ends when it is in force.
bool is_in_force_later(const Command& command) {
    switch (command.cmdlet) {
        case CmdletId::set_cs_tenant_hybrid_configuration:
        case CmdletId::set_cs_tenant_federation_configuration:
        case CmdletId::set_cs_user:
        case CmdletId::set_cs_user_pstn_settings:
        case CmdletId::grant_cs_voice_routing_policy:
            return true;
        default:
            return false;
    }
}

// -Confirm asks, and a script has nobody to answer.
bool asks_somebody(const Command& command) {
    return vocabulary::has_flag(command, "Confirm");
}

// -WhatIf: says what it would do, and does nothing.
bool is_rehearsal(const Command& command) {
    return vocabulary::has_flag(command, "WhatIf");
}

// Where nobody is asked for passwords, those that are wrong stay wrong.
bool renews_no_passwords(const Command& command) {
    return command.unattended && command.cmdlet == CmdletId::register_cc_appliance;
}

std::int64_t detail(const Command& command) {
    return static_cast<std::int64_t>(command.cmdlet);
}

// 3B-9: a release that keeps its own record of versions was installed over one that did not, and reads it
// before Register-CcAppliance has made it.
void note_what_runs_too_early(Estate& estate, const Command& command) {
    const topology::Appliance& appliance = estate.fleet.appliances()[*command.on];
    const bool is_early = vocabulary::cmdlet(command.cmdlet).at == vocabulary::Console::host &&
                          command.cmdlet != CmdletId::register_cc_appliance &&
                          appliance.deployment.must_register;
    if (is_early && appliance.version < VersionId::v1_4_1 && appliance.script_version >= VersionId::v1_4_1)
        estate.fleet.deployment(*command.on).knows_its_version = false;
}

}  // namespace

Desk::Desk(Estate estate, maintenance::Updates& updates)
    : estate_(std::move(estate)),
      clearing_(estate_.fleet, estate_.injector, estate_.names),
      updates_(updates),
      at_host_(estate_.fleet.appliances().size()),
      taken_out_(estate_.fleet.appliances().size()) {}

// Where it is typed must be there.
std::string Desk::refusal_of_the_place(const Command& command) const {
    if (!command.on) return "";
    const topology::Appliance& appliance = estate_.fleet.appliances()[*command.on];
    if (appliance.host != topology::Power::on) return "the host does not answer";
    const Verb* does = verb(command.cmdlet);
    const bool looks = does != nullptr && does->manner == Verb::Manner::looks;
    if (updates_.works_on(*command.on) && !looks && !command.unattended)
        return "an update of this appliance is in progress";
    const std::optional<vocabulary::Machine> machine = inside(command);
    if (!machine || watches_itself(command)) return "";
    if (estate_.fleet.is_blind(*command.on)) return machines_unreachable;
    if (!appliance.on(*machine)) return "the machine does not answer";
    return "";
}

std::string Desk::refusal_of_the_others(const Command& command) const {
    const Verb::Manner manner = verb(command.cmdlet)->manner;
    if (!command.on || manner == Verb::Manner::looks) return "";
    for (const OperationId id : at_host_[vocabulary::index(*command.on)]) {
        const Command& other = operations_[vocabulary::index(id)].command;
        const bool excludes =
            manner == Verb::Manner::alone && verb(other.cmdlet)->manner == Verb::Manner::alone;
        if (other.cmdlet != command.cmdlet && !excludes) continue;
        return std::string{vocabulary::cmdlet(other.cmdlet).name} + " is running on this appliance already";
    }
    return "";
}

// What holds for every cmdlet, before its own conditions.
std::string Desk::refusal(const Command& command) const {
    if (std::string why = refusal_of_the_place(command); !why.empty()) return why;
    const Verb* does = verb(command.cmdlet);
    if (does == nullptr) return "nothing of it is simulated";
    const vocabulary::Cmdlet& row = vocabulary::cmdlet(command.cmdlet);
    VersionId version = vocabulary::newest_version;
    if (command.on) {
        const topology::Appliance& appliance = estate_.fleet.appliances()[*command.on];
        if (row.at == vocabulary::Console::host && !appliance.deployment.has_scripts)
            return vocabulary::not_recognized(row.name);
        version = appliance.script_version;
    } else if (does->needs_host) {
        return "there is nothing of the kind on this computer: it is typed at no host";
    } else if (row.at == vocabulary::Console::host || row.at == vocabulary::Console::machine) {
        return vocabulary::not_recognized(row.name);
    }
    if (const auto why = vocabulary::wrong(command, version)) return *why;
    if (asks_somebody(command))
        return "a command that prompts the user failed: nobody answers in a script, -Confirm:$false asks "
               "nobody";
    if (std::string why = clearing_.in_the_way(command); !why.empty()) return why;
    if (std::string why = does->refuses(estate_, command); !why.empty()) return why;
    return refusal_of_the_others(command);
}

OperationId Desk::start(const Command& command, std::optional<StrandId> strand) {
    const auto id = static_cast<OperationId>(operations_.size());
    const std::string why = refusal(command);
    operations_.push_back({command, false, {}, {}});
    under_way_[id].strand = strand;
    under_way_[id].is_asked_for = strand.has_value();
    if (command.on) at_host_[vocabulary::index(*command.on)].push_back(id);
    if (!why.empty()) {
        under_way_[id].strand.reset();  // who asks sees it at once
        end(id, why);
        return id;
    }
    UnderWay& now = under_way_[id];
    now.cause = estate_.simulation.record(record::cmdlet_run, subject(command), detail(command));
    now.has_begun = true;
    if (command.on) {
        const topology::Appliance& appliance = estate_.fleet.appliances()[*command.on];
        now.host_losses = appliance.host_losses;
        if (is_in_the_background(command, appliance.script_version)) {
            operations_.back().is_over = true;
            now.strand.reset();
            now.is_asked_for = false;
        }
        note_what_runs_too_early(estate_, command);
    }
    const Verb& does = *verb(command.cmdlet);
    const std::optional<Duration> takes = does.takes(estate_, command);
    if (takes)
        now.end = estate_.simulation.schedule_in(*takes, Rank::timer, kind::operation_ends, subject_of(id));
    if (does.begins != nullptr && !is_rehearsal(command)) does.begins(estate_, command);
    if (command.cmdlet == CmdletId::enter_cc_update)
        taken_out_[vocabulary::index(*command.on)] = TakenOut{this->now(), strand};
    return id;
}

std::optional<TakenOut> Desk::taken_out(ApplianceId id) const {
    const std::optional<TakenOut>& last = taken_out_[vocabulary::index(id)];
    const bool is_out = estate_.fleet.appliances()[id].in_maintenance;
    return is_out && last && last->at == estate_.drains.entered_at(id) ? last : std::nullopt;
}

void Desk::operation_ends(std::uint32_t row) {
    const auto id = static_cast<OperationId>(row);
    under_way_.at(id).end = kernel::no_ticket;
    step_ends(id);
}

void Desk::step_ends(OperationId id) {
    const Command command = operations_[vocabulary::index(id)].command;
    const Verb& does = *verb(command.cmdlet);
    if (does.goes_on != nullptr) {
        const unsigned step = under_way_.at(id).step++;
        if (const std::optional<Duration> next = does.goes_on(estate_, command, step)) {
            under_way_.at(id).end =
                estate_.simulation.schedule_in(*next, Rank::timer, kind::operation_ends, subject_of(id));
            return;
        }
    }
    finish(id);
}

void Desk::finish(OperationId id) {
    Operation& operation = operations_[vocabulary::index(id)];
    if (is_rehearsal(operation.command)) return end(id, "");
    const std::string why = verb(operation.command.cmdlet)->ends(estate_, operation.command, operation.answer);
    if (why.empty() && operation.command.cmdlet == CmdletId::exit_cc_update)
        break_off_drains(*operation.command.on);
    end(id, why);
}

void Desk::end(OperationId id, std::string error) {
    Operation& operation = operations_[vocabulary::index(id)];
    UnderWay was = under_way_.at(id);
    under_way_.erase(id);
    if (operation.command.on) std::erase(at_host_[vocabulary::index(*operation.command.on)], id);
    estate_.simulation.cancel(was.end);
    operation.is_over = true;
    operation.error = std::move(error);
    const Verb* does = verb(operation.command.cmdlet);
    if (!operation.error.empty() && was.has_begun && does->breaks_off != nullptr)
        does->breaks_off(estate_, operation.command);
    if (operation.error.empty()) {
        const kernel::RecordId cause = estate_.simulation.cause();
        estate_.simulation.at(now(), was.cause);
        clearing_.show(operation.command, operation.answer);
        if (!is_in_force_later(operation.command) && !renews_no_passwords(operation.command))
            clearing_.done(operation.command);
        estate_.simulation.at(now(), cause);
    } else {
        estate_.simulation.record(record::cmdlet_failed, subject(operation.command), detail(operation.command));
        if (!was.is_asked_for) failed_.push_back({now(), operation.command, operation.error});
    }
    if (operation.command.unattended) updates_.step_is_done(*operation.command.on, operation.error.empty());
    if (operation.command.on) updates_.ask(estate_.fleet.appliances()[*operation.command.on].site);
    if (was.strand && programs_ != nullptr) programs_->wake(*was.strand);
}

std::optional<OperationId> Desk::waiting(ApplianceId id, CmdletId cmdlet) const {
    for (const OperationId operation : at_host_[vocabulary::index(id)]) {
        const Command& command = operations_[vocabulary::index(operation)].command;
        if (command.cmdlet == cmdlet && under_way_.at(operation).end == kernel::no_ticket) return operation;
    }
    return std::nullopt;
}

void Desk::is_out(ApplianceId id) {
    if (const auto operation = waiting(id, CmdletId::enter_cc_update)) finish(*operation);
}

// Exit-CcUpdate lets calls in again: what waited for the last one waits in vain.
void Desk::break_off_drains(ApplianceId id) {
    constexpr const char* in_service = "Exit-CcUpdate has put the appliance back into service meanwhile";
    if (const auto enters = waiting(id, CmdletId::enter_cc_update)) end(*enters, in_service);
    for (const CmdletId cmdlet : drained_first)
        if (const auto operation = waiting(id, cmdlet)) end(*operation, in_service);
}

void Desk::is_patched(ApplianceId id, bool well) {
    const auto operation = waiting(id, CmdletId::install_windows_update);
    if (!operation) return;
    end(*operation, well ? "" : "the update failed: a machine or the host went down while it ran");
}

void Desk::is_drained(ApplianceId id, bool well) {
    for (const CmdletId cmdlet : drained_first) {
        const auto operation = waiting(id, cmdlet);
        if (!operation) continue;
        if (well) {
            step_ends(*operation);
        } else {
            end(*operation, "the drain did not end in time: calls are up still; -Force stops them");
        }
        return;
    }
}

bool Desk::has_lost_its_place(const Command& command, const UnderWay& state) const {
    if (!command.on || watches_itself(command)) return false;
    const topology::Appliance& appliance = estate_.fleet.appliances()[*command.on];
    if (appliance.host_losses != state.host_losses) return true;
    const std::optional<vocabulary::Machine> machine = inside(command);
    return machine && !appliance.on(*machine);
}

void Desk::settle(const std::vector<ApplianceId>& appliances) {
    std::vector<OperationId> lost;
    for (const ApplianceId id : appliances)
        for (const OperationId operation : at_host_[vocabulary::index(id)])
            if (has_lost_its_place(operations_[vocabulary::index(operation)].command, under_way_.at(operation)))
                lost.push_back(operation);
    for (const OperationId operation : lost) {
        const Command& command = operations_[vocabulary::index(operation)].command;
        const bool host =
            estate_.fleet.appliances()[*command.on].host_losses != under_way_.at(operation).host_losses;
        end(operation, host ? host_lost : machine_lost);
    }
}

kernel::Ticket Desk::wake_in(Duration delay, StrandId strand) {
    return estate_.simulation.schedule_in(delay, Rank::timer, kind::strand_wakes, subject_of(strand));
}

void Desk::strand_wakes(std::uint32_t strand) {
    if (programs_ != nullptr) programs_->wake(static_cast<StrandId>(strand));
}

void Desk::set_overflow(vocabulary::SiteId site, std::optional<vocabulary::SiteId> to) {
    estate_.fleet.set_overflow(site, to);
}

void Desk::note_program(vocabulary::ProgramId program) {
    estate_.simulation.record(record::program_began, subject_of(program));
}

}  // namespace sim::operations
