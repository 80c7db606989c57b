// Time as the simulation knows it: whole microseconds since the start of the run.
//
// Integers, because sums of doubles depend on their order; microseconds, because 200 years of them fit into 64
// bits with room to spare. A SimClock has no now(): only the loop knows what time it is, and tells.

#pragma once

#include <chrono>
#include <cstdint>
#include <limits>

namespace sim::kernel {

using Duration = std::chrono::duration<std::int64_t, std::micro>;

struct SimClock {
    using rep = Duration::rep;
    using period = Duration::period;
    using duration = Duration;
    using time_point = std::chrono::time_point<SimClock>;
    static constexpr bool is_steady = true;
};

using Instant = SimClock::time_point;

inline constexpr Instant start_of_run{};
inline constexpr Instant never = Instant::max();  // later than all that can be scheduled
inline constexpr Duration longest_run = std::chrono::hours{24 * 365 * 200};

// For printing and for reports only; no state is kept in seconds.
constexpr double seconds(Duration duration) {
    return static_cast<double>(duration.count()) / 1e6;
}

// The whole microseconds nearest to `seconds` (halves away from zero); what no run can reach becomes
// longest_run. Every drawn duration is rounded here, once.
constexpr Duration rounded(double seconds) {
    const double micros = seconds * 1e6;
    if (!(micros < static_cast<double>(longest_run.count()))) return longest_run;
    if (micros <= -static_cast<double>(longest_run.count())) return -longest_run;
    return Duration{static_cast<std::int64_t>(micros < 0 ? micros - 0.5 : micros + 0.5)};
}

}  // namespace sim::kernel
