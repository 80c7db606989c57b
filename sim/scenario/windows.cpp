#include "sim/scenario/windows.hpp"

#include "sim/kernel/check.hpp"

namespace sim::scenario {

std::optional<kernel::Instant> next_opening(const Window& window, const vocabulary::Zone& zone,
                                            const vocabulary::Calendar& calendar, kernel::Instant after) {
    using std::chrono::days;
    SIM_CHECK(window.start >= Duration::zero() && window.start < days{1});
    const auto start = std::chrono::floor<std::chrono::seconds>(window.start);
    const auto fraction = window.start - start;
    // From the day before, for a skipped time may open its window after midnight; nine days hold every weekday.
    vocabulary::CivilDay day = std::chrono::floor<days>(calendar.local(after, zone)) - days{1};
    for (int step = 0; step < 9; ++step, day += days{1}) {
        if (!window.days.test(std::chrono::weekday{day}.c_encoding())) continue;
        const kernel::Instant opening = calendar.instant(day + start, zone) + fraction;
        if (opening > after) return opening;
    }
    return std::nullopt;
}

Duration shortest_gap(const Window& window) {
    unsigned shortest = 7;
    for (unsigned day = 0; day < 7; ++day)
        for (unsigned gap = 1; gap < shortest; ++gap)
            if (window.days[day] && window.days[(day + gap) % 7]) shortest = gap;
    return std::chrono::hours{24 * shortest};
}

}  // namespace sim::scenario
