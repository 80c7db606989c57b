// Days and clock times as scenarios write them: "mon 10:20", "mon-fri 22:00", "2019-11-18 10:20:30", "+3h".

#pragma once

#include "sim/kernel/time.hpp"
#include "sim/vocabulary/zone.hpp"

#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lua::binding {

using sim::kernel::Duration;

struct WeekTime {          // the first such time not before the start
    unsigned weekday = 0;  // 0 = Sunday
    Duration clock{};
};
struct FromStart {
    Duration after{};
};
using When = std::variant<WeekTime, sim::vocabulary::CivilSeconds, FromStart>;

inline constexpr const char* when_forms = R"(must be a time such as "mon 10:20", "2019-11-18 10:20" or "+3h")";
inline constexpr const char* clock_forms = R"(must be a time of day such as "02:00")";
inline constexpr const char* days_forms =
    R"(must be days and a time of day, such as "sun 02:00", "mon,wed 22:00" or "mon-fri 22:00")";
inline constexpr const char* monthly_forms =
    R"(must be a day of the month, or weeks and days, and a time of day, such as "15 00:00", "last sun 02:00" or )"
    R"("first,last sat,sun 00:00")";

std::vector<std::string_view> listed(std::string_view text);  // "a,b,c" between its commas
std::optional<Duration> clock_time(std::string_view text);    // "02:00", "02:00:30"
std::optional<std::bitset<7>> days(std::string_view text);    // "sun", "mon,wed", "fri-mon"
std::optional<When> when(std::string_view text);

// Where `when` lies in a run, on the clocks of `zone`.
sim::kernel::Instant instant(const When& when, const sim::vocabulary::Calendar& calendar,
                             const sim::vocabulary::Zone& zone);

}  // namespace lua::binding
