// The parts of the elementary functions that a compiler can run as well as a computer: log and exp with their
// tables, and the square root. Inside the kernel only; everybody else includes math.hpp.
//
// Both functions look up the nearest of 128 points and leave a short polynomial for the rest. log writes
// x = 2^k * z and takes an inverse of nine bits from the table, so short that z * inverse - 1 is exact; then
// log x = k ln 2 - log(inverse) + log1p(z * inverse - 1). exp writes x = k * ln 2 / 128 + r, takes 2^(k/128)
// from the table and adds e^r - 1. What the leading term lost in rounding is added at the end, so that the
// error stays near half a unit of the last place.
//
// The tables are computed here at compile time, in pairs of doubles, from two series and nothing else. A
// constant typed in wrongly would be wrong in one place out of 128; a wrong series is wrong everywhere.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace sim::kernel::tables {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

// The builtin and not std::bit_cast, which the browser's library does not have yet.
constexpr std::uint64_t bits_of(double x) {
    return __builtin_bit_cast(std::uint64_t, x);
}
constexpr double from_bits(std::uint64_t bits) {
    return __builtin_bit_cast(double, bits);
}

// A number as the sum of two doubles, the second no larger than the rounding error of the first: 106 bits.
struct Pair {
    double high;
    double low;
};

// REQUIRES: |a| >= |b| or a == 0; then nothing is lost.
constexpr Pair sum_of_ordered(double a, double b) {
    const double high = a + b;
    return {high, b - (high - a)};
}

constexpr Pair sum(double a, double b) {
    const double high = a + b;
    const double b_seen = high - a;
    return {high, (a - (high - b_seen)) + (b - b_seen)};
}

// Two halves of 26 bits, whose products are exact. REQUIRES: |x| < 2^996.
constexpr Pair halves(double x) {
    const double scaled = x * 134217729.0;  // 2^27 + 1
    const double high = scaled - (scaled - x);
    return {high, x - high};
}

constexpr Pair product(double a, double b) {
    const Pair x = halves(a);
    const Pair y = halves(b);
    const double high = a * b;
    return {high, ((x.high * y.high - high) + x.high * y.low + x.low * y.high) + x.low * y.low};
}

constexpr Pair operator+(Pair a, Pair b) {
    const Pair high = sum(a.high, b.high);
    return sum_of_ordered(high.high, high.low + (a.low + b.low));
}

constexpr Pair operator*(Pair a, Pair b) {
    const Pair high = product(a.high, b.high);
    return sum_of_ordered(high.high, high.low + (a.high * b.low + a.low * b.high));
}

constexpr Pair operator/(Pair a, double b) {
    const double first = a.high / b;
    const Pair back = product(first, b);
    return sum_of_ordered(first, (((a.high - back.high) - back.low) + a.low) / b);
}

// log(a / b) = 2 atanh(t) = 2 (t + t^3/3 + t^5/5 + ...) with t = (a - b) / (a + b). The series runs until 106
// bits stand, for which a / b must lie between 1/2 and 2.
constexpr Pair log_of_ratio(int a, int b) {
    const Pair t = Pair{static_cast<double>(a - b), 0} / static_cast<double>(a + b);
    const Pair square = t * t;
    Pair power = t;
    Pair total{0, 0};
    for (int n = 1; n <= 71; n += 2) {
        total = total + power / static_cast<double>(n);
        power = power * square;
    }
    return {2 * total.high, 2 * total.low};
}

// REQUIRES: 0 <= x < 1.
constexpr Pair exp_by_series(Pair x) {
    Pair total{1, 0};
    Pair term{1, 0};
    for (int n = 1; n <= 30; ++n) {
        term = term * x / static_cast<double>(n);
        total = total + term;
    }
    return total;
}

inline constexpr Pair ln_2 = log_of_ratio(2, 1);

// The multiple of `grain` nearest to x, by the rounding of one addition. REQUIRES: |x| < 2^51 * grain.
constexpr double to_multiple(double x, double grain) {
    const double shift = 0x1.8p52 * grain;
    return (x + shift) - shift;
}

inline constexpr int table_bits = 7;
inline constexpr int table_size = 1 << table_bits;

// ---- log

