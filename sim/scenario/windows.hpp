// When an update window opens next, in a site's own time.
//
// A window opens on certain weekdays at a time of the local clock. Where daylight saving skips that time it
// opens at the first instant that exists; where the time comes twice, at the first of the two. A
// window never opens twice in one local day, and no day of the calendar is left out.

#pragma once

#include "sim/scenario/scenario.hpp"

#include <optional>

namespace sim::scenario {

// The first opening strictly after `after`; nothing if the window has no weekday. REQUIRES 0 <= start < 24 h.
std::optional<kernel::Instant> next_opening(const Window& window, const vocabulary::Zone& zone,
                                            const vocabulary::Calendar& calendar, kernel::Instant after);

// How far apart the nearest two openings are, around the week. REQUIRES a weekday.
Duration shortest_gap(const Window& window);

}  // namespace sim::scenario
