// When an update window opens next, in a site's own time.
//
// A window opens on certain days at a time of the local clock. Where daylight saving skips that time it
// opens at the first instant that exists; where the time comes twice, at the first of the two. A
// window never opens twice in one local day, and no day of the calendar is left out. It then lasts real time:
// 02:00 for 4 h ends at 05:00 in the night in which the clock goes back.

#pragma once

#include "sim/scenario/scenario.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sim::scenario {

// The first opening strictly after `after`; nothing if the window opens on no day. REQUIRES 0 <= start < 24 h.
std::optional<kernel::Instant> next_opening(const Window& window, const vocabulary::Zone& zone,
                                            const vocabulary::Calendar& calendar, kernel::Instant after);

// All openings strictly after `after` and before `end`, ascending.
std::vector<kernel::Instant> openings(const Window& window, const vocabulary::Zone& zone,
                                      const vocabulary::Calendar& calendar, kernel::Instant after,
                                      kernel::Instant end);

// There is a day on which it opens: a weekday, a week of the month, a day from 1 to 31.
bool opens_at_all(const Window& window);

// How far apart the nearest two openings are, in whole days of 24 h, over all years. REQUIRES opens_at_all.
Duration shortest_gap(const Window& window);

// It may be open at 10:00 on a day from Monday to Friday. REQUIRES 0 <= start < 24 h, length <= shortest_gap.
bool is_open_at_work(const Window& window);

// In the words of a scenario: "daily 22:00", "weekly sat,sun 02:00", "monthly 15 00:00",
// "monthly first,last sat,sun 00:00".
std::string text(const Window& window);

// Weeks of the month and days of the week as scenarios write them, bit 0 first.
inline constexpr std::array<std::string_view, 5> week_names{"first", "second", "third", "fourth", "last"};
inline constexpr std::array<std::string_view, 7> day_names{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

}  // namespace sim::scenario
