#include "sim/experiment/estimators.hpp"

#include "tests/support/oracles.hpp"

#include <catch2/catch.hpp>

using namespace sim::experiment;

namespace {

void check_interval(const Interval& interval, const tests::Oracle& oracle) {
    const auto [lo, hi] = oracle.interval();
    CHECK(interval.lo.value() == Approx(lo).margin(1e-7));
    CHECK(interval.hi.value() == Approx(hi).margin(1e-7));
}

}  // namespace

TEST_CASE("one replication has a value and no interval", "[experiment]") {
    const Interval mean = mean_interval({7}, 0.95);
    CHECK(mean.value == 7);
    CHECK_FALSE(mean.lo);
    const Interval ratio = ratio_interval({{3, 10}}, 0.95);
    CHECK(ratio.value == 0.3);
    CHECK_FALSE(ratio.hi);
    CHECK_FALSE(mean_interval({}, 0.95).value);
}

TEST_CASE("a ratio is that of the sums, not the mean of ratios", "[experiment]") {
    const std::vector<Seen> seen{{1, 10}, {1, 1000}};
    CHECK(ratio_interval(seen, 0.95).value.value() == Approx(2.0 / 1010));
}

TEST_CASE("with equal weights the jackknife is Student's interval", "[experiment]") {
    const std::vector<Seen> seen{{1, 1}, {2, 1}, {4, 1}, {4, 1}, {7, 1}};
    const Interval ratio = ratio_interval(seen, 0.9);
    const Interval mean = mean_interval(values(seen), 0.9);
    CHECK(ratio.lo.value() == Approx(mean.lo.value()));
    CHECK(ratio.hi.value() == Approx(mean.hi.value()));
}

TEST_CASE("none seen is not never: the bound is three events in all", "[experiment]") {
    const std::vector<Seen> none(64, Seen{0, 1});
    const Interval bound = with_rare_bound(mean_interval(values(none), 0.95), none, 0.95);
    CHECK(bound.value == 0);
    CHECK(bound.hi.value() == Approx(2.9957 / 64).epsilon(1e-4));
    const std::vector<Seen> some{{0, 1}, {1, 1}};
    const Interval plain = mean_interval(values(some), 0.95);
    CHECK(with_rare_bound(plain, some, 0.95).hi == plain.hi);
}

TEST_CASE("what was never seen, or always, is bounded as Clopper and Pearson say", "[experiment]") {
    const auto bound = [](double above, double trials) {
        const std::vector<Seen> seen(2, Seen{above * trials / 2, trials / 2});
        return with_edge_bound(ratio_interval(seen, 0.975), seen, 1, trials, 0.975);  // the rows are two-sided
    };
    for (const double trials : {100.0, 1000.0}) {
        const tests::Oracle row = tests::oracle(
            "clopper-pearson",
            "0 events in " + std::to_string(static_cast<int>(trials)) + " replications; 95 %", "interval");
        check_interval(bound(0, trials), row);
        CHECK(bound(1, trials).lo.value() == Approx(1 - row.interval().second).margin(1e-7));
        CHECK(bound(1, trials).hi == 1);
    }
    const std::vector<Seen> some{{0, 10}, {1, 10}};
    CHECK(with_edge_bound(ratio_interval(some, 0.95), some, 1, 20, 0.95).hi == ratio_interval(some, 0.95).hi);
}
