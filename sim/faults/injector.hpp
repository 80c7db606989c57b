// What breaks, and what it takes with it.
//
// A fault strikes a place, holds its part down, and ends by itself or when a recovery attempt clears it. Which
// part stands in effects.hpp; the fleet knows what follows from that. A common cause strikes several places at
// once, and its record is the cause of theirs.

#pragma once

#include "sim/faults/effects.hpp"
#include "sim/kernel/variates.hpp"
#include "sim/topology/fleet.hpp"

#include <string>
#include <variant>
#include <vector>

namespace sim::faults {

using kernel::Duration;
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
    std::optional<kernel::Law> lasts;  // none: until cleared
    std::string entity;                // names its luck
};

// What a common cause takes, and how: as the fault of its own would.
struct Taken {
    std::variant<ApplianceId, GatewayId, SiteId> what;
    FaultId as{};
};

struct Assumed {                   // parameters of the scenario
    Duration name_lifetime{};      // how long a DNS record that was changed is still believed
    double slow_destinations = 0;  // share of outbound calls whose set-up takes longer than 10 s
};

class Injector {
public:
    Injector(kernel::Simulation& simulation, topology::Fleet& fleet, Assumed assumed,
             vocabulary::Table<CommonCauseId, std::vector<Taken>> common_causes)
        : simulation_(simulation), fleet_(fleet), assumed_(assumed), common_causes_(std::move(common_causes)) {}

    void add(FailureProcess process);  // its first failure is drawn at once

    void strike(const Fault& fault);

    // Events of this room.
    void failure(std::uint32_t process);
    void fault_acts(std::uint32_t fault);
    void fault_ends(std::uint32_t fault);
    void fault_lets_go(std::uint32_t fault);

private:
    struct Process {
        FailureProcess plan;
        kernel::Stream luck;
        std::uint64_t failures = 0;
    };

    void schedule_next(std::uint32_t process);
    bool act(std::uint32_t number);
    bool act_on(const Fault& fault, ApplianceId id, std::uint32_t number);
    bool act_on(const Fault& fault, GatewayId id, std::uint32_t number);
    bool act_on(const Fault& fault, SiteId id, std::uint32_t number);
    bool act_on(const Fault& fault, CohortId id, std::uint32_t number);
    bool act_on(const Fault& fault, CommonCauseId id, std::uint32_t number);
    bool act_on(const Fault& fault, vocabulary::TheTenant tenant, std::uint32_t number);
    void release(std::uint32_t number);

    kernel::Simulation& simulation_;
    topology::Fleet& fleet_;
    Assumed assumed_;
    vocabulary::Table<CommonCauseId, std::vector<Taken>> common_causes_;
    std::vector<Process> processes_;
    std::vector<Fault> struck_;  // every fault that ever struck, by number
};

}  // namespace sim::faults
