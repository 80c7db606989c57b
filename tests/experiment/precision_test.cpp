#include "sim/experiment/precision.hpp"

#include "sim/experiment/estimators.hpp"
#include "tests/experiment/noise.hpp"

#include <catch2/catch.hpp>

using namespace sim::experiment;

TEST_CASE("a look is taken at whole blocks, and not before there are enough", "[experiment]") {
    const Precision wanted{0.05, true, 10, 8};
    CHECK(next_look(0, wanted) == 16);
    CHECK(next_look(15, wanted) == 16);
    CHECK(next_look(16, wanted) == 24);
    CHECK(next_look(17, wanted) == 24);
    CHECK(next_look(0, {0.05, true, 10, 1}) == 10);
}

TEST_CASE("a half width within what was asked for is precise", "[experiment]") {
    CHECK(is_precise({{100}, {98}, {102}}, {2, false}));
    CHECK_FALSE(is_precise({{100}, {98}, {102.1}}, {2, false}));
    CHECK_FALSE(is_precise({{100}, {97.9}, {101}}, {2, false}));
    CHECK_FALSE(is_precise({{0}, {0}, {}}, {2, false}));  // nothing bounds it
    CHECK_FALSE(is_precise({{3}, {}, {}}, {2, false}));
}

TEST_CASE("a share of the truth is a little less than that share of the estimate", "[experiment]") {
    CHECK(is_precise({{105}, {100}, {110}}, {0.05, true}));
    CHECK_FALSE(is_precise({{104.9}, {99.9}, {109.9}}, {0.05, true}));
    CHECK(is_precise({{-105}, {-110}, {-100}}, {0.05, true}));
    CHECK_FALSE(is_precise({{0}, {0}, {0}}, {0.05, true}));  // no share of nothing
    CHECK(is_precise({{7}, {7}, {7}}, {0.05, true}));
}

TEST_CASE("stopping when it is precise costs little of the confidence", "[experiment]") {
    const Precision wanted{0.3, false, 10, 10};
    int covered = 0;
    for (std::uint64_t experiment = 1; experiment <= 1000; ++experiment) {
        const tests::Policies policy(experiment, {5}, 1, 0);
        std::size_t n = next_look(0, wanted);
        Interval interval = mean_interval(policy.values(0, n), 0.95);
        while (!is_precise(interval, wanted)) {
            n = next_look(n, wanted);
            interval = mean_interval(policy.values(0, n), 0.95);
        }
        if (tests::covers(interval, 5)) ++covered;
    }
    CAPTURE(covered);
    CHECK(covered >= 920);
    CHECK(covered <= 970);
}
