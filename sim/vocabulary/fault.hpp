// One fault as somebody asks for it: which, where, and what else must be said. Plain data, the same in a
// scenario and in the world.

#pragma once

#include "sim/kernel/time.hpp"
#include "sim/vocabulary/fault_ids.hpp"
#include "sim/vocabulary/ids.hpp"
#include "sim/vocabulary/machines.hpp"
#include "sim/vocabulary/versions.hpp"

#include <cstdint>
#include <optional>
#include <type_traits>
#include <variant>

namespace sim::vocabulary {

struct TheTenant {
    bool operator==(const TheTenant&) const = default;
};
using FaultPlace = std::variant<ApplianceId, GatewayId, SiteId, CohortId, CommonCauseId, TheTenant>;

// Its number among its kind.
inline std::uint32_t number_of(const FaultPlace& place) {
    return std::visit(
        [](auto id) {
            if constexpr (std::is_same_v<decltype(id), TheTenant>) {
                return std::uint32_t{0};
            } else {
                return subject_of(id);
            }
        },
        place);
}

struct Fault {
    FaultId id{};
    FaultPlace on;
    std::optional<Machine> machine;         // where the fault strikes a machine
    std::optional<ApplianceId> to;          // of a gateway's trunks the one to this appliance; none: all
    std::optional<SiteId> site;             // which site instead, where something leads to a wrong one
    std::optional<double> share;            // of users or of calls
    std::optional<unsigned> ports;          // port-range-too-small: how many there are
    bool media = false;                     // firewall-port-closed: the media range, not 5061
    std::optional<kernel::Duration> lasts;  // none: until cleared

    bool operator==(const Fault&) const = default;
};

// The releases that have a fault at all (S0, TRB). All, unless the guide says otherwise.
struct Releases {
    VersionId first = VersionId::v1_3_8;
    VersionId last = newest_version;

    constexpr bool have(VersionId version) const { return first <= version && version <= last; }
};
constexpr Releases releases_with(FaultId id) {
    switch (id) {
        case FaultId::edge_chain_untrusted:  // 1.4.2 imports the chain itself
            return {VersionId::v1_3_8, VersionId::v1_4_1};
        case FaultId::running_version_empty:  // the step from 1.3 to 1.4.1
            return {VersionId::v1_4_1, VersionId::v1_4_1};
        case FaultId::dotnet_too_old:
        case FaultId::ini_state_line_missing:
            return {VersionId::v2_1, newest_version};
        default:
            return {};
    }
}

}  // namespace sim::vocabulary
