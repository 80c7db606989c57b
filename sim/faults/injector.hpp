// What breaks, and what it takes with it.
//
// A fault strikes a place, holds its part down, and ends by itself or when a recovery attempt clears it. The
// injector knows what each fault takes; the fleet knows what follows from that.

#pragma once

#include "sim/kernel/variates.hpp"
#include "sim/topology/fleet.hpp"
#include "sim/vocabulary/fault_ids.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace sim::faults {

using kernel::Duration;
using vocabulary::ApplianceId;
using vocabulary::FaultId;
using vocabulary::GatewayId;
using vocabulary::Machine;

struct Fault {
    FaultId id{};
    std::variant<ApplianceId, GatewayId> on;
    std::optional<Machine> machine;  // where the fault strikes a machine
    std::optional<Duration> lasts;   // none: until cleared
};

// A fault that comes again and again. Its k-th failure is draw k on the calendar, whatever else happens
// meanwhile: one that hits something already down is recorded and does nothing.
struct FailureProcess {
    Fault fault;  // without `lasts`
    kernel::Law between;
    std::optional<kernel::Law> lasts;  // none: until cleared
    std::string entity;                // names its luck
};

class Injector {
public:
    Injector(kernel::Simulation& simulation, topology::Fleet& fleet) : simulation_(simulation), fleet_(fleet) {}

    void add(FailureProcess process);  // its first failure is drawn at once

    void strike(const Fault& fault);

    // Events of this room.
    void failure(std::uint32_t process);
    void fault_ends(std::uint32_t fault);

private:
    struct Process {
        FailureProcess plan;
        kernel::Stream luck;
        std::uint64_t failures = 0;
    };

    void schedule_next(std::uint32_t process);
    bool strike_appliance(const Fault& fault, ApplianceId id, std::uint32_t number);

    kernel::Simulation& simulation_;
    topology::Fleet& fleet_;
    std::vector<Process> processes_;
    std::vector<Fault> struck_;  // every fault that ever struck, by number
};

}  // namespace sim::faults
