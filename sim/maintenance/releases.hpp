// The patches of Windows that the vendor publishes, and how far each appliance is behind.
//
// A patch may be bad. That is the patch's luck, the same for all who install it: on each of them Mediation's
// service fails some hours later, until somebody has mended it. So who tries a patch on one appliance first
// learns something.

#pragma once

#include "sim/kernel/simulation.hpp"
#include "sim/kernel/variates.hpp"
#include "sim/vocabulary/ids.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sim::maintenance {

using kernel::Duration;
using kernel::Instant;
using vocabulary::ApplianceId;

struct ReleasePlan {
    std::vector<Instant> patches;  // ascending; before the first one everybody is up to date
    double bad_share = 0;          // of patches
    kernel::Law bad_shows;         // from the end of the patching until the service fails
    Duration bad_lasts{};          // until it is mended
};

class Releases {
public:
    Releases(kernel::Simulation& simulation, ReleasePlan plan, const std::vector<std::string>& appliance_names);

    // Without a calendar there is always something to install.
    bool has_patches() const { return !plan_.patches.empty(); }
    bool is_behind(ApplianceId id) const { return !has_patches() || patch(id) < published_; }

    // Whoever patches gets what is out when it begins.
    void begins_to_patch(ApplianceId id) { state(id).installing = published_; }
    void is_patched(ApplianceId id);
    Duration bad_lasts() const { return plan_.bad_lasts; }

    // Events of this room.
    void patch_is_out();
    // Whether the appliance still has the patch that shows now.
    bool bad_patch_shows(ApplianceId id);

    // How long appliances lacked the newest patch, all together, until now.
    Duration unpatched() const;

private:
    struct State {
        std::uint32_t patch = 0;       // how many of the plan's it has
        std::uint32_t installing = 0;  // of the patching under way
        std::uint32_t bad = 0;         // the patch that will show; 0: none
        Instant behind_since{};
        kernel::Stream luck;
    };
    State& state(ApplianceId id) { return states_[vocabulary::index(id)]; }
    std::uint32_t patch(ApplianceId id) const { return states_[vocabulary::index(id)].patch; }
    bool is_bad(std::uint32_t patch) const;
    void schedule_next();

    kernel::Simulation& simulation_;
    ReleasePlan plan_;
    kernel::Stream luck_;  // of patches
    std::uint32_t published_ = 0;
    std::vector<State> states_;  // by appliance
    Duration unpatched_{};       // of those that have caught up
};

}  // namespace sim::maintenance
