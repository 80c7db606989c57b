// The verbs of the product, typed by people or called by scripts: one cmdlet, one function. The only way in for
// people. A cmdlet has preconditions, takes time, and acts at its end.

#pragma once

#include "sim/maintenance/drains.hpp"
#include "sim/maintenance/updates.hpp"
#include "sim/topology/fleet.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace sim::operations {

using kernel::Duration;
using vocabulary::ApplianceId;

enum class Cmdlet : std::uint8_t { enter_cc_update, exit_cc_update };

// Why a cmdlet refused. The texts are those an operator reads at the host's console.
enum class Refusal : std::uint8_t {
    host_down,
    already_in_maintenance,
    not_in_maintenance,
    exit_under_way,
    update_under_way,
    machines_unreachable,
};
std::string_view text(Refusal refusal);

class Cmdlets {
public:
    Cmdlets(kernel::Simulation& simulation, topology::Fleet& fleet, maintenance::Drains& drains,
            const maintenance::Updates& updates, Duration exit_takes);

    // Takes the appliance out of service. As long as the product does: the drain has no limit unless one is
    // given.
    std::optional<Refusal> enter_cc_update(ApplianceId on, maintenance::Stop stop);

    // Starts the services again; the appliance is back in production when that is done.
    std::optional<Refusal> exit_cc_update(ApplianceId on);

    // Event of this room.
    void operation_ends(std::uint32_t row);

private:
    struct UnderWay {
        Cmdlet cmdlet{};
        ApplianceId on{};
    };
    std::optional<Refusal> refuse(ApplianceId on, Cmdlet cmdlet, Refusal refusal);

    kernel::Simulation& simulation_;
    topology::Fleet& fleet_;
    maintenance::Drains& drains_;
    const maintenance::Updates& updates_;
    Duration exit_takes_;
    std::vector<UnderWay> under_way_;
    std::vector<bool> exits_;  // by appliance: an Exit-CcUpdate is under way
};

}  // namespace sim::operations
