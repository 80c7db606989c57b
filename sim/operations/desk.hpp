// Where people and programs sit: they see the fleet and type cmdlets. The only way in.
//
// An operation is a cmdlet under way. It takes simulated time, has the record of its start as the cause of what
// it does, and ends with an answer or an error.

#pragma once

#include "sim/operations/clearing.hpp"
#include "sim/operations/programs.hpp"
#include "sim/operations/verbs.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sim::operations {

enum class OperationId : std::uint32_t {};

struct Operation {
    Command command;
    bool is_over = false;
    std::string error;  // empty: it did what it was typed for
    Answer answer;
};

// A cmdlet that was turned down, or broke off.
struct Failed {
    kernel::Instant at{};
    Command command;
    std::string error;
};

// By Enter-CcUpdate, and not brought back.
struct TakenOut {
    kernel::Instant at{};
    std::optional<StrandId> by;  // none: nobody waited for it
};

class Desk {
public:
    Desk(Estate estate, maintenance::Updates& updates);

    // Who is told when time has come and operations end. None: nobody waits.
    void seat(Programs* programs) { programs_ = programs; }

    // Types a cmdlet. What it is refused for, it is refused for at once: then it is over already. Its end is
    // told to `strand`; where nobody waits for it, an error is kept in failed().
    OperationId start(const Command& command, std::optional<StrandId> strand = std::nullopt);
    const Operation& operation(OperationId id) const { return operations_[vocabulary::index(id)]; }
    const std::vector<Failed>& failed() const { return failed_; }
    // Nothing as well of an appliance that an update took out.
    std::optional<TakenOut> taken_out(ApplianceId id) const;

    // Lets a strand go on later.
    kernel::Ticket wake_in(Duration delay, StrandId strand);
    void cancel(kernel::Ticket& ticket) { estate_.simulation.cancel(ticket); }

    // What can be seen.
    kernel::Instant now() const { return estate_.simulation.now(); }
    const topology::Fleet& fleet() const { return estate_.fleet; }
    std::uint64_t calls(ApplianceId id) const { return estate_.calls.busy(id); }
    bool is_patched(ApplianceId id) const { return !estate_.releases.is_behind(id); }
    // It runs what came out last.
    bool is_current(ApplianceId id) const {
        return estate_.releases.is_current(fleet().appliances()[id].version);
    }
    bool window_is_open(vocabulary::SiteId site, maintenance::Work work) const {
        return updates_.is_open(site, work);
    }
    const Names& names() const { return estate_.names; }

    // What if: an outbound call that no appliance of the site takes leaves by the other one. No release of the
    // product can do that.
    void set_overflow(vocabulary::SiteId site, std::optional<vocabulary::SiteId> to);

    // A program begins; what it does from then on in this event has that as its cause.
    void note_program(vocabulary::ProgramId program);

    // Events of this room.
    void operation_ends(std::uint32_t row);
    void strand_wakes(std::uint32_t strand);

    // The appliance has entered maintenance; its patching is over.
    void is_out(ApplianceId id);
    void is_patched(ApplianceId id, bool well);
    // A drain that a cmdlet asked for has ended, or its limit has passed without cutting.
    void is_drained(ApplianceId id, bool well);
    // Appliances that have changed: who lost the host has lost the console on it.
    void settle(const std::vector<ApplianceId>& appliances);

private:
    struct UnderWay {
        std::optional<StrandId> strand;
        bool is_asked_for = false;      // somebody sees how it ends
        std::uint32_t host_losses = 0;  // of the host when it began
        kernel::Ticket end{};
        kernel::RecordId cause{};
        unsigned step = 0;
        bool has_begun = false;
    };
    std::string refusal_of_the_place(const Command& command) const;
    std::string refusal_of_the_others(const Command& command) const;
    void step_ends(OperationId id);
    bool has_lost_its_place(const Command& command, const UnderWay& state) const;
    void end(OperationId id, std::string error);
    void finish(OperationId id);
    std::optional<OperationId> waiting(ApplianceId id, CmdletId cmdlet) const;
    void break_off_drains(ApplianceId id);
    std::string refusal(const Command& command) const;

    Estate estate_;
    Clearing clearing_;
    maintenance::Updates& updates_;
    Programs* programs_ = nullptr;
    std::vector<Operation> operations_;
    std::map<OperationId, UnderWay> under_way_;
    std::vector<std::vector<OperationId>> at_host_;  // by appliance: those under way
    std::vector<Failed> failed_;
    std::vector<std::optional<TakenOut>> taken_out_;  // by appliance: the last time
};

}  // namespace sim::operations
