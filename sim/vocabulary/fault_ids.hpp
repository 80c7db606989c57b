// The names of what can break, and where each may strike. What a fault does stands in sim/faults; the names
// stand here because scenarios speak of them before there is a world. The ids are those of the fault catalogue
//.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sim::vocabulary {

enum class FaultId : std::uint8_t {
    host_crash,            // host-crash: the host loses power or crashes, all four machines with it
    vm_stopped,            // vm-stopped: one virtual machine is stopped
    edge_rtcsrv_down,      // edge-rtcsrv-down: the Access Edge service stops
    med_rtcsrv_down,       // med-rtcsrv-down: the front-end service on Mediation stops
    med_medsvc_down,       // med-medsvc-down: the Mediation service stops
    gateway_down,          // gateway-down: a PSTN gateway is dead
    mgmt_service_stopped,  // mgmt-service-stopped: the host's management service stops; nobody detects or
                           // recovers
    mgmt_service_restart,  // mgmt-service-restart: it restarts at once; retry counters and phase start anew
};

enum class Strikes : std::uint8_t { appliance, machine, gateway };

struct FaultName {
    FaultId id;
    std::string_view name;  // as people type it
    Strikes strikes;        // `machine`: an appliance, and one of its machines
    bool can_last;          // false: it has no duration
    bool clearable;         // by a recovery attempt, unless it has a duration
};

inline constexpr std::array fault_names{
    FaultName{FaultId::host_crash, "host-crash", Strikes::appliance, true, false},
    FaultName{FaultId::vm_stopped, "vm-stopped", Strikes::machine, true, true},
    FaultName{FaultId::edge_rtcsrv_down, "edge-rtcsrv-down", Strikes::appliance, true, true},
    FaultName{FaultId::med_rtcsrv_down, "med-rtcsrv-down", Strikes::appliance, true, true},
    FaultName{FaultId::med_medsvc_down, "med-medsvc-down", Strikes::appliance, true, true},
    FaultName{FaultId::gateway_down, "gateway-down", Strikes::gateway, true, false},
    FaultName{FaultId::mgmt_service_stopped, "mgmt-service-stopped", Strikes::appliance, true, false},
    FaultName{FaultId::mgmt_service_restart, "mgmt-service-restart", Strikes::appliance, false, false},
};

constexpr std::string_view text(FaultId id) {
    return fault_names[static_cast<std::size_t>(id)].name;
}

constexpr std::optional<FaultName> fault_named(std::string_view name) {
    for (const FaultName& fault : fault_names)
        if (fault.name == name) return fault;
    return std::nullopt;
}

}  // namespace sim::vocabulary
