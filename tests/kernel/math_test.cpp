// The elementary functions against the long double ones of the C library, which tests may use, and against
// figures known from elsewhere.

#include "sim/kernel/math.hpp"
#include "sim/kernel/check.hpp"
#include "sim/kernel/math_tables.hpp"
#include "sim/kernel/random.hpp"
#include "tests/kernel/samples.hpp"
#include "tests/support/oracles.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <limits>
#include <vector>

namespace kernel = sim::kernel;
using kernel::tables::from_bits;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::uint64_t draws = 1'000'000;

struct Words {
    kernel::Stream stream{{.seed = 1, .replication = 1}, "test", "arguments"};

    std::uint64_t operator()(std::uint64_t ordinal) const {
        const kernel::Block block = stream.at(ordinal);
        return static_cast<std::uint64_t>(block[0]) << 32 | block[1];
    }
};

double unit_of(std::uint64_t word) {
    return static_cast<double>(word >> 11) * 0x1p-53;
}

// In units of the last place that a double near the truth has, subnormal ones included.
double error_in_ulp(double value, long double truth) {
    int exponent = 0;
    std::frexp(static_cast<double>(truth), &exponent);
    const double unit = std::ldexp(1.0, std::max(exponent - DBL_MANT_DIG, DBL_MIN_EXP - DBL_MANT_DIG));
    return static_cast<double>(std::fabs(static_cast<long double>(value) - truth) /
                               static_cast<long double>(unit));
}

double relative_error(double value, long double truth) {
    return static_cast<double>(std::fabs((static_cast<long double>(value) - truth) / truth));
}

// A third each: any positive number, subnormal ones more often than by chance; close to 1; in [0, 1).
double positive_argument(std::uint64_t ordinal, std::uint64_t word) {
    if (ordinal % 30 == 0) return from_bits((word >> 12 >> (ordinal / 30 % 52)) + 1);
    if (ordinal % 3 == 0) return from_bits(word % kernel::tables::infinity_bits + 1);
    if (ordinal % 3 == 1) return 1 + std::ldexp(unit_of(word) - 0.5, -static_cast<int>(ordinal % 40));
    return unit_of(word) + 0x1p-54;
}

double exp_argument(std::uint64_t ordinal, std::uint64_t word) {
    const double u = unit_of(word);
    if (ordinal % 4 == 0) return -708 - 37.1 * u;
    if (ordinal % 4 == 1) return std::ldexp(2 * u - 1, -static_cast<int>(ordinal % 60));
    return 745 * (2 * u - 1) < 709.78 ? 745 * (2 * u - 1) : u;
}

bool libm_is_wider() {
    return LDBL_MANT_DIG >= 64;
}

}  // namespace

TEST_CASE("log is within one unit of the last place, from the smallest number to the largest", "[kernel]") {
    if (!libm_is_wider()) return;
    double worst = 0;
    const Words word;
    for (std::uint64_t i = 0; i < draws; ++i) {
        const double x = positive_argument(i, word(i));
        worst = std::max(worst, error_in_ulp(kernel::log(x), std::log(static_cast<long double>(x))));
    }
    CAPTURE(worst);
    CHECK(worst <= 0.55);
}

TEST_CASE("exp is within one unit of the last place, subnormal results included", "[kernel]") {
    if (!libm_is_wider()) return;
    double worst = 0;
    const Words word;
    for (std::uint64_t i = 0; i < draws; ++i) {
        const double x = exp_argument(i, word(i));
        worst = std::max(worst, error_in_ulp(kernel::exp(x), std::exp(static_cast<long double>(x))));
    }
    CAPTURE(worst);
    CHECK(worst <= 0.8);
}

TEST_CASE("power is within one unit of the last place", "[kernel]") {
    if (!libm_is_wider()) return;
    double worst = 0;
    const Words word;
    for (std::uint64_t i = 0; i < draws; ++i) {
        const double base = std::exp(40 * unit_of(word(2 * i)) - 20);
        const double exponent = 60 * unit_of(word(2 * i + 1)) - 30;
        const long double truth = std::pow(static_cast<long double>(base), static_cast<long double>(exponent));
        if (truth > 1e-307L && truth < 1e308L)
            worst = std::max(worst, error_in_ulp(kernel::power(base, exponent), truth));
    }
    CAPTURE(worst);
    CHECK(worst <= 1.0);
}

