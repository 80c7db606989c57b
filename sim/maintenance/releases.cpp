#include "sim/maintenance/releases.hpp"

#include "sim/vocabulary/kinds.hpp"

namespace sim::maintenance {

using kernel::Rank;
using vocabulary::subject_of;
namespace kind = vocabulary::kind;
namespace record = vocabulary::record;

Releases::Releases(kernel::Simulation& simulation, ReleasePlan plan,
                   const std::vector<std::string>& appliance_names)
    : simulation_(simulation), plan_(std::move(plan)), luck_(simulation.luck(), "Windows", "bad patch") {
    for (const std::string& name : appliance_names)
        states_.push_back({0, 0, 0, {}, kernel::Stream(simulation.luck(), name, "bad patch shows")});
    schedule_next();
}

void Releases::schedule_next() {
    if (published_ < plan_.patches.size())
        simulation_.schedule(plan_.patches[published_], Rank::timer, kind::patch_is_out, published_);
}

void Releases::patch_is_out() {
    simulation_.record(record::patch_published, published_);
    for (State& one : states_)
        if (one.patch == published_) one.behind_since = simulation_.now();
    ++published_;
    schedule_next();
}

bool Releases::is_bad(std::uint32_t patch) const {
    return patch > 0 && luck_.uniform(patch, 0) < plan_.bad_share;
}

void Releases::is_patched(ApplianceId id) {
    State& now = state(id);
    if (now.installing == now.patch) return;
    now.patch = now.installing;
    now.bad = 0;
    if (now.patch == published_) unpatched_ += simulation_.now() - now.behind_since;
    if (!is_bad(now.patch)) return;
    now.bad = now.patch;
    const Duration shows = plan_.bad_shows.draw(now.luck.uniform(now.patch, 0));
    if (shows < simulation_.end() - simulation_.now())
        simulation_.schedule_in(shows, Rank::fault, kind::bad_patch_shows, subject_of(id));
}

bool Releases::bad_patch_shows(ApplianceId id) {
    State& now = state(id);
    const bool is_there = now.bad != 0 && now.bad == now.patch;
    now.bad = 0;
    if (is_there) simulation_.record(record::bad_patch_showed, subject_of(id), now.patch);
    return is_there;
}

Duration Releases::unpatched() const {
    Duration sum = unpatched_;
    for (const State& one : states_)
        if (one.patch < published_) sum += simulation_.now() - one.behind_since;
    return sum;
}

}  // namespace sim::maintenance