// The mantissa runs from here to twice here. 1 lies in the middle of its interval, where the table says log 1 =
// 0 exactly: so log keeps all its digits near 1, where the result is small.
inline constexpr std::uint64_t log_start = 0x3fe6000000000000 + (std::uint64_t{1} << (51 - table_bits));

struct LogEntry {
    double inverse;  // a multiple of 1/256 near 1 / (middle of the interval)
    double high;     // -log(inverse) to a multiple of 2^-42, so that k ln 2 + high is exact
    double low;
};

inline constexpr double log_grain = 0x1p-42;
inline constexpr double ln_2_high = to_multiple(ln_2.high, log_grain);
inline constexpr double ln_2_low = (ln_2.high - ln_2_high) + ln_2.low;

constexpr std::array<LogEntry, table_size> make_log_table() {
    std::array<LogEntry, table_size> table{};
    std::uint64_t middle = log_start + (std::uint64_t{1} << (51 - table_bits));
    for (LogEntry& entry : table) {
        const int inverse = static_cast<int>(256.0 / from_bits(middle) + 0.5);
        const Pair log = log_of_ratio(256, inverse);
        const double high = to_multiple(log.high, log_grain);
        entry = {inverse / 256.0, high, (log.high - high) + log.low};
        middle += std::uint64_t{1} << (52 - table_bits);
    }
    return table;
}

inline constexpr std::array<LogEntry, table_size> log_table = make_log_table();

// log x for a positive, normal, finite x, given by its bits and a power of two to add; high carries, low
// corrects.
constexpr Pair log_of_bits(std::uint64_t bits, int exponent) {
    const std::uint64_t offset = bits - log_start;
    const LogEntry& entry = log_table[(offset >> (52 - table_bits)) & (table_size - 1)];
    const auto k = static_cast<std::int64_t>(offset) >> 52;
    const std::uint64_t mantissa = bits - (static_cast<std::uint64_t>(k) << 52);
    const double z = from_bits(mantissa);
    const double z_high = from_bits(mantissa & ~((std::uint64_t{1} << 21) - 1));
    const double r = (z_high * entry.inverse - 1.0) + (z - z_high) * entry.inverse;

    const auto twos = static_cast<double>(static_cast<int>(k) + exponent);
    const Pair head = sum_of_ordered(twos * ln_2_high + entry.high, r);
    const double square = r * r;
    const double bend = square * ((-1.0 / 2 + r * (1.0 / 3)) +
                                  square * ((-1.0 / 4 + r * (1.0 / 5)) + square * (-1.0 / 6 + r * (1.0 / 7))));
    return {head.high, bend + (head.low + (entry.low + twos * ln_2_low))};
}

inline constexpr std::uint64_t least_normal_bits = 0x0010000000000000;
inline constexpr std::uint64_t infinity_bits = 0x7ff0000000000000;

// log x where x is not a positive normal number.
constexpr Pair log_of_odd(double x) {
    if (x == 0) return {-infinity, 0};
    if (!(x > 0)) return {not_a_number, 0};
    if (x == infinity) return {infinity, 0};
    return log_of_bits(bits_of(x * 0x1p54), -54);
}

constexpr Pair log_pair(double x) {
    const std::uint64_t bits = bits_of(x);
    if (__builtin_expect(bits - least_normal_bits >= infinity_bits - least_normal_bits, 0))
        return log_of_odd(x);
    return log_of_bits(bits, 0);
}

constexpr double log(double x) {
    const Pair result = log_pair(x);
    return result.high + result.low;
}

// ---- exp

struct ExpEntry {
    std::uint64_t bits;  // of 2^(i/128)
    double low;          // what these miss, as a share of 2^(i/128)
};

// ln 2 / 128 in two parts; the first so short that its product with any k in range is exact.
inline constexpr double exp_step_high = to_multiple(ln_2.high / table_size, 0x1p-42);
inline constexpr double exp_step_low = (ln_2.high / table_size - exp_step_high) + ln_2.low / table_size;
inline constexpr double exp_steps = table_size / ln_2.high;

