#include "sim/vocabulary/quantity.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <limits>

namespace sim::vocabulary {

namespace {

using kernel::Duration;

struct Unit {
    std::string_view name;
    std::int64_t micros;
};

constexpr std::array units{
    Unit{"w", 604'800'000'000},
    Unit{"d", 86'400'000'000},
    Unit{"h", 3'600'000'000},
    Unit{"m", 60'000'000},
    Unit{"s", 1'000'000},
    Unit{"ms", 1'000},
    Unit{"us", 1},
};

constexpr std::size_t fraction_digits_max = 6;  // a week times 10^6 still fits into 64 bits

struct Part {
    std::size_t unit;
    std::int64_t micros;
};

constexpr bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}
constexpr bool is_letter(char letter) {
    return letter >= 'a' && letter <= 'z';
}

template <class Is>
std::string_view take_while(std::string_view& text, Is is) {
    std::size_t length = 0;
    while (length < text.size() && is(text[length])) ++length;
    const std::string_view taken = text.substr(0, length);
    text.remove_prefix(length);
    return taken;
}

std::optional<std::int64_t> integer(std::string_view digits) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

std::optional<std::size_t> unit_named(std::string_view name) {
    for (std::size_t i = 0; i < units.size(); ++i)
        if (units[i].name == name) return i;
    return std::nullopt;
}

// ".5" of an hour in microseconds, if that is a whole number of them.
std::optional<std::int64_t> fraction_of(const Unit& unit, std::string_view digits) {
    if (digits.empty()) return 0;
    const std::optional<std::int64_t> value = integer(digits);
    if (!value || digits.size() > fraction_digits_max) return std::nullopt;
    std::int64_t scale = 1;
    for (std::size_t i = 0; i < digits.size(); ++i) scale *= 10;
    if (*value * unit.micros % scale != 0) return std::nullopt;
    return *value * unit.micros / scale;
}

// Takes "1.5h" off the front.
std::optional<Part> take_part(std::string_view& text) {
    const std::optional<std::int64_t> whole = integer(take_while(text, is_digit));
    std::string_view fraction;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        fraction = take_while(text, is_digit);
        if (fraction.empty()) return std::nullopt;
    }
    const std::optional<std::size_t> unit = unit_named(take_while(text, is_letter));
    if (!whole || !unit) return std::nullopt;
    if (*whole > kernel::longest_run.count() / units[*unit].micros) return std::nullopt;
    const std::optional<std::int64_t> rest = fraction_of(units[*unit], fraction);
    if (!rest) return std::nullopt;
    return Part{*unit, *whole * units[*unit].micros + *rest};
}

}  // namespace

std::optional<Duration> duration(std::string_view text) {
    Duration sum{};
    std::size_t unit_next = 0;
    do {
        const std::optional<Part> part = take_part(text);
        if (!part || part->unit < unit_next) return std::nullopt;
        sum += Duration{part->micros};
        if (sum > kernel::longest_run) return std::nullopt;
        unit_next = part->unit + 1;
        if (text.starts_with(' ')) {
            take_while(text, [](char letter) { return letter == ' '; });
            if (text.empty()) return std::nullopt;
        }
    } while (!text.empty());
    return sum;
}

std::string text(Duration duration) {
    std::int64_t left = duration.count();
    std::string result;
    if (left < 0) {  // differences are printed too
        result = "-";
        left = -left;
    }
    if (left == 0) return "0s";
    for (const Unit& unit : units) {
        if (unit.name == "w" || left < unit.micros) continue;  // people count in days: "14d"
        result += std::to_string(left / unit.micros);
        result += unit.name;
        left %= unit.micros;
    }
    return result;
}

std::optional<std::chrono::year_month_day> iso_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const std::optional<unsigned> year = whole_number(text.substr(0, 4));
    const std::optional<unsigned> month = whole_number(text.substr(5, 2));
    const std::optional<unsigned> day = whole_number(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                           std::chrono::month{*month}, std::chrono::day{*day}};
    if (!date.ok()) return std::nullopt;
    return date;
}

std::optional<double> number(std::string_view text) {
    // from_chars would also take "inf" and "nan".
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.empty() || !(is_digit(digits[0]) || digits[0] == '.')) return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (value > std::numeric_limits<double>::max() || value < std::numeric_limits<double>::lowest())
        return std::nullopt;
    return value == 0 ? 0.0 : value;
}

std::optional<unsigned> whole_number(std::string_view text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return value;
}

}  // namespace sim::vocabulary