TEST_CASE("the square root rounds exactly, by instruction and by integers", "[kernel]") {
    const Words word;
    std::uint64_t unequal = 0;
    for (std::uint64_t i = 0; i < draws; ++i) {
        const double x = positive_argument(i, word(i));
        const double root = std::sqrt(x);
        if (kernel::square_root(x) != root || kernel::tables::square_root(x) != root) ++unequal;
    }
    CHECK(unequal == 0);
    CHECK(kernel::square_root(0) == 0);
    CHECK(kernel::tables::square_root(0) == 0);
    CHECK(kernel::tables::square_root(infinity) == infinity);
}

TEST_CASE("log and exp keep their word at the ends of the range", "[kernel]") {
    CHECK(kernel::log(1) == 0);
    CHECK(kernel::log(0) == -infinity);
    CHECK(kernel::log(infinity) == infinity);
    CHECK(std::isnan(kernel::log(-1)));
    CHECK(std::isnan(kernel::exp(kernel::log(-1))));
    CHECK(kernel::exp(0) == 1);
    CHECK(kernel::exp(-745.13) == 0x1p-1074);
    CHECK(kernel::exp(-745.14) == 0);
    CHECK(kernel::exp(-infinity) == 0);
    CHECK(kernel::exp(709.78) < infinity);
    CHECK(kernel::exp(709.79) == infinity);
    CHECK(kernel::exp(infinity) == infinity);
}

TEST_CASE("small powers are exact, and a power may be out of range", "[kernel]") {
    CHECK(kernel::power(2, 10) == 1024);
    CHECK(kernel::power(3, 2) == 9);
    CHECK(kernel::power(10, -2) == 0.01);
    CHECK(kernel::power(7, 0) == 1);
    CHECK(kernel::power(0, 0.5) == 0);
    CHECK(kernel::power(10, 400) == infinity);
    CHECK(kernel::power(10, -400) == 0);
    CHECK(kernel::power(1, 1e300) == 1);
}

TEST_CASE("the logarithm gives the exponential variates that 60 digits give", "[kernel]") {
    for (const tests::Oracle& row : tests::oracles_named("exp-variate")) {
        CAPTURE(row.parameters);
        CHECK(error_in_ulp(-kernel::log(row.parameter("u")), static_cast<long double>(row.number())) <= 1);
    }
}

TEST_CASE("log_gamma knows the factorials and the C library", "[kernel]") {
    CHECK(std::fabs(kernel::log_gamma(1)) < 1e-13);
    CHECK(std::fabs(kernel::log_gamma(2)) < 1e-13);
    CHECK(kernel::log_gamma(11) == Approx(std::log(3628800.0)).epsilon(1e-14));
    CHECK(kernel::log_gamma(0.5) == Approx(std::log(std::acos(-1.0)) / 2).epsilon(1e-13));
    for (double x = 1e-10; x < 1e10; x *= 1.37) {
        const long double truth = std::lgamma(static_cast<long double>(x));
        CHECK(std::fabs(kernel::log_gamma(x) - static_cast<double>(truth)) <=
              1e-13 * std::max(1.0, static_cast<double>(std::fabs(truth))));
    }
}

TEST_CASE("the incomplete beta function has its closed forms", "[kernel]") {
    for (const double x : {1e-200, 1e-10, 0.01, 0.3, 0.5, 0.77, 0.999}) {
        for (const double a : {0.1, 1.0, 2.5, 40.0, 1000.0, 1e6}) {
            CAPTURE(x, a);
            const auto power = std::pow(static_cast<long double>(x), static_cast<long double>(a));
            const auto complement =
                -std::expm1(static_cast<long double>(a) * std::log1p(-static_cast<long double>(x)));
            if (power > 1e-300L) CHECK(relative_error(kernel::beta_incomplete(a, 1, x), power) < 1e-12);
            CHECK(relative_error(kernel::beta_incomplete(1, a, x), complement) < 1e-12);
        }
    }
    CHECK(kernel::beta_incomplete(3, 4, 0) == 0);
    CHECK(kernel::beta_incomplete(3, 4, 1) == 1);
    CHECK(kernel::beta_incomplete(5e5, 5e5, 0.5) == Approx(0.5).epsilon(1e-12));
}

