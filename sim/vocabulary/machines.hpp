// The four virtual machines of an appliance, in the order in which they must start.

#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace sim::vocabulary {

enum class Machine : std::uint8_t {
    ad,         // domain controller, enterprise CA and DNS of the appliance
    cms,        // Central Management Store
    mediation,  // SIP and media towards the gateways
    edge,       // SIP and media towards the cloud and external clients
};
inline constexpr std::array machines{Machine::ad, Machine::cms, Machine::mediation, Machine::edge};

std::string_view text(Machine machine);  // "mediation"

}  // namespace sim::vocabulary
