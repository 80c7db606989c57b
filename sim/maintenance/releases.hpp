// What the vendor publishes - patches of Windows, and bits: new versions of the product - and how far each
// appliance is behind.
//
// A patch or a version may be bad. That is its own luck, the same for all who install it: on each of them
// Mediation's service fails some hours later, until somebody has mended it. So who tries it on one appliance
// first learns something. What is bad about a version stays with the set of machines that runs it.
//
// A version is supported until sixty days after a newer one has come out (PLAN, B-UPD).

#pragma once

#include "sim/kernel/simulation.hpp"
#include "sim/kernel/variates.hpp"
#include "sim/vocabulary/ids.hpp"
#include "sim/vocabulary/versions.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sim::maintenance {

using kernel::Duration;
using kernel::Instant;
using vocabulary::ApplianceId;

inline constexpr Duration superseded_is_supported = std::chrono::days{60};  // PLAN, B-UPD

struct Badness {
    double share = 0;   // of what comes out
    kernel::Law shows;  // from the end of the work until the service fails
    Duration lasts{};   // until it is mended
};
struct ReleasePlan {
    std::vector<Instant> patches;  // ascending; before the first one everybody is up to date
    Badness bad_patches;
    std::vector<Instant> bits;                // the same
    std::optional<kernel::Law> bits_between;  // and then, or from the start, again and again
    Badness bad_bits;
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
    Duration bad_lasts() const { return plan_.bad_patches.lasts; }

    // What one would download now.
    vocabulary::Build newest() const { return {vocabulary::newest_version, bits_published()}; }
    // Before the first bits of the run come out, everybody is up to date.
    bool is_current(vocabulary::Build build) const { return build.release >= bits_published(); }
    // Called whenever the appliance may run something else than before.
    void note_running(ApplianceId id, vocabulary::Build build);
    Duration bad_bits_last() const { return plan_.bad_bits.lasts; }

    // Events of this room.
    void patch_is_out();
    void bits_are_out();
    // Whether the appliance still has the patch, or runs the version, that shows now.
    bool bad_patch_shows(ApplianceId id);
    bool bad_bits_show(ApplianceId id);

    // How long appliances lacked the newest patch, or ran what is not supported any more, all together, until
    // now.
    Duration unpatched() const;
    Duration out_of_support() const;

private:
    struct State {
        std::uint32_t patch = 0;       // how many of the plan's it has
        std::uint32_t installing = 0;  // of the patching under way
        std::uint32_t bad = 0;         // the patch that will show; 0: none
        Instant behind_since{};
        kernel::Stream luck;

        std::uint32_t bits = 0;  // the release that runs
        Instant runs_since = kernel::start_of_run;
        Instant bad_bits_show_at = kernel::never;
        kernel::Stream bits_luck;
    };
    State& state(ApplianceId id) { return states_[vocabulary::index(id)]; }
    std::uint32_t patch(ApplianceId id) const { return states_[vocabulary::index(id)].patch; }
    bool is_bad(std::uint32_t patch) const;
    void schedule_next();
    std::uint32_t bits_published() const { return static_cast<std::uint32_t>(bits_out_.size()); }
    void schedule_next_bits();
    Duration unsupported(const State& state) const;

    kernel::Simulation& simulation_;
    ReleasePlan plan_;
    kernel::Stream luck_;  // of patches
    std::uint32_t published_ = 0;
    std::vector<State> states_;  // by appliance
    Duration unpatched_{};       // of those that have caught up
    std::vector<Instant> bits_out_;
    kernel::Stream bits_luck_, bits_come_;
    Duration out_of_support_{};  // of versions that run no more
};

}  // namespace sim::maintenance