constexpr std::array<ExpEntry, table_size> make_exp_table() {
    std::array<ExpEntry, table_size> table{};
    for (int i = 0; i < table_size; ++i) {
        const Pair value = exp_by_series(ln_2 * Pair{static_cast<double>(i) / table_size, 0});
        table[static_cast<std::size_t>(i)] = {bits_of(value.high), value.low / value.high};
    }
    return table;
}

inline constexpr std::array<ExpEntry, table_size> exp_table = make_exp_table();

// e^x = power * (1 + rest) * 2^twos.
struct ExpParts {
    double power;
    double rest;
    std::int64_t twos;
};

// REQUIRES: |x| < 800; low is the part of the argument that x could not hold.
constexpr ExpParts exp_parts(double x, double low) {
    const double shifted = x * exp_steps + 0x1.8p52;  // the low bits are now the nearest whole number of steps
    const auto k = static_cast<std::int32_t>(bits_of(shifted));
    const double steps = shifted - 0x1.8p52;
    const double r = (x - steps * exp_step_high) - (steps * exp_step_low - low);
    const ExpEntry& entry = exp_table[static_cast<std::uint32_t>(k) & (table_size - 1)];
    const double square = r * r;
    const double bend = square * ((1.0 / 2 + r * (1.0 / 6)) + square * (1.0 / 24 + r * (1.0 / 120)));
    return {from_bits(entry.bits), r + (entry.low + bend), k >> table_bits};
}

// Where the result may be infinite, zero or subnormal: scales in two steps, so that one rounding at most is
// added.
constexpr double exp_at_the_ends(double x, double low) {
    if (x > 710) return infinity;
    if (x < -746) return 0;
    if (!(x == x)) return x;
    const ExpParts parts = exp_parts(x, low);
    const double value = parts.power + parts.power * parts.rest;
    return x > 0 ? value * 0x1p1000 * from_bits(static_cast<std::uint64_t>(parts.twos - 1000 + 1023) << 52)
                 : value * from_bits(static_cast<std::uint64_t>(parts.twos + 1000 + 1023) << 52) * 0x1p-1000;
}

// e^(x + low), where low is small beside x.
constexpr double exp(double x, double low = 0) {
    if (__builtin_expect(!(x > -708 && x < 709), 0)) return exp_at_the_ends(x, low);
    const ExpParts parts = exp_parts(x, low);
    const double power = from_bits(bits_of(parts.power) + (static_cast<std::uint64_t>(parts.twos) << 52));
    return power + power * parts.rest;
}

// ---- square root

// Digit by digit in integers: 54 bits of the root, of which the last one rounds. A tie cannot happen, for the
// square of 54 bits ending in 1 needs more than 53. REQUIRES: x is normal and finite.
constexpr double square_root_of_normal(double x) {
    const std::uint64_t bits = bits_of(x);
    const std::uint64_t exponent = bits >> 52;  // 1023 says 2^0
    std::uint64_t digits = (bits & 0x000fffffffffffff) | least_normal_bits;
    if (exponent % 2 == 0) digits *= 2;
    std::uint64_t root = 0;
    std::uint64_t rest = 0;
    for (int i = 0; i < 54; ++i) {
        rest = rest * 4 + (digits >> 52 & 3);
        digits = digits << 2 & 0x003fffffffffffff;
        const std::uint64_t next = root * 4 + 1;
        const bool fits = rest >= next;
        rest -= fits ? next : 0;
        root = root * 2 + (fits ? 1 : 0);
    }
    return from_bits((((root + 1) / 2) & 0x000fffffffffffff) | ((exponent + 1023) / 2 << 52));
}

constexpr double square_root(double x) {
    if (x == 0 || x == infinity) return x;
    if (!(x > 0)) return not_a_number;
    if (bits_of(x) < least_normal_bits) return square_root_of_normal(x * 0x1p108) * 0x1p-54;
    return square_root_of_normal(x);
}

// ---- the tail of the normal law

// (1 - Phi(z)) / phi(z), by the continued fraction 1/(z + 1/(z + 2/(z + 3/(z + ...)))). REQUIRES: z >= 2, below
// which it converges too slowly.
constexpr double mills_ratio(double z) {
    double fraction = z;
    for (int n = 160; n >= 1; --n) fraction = z + n / fraction;
    return 1 / fraction;
}

}  // namespace sim::kernel::tables
