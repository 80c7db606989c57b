#include "sim/vocabulary/zone.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sim::vocabulary {

namespace {

using std::chrono::floor;
using std::chrono::seconds;

// The rule in force at a moment: the last that has begun.
std::int32_t offset_at(const Zone& zone, std::int64_t unix_seconds) {
    const auto later =
        std::upper_bound(zone.rules.begin(), zone.rules.end(), unix_seconds,
                         [](std::int64_t moment, const Zone::Rule& rule) { return moment < rule.from; });
    return later == zone.rules.begin() ? later->offset : std::prev(later)->offset;
}

std::string clock_text(std::chrono::local_time<seconds> local, char between) {
    const CivilDay day = floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{local - day};
    return fmt::format("{:04}-{:02}-{:02}{}{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), between,
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace

std::int64_t Calendar::unix_seconds(kernel::Instant at) const {
    const seconds midnight = first_day.time_since_epoch();
    return midnight.count() + floor<seconds>(at.time_since_epoch()).count();
}

CivilSeconds Calendar::local(kernel::Instant at, const Zone& zone) const {
    const std::int64_t utc = unix_seconds(at);
    return CivilSeconds{seconds{utc + offset_at(zone, utc)}};
}

// The first rule that still holds when the wall shows `local` gives the earlier of two answers. If that rule
// begins later than the answer it gives, the clock jumped over `local`: then its beginning is the first instant
// that exists.
kernel::Instant Calendar::instant(CivilSeconds local, const Zone& zone) const {
    const std::int64_t wall = local.time_since_epoch().count();
    for (std::size_t i = 0; i + 1 < zone.rules.size(); ++i) {
        const std::int64_t utc = wall - zone.rules[i].offset;
        if (utc < zone.rules[i + 1].from) return instant_of_unix(std::max(utc, zone.rules[i].from));
    }
    return instant_of_unix(std::max(wall - zone.rules.back().offset, zone.rules.back().from));
}

// Zone data may reach further than instants do; what lies beyond is never, or as early as can be said.
kernel::Instant Calendar::instant_of_unix(std::int64_t unix_time) const {
    constexpr std::int64_t reach = kernel::never.time_since_epoch().count() / 1'000'000;
    const seconds midnight = first_day.time_since_epoch();
    if (unix_time >= reach + std::min<std::int64_t>(midnight.count(), 0)) return kernel::never;
    if (unix_time <= -reach + std::max<std::int64_t>(midnight.count(), 0)) return kernel::Instant::min();
    return kernel::start_of_run + seconds{unix_time - midnight.count()};
}

kernel::Instant Calendar::next_change(kernel::Instant after, const Zone& zone) const {
    for (std::size_t i = 1; i < zone.rules.size(); ++i) {
        if (zone.rules[i].offset == zone.rules[i - 1].offset) continue;  // only its name changed
        const kernel::Instant change = instant_of_unix(zone.rules[i].from);
        if (change > after) return change;
    }
    return kernel::never;
}

std::string text(CivilSeconds local) {
    return clock_text(local, ' ');
}

std::string utc_text(const Calendar& calendar, kernel::Instant at) {
    return clock_text(CivilSeconds{seconds{calendar.unix_seconds(at)}}, 'T') + 'Z';
}

}  // namespace sim::vocabulary
