#include "sim/experiment/comparison.hpp"

#include "sim/experiment/estimators.hpp"
#include "sim/experiment/moments.hpp"
#include "sim/kernel/math.hpp"
#include "tests/experiment/noise.hpp"
#include "tests/support/oracles.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace sim::experiment;
using tests::covers;
using tests::Policies;
using tests::width;

namespace {

Response of_values(const std::vector<double>& data) {
    std::vector<Seen> seen;
    for (const double x : data) seen.push_back({x, 1});
    return response(seen, Estimator::mean);
}

void check_interval(const Interval& interval, const tests::Oracle& row) {
    const auto [lo, hi] = row.interval();
    CHECK(interval.lo.value() == Approx(lo).margin(1e-7));
    CHECK(interval.hi.value() == Approx(hi).margin(1e-7));
}

double ratio(const std::vector<Seen>& seen, std::size_t left_out) {
    Seen all{0, 0};
    for (std::size_t i = 0; i < seen.size(); ++i) {
        if (i == left_out) continue;
        all.above += seen[i].above;
        all.below += seen[i].below;
    }
    return all.value();
}

// Of three policies, two of them close to each other.
const std::vector<double> means{5, 5.3, 6};

}  // namespace

TEST_CASE("paired and unpaired intervals are those of the text books", "[experiment]") {
    const tests::Oracle paired = tests::oracles_named("paired-t").front();
    const tests::Oracle welch = tests::oracles_named("welch-t").front();
    const auto a = tests::numbers(paired.text_parameter("A"));
    const auto b = tests::numbers(paired.text_parameter("B"));
    REQUIRE(a.size() == 10);
    const Contrast seen = contrast(of_values(a), of_values(b), 0.95);
    check_interval(seen.paired, paired);
    check_interval(seen.unpaired, welch);
    check_interval(welch_interval(a, b, 0.95), welch);
    CHECK(seen.narrower.value() == Approx(5.02).margin(0.005));
}

TEST_CASE("the worth of common luck is what the correlation says", "[experiment]") {
    const Policies policies(1, {5, 5}, 1, 3);
    const Contrast seen = contrast(policies.responses(4000)[0], policies.responses(4000)[1], 0.95);
    CHECK(seen.correlation.value() == Approx(0.9).margin(0.02));          // 9 of 1 + 9
    CHECK(seen.variance_reduction.value() == Approx(10).epsilon(0.1));    // 20 against 2
    CHECK(seen.narrower.value() == Approx(std::sqrt(10)).epsilon(0.05));  // and its root
}

TEST_CASE("what never differs has no worth of common luck, and no interval but the point", "[experiment]") {
    const Contrast same = contrast(of_values({1, 4, 2}), of_values({1, 4, 2}), 0.95);
    CHECK(same.paired.lo == 0);
    CHECK(same.paired.hi == 0);
    CHECK(same.correlation.value() == Approx(1));
    CHECK_FALSE(same.variance_reduction);
    CHECK_FALSE(same.narrower);
    CHECK_FALSE(contrast(of_values({1, 1}), of_values({1, 2}), 0.95).correlation);
    const Contrast one = contrast(of_values({3}), of_values({1}), 0.95);
    CHECK(one.paired.value == 2);
    CHECK_FALSE(one.paired.lo);
    CHECK_FALSE(contrast({}, {}, 0.95).paired.value);
}

TEST_CASE("a difference of ratios leaves each replication out of both at once", "[experiment]") {
    const std::vector<Seen> a{{3, 100}, {5, 140}, {1, 90}, {8, 200}, {4, 110}};
    const std::vector<Seen> b{{2, 101}, {5, 139}, {1, 95}, {5, 190}, {3, 120}};
    const auto n = static_cast<double>(a.size());
    const std::size_t none = a.size();
    std::vector<double> without;
    for (std::size_t i = 0; i < a.size(); ++i) without.push_back(ratio(a, i) - ratio(b, i));
    const double error = std::sqrt(squares(without, mean(without)) * (n - 1) / n);
    const double half = sim::kernel::t_quantile(0.95, n - 1) * error;

    const Interval seen = contrast(response(a, Estimator::ratio), response(b, Estimator::ratio), 0.9).paired;
    CHECK(seen.value.value() == Approx(ratio(a, none) - ratio(b, none)));
    CHECK(seen.hi.value() - *seen.value == Approx(half));
    CHECK(*seen.value - seen.lo.value() == Approx(half));
}

TEST_CASE("the pseudo-values of one ratio spread as its jackknife does", "[experiment]") {
    const std::vector<Seen> seen{{3, 100}, {5, 140}, {1, 90}, {8, 200}};
    const Response one = response(seen, Estimator::ratio);
    const Interval alone = ratio_interval(seen, 0.95);
    const double half = sim::kernel::t_quantile(0.975, 3) * std::sqrt(variance_of_mean(one.parts));
    CHECK(one.value == *alone.value);
    CHECK(half == Approx(*alone.hi - *alone.value));
}

TEST_CASE("of equal weights a ratio is compared as a mean", "[experiment]") {
    const std::vector<Seen> seen{{3, 2}, {5, 2}, {1, 2}, {8, 2}};
    const Response as_ratio = response(seen, Estimator::ratio);
    const Response as_mean = response(seen, Estimator::mean);
    CHECK(as_ratio.value == Approx(as_mean.value));
    for (std::size_t i = 0; i < seen.size(); ++i) CHECK(as_ratio.parts[i] == Approx(as_mean.parts[i]));
}

