// An update window: on which local days it opens, when, and for how long.

#pragma once

#include "sim/kernel/time.hpp"
#include "sim/vocabulary/problems.hpp"

#include <bitset>
#include <variant>

namespace sim::vocabulary {

inline constexpr unsigned update_windows_max = 20;  // of a tenant (MOD)

// The four shapes of an update window (MOD): the local days on which it opens.
struct Weekly {
    std::bitset<7> days_of_week;  // bit 0 = Sunday; all seven: the product calls it daily
    bool operator==(const Weekly&) const = default;
};
struct MonthlyByDate {
    unsigned day_of_month = 0;  // 1 to 31; a month without that day has no opening (assumed)
    bool operator==(const MonthlyByDate&) const = default;
};
// Each weekday is counted for itself (assumed): the first Saturday may come six days after the first Sunday.
struct MonthlyByWeekday {
    std::bitset<5> weeks_of_month;  // first, second, third, fourth, last; the fourth may be the last
    std::bitset<7> days_of_week;
    bool operator==(const MonthlyByWeekday&) const = default;
};

// Opens at `start` of the local clock, for `length` of real time.
struct Window {
    std::variant<Weekly, MonthlyByDate, MonthlyByWeekday> opens_on;
    kernel::Duration start{};
    kernel::Duration length{};
    Place place;
};

}  // namespace sim::vocabulary
