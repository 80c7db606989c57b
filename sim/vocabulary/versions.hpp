// The releases of the product, as data: what the management service of each watches, how it recovers, and how
// many appliances a site may have. A fleet may mix them.

#pragma once

#include "sim/vocabulary/parts.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace sim::vocabulary {

enum class VersionId : std::uint8_t { v1_3_8, v1_4_1, v1_4_2, v2_0, v2_0_1, v2_1 };

struct Version {
    VersionId id;
    std::string_view name;
    Parts watched;              // by detection; none: it detects and recovers nothing
    unsigned service_restarts;  // attempts that restart services only, before one starts machines too
    unsigned appliances_per_site_max;
    unsigned gives_up_after;  // attempts, where the ladder is that of its release (B-REC); 0: never
    bool updates_itself;      // else by hand alone
    bool bypasses_media;      // where the tenant wants it

    constexpr bool detects() const { return watched.any(); }
};

// 1.4: services alone, looked at over the Management switch (B-REC). 2.0: also machines, network cards and
// firewall rules, over the Corpnet switch (S0, TRB, PLAN). Nobody watches the services inside AD, the gateways,
// names, certificates or lines.
inline constexpr Parts watched_by_1_4{Part::mediation_rtcsrv, Part::mediation_medsvc, Part::edge_rtcsrv};
inline constexpr Parts watched_by_2_0 = (every_service - Parts{Part::ad_services}) | every_machine |
                                        every_card | Parts{Part::mediation_rule, Part::edge_rule};

inline constexpr std::array versions{
    Version{VersionId::v1_3_8, "1.3.8", {}, 0, 4, 0, false, false},
    Version{VersionId::v1_4_1, "1.4.1", watched_by_1_4, 3, 4, 7, true, false},
    Version{VersionId::v1_4_2, "1.4.2", watched_by_1_4, 3, 4, 7, true, false},
    Version{VersionId::v2_0, "2.0", watched_by_2_0, 0, 16, 0, true, true},
    Version{VersionId::v2_0_1, "2.0.1", watched_by_2_0, 0, 16, 0, true, true},
    Version{VersionId::v2_1, "2.1", watched_by_2_0, 0, 16, 0, true, true},
};
inline constexpr VersionId newest_version = VersionId::v2_1;

constexpr const Version& version(VersionId id) {
    return versions[static_cast<std::size_t>(id)];
}

// The software that is installed: its version, and with which release inside the run it came; 0: before. What
// comes out in a run does what the newest version does. Newer ones are greater.
struct Build {
    VersionId version = newest_version;
    std::uint32_t release = 0;

    auto operator<=>(const Build&) const = default;
    constexpr operator VersionId() const { return version; }  // NOLINT: what it does is what its version does
};

// "2.1"; "2.1.3" is the third release of the run (assumed).
inline std::string text(const Build& build) {
    std::string name{version(build.version).name};
    if (build.release != 0) name += "." + std::to_string(build.release);
    return name;
}

// For the journal.
constexpr std::int64_t number(const Build& build) {
    return static_cast<std::int64_t>(build.version) | std::int64_t{build.release} << 8;
}

}  // namespace sim::vocabulary