TEST_CASE("a replication counts where every policy saw something", "[experiment]") {
    const Seen something{1, 2};
    const auto common = seen_by_all({{something, {}, Seen{3, 4}}, {Seen{5, 6}, something, Seen{7, 8}}});
    REQUIRE(common.size() == 2);
    REQUIRE(common[0].size() == 2);
    CHECK(common[0][1].above == 3);
    CHECK(common[1][1].above == 7);
}

TEST_CASE("all pairs at once take Bonferroni's multiplier", "[experiment]") {
    const double truth = tests::oracles_named("bonferroni").front().number();
    CHECK(sim::kernel::t_quantile(0.5 + confidence_of_each(0.95, 10) / 2, 19) == Approx(truth).epsilon(1e-9));
    const auto policies = Policies(1, {1, 2, 3, 4, 5}, 1, 1).responses(20);
    const auto pairs = all_pairs(policies, 0.95);
    REQUIRE(pairs.size() == 10);
    const double error = std::sqrt(variance_of_mean(differences(policies[1], policies[3])));
    CHECK(pairs[5].a == 1);
    CHECK(pairs[5].b == 3);
    CHECK(width(pairs[5].contrast.paired) == Approx(2 * truth * error));
}

TEST_CASE("all pairs at once are covered in 95 of 100 experiments or more", "[experiment]") {
    int all_covered = 0;
    for (std::uint64_t experiment = 1; experiment <= 1000; ++experiment) {
        bool covered = true;
        for (const Pair& pair : all_pairs(Policies(experiment, means, 1, 2).responses(15), 0.95))
            covered = covered && covers(pair.contrast.paired, means[pair.a] - means[pair.b]);
        if (covered) ++all_covered;
    }
    CAPTURE(all_covered);
    CHECK(all_covered >= 950);
}

TEST_CASE("comparing a policy with its like finds a difference in one experiment of twenty", "[experiment]") {
    int paired = 0;
    int unpaired = 0;
    for (std::uint64_t experiment = 1; experiment <= 2000; ++experiment) {
        const auto shared = Policies(experiment, {5, 5}, 1, 2).responses(12);
        const auto apart = Policies(experiment + 5000, {5, 5}, 1, 0).responses(12);
        if (!covers(contrast(shared[0], shared[1], 0.95).paired, 0)) ++paired;
        if (!covers(contrast(apart[0], apart[1], 0.95).unpaired, 0)) ++unpaired;
    }
    CAPTURE(paired, unpaired);
    CHECK(paired <= 100 + 29);  // three standard deviations of a binomial count
    CHECK(paired >= 100 - 29);
    CHECK(unpaired <= 100 + 29);
}

TEST_CASE("an interval narrows with the root of the number of replications", "[experiment]") {
    const Policies policies(7, {5, 4}, 1, 2);
    const auto seen_width = [&](std::uint64_t n) {
        const auto responses = policies.responses(n);
        return width(contrast(responses[0], responses[1], 0.95).paired);
    };
    CHECK(seen_width(400) / seen_width(6400) == Approx(4).epsilon(0.1));
}

TEST_CASE("the difference to the best other one is covered for all policies at once", "[experiment]") {
    const double own = GENERATE(0.3, 2.0);
    const Better better = GENERATE(Better::lower, Better::higher);
    CAPTURE(own, better == Better::lower);
    const std::vector<double> truth =
        better == Better::lower ? std::vector<double>{-0.3, 0.3, 1} : std::vector<double>{-1, -0.7, 0.7};
    const std::size_t best = better == Better::lower ? 0 : 2;
    int covered = 0;
    int best_stays = 0;
    for (std::uint64_t experiment = 1; experiment <= 1000; ++experiment) {
        const auto seen = against_best(Policies(experiment, means, own, 2).responses(20), better, 0.95);
        bool all = true;
        for (std::size_t i = 0; i < truth.size(); ++i) all = all && covers(seen[i].interval, truth[i]);
        if (all) ++covered;
        if (seen[best].may_be_best) ++best_stays;
    }
    CAPTURE(covered, best_stays);
    CHECK(covered >= 950);
    CHECK(best_stays >= 950);
}

TEST_CASE("with the best the intervals reach 0 and never beyond on the wrong side", "[experiment]") {
    const auto seen = against_best(Policies(3, {5, 9, 5.01}, 1, 0).responses(30), Better::lower, 0.95);
    CHECK(seen[0].may_be_best);
    CHECK(seen[2].may_be_best);
    CHECK_FALSE(seen[1].may_be_best);
    CHECK(seen[1].interval.lo == 0);  // it is worse, by up to
    CHECK(seen[1].interval.hi.value() > 4);
    CHECK(seen[0].interval.lo.value() < 0);
    CHECK(seen[0].interval.hi.value() > 0);
}

TEST_CASE("one that is the best for sure is better than the second by something", "[experiment]") {
    const auto seen = against_best(Policies(3, {1, 9}, 1, 0).responses(30), Better::lower, 0.95);
    CHECK(seen[0].may_be_best);
    CHECK(seen[0].interval.hi == 0);
    CHECK_FALSE(seen[1].may_be_best);
}

TEST_CASE("policies that do the same may each be the best", "[experiment]") {
    const Response same = of_values({1, 4, 2});
    for (const AgainstBest& one : against_best({same, same, same}, Better::lower, 0.95)) {
        CHECK(one.may_be_best);
        CHECK(one.interval.lo == 0);
        CHECK(one.interval.hi == 0);
    }
    const auto once = against_best({of_values({1}), of_values({2})}, Better::lower, 0.95);
    CHECK(once[1].may_be_best);  // one replication shows nothing
    CHECK(once[1].interval.value == 1);
    CHECK_FALSE(once[1].interval.lo);
}
