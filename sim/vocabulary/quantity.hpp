// Durations, dates and numbers as people type them.

#pragma once

#include "sim/kernel/time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sim::vocabulary {

// "45m", "3m10s", "1h 30m", "250ms", "14d", "2w", "1.5h"; units us, ms, s, m, h, d, w, each at most once and
// from large to small. Nothing if the text is not a duration; a negative one, one without a unit, one that is
// no whole number of microseconds and one over 200 years are not.
std::optional<kernel::Duration> duration(std::string_view text);

inline constexpr std::string_view duration_forms = R"(a duration such as "45m", "3m10s", "1h30m" or "14d")";

// Such a text, exact to the microsecond, in units from days down and without idle ones: "3m10s", "14d", "0s".
std::string text(kernel::Duration duration);

// "2019-11-10". Nothing if it is no such day of the calendar.
std::optional<std::chrono::year_month_day> iso_date(std::string_view text);

// "12", "-0.5", "1.5e3", the whole text, with a decimal point in every locale. Nothing for hexadecimal,
// infinite and undefined numbers, for signs and blanks in front, and for what a double cannot hold; -0 is 0.
// The only place where text becomes a double: not every compiler we will meet has from_chars for it.
std::optional<double> number(std::string_view text);

// The whole text as an integer that is not negative.
std::optional<unsigned> whole_number(std::string_view text);

}  // namespace sim::vocabulary
