// A time zone as plain data, and the way between a run's instants and local clocks.
//
// The zone database is asked once, outside (ports.hpp); below that a zone is a list of offsets. A local time
// that daylight saving skips means the first instant that exists after it; one that comes twice means the first
// of the two.

#pragma once

#include "sim/kernel/time.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace sim::vocabulary {

struct Zone {
    struct Rule {
        std::int64_t from = 0;    // seconds since 1970-01-01 UTC at which this offset begins
        std::int32_t offset = 0;  // seconds east of UTC
        bool operator==(const Rule&) const = default;
    };
    std::string name = "UTC";
    std::vector<Rule> rules{{INT64_MIN, 0}};  // ascending; the first covers all earlier time

    bool operator==(const Zone&) const = default;
};

using CivilSeconds = std::chrono::local_time<std::chrono::seconds>;  // a clock on the wall, zone unsaid
using CivilDay = std::chrono::local_days;

// Where a run stands in the calendar: its first instant is midnight UTC of `first_day`.
struct Calendar {
    std::chrono::sys_days first_day;

    std::int64_t unix_seconds(kernel::Instant at) const;             // rounded down
    CivilSeconds local(kernel::Instant at, const Zone& zone) const;  // rounded down to the second
    kernel::Instant instant(CivilSeconds local,
                            const Zone& zone) const;  // gap: first that exists; fold: the first
    kernel::Instant instant_of_unix(std::int64_t seconds) const;

    // The next instant after `after` at which the zone's offset changes, or never.
    kernel::Instant next_change(kernel::Instant after, const Zone& zone) const;

    bool operator==(const Calendar&) const = default;
};

std::string text(CivilSeconds local);                                // "2019-11-18 10:20:00"
std::string utc_text(const Calendar& calendar, kernel::Instant at);  // "2019-11-18T09:20:00Z"

}  // namespace sim::vocabulary
