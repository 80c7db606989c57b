#include "sim/operations/desk.hpp"

#include "sim/vocabulary/kinds.hpp"

#include <algorithm>

namespace sim::operations {

using kernel::Rank;
using vocabulary::subject_of;
using vocabulary::VersionId;
namespace kind = vocabulary::kind;
namespace record = vocabulary::record;

namespace {

constexpr const char* host_lost = "the connection to the host was lost";

std::uint32_t subject(const Command& command) {
    return command.on ? subject_of(*command.on) : ~std::uint32_t{0};
}

// -WhatIf: says what it would do, and does nothing.
bool is_rehearsal(const Command& command) {
    return vocabulary::has_flag(command, "WhatIf");
}

std::int64_t detail(const Command& command) {
    return static_cast<std::int64_t>(command.cmdlet);
}

}  // namespace

Desk::Desk(Estate estate, const maintenance::Updates& updates)
    : estate_(std::move(estate)), updates_(updates) {}

// What holds for every cmdlet that is typed at a host, before its own conditions.
std::string Desk::refusal(const Command& command) const {
    if (command.on) {
        if (estate_.fleet.appliances()[*command.on].host != topology::Power::on)
            return "the host does not answer";
        if (updates_.works_on(*command.on)) return "an update of this appliance is in progress";
    }
    const Verb* does = verb(command.cmdlet);
    if (does == nullptr) return "nothing of it is simulated";
    const VersionId version =
        command.on ? estate_.fleet.appliances()[*command.on].version : vocabulary::newest_version;
    if (const auto why = vocabulary::wrong(command, version)) return *why;
    if (std::string why = does->refuses(estate_, command); !why.empty()) return why;
    const bool runs = std::any_of(under_way_.begin(), under_way_.end(), [&](const auto& other) {
        const Command& typed = operations_[vocabulary::index(other.first)].command;
        return command.on && typed.on == command.on && typed.cmdlet == command.cmdlet;
    });
    if (runs)
        return std::string{vocabulary::cmdlet(command.cmdlet).name} + " is running on this appliance already";
    return "";
}

OperationId Desk::start(const Command& command, std::optional<StrandId> strand) {
    const auto id = static_cast<OperationId>(operations_.size());
    const std::string why = refusal(command);
    operations_.push_back({command, false, {}, {}});
    under_way_[id] = UnderWay{strand, 0, {}, {}};
    if (!why.empty()) {
        under_way_[id].strand.reset();  // who asks sees it at once
        end(id, why);
        if (strand) failed_.pop_back();
        return id;
    }
    UnderWay& now = under_way_[id];
    now.cause = estate_.simulation.record(record::cmdlet_run, subject(command), detail(command));
    if (command.on) now.host_losses = estate_.fleet.appliances()[*command.on].host_losses;
    const Verb& does = *verb(command.cmdlet);
    const std::optional<Duration> takes = does.takes(estate_, command);
    if (takes)
        now.end = estate_.simulation.schedule_in(*takes, Rank::timer, kind::operation_ends, subject_of(id));
    if (does.begins != nullptr && !is_rehearsal(command)) does.begins(estate_, command);
    return id;
}

void Desk::operation_ends(std::uint32_t row) {
    const auto id = static_cast<OperationId>(row);
    under_way_.at(id).end = kernel::no_ticket;
    finish(id);
}

void Desk::finish(OperationId id) {
    Operation& operation = operations_[vocabulary::index(id)];
    if (is_rehearsal(operation.command)) return end(id, "");
    end(id, verb(operation.command.cmdlet)->ends(estate_, operation.command, operation.answer));
}

void Desk::end(OperationId id, std::string error) {
    Operation& operation = operations_[vocabulary::index(id)];
    UnderWay was = under_way_.at(id);
    under_way_.erase(id);
    estate_.simulation.cancel(was.end);
    operation.is_over = true;
    operation.error = std::move(error);
    if (!operation.error.empty()) {
        estate_.simulation.record(record::cmdlet_failed, subject(operation.command), detail(operation.command));
        if (!was.strand) failed_.push_back({now(), operation.command, operation.error});
    }
    if (was.strand && programs_ != nullptr) programs_->wake(*was.strand);
}

std::optional<OperationId> Desk::waiting(ApplianceId id, CmdletId cmdlet) const {
    for (const auto& [operation, state] : under_way_) {
        const Command& command = operations_[vocabulary::index(operation)].command;
        if (command.on == id && command.cmdlet == cmdlet && state.end == kernel::no_ticket) return operation;
    }
    return std::nullopt;
}

void Desk::is_out(ApplianceId id) {
    if (const auto operation = waiting(id, CmdletId::enter_cc_update)) finish(*operation);
}

void Desk::is_patched(ApplianceId id, bool well) {
    const auto operation = waiting(id, CmdletId::install_windows_update);
    if (!operation) return;
    end(*operation, well ? "" : "the update failed: a machine or the host went down while it ran");
}

void Desk::settle(const std::vector<ApplianceId>& appliances) {
    std::vector<OperationId> lost;
    for (const ApplianceId id : appliances)
        for (const auto& [operation, state] : under_way_) {
            const Command& command = operations_[vocabulary::index(operation)].command;
            const bool restarts = command.cmdlet == CmdletId::install_windows_update;  // watches over it itself
            if (command.on == id && !restarts &&
                estate_.fleet.appliances()[id].host_losses != state.host_losses)
                lost.push_back(operation);
        }
    for (const OperationId operation : lost) end(operation, host_lost);
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
