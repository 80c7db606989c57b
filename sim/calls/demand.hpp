// Who calls when, how long and where to: the arrivals of one cohort of users.
//
// Arrivals are a Poisson process whose rate is constant between two boundaries of the week's profile and is
// scaled by a random level for each local day (CV about 0.09 in public call data). The next arrival is found
// exactly: a unit exponential is used up along the integral of the rate, boundary after boundary.
//
// All luck of the k-th arrival of a cohort is addressed by k: gap, user, direction, destination, place, length
// and route are drawn for every arrival, used or not. What a policy does with a call changes no
// other.

#pragma once

#include "sim/kernel/random.hpp"
#include "sim/kernel/time.hpp"
#include "sim/kernel/variates.hpp"
#include "sim/kernel/ziggurat.hpp"
#include "sim/vocabulary/ids.hpp"
#include "sim/vocabulary/outcomes.hpp"
#include "sim/vocabulary/zone.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sim::calls {

using kernel::Duration;
using kernel::Instant;
using vocabulary::CohortId;
using vocabulary::Direction;
using vocabulary::SiteId;

struct Caller {                      // one voice-enabled user
    bool international = true;       // may dial abroad
    std::uint16_t home_gateway = 0;  // which of the home site's gateways owns the number
};

struct RedialHabit {  // whoever was lost may call again
    double share = 0;
    Duration delay{};
    unsigned tries = 1;
};

struct Cohort {
    std::string name;             // names the streams: the users' site in the export, "" for those without
    std::optional<SiteId> site;   // assigned; none: they exit at the tenant's PeerDestination
    std::optional<SiteId> exit;   // where outbound calls leave: the site, else PeerDestination, else nowhere
    std::vector<Caller> callers;  // never empty
    std::array<std::vector<double>, 7> calls_per_second;  // weekday (0 = Sunday) -> slot -> rate at day level 1
    Duration slot{};
    double day_level_cv = 0;
    vocabulary::Zone zone;
    kernel::Law length;
    double outbound_share = 0.5;
    double external_share = 0;
    double international_share = 0;
    double emergency_share = 0;
    double escalation_share = 0;    // of calls that become a conference
    std::optional<CohortId> users;  // whose settings these callers have; none: nobody changes them
    // Had no voice when the run began, and call only once they are given it; like those of this cohort, but by
    // a luck of their own.
    std::optional<CohortId> newcomers_of;
    std::uint32_t first_caller = 0;  // what the first of `callers` is among those users
    std::optional<RedialHabit> redial;
};

// Draws conversation lengths, with what does not change from call to call worked out before. Exponential and
// lognormal lengths, the common ones, come from the ziggurat; the others by inversion.
class Lengths {
public:
    explicit Lengths(const kernel::Law& law);  // which must outlive this

    // From 64 random bits; `spare` serves the rare draw that needs more.
    Duration draw(std::uint32_t high, std::uint32_t low, const kernel::SpareLuck& spare) const;

private:
    const kernel::Law* law_;
    kernel::Law::Family family_;
    double scale_, shape_;  // the mean; lognormal: the mean of the logarithm
};

struct Arrival {
    std::uint64_t ordinal = 0;  // of its cohort
    std::uint32_t caller = 0;
    std::uint32_t route = 0;  // 32 random bits for every choice on the way
    Duration length{};
    Direction direction{};
    bool external = false;  // the client is outside the corporate network
    bool international = false;
    bool emergency = false;
    bool escalates = false;  // becomes a conference, if it can
};

// The greatest number up to `last` whose low half is `low`.
constexpr std::uint64_t last_with(std::uint64_t last, std::uint32_t low) {
    return last - static_cast<std::uint32_t>(static_cast<std::uint32_t>(last) - low);
}

class alignas(64) Arrivals {
public:
    Arrivals(kernel::Luck luck, const Cohort& cohort, const vocabulary::Calendar& calendar, Instant end);

    Instant next_at() const { return next_at_; }  // never: none before the end
    unsigned hour() const { return hour_; }       // of the local clock at next_at

    // Asks for what take() will read. To be called some time before it.
    void prefetch() const {
        __builtin_prefetch(&next_at_, 1);
        __builtin_prefetch(&lengths_);
        __builtin_prefetch(blocks_.data() + (ordinal_ - first_in_batch_) * branches);
    }

    // What calls at next_at(). Then next_at() is the arrival after it.
    Arrival take();

    // Leaves out what calls before `at`.
    void skip_to(Instant at) {
        while (next_at_ < at) advance();
    }

    // The same arrival once more, from its number alone: a call in progress need not remember who made it.
    Arrival recall(std::uint64_t ordinal) const;

    // The last arrival that was taken whose ordinal ends in these 32 bits.
    std::uint64_t last_with(std::uint32_t ordinal_low) const {
        return calls::last_with(ordinal_ - 1, ordinal_low);
    }

    // Luck that few arrivals need, uniform in [0, 1).
    enum class Chance : std::uint32_t { misdials, slow_destination, escalation_edge, transfer };
    double chance(std::uint64_t ordinal, Chance of) const {
        return luck_.uniform(ordinal, first_branch_of_chances + static_cast<std::uint32_t>(of));
    }

    // Luck of the ordinal-th arrival's second and later tries: uniform in [0, 1).
    double again(std::uint64_t ordinal, std::uint32_t draw) const {
        return luck_.uniform(ordinal, first_branch_of_redials + draw);
    }

private:
    void advance();
    void enter_segment(Instant from);
    double level_of(std::int64_t day);
    kernel::Block words(unsigned branch);
    Arrival made_of(std::uint64_t ordinal, const kernel::Block& first, const kernel::Block& second) const;

    static constexpr std::uint32_t first_branch_of_redials = 1u << 20;  // beyond what a ziggurat asks for
    static constexpr std::uint32_t first_branch_of_chances = 1u << 19;

    static constexpr unsigned branches = 2;  // blocks an arrival
    static constexpr unsigned batch = 16;    // arrivals drawn ahead; as many as the generator does at once

    // What every arrival needs, in two lines of the cache; then what a new segment of the profile needs.
    Instant next_at_ = kernel::start_of_run;
    Instant segment_end_ = kernel::start_of_run;
    Instant end_;
    double rate_ = 0;                                          // calls a microsecond in this segment
    std::uint64_t ordinal_ = 0;                                // of the arrival at next_at_; 0 before the first
    std::uint64_t first_in_batch_ = std::uint64_t{1} - batch;  // of the words drawn ahead; none yet
    kernel::Stream luck_;
    // Shares as thresholds of random bits, so that 0 never and 1 always happens.
    std::uint64_t international_below_, emergency_below_;
    std::uint32_t outbound_below_, external_below_;
    std::uint32_t escalation_below_;
    std::uint32_t callers_;
    unsigned hour_ = 0;
    Lengths lengths_;

    const Cohort* cohort_;
    vocabulary::Calendar calendar_;
    kernel::Stream day_luck_;
    std::int64_t day_ = INT64_MIN;
    double level_ = 1;
    double level_sigma_;  // of the day level's logarithm

    alignas(64) std::array<kernel::Block, branches * batch> blocks_;
};

}  // namespace sim::calls
