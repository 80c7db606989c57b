#include "sim/scenario/windows.hpp"

#include "sim/kernel/check.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sim::scenario {

namespace {

using std::chrono::days;
using std::chrono::hours;
using vocabulary::CivilDay;

// From March 31 to May 31; no window is closed for longer between two days on which it opens.
constexpr int days_between_openings_max = 61;

constexpr unsigned every_day = 0x7f;

struct IsDay {  // on which it opens
    CivilDay day;

    bool in(std::bitset<7> days_of_week) const {
        return days_of_week.test(std::chrono::weekday{day}.c_encoding());
    }
    bool operator()(const Weekly& weekly) const { return in(weekly.days_of_week); }
    bool operator()(const MonthlyByDate& date) const {
        return static_cast<unsigned>(std::chrono::year_month_day{day}.day()) == date.day_of_month;
    }
    // A fifth one is the last; a fourth one is, too, where no fifth follows.
    bool operator()(const MonthlyByWeekday& weekday) const {
        if (!in(weekday.days_of_week)) return false;
        const std::chrono::year_month_day date{day};
        const std::chrono::year_month_day a_week_later{day + days{7}};
        const unsigned week = (static_cast<unsigned>(date.day()) - 1) / 7;
        return weekday.weeks_of_month.test(week) ||
               (weekday.weeks_of_month.test(4) && a_week_later.month() != date.month());
    }
};

bool opens_on(const Window& window, CivilDay day) {
    return std::visit(IsDay{day}, window.opens_on);
}

template <std::size_t n>
std::string list(std::bitset<n> these, const std::array<std::string_view, n>& names, std::size_t first = 0) {
    std::string words;
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t bit = (first + i) % n;
        if (these.test(bit)) words.append(words.empty() ? "" : ",").append(names[bit]);
    }
    return words;
}

std::string list(std::bitset<7> days_of_week) {
    return list(days_of_week, day_names, 1);  // from Monday
}

struct DaysText {
    std::string operator()(const Weekly& weekly) const {
        return weekly.days_of_week.all() ? "daily" : "weekly " + list(weekly.days_of_week);
    }
    std::string operator()(const MonthlyByDate& date) const {
        return fmt::format("monthly {}", date.day_of_month);
    }
    std::string operator()(const MonthlyByWeekday& weekday) const {
        return fmt::format("monthly {} {}", list(weekday.weeks_of_month, week_names),
                           list(weekday.days_of_week));
    }
};

}  // namespace

std::optional<kernel::Instant> next_opening(const Window& window, const vocabulary::Zone& zone,
                                            const vocabulary::Calendar& calendar, kernel::Instant after) {
    SIM_CHECK(window.start >= Duration::zero() && window.start < days{1});
    const auto start = std::chrono::floor<std::chrono::seconds>(window.start);
    const auto fraction = window.start - start;
    // From the day before, for a skipped time may open its window after midnight.
    CivilDay day = std::chrono::floor<days>(calendar.local(after, zone)) - days{1};
    for (int step = 0; step <= days_between_openings_max + 1; ++step, day += days{1}) {
        if (!opens_on(window, day)) continue;
        const kernel::Instant opening = calendar.instant(day + start, zone) + fraction;
        if (opening > after) return opening;
    }
    return std::nullopt;
}

std::vector<kernel::Instant> openings(const Window& window, const vocabulary::Zone& zone,
                                      const vocabulary::Calendar& calendar, kernel::Instant after,
                                      kernel::Instant end) {
    std::vector<kernel::Instant> all;
    for (auto next = next_opening(window, zone, calendar, after); next && *next < end;
         next = next_opening(window, zone, calendar, *next))
        all.push_back(*next);
    return all;
}

bool opens_at_all(const Window& window) {
    struct IsAny {
        bool operator()(const Weekly& weekly) const { return weekly.days_of_week.any(); }
        bool operator()(const MonthlyByDate& date) const {
            return date.day_of_month >= 1 && date.day_of_month <= 31;
        }
        bool operator()(const MonthlyByWeekday& weekday) const {
            return weekday.weeks_of_month.any() && weekday.days_of_week.any();
        }
    };
    return std::visit(IsAny{}, window.opens_on);
}

// Twenty-eight years hold every month of every length on every weekday, and all that may follow on it.
Duration shortest_gap(const Window& window) {
    constexpr CivilDay first{std::chrono::year{2000} / 1 / 1};
    constexpr CivilDay end{std::chrono::year{2028} / 4 / 1};
    std::optional<CivilDay> last;
    days shortest{days_between_openings_max};
    for (CivilDay day = first; day < end && shortest > days{1}; day += days{1}) {
        if (!opens_on(window, day)) continue;
        if (last) shortest = std::min(shortest, day - *last);
        last = day;
    }
    return shortest;
}

bool is_open_at_work(const Window& window) {
    std::bitset<7> opening{every_day};  // a date falls on any weekday
    if (const auto* weekly = std::get_if<Weekly>(&window.opens_on)) opening = weekly->days_of_week;
    if (const auto* weekday = std::get_if<MonthlyByWeekday>(&window.opens_on)) opening = weekday->days_of_week;
    for (unsigned first = 0; first < 7; ++first) {
        if (!opening.test(first)) continue;
        for (Duration ten = hours{10}; ten < window.start + window.length; ten += days{1}) {
            const auto weekday = (first + std::chrono::floor<days>(ten).count()) % 7;
            if (ten >= window.start && weekday >= 1 && weekday <= 5) return true;
        }
    }
    return false;
}

std::string text(const Window& window) {
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(window.start)};
    std::string words = fmt::format("{} {:02}:{:02}", std::visit(DaysText{}, window.opens_on),
                                    clock.hours().count(), clock.minutes().count());
    if (clock.seconds().count() != 0) words += fmt::format(":{:02}", clock.seconds().count());
    return words;
}

}  // namespace sim::scenario
