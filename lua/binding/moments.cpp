#include "lua/binding/moments.hpp"

#include "sim/scenario/windows.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <algorithm>

namespace lua::binding {

using sim::scenario::day_names;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

std::optional<unsigned> weekday(std::string_view text) {
    const auto found = std::find(day_names.begin(), day_names.end(), text);
    if (found == day_names.end()) return std::nullopt;
    return static_cast<unsigned>(found - day_names.begin());
}

std::optional<unsigned> two_digits(std::string_view text, unsigned below) {
    if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return std::nullopt;
    const unsigned value = static_cast<unsigned>(text[0] - '0') * 10 + static_cast<unsigned>(text[1] - '0');
    return value < below ? std::optional(value) : std::nullopt;
}

}  // namespace

std::vector<std::string_view> listed(std::string_view text) {
    std::vector<std::string_view> parts;
    for (std::size_t comma = text.find(','); comma != std::string_view::npos; comma = text.find(',')) {
        parts.push_back(text.substr(0, comma));
        text.remove_prefix(comma + 1);
    }
    parts.push_back(text);
    return parts;
}

std::optional<Duration> clock_time(std::string_view text) {
    const bool with_seconds = text.size() == 8 && text[5] == ':';
    if ((text.size() != 5 && !with_seconds) || text[2] != ':') return std::nullopt;
    const auto hour = two_digits(text.substr(0, 2), 24);
    const auto minute = two_digits(text.substr(3, 2), 60);
    const auto second = with_seconds ? two_digits(text.substr(6, 2), 60) : std::optional(0U);
    if (!hour || !minute || !second) return std::nullopt;
    return Duration{hours{*hour} + minutes{*minute} + seconds{*second}};
}

std::optional<std::bitset<7>> days(std::string_view text) {
    std::bitset<7> all;
    for (const std::string_view part : listed(text)) {
        const std::size_t dash = part.find('-');
        const auto first = weekday(part.substr(0, dash));
        const auto last = dash == std::string_view::npos ? first : weekday(part.substr(dash + 1));
        if (!first || !last) return std::nullopt;
        for (unsigned day = *first;; day = (day + 1) % 7) {
            all.set(day);
            if (day == *last) break;
        }
    }
    return all;
}

std::optional<When> when(std::string_view text) {
    if (text.substr(0, 1) == "+") {
        const auto after = sim::vocabulary::duration(text.substr(1));
        return after ? std::optional<When>(FromStart{*after}) : std::nullopt;
    }
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    const auto clock = clock_time(text.substr(blank + 1));
    if (!clock) return std::nullopt;
    if (const auto day = weekday(text.substr(0, blank))) return WeekTime{*day, *clock};
    if (const auto date = sim::vocabulary::iso_date(text.substr(0, blank)))
        return sim::vocabulary::CivilSeconds{std::chrono::local_days{*date}} +
               std::chrono::duration_cast<seconds>(*clock);
    return std::nullopt;
}

sim::kernel::Instant instant(const When& when, const sim::vocabulary::Calendar& calendar,
                             const sim::vocabulary::Zone& zone) {
    using sim::kernel::start_of_run;
    if (const auto* after = std::get_if<FromStart>(&when)) return start_of_run + after->after;
    if (const auto* date = std::get_if<sim::vocabulary::CivilSeconds>(&when))
        return calendar.instant(*date, zone);
    const WeekTime& time = std::get<WeekTime>(when);
    const auto first = std::chrono::floor<std::chrono::days>(calendar.local(start_of_run, zone));
    for (auto day = first;; day += std::chrono::days{1}) {
        if (std::chrono::weekday{day}.c_encoding() != time.weekday) continue;
        const auto at = calendar.instant(day + std::chrono::duration_cast<seconds>(time.clock), zone);
        if (at >= start_of_run) return at;
    }
}

}  // namespace lua::binding
