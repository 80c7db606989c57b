#include "sim/operations/services.hpp"

#include "sim/vocabulary/letters.hpp"

#include <array>

namespace sim::operations {

using vocabulary::Machine;
using vocabulary::Part;

namespace {

constexpr std::array names{
    ServiceName{Part::management, std::nullopt, "CceManagementService"},
    ServiceName{Part::ad_services, Machine::ad, "NTDS"},
    ServiceName{Part::ad_services, Machine::ad, "DNS"},
    ServiceName{Part::cms_master, Machine::cms, "MASTER"},
    ServiceName{Part::cms_replica, Machine::cms, "REPLICA"},
    ServiceName{Part::mediation_rtcsrv, Machine::mediation, "RTCSRV", 12288, 12289},
    ServiceName{Part::mediation_medsvc, Machine::mediation, "RTCMEDSRV", 25002, 25003},
    ServiceName{Part::mediation_replica, Machine::mediation, "REPLICA"},
    ServiceName{Part::edge_rtcsrv, Machine::edge, "RTCSRV", 12288, 12289},
    ServiceName{Part::edge_replica, Machine::edge, "REPLICA"},
    ServiceName{Part::edge_rtcdataproxy, Machine::edge, "RTCDATAPROXY"},
    ServiceName{Part::edge_rtcmrauth, Machine::edge, "RTCMRAUTH", 19002, 19003},
    ServiceName{Part::edge_rtcmediarelay, Machine::edge, "RTCMEDIARELAY", 22002, 22003},
};

}  // namespace

std::span<const ServiceName> service_names() {
    return names;
}

const ServiceName* service_named(std::string_view name, std::optional<Machine> machine) {
    const ServiceName* found = nullptr;
    for (const ServiceName& one : names) {
        if (!vocabulary::same_word(one.name, name) || (machine && one.machine != machine)) continue;
        if (found != nullptr) return nullptr;
        found = &one;
    }
    return found;
}

std::string no_service(const std::string& name) {
    return "cannot find any service with service name '" + name + "'";
}

}  // namespace sim::operations