TEST_CASE("the incomplete beta function is a sum of binomial chances", "[kernel]") {
    constexpr int n = 60;
    long double tail = 0;
    for (int k = n; k >= 1; --k) {
        const long double ways = std::lgamma(n + 1.0L) - std::lgamma(k + 1.0L) - std::lgamma(n - k + 1.0L);
        tail += std::exp(ways + k * std::log(0.3L) + (n - k) * std::log(0.7L));
        CAPTURE(k);
        CHECK(relative_error(kernel::beta_incomplete(k, n - k + 1, 0.3), tail) < 1e-12);
    }
}

TEST_CASE("the tail of the normal law agrees with the complementary error function", "[kernel]") {
    for (double z = -8; z < 37; z += 0.037) {
        CAPTURE(z);
        CHECK(relative_error(kernel::normal_upper(z), std::erfc(z / std::sqrt(2.0L)) / 2) < 1e-12);
    }
    CHECK(kernel::normal_upper(50) == 0);
    CHECK(kernel::normal_upper(-50) == 1);
}

TEST_CASE("normal quantiles are those of the table, and the inverse of the tail", "[kernel]") {
    for (const tests::Oracle& row : tests::oracles_named("normal-quantile")) {
        CAPTURE(row.parameters);
        CHECK(kernel::normal_quantile(row.parameter("p")) == Approx(row.number()).epsilon(1e-10));
    }
    for (double z = -37; z < 8; z += 0.0173) {
        CAPTURE(z);
        const long double p = std::erfc(-z / std::sqrt(2.0L)) / 2;
        // Near p = 1 the argument itself is only good to half a unit of its last place.
        const long double density =
            std::exp(-static_cast<long double>(z) * z / 2) / std::sqrt(2 * std::acos(-1.0L));
        const double unavoidable = static_cast<double>(0x1p-53L * p / density);
        if (p < 1 - 1e-16L)
            CHECK(std::fabs(kernel::normal_quantile(static_cast<double>(p)) - z) <
                  1e-12 * std::fabs(z) + 2 * unavoidable);
    }
    CHECK(kernel::normal_quantile(0.5) == 0);
}

TEST_CASE("Student's quantiles are those of the table", "[kernel]") {
    for (const tests::Oracle& row : tests::oracles_named("t-quantile")) {
        CAPTURE(row.parameters);
        CHECK(kernel::t_quantile(row.parameter("p"), row.parameter("df")) ==
              Approx(row.number()).epsilon(1e-9));
    }
}

TEST_CASE("Student's quantiles have closed forms for one and two degrees of freedom", "[kernel]") {
    for (const double p : {1e-12, 0.001, 0.2, 0.4999, 0.5, 0.6, 0.75, 0.975, 0.9999}) {
        CAPTURE(p);
        const auto exact = static_cast<long double>(p);
        const long double one = -1 / std::tan(std::acos(-1.0L) * exact);
        const long double two = (2 * exact - 1) / std::sqrt(2 * exact * (1 - exact));
        CHECK(kernel::t_quantile(p, 1) == Approx(static_cast<double>(one)).epsilon(1e-11).margin(1e-15));
        CHECK(kernel::t_quantile(p, 2) == Approx(static_cast<double>(two)).epsilon(1e-11).margin(1e-15));
    }
}

TEST_CASE("with many degrees of freedom Student's law goes over into the normal one without a step",
          "[kernel]") {
    for (const double p : {1e-9, 0.025, 0.6, 0.995}) {
        CAPTURE(p);
        CHECK(kernel::t_quantile(p, 1e6) == Approx(kernel::t_quantile(p, 1e6 + 1e-3)).epsilon(1e-11));
        CHECK(kernel::t_quantile(p, 1e15) == Approx(kernel::normal_quantile(p)).epsilon(1e-12));
    }
}

TEST_CASE("a beta quantile is the inverse of the beta law", "[kernel]") {
    for (const double p : {1e-9, 0.025, 0.5, 0.975, 0.999999}) {
        CAPTURE(p);
        CHECK(kernel::beta_quantile(p, 1, 1) == Approx(p).epsilon(1e-12));
        CHECK(kernel::beta_quantile(p, 3, 1) == Approx(std::cbrt(p)).epsilon(1e-12));
        CHECK(kernel::beta_incomplete(7.5, 300, kernel::beta_quantile(p, 7.5, 300)) ==
              Approx(p).epsilon(1e-12));
    }
    CHECK(kernel::beta_quantile(0, 2, 3) == 0);
    CHECK(kernel::beta_quantile(1, 2, 3) == 1);
}

