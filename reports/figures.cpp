#include "reports/figures.hpp"

#include <fmt/core.h>

#include <cmath>
#include <cstdint>

namespace reports {

std::string grouped(std::uint64_t count) {
    std::string digits = fmt::format("{}", count);
    for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, " ");
    return digits;
}

std::string plural(std::uint64_t count, const std::string& noun) {
    return grouped(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string percent(std::uint64_t part, std::uint64_t whole, unsigned decimals) {
    if (whole == 0) return dash;
    // Long division: part * 10^5 would not always fit.
    std::uint64_t scaled = part / whole;
    std::uint64_t rest = part % whole;
    std::uint64_t unit = 1;
    for (unsigned digit = 0; digit < 2 + decimals; ++digit) {
        scaled = scaled * 10 + rest * 10 / whole;
        rest = rest * 10 % whole;
        if (digit >= 2) unit *= 10;
    }
    if (decimals == 0) return fmt::format("{} %", scaled);
    return fmt::format("{}.{:0{}} %", scaled / unit, scaled % unit, decimals);
}

namespace {

std::string trimmed(std::string digits) {
    if (digits.find('.') == std::string::npos) return digits;
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
    return digits;
}

constexpr double whole_max = 1e15;  // beyond it the decimals of a figure are noise, and 64 bits may not hold it

bool is_huge(double value) {
    return !(std::abs(value) < whole_max);  // what is not a number too
}

// The whole number at or below. REQUIRES one that is not huge.
double whole_below(double value) {
    const auto towards_zero = static_cast<double>(static_cast<std::int64_t>(value));
    return towards_zero > value ? towards_zero - 1 : towards_zero;
}

// Rounded down at the third decimal of a per cent; what is off by rounding errors only is taken as exact.
std::string share(double value) {
    const double scaled = value * 1e5;
    if (is_huge(scaled)) return fmt::format("{:g} %", 100 * value);
    const double nearest = whole_below(scaled + 0.5);
    const double down = std::abs(scaled - nearest) < 1e-9 * std::abs(scaled) ? nearest : whole_below(scaled);
    return trimmed(fmt::format("{:.3f}", down / 1e3)) + " %";
}

std::string plain(double value) {
    if (is_huge(value)) return fmt::format("{:g}", value);
    if (value != whole_below(value)) return trimmed(fmt::format("{:.3f}", value));
    return (value < 0 ? "-" : "") + grouped(static_cast<std::uint64_t>(std::abs(value)));
}

}  // namespace

std::string figure(double value, const std::string& unit) {
    if (unit == "share") return share(value);
    const std::string digits = plain(value);
    return unit == "s" || unit == "min" ? digits + " " + unit : digits;
}

std::string figure(const std::optional<double>& value, const std::string& unit) {
    return value ? figure(*value, unit) : dash;
}

}  // namespace reports
