#include "sim/maintenance/releases.hpp"

#include "sim/vocabulary/kinds.hpp"

#include <algorithm>

namespace sim::maintenance {

using kernel::Rank;
using vocabulary::subject_of;
namespace kind = vocabulary::kind;
namespace record = vocabulary::record;

Releases::Releases(kernel::Simulation& simulation, ReleasePlan plan,
                   const std::vector<std::string>& appliance_names)
    : simulation_(simulation),
      plan_(std::move(plan)),
      luck_(simulation.luck(), "Windows", "bad patch"),
      bits_luck_(simulation.luck(), "bits", "bad version"),
      bits_come_(simulation.luck(), "bits", "come out") {
    for (const std::string& name : appliance_names)
        states_.push_back({.luck = kernel::Stream(simulation.luck(), name, "bad patch shows"),
                           .bits_luck = kernel::Stream(simulation.luck(), name, "bad version shows")});
    schedule_next();
    schedule_next_bits();
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
    return patch > 0 && luck_.uniform(patch, 0) < plan_.bad_patches.share;
}

void Releases::is_patched(ApplianceId id) {
    State& now = state(id);
    if (now.installing == now.patch) return;
    now.patch = now.installing;
    now.bad = 0;
    if (now.patch == published_) unpatched_ += simulation_.now() - now.behind_since;
    if (!is_bad(now.patch)) return;
    now.bad = now.patch;
    const Duration shows = plan_.bad_patches.shows.draw(now.luck.uniform(now.patch, 0));
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

// --- bits

void Releases::schedule_next_bits() {
    const std::uint32_t next = bits_published();
    if (next < plan_.bits.size()) {
        simulation_.schedule(plan_.bits[next], Rank::timer, kind::bits_are_out, next);
    } else if (plan_.bits_between) {
        const Duration between = plan_.bits_between->draw(bits_come_.uniform(next, 0));
        if (between < simulation_.end() - simulation_.now())
            simulation_.schedule_in(between, Rank::timer, kind::bits_are_out, next);
    }
}

void Releases::bits_are_out() {
    simulation_.record(record::bits_published, bits_published());
    bits_out_.push_back(simulation_.now());
    schedule_next_bits();
}

// Of the time that it has been running what it runs: from sixty days after the next version on.
Duration Releases::unsupported(const State& state) const {
    if (state.bits >= bits_published()) return Duration{};
    const Instant from = std::max(state.runs_since, bits_out_[state.bits] + superseded_is_supported);
    return std::max(simulation_.now() - from, Duration{});
}

Duration Releases::out_of_support() const {
    Duration sum = out_of_support_;
    for (const State& one : states_) sum += unsupported(one);
    return sum;
}

void Releases::note_running(ApplianceId id, vocabulary::Build build) {
    State& now = state(id);
    if (now.bits == build.release) return;
    out_of_support_ += unsupported(now);
    now.bits = build.release;
    now.runs_since = simulation_.now();
    now.bad_bits_show_at = kernel::never;
    if (now.bits == 0 || !(bits_luck_.uniform(now.bits, 0) < plan_.bad_bits.share)) return;
    const Duration shows = plan_.bad_bits.shows.draw(now.bits_luck.uniform(now.bits, 0));
    now.bad_bits_show_at = simulation_.now() + shows;
    if (now.bad_bits_show_at < simulation_.end())
        simulation_.schedule_in(shows, Rank::fault, kind::bad_bits_show, subject_of(id));
}

bool Releases::bad_bits_show(ApplianceId id) {
    State& now = state(id);
    const bool is_there = now.bad_bits_show_at == simulation_.now();  // and not of what ran before
    if (is_there) simulation_.record(record::bad_bits_showed, subject_of(id), now.bits);
    return is_there;
}

}  // namespace sim::maintenance
