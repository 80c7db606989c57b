#include "sim/kernel/math.hpp"

#include "sim/kernel/check.hpp"
#include "sim/kernel/math_tables.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sim::kernel {

namespace {

constexpr double pi = 3.141592653589793;
constexpr double half_log_2_pi = 0.9189385332046727;
constexpr double square_root_2_pi = tables::square_root(2 * pi);

constexpr double magnitude(double x) {
    return x < 0 ? -x : x;
}

// Horner's rule, the highest coefficient last.
template <std::size_t size>
constexpr double polynomial(const std::array<double, size>& coefficients, double x) {
    double value = 0;
    for (std::size_t i = size; i > 0; --i) value = value * x + coefficients[i - 1];
    return value;
}

// log(1 + x) for small x: what 1 + x loses in rounding, the quotient gives back.
double log_of_1_plus(double x) {
    const double shifted = 1 + x;
    if (shifted == 1) return x;
    return log(shifted) * (x / (shifted - 1));
}

}  // namespace

double log(double x) {
    return tables::log(x);
}
double exp(double x) {
    return tables::exp(x);
}

// The logarithm is taken in two parts, or the exponent would magnify its last bit by up to seven hundred.
double power(double base, double exponent) {
    const tables::Pair parts = tables::log_pair(base);
    const tables::Pair log_base = tables::sum_of_ordered(parts.high, parts.low);
    const double rough = exponent * log_base.high;
    if (!(magnitude(rough) < 750) || magnitude(exponent) > 0x1p900) return exp(rough);
    const tables::Pair product = tables::product(exponent, log_base.high);
    return tables::exp(product.high, product.low + exponent * log_base.low);
}

// The instruction and the integers both round exactly, so it does not matter which of them a machine has.
double square_root(double x) {
#if defined(__SSE2__)
    return _mm_cvtsd_f64(_mm_sqrt_sd(_mm_setzero_pd(), _mm_set_sd(x)));
#else
    return tables::square_root(x);
#endif
}

namespace {

// What Stirling's (x - 1/2) log x - x + log(2 pi)/2 leaves of log_gamma, for x >= 12: the sum of the terms
// B(2k) / (2k (2k - 1) x^(2k-1)) with Bernoulli's numbers.
double stirling_rest_of_large(double x) {
    static constexpr std::array<double, 8> coefficients{
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400,
    };
    return polynomial(coefficients, 1 / (x * x)) / x;
}

double stirling(double x) {
    return (x - 0.5) * log(x) - x + half_log_2_pi;
}

// The same for any x > 0. Small arguments climb to the large ones by gamma(x + 1) = x gamma(x).
double stirling_rest(double x) {
    return x >= 12 ? stirling_rest_of_large(x) : log_gamma(x) - stirling(x);
}

}  // namespace

double log_gamma(double x) {
    SIM_CHECK(x > 0);
    double steps = 1;
    for (; x < 12; x += 1) steps *= x;
    return stirling(x) + stirling_rest_of_large(x) - log(steps);
}

namespace {

// The distance of `seen` from `expected` in a Poisson law: seen log(seen / expected) + expected - seen. Written
// with the relative difference, so that a million against a million and one keeps its digits.
double deviance(double seen, double expected) {
    const double difference = (expected - seen) / seen;
    const bool near = magnitude(difference) < 0.5;
    return seen * (difference - (near ? log_of_1_plus(difference) : log(expected / seen)));
}

// x^a y^b / B(a, b) where x + y = 1 (Loader 2000): no large logarithms are subtracted from each other.
double beta_density_part(double a, double b, double x, double y) {
    const double n = a + b;
    const double rest = stirling_rest(n) - stirling_rest(a) - stirling_rest(b);
    const double distance = deviance(a, n * x) + deviance(b, n * y);
    return square_root(a / n * b / (2 * pi)) * exp(rest - distance);
}

// The continued fraction of the incomplete beta function, by Lentz' rule: the value is a product of quotients,
// and `numerator` and `denominator` are those of the last one. Fast for x below (a + 1) / (a + b + 2).
double beta_fraction(double a, double b, double x) {
    constexpr double tiny = 1e-300;  // in the place of a zero, which only an accident can bring
    const auto kept = [](double value) { return magnitude(value) < tiny ? tiny : value; };
    double numerator = 1;
    double denominator = 1 / kept(1 - (a + b) * x / (a + 1));
    double value = denominator;
    for (double m = 1; m < 1e6; m += 1) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        denominator = 1 / kept(1 + even * denominator);
        numerator = kept(1 + even / numerator);
        value *= numerator * denominator;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        denominator = 1 / kept(1 + odd * denominator);
        numerator = kept(1 + odd / numerator);
        const double change = numerator * denominator;
        value *= change;
        if (magnitude(change - 1) < 0x1p-52) break;
    }
    return value;
}

// The incomplete beta function at x, where y = 1 - x is given too, for one of them may be too small to find
// again.
double beta_of_pair(double a, double b, double x, double y) {
    if (x <= 0) return 0;
    if (y <= 0) return 1;
    const double part = beta_density_part(a, b, x, y);
    if (x <= (a + 1) / (a + b + 2)) return part * beta_fraction(a, b, x) / a;
    return 1 - part * beta_fraction(b, a, y) / b;
}

