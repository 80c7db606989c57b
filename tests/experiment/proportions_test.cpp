#include "sim/experiment/proportions.hpp"

#include "tests/support/oracles.hpp"

#include <catch2/catch.hpp>

#include <boost/math/distributions/binomial.hpp>

#include <cmath>
#include <cstdio>
#include <string>

using namespace sim::experiment;

namespace {

struct Seen {
    int events = 0;
    int trials = 0;
};

Seen seen_in(const tests::Oracle& row) {
    Seen seen;
    REQUIRE(std::sscanf(row.parameters.c_str(), "%d events in %d", &seen.events, &seen.trials) == 2);
    return seen;
}

void check_ends(const Interval& interval, const tests::Oracle& row) {
    const auto [lo, hi] = row.interval();
    CHECK(interval.lo.value() == Approx(lo).epsilon(1e-7).margin(1e-12));
    CHECK(interval.hi.value() == Approx(hi).epsilon(1e-7));
}

// The chance that the interval from n trials holds the true share, by adding up all that can be seen.
template <class Method>
double coverage(int n, double share, const Method& interval_of) {
    const boost::math::binomial law(n, share);
    double sum = 0;
    for (int events = 0; events <= n; ++events) {
        const Interval interval = interval_of(events, n, 0.95);
        if (*interval.lo <= share && share <= *interval.hi) sum += pdf(law, events);
    }
    return sum;
}

}  // namespace

TEST_CASE("Wilson's intervals are those of the table", "[experiment]") {
    for (const tests::Oracle& row : tests::oracles_named("wilson")) {
        CAPTURE(row.parameters);
        const Seen seen = seen_in(row);
        check_ends(wilson_interval(seen.events, seen.trials, 0.95), row);
    }
}

TEST_CASE("Clopper-Pearson intervals are those of the table", "[experiment]") {
    for (const tests::Oracle& row : tests::oracles_named("clopper-pearson")) {
        CAPTURE(row.parameters);
        const Seen seen = seen_in(row);
        check_ends(clopper_pearson_interval(seen.events, seen.trials, 0.95), row);
    }
}

TEST_CASE("none in n trials is not never", "[experiment]") {
    for (const double n : {1.0, 20.0, 1000.0, 1e6}) {
        CAPTURE(n);
        CHECK(share_at_most(0, n, 0.95) == Approx(1 - std::pow(0.05, 1 / n)).epsilon(1e-9));
        CHECK(share_at_least(0, n, 0.95) == 0);
        CHECK(share_at_least(n, n, 0.95) == Approx(std::pow(0.05, 1 / n)));
        CHECK(share_at_most(n, n, 0.95) == 1);
        CHECK(wilson_interval(0, n, 0.95).hi.value() > 0);
        CHECK(wilson_interval(n, n, 0.95).hi == 1);
    }
    CHECK(share_at_most(0, 1000, 0.95) == Approx(3.0 / 1000).epsilon(0.01));
}

TEST_CASE("the bounds of a share are those of another library", "[experiment]") {
    using Law = boost::math::binomial;
    for (const int n : {1, 7, 64, 1000, 250'000})
        for (const double part : {0.0, 0.001, 0.03, 0.5, 0.8, 1.0})
            for (const double confidence : {0.5, 0.9, 0.95, 0.999}) {
                const int events = static_cast<int>(part * n);
                CAPTURE(n, events, confidence);
                const double doubt = 1 - confidence;
                CHECK(share_at_least(events, n, confidence) ==
                      Approx(Law::find_lower_bound_on_p(n, events, doubt)).epsilon(1e-9).margin(1e-15));
                CHECK(share_at_most(events, n, confidence) ==
                      Approx(Law::find_upper_bound_on_p(n, events, doubt)).epsilon(1e-9));
            }
}

TEST_CASE("Clopper and Pearson never cover less often than they say, Wilson about as often", "[experiment]") {
    constexpr int n = 50;
    double sum = 0;
    int shares = 0;
    for (double share = 0.005; share < 1; share += 0.00995) {
        CAPTURE(share);
        CHECK(coverage(n, share, clopper_pearson_interval) >= 0.95);
        sum += coverage(n, share, wilson_interval);
        ++shares;
    }
    CHECK(sum / shares == Approx(0.95).margin(0.01));
}

TEST_CASE("what is seen is mirrored by what is not", "[experiment]") {
    const Interval few = clopper_pearson_interval(3, 40, 0.9);
    const Interval many = clopper_pearson_interval(37, 40, 0.9);
    CHECK(*few.lo == Approx(1 - *many.hi));
    CHECK(*few.hi == Approx(1 - *many.lo));
}