TEST_CASE("Erlang's loss formula gives the figures of the table", "[kernel]") {
    for (const tests::Oracle& row : tests::oracles_named("erlang-b")) {
        CAPTURE(row.parameters);
        const auto lines = static_cast<unsigned>(row.parameter("c"));
        CHECK(kernel::erlang_b(lines, row.parameter("A")) == Approx(row.number()).epsilon(1e-10));
    }
}

TEST_CASE("the traffic that the tables allow is blocked as much as they say", "[kernel]") {
    for (const char* name : {"erlang-b-inverse", "erlang-b-table"}) {
        for (const tests::Oracle& row : tests::oracles_named(name)) {
            CAPTURE(row.parameters);
            const auto lines = static_cast<unsigned>(row.parameter("c"));
            CHECK(kernel::erlang_b(lines, row.number()) == Approx(row.parameter("B")).epsilon(1e-8));
        }
    }
}

TEST_CASE("the fewest lines for a blocking are those of the table", "[kernel]") {
    for (const tests::Oracle& row : tests::oracles_named("erlang-b-dimension")) {
        CAPTURE(row.parameters);
        CHECK(kernel::lines_for(row.parameter("A"), row.parameter("B<")) ==
              static_cast<unsigned>(row.number()));
    }
}

TEST_CASE("without lines every call is lost, and without traffic none behind the first line", "[kernel]") {
    CHECK(kernel::erlang_b(0, 7) == 1);
    CHECK(kernel::erlang_b(3, 0) == 0);
    CHECK(kernel::lines_for(0, 0.5) == 1);
    CHECK(kernel::erlang_b(100'000, 1) == 0);
}

TEST_CASE("arguments outside a function's range are our mistake, not a number", "[kernel]") {
    CHECK_THROWS_AS(kernel::normal_quantile(0), kernel::BrokenInvariant);
    CHECK_THROWS_AS(kernel::t_quantile(0.9, 0), kernel::BrokenInvariant);
    CHECK_THROWS_AS(kernel::log_gamma(0), kernel::BrokenInvariant);
    CHECK_THROWS_AS(kernel::beta_incomplete(1, 1, 1.5), kernel::BrokenInvariant);
    CHECK_THROWS_AS(kernel::beta_quantile(-0.1, 1, 1), kernel::BrokenInvariant);
    CHECK_THROWS_AS(kernel::erlang_b(1, -1), kernel::BrokenInvariant);
    CHECK_THROWS_AS(kernel::lines_for(5, 0), kernel::BrokenInvariant);
}

TEST_CASE("the bits of log, exp and power are the same in every build", "[kernel]") {
    tests::Digest digest;
    const Words word;
    for (std::uint64_t i = 0; i < draws; ++i) {
        const double x = positive_argument(i, word(i));
        digest.add(kernel::log(x));
        digest.add(kernel::exp(exp_argument(i, word(i))));
        if (i % 8 == 0) digest.add(kernel::power(x, unit_of(word(i + 1)) * 4 - 2));
        if (i % 8 == 1) digest.add(kernel::square_root(x));
    }
    CHECK(digest.value() == 0x2ea376c27be446c3);
}

TEST_CASE("the bits of the special functions are the same in every build", "[kernel]") {
    tests::Digest digest;
    const Words word;
    for (std::uint64_t i = 0; i < 2000; ++i) {
        const double u = unit_of(word(2 * i)) + 0x1p-54;
        const double v = unit_of(word(2 * i + 1));
        digest.add(kernel::log_gamma(u * 100));
        digest.add(kernel::normal_upper(v * 20 - 10));
        digest.add(kernel::normal_quantile(u));
        digest.add(kernel::beta_incomplete(1 + 50 * v, 3, u));
        if (i % 16 == 0) digest.add(kernel::t_quantile(u, 1 + 200 * v));
        if (i % 16 == 0) digest.add(kernel::beta_quantile(v, 2, 1 + 100 * u));
        if (i % 16 == 0) digest.add(kernel::erlang_b(static_cast<unsigned>(i), 900 * v));
    }
    CHECK(digest.value() == 0xd15a270c4f4d168d);
}
