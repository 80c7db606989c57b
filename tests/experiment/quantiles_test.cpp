#include "sim/experiment/quantiles.hpp"

#include "tests/experiment/noise.hpp"

#include <catch2/catch.hpp>

#include <boost/math/distributions/binomial.hpp>

#include <algorithm>

using namespace sim::experiment;

namespace {

// That fewer than `rank` of n values lie below the quantile.
double fewer_than(std::size_t rank, std::size_t n, double p) {
    const boost::math::binomial law(static_cast<double>(n), p);
    return rank == 0 ? 0 : cdf(law, static_cast<double>(rank) - 1);
}

}  // namespace

TEST_CASE("the ranks are the closest ones that promise as much", "[experiment]") {
    constexpr double half = 0.025;
    for (const std::size_t n : {1, 2, 5, 6, 10, 59, 71, 72, 100, 1000})
        for (const double p : {0.05, 0.5, 0.9, 0.95}) {
            CAPTURE(n, p);
            const Ranks ranks = quantile_ranks(n, p, 0.95);
            const std::size_t lo = ranks.lo.value_or(0);
            CHECK(fewer_than(lo, n, p) <= half);
            CHECK(fewer_than(lo + 1, n, p) > half);
            const std::size_t hi = ranks.hi.value_or(n + 1);
            if (ranks.hi) CHECK(1 - fewer_than(hi, n, p) <= half);
            CHECK(1 - fewer_than(hi - 1, n, p) > half);
        }
}

TEST_CASE("the second and the ninth of ten hold the median", "[experiment]") {
    const Interval median = quantile_interval({10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 0.5, 0.95);
    CHECK(median.value == 5);
    CHECK(median.lo == 2);
    CHECK(median.hi == 9);
}

TEST_CASE("a p95 has an upper end from 72 values on", "[experiment]") {
    CHECK_FALSE(quantile_ranks(71, 0.95, 0.95).hi);
    CHECK(quantile_ranks(72, 0.95, 0.95).hi == 72U);
    CHECK_FALSE(quantile_interval({1, 2, 3}, 0.95, 0.95).hi);
    CHECK_FALSE(quantile_interval({}, 0.95, 0.95).value);
}

TEST_CASE("the p95 of twenty values is the nineteenth", "[experiment]") {
    std::vector<double> data;
    for (int i = 1; i <= 20; ++i) data.push_back(i);
    CHECK(quantile_interval(data, 0.95, 0.95).value == 19);
    CHECK(quantile_interval(data, 0.951, 0.95).value == 20);
    CHECK(quantile_interval(data, 0.01, 0.95).value == 1);
}

TEST_CASE("order statistics hold the true quantile as often as they say, or a little more often",
          "[experiment]") {
    constexpr double truth = 1.2815515655446004;  // the normal p90
    int covered = 0;
    for (std::uint64_t experiment = 1; experiment <= 1000; ++experiment) {
        const tests::Noise noise(experiment, "p90");
        std::vector<double> data;
        for (std::uint64_t r = 1; r <= 100; ++r) data.push_back(noise(r));
        if (tests::covers(quantile_interval(data, 0.9, 0.95), truth)) ++covered;
    }
    CAPTURE(covered);
    CHECK(covered >= 940);
    CHECK(covered <= 980);
}