// Where a rising function crosses zero between two positive numbers. Positive doubles are ordered like their
// bits, so halving the bits ends after 64 steps, at neighbours, whatever the scale of the answer.
template <class Rising>
double crossing(double low, double high, const Rising& rising) {
    std::uint64_t below = tables::bits_of(low);
    std::uint64_t above = tables::bits_of(high);
    while (above - below > 1) {
        const std::uint64_t middle = below + (above - below) / 2;
        (rising(tables::from_bits(middle)) < 0 ? below : above) = middle;
    }
    return tables::from_bits(above);
}

}  // namespace

double beta_incomplete(double a, double b, double x) {
    SIM_CHECK(a > 0 && b > 0);
    SIM_CHECK(x >= 0 && x <= 1);
    return beta_of_pair(a, b, x, 1 - x);
}

double beta_quantile(double p, double a, double b) {
    SIM_CHECK(p >= 0 && p <= 1);
    if (p == 0 || p == 1) return p;
    return crossing(0, 1, [&](double x) { return beta_incomplete(a, b, x) - p; });
}

// Near the middle by the series z + z^3/3 + z^5/15 + ... times the density, whose terms are all positive;
// further out by the continued fraction.
double normal_upper(double z) {
    if (!(magnitude(z) < 40)) return z > 0 ? 0 : 1;
    const double density = exp(-z * z / 2) / square_root_2_pi;
    if (z > 2.5) return density * tables::mills_ratio(z);
    if (z < -2.5) return 1 - density * tables::mills_ratio(-z);
    double total = 0;
    double term = z;
    for (int n = 3; magnitude(term) > 1e-18; n += 2) {
        total += term;
        term *= z * z / n;
    }
    return 0.5 - density * total;
}

namespace {

// The rational approximations of Wichura (1988), algorithm AS 241: near the middle as a function of p - 1/2, in
// the tails as functions of the square root of -log p. Each is good to 1e-16.
struct Rational {
    std::array<double, 8> numerator;
    std::array<double, 8> denominator;

    constexpr double operator()(double x) const {
        return polynomial(numerator, x) / polynomial(denominator, x);
    }
};

constexpr Rational quantile_middle{
    {3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
     4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3},
    {1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
     2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3}};

constexpr Rational quantile_tail{
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
     1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9}};

constexpr Rational quantile_far_tail{
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
     2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5,
     2.01033439929228813265e-7},
    {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15}};

// For the chance `tail` of lying further out; the result is positive.
double normal_quantile_of_tail(double tail) {
    const double depth = square_root(-log(tail));
    return depth <= 5 ? quantile_tail(depth - 1.6) : quantile_far_tail(depth - 5);
}

}  // namespace

double normal_quantile(double p) {
    SIM_CHECK(p > 0 && p < 1);
    const double centred = p - 0.5;
    if (magnitude(centred) <= 0.425) return centred * quantile_middle(0.180625 - centred * centred);
    return centred < 0 ? -normal_quantile_of_tail(p) : normal_quantile_of_tail(1 - p);
}

namespace {

// With so many degrees of freedom Student's law is the normal one and a little more (Cornish and Fisher 1937).
double t_quantile_of_many(double p, double degrees) {
    const double z = normal_quantile(p);
    const double square = z * z;
    const double first = (square + 1) * z / 4;
    const double second = ((5 * square + 16) * square + 3) * z / 96;
    return z + (first + second / degrees) / degrees;
}

// What a share `tail` < 1/2 of Student's law lies above, from the law of t^2 / (degrees + t^2), a beta law.
// Seen from the nearer end, so that neither a t near 0 nor one far out is found as a small difference of large
// numbers.
double t_quantile_of_tail(double tail, double degrees) {
    const double inside = 1 - 2 * tail;
    const double outside = 2 * tail;
    return crossing(1e-300, 1e300, [&](double t) {
        const double x = t / (degrees / t + t);
        const double y = degrees / (degrees + t * t);
        if (inside < 0.5) return beta_of_pair(0.5, degrees / 2, x, y) - inside;
        return outside - beta_of_pair(degrees / 2, 0.5, y, x);
    });
}

}  // namespace

double t_quantile(double p, double degrees) {
    SIM_CHECK(p > 0 && p < 1);
    SIM_CHECK(degrees > 0);
    if (p == 0.5) return 0;
    if (degrees > 1e6) return t_quantile_of_many(p, degrees);
    return p < 0.5 ? -t_quantile_of_tail(p, degrees) : t_quantile_of_tail(1 - p, degrees);
}

namespace {

// One line more: B(k) = A B(k-1) / (k + A B(k-1)). Every step shrinks the error of the one before.
double with_line(double blocking, double erlangs, double lines) {
    const double carried_over = erlangs * blocking;
    return carried_over / (lines + carried_over);
}

}  // namespace

double erlang_b(unsigned lines, double erlangs) {
    SIM_CHECK(erlangs >= 0);
    double blocking = 1;
    for (unsigned k = 1; k <= lines; ++k) blocking = with_line(blocking, erlangs, k);
    return blocking;
}

unsigned lines_for(double erlangs, double blocking) {
    SIM_CHECK(erlangs >= 0 && erlangs < 1e9);
    SIM_CHECK(blocking > 0 && blocking < 1);
    unsigned lines = 0;
    for (double reached = 1; reached > blocking; reached = with_line(reached, erlangs, lines)) ++lines;
    return lines;
}

}  // namespace sim::kernel
