// What breaks, and what it takes with it.
//
// A fault strikes a place, holds its part down, and ends by itself, when a recovery attempt clears it, or when
// somebody puts it right (sim/operations/clearing.hpp); what has a duration ends by itself alone. Which
// part stands in effects.hpp; the fleet knows what follows from that. A common cause strikes several places at
// once, and its record is the cause of theirs. What is repaired by a crew ends when somebody of it has had the
// time; what is configured wrong is so from the first moment on, until somebody
// puts it right.

#pragma once

#include "sim/faults/crews.hpp"
#include "sim/faults/effects.hpp"
#include "sim/kernel/variates.hpp"
#include "sim/topology/fleet.hpp"

#include <string>
#include <variant>
#include <vector>

namespace sim::faults {

using vocabulary::ApplianceId;
using vocabulary::CohortId;
using vocabulary::CommonCauseId;
using vocabulary::GatewayId;
using vocabulary::Machine;
using vocabulary::SiteId;

// A fault that comes again and again. Its k-th failure is draw k on the calendar, whatever else happens
// meanwhile: one that hits something already down is recorded and does nothing.
struct FailureProcess {
    Fault fault;  // without `lasts`
    kernel::Law between;
    std::optional<kernel::Law> lasts;   // none: until cleared; with a crew: the repair itself
    std::string entity;                 // names its luck
    std::optional<CrewId> repaired_by;  // REQUIRES lasts; none: whoever it is begins at once
};

// What a common cause takes, and how: as the fault of its own would.
struct Taken {
    std::variant<ApplianceId, GatewayId, SiteId> what;
    FaultId as{};
};

struct Assumed {                     // parameters of the scenario
    Duration name_lifetime{};        // how long a DNS record that was changed is still believed
    double slow_destinations = 0;    // share of outbound calls whose set-up takes longer than 10 s
    Duration certificate_warning{};  // how long a certificate lasts that is said to expire
};

class Injector {
public:
    Injector(kernel::Simulation& simulation, topology::Fleet& fleet, Assumed assumed,
             vocabulary::Table<CommonCauseId, std::vector<Taken>> common_causes)
        : simulation_(simulation), fleet_(fleet), assumed_(assumed), common_causes_(std::move(common_causes)) {}

    CrewId add_crew(unsigned people) { return crews_.add(people); }
    void add(FailureProcess process);  // its first failure is drawn at once

    // In force from now on and for good; everybody knows it, where names are concerned. REQUIRES that nothing
    // has happened yet and `lasts` unset.
    void configure(const Fault& fault);

    void strike(const Fault& fault);

    // What is wrong now, by numbers that stay: the longest-standing fault first; also what names do not show yet.
    // A fault that a recovery or new certificates have ended is not among them.
    std::vector<std::uint32_t> in_force();
    std::vector<std::uint32_t> in_force(const vocabulary::FaultPlace& place, FaultId id);
    const Fault& fault(std::uint32_t number) const { return struck_[number].fault; }
    bool is_with_a_crew(std::uint32_t fault) const;
    // Somebody else puts it right, and it is over now. What was changed in DNS is believed when the old record has
    // expired. REQUIRES that it is in force and with no crew.
    void mend(std::uint32_t fault);

    // Events of this room.
    void failure(std::uint32_t process);
    void fault_acts(std::uint32_t fault);
    void fault_ends(std::uint32_t fault);
    void fault_lets_go(std::uint32_t fault);

    const Crews& crews() const { return crews_; }

private:
    struct Process {
        FailureProcess plan;
        kernel::Stream luck;
        std::uint64_t failures = 0;
    };

    struct Struck {
        Fault fault;
        std::optional<CrewId> repaired_by;
        kernel::Ticket waits{}, end{};  // for a name to expire, and for its own end
        bool acts = false;              // false: it waits
        bool is_over = false;  // put right, or at its end; a name that was changed may still be believed
    };

    void schedule_next(std::uint32_t process);
    void strike(const Fault& fault, std::optional<CrewId> repaired_by);
    void ask_for_repair(std::uint32_t number);
    void begin_next_repair(CrewId crew);
    bool is_with_a_crew(const Fault& fault) const;
    std::uint32_t add_struck(const Fault& fault, std::optional<CrewId> repaired_by);
    bool act(std::uint32_t number);
    bool act_on(const Fault& fault, ApplianceId id, std::uint32_t number);
    bool act_on(const Fault& fault, GatewayId id, std::uint32_t number);
    bool act_on(const Fault& fault, SiteId id, std::uint32_t number);
    bool act_on(const Fault& fault, CohortId id, std::uint32_t number);
    bool act_on(const Fault& fault, CommonCauseId id, std::uint32_t number);
    bool act_on(const Fault& fault, vocabulary::TheTenant tenant, std::uint32_t number);
    bool switch_back(ApplianceId id);
    bool is_switched_forward(const Fault& fault) const;
    void end(std::uint32_t number);
    void release(std::uint32_t number);
    bool is_in_force(std::uint32_t number) const;
    bool is_there_already(const Fault& fault, std::uint32_t number) const;
    bool strike_all(const std::vector<ApplianceId>& appliances, Effect<Part> effect, std::uint32_t number);
    std::vector<ApplianceId> appliances_of(const Fault& fault) const;

    kernel::Simulation& simulation_;
    topology::Fleet& fleet_;
    Assumed assumed_;
    vocabulary::Table<CommonCauseId, std::vector<Taken>> common_causes_;
    std::vector<Process> processes_;
    std::vector<Struck> struck_;           // every fault that ever struck, by number
    std::vector<std::uint32_t> in_force_;  // of them, those that may be; see is_in_force
    Crews crews_;
    std::vector<std::uint32_t> with_crews_;  // numbers of faults that are repaired, or wait for it
};

}  // namespace sim::faults
