#include "sim/experiment/selection.hpp"

#include "tests/experiment/noise.hpp"
#include "tests/support/oracles.hpp"

#include <catch2/catch.hpp>

#include <cstdio>

using namespace sim::experiment;
using tests::Policies;

namespace {

// Runs until one is left.
Selection selection(const Policies& policies, std::size_t k, const SelectionRules& rules, double weight = 1) {
    Selection seeking(k, rules);
    while (!seeking.selected() && seeking.rounds() < 100'000) {
        std::vector<Seen> round;
        for (const std::size_t i : seeking.survivors())
            round.push_back({weight * policies.value(i, seeking.rounds() + 1), weight});
        seeking.add(round);
    }
    return seeking;
}

SelectionRules within(double delta, std::size_t first = 20) {
    SelectionRules rules;
    rules.indifference = delta;
    rules.first_rounds = first;
    return rules;
}

}  // namespace

TEST_CASE("the constants of KN are those of the paper", "[experiment]") {
    for (const tests::Oracle& row : tests::oracles_named("kn-constants")) {
        CAPTURE(row.parameters);
        double eta = 0;
        double h2 = 0;
        REQUIRE(std::sscanf(row.value.c_str(), "eta=%lf h2=%lf", &eta, &h2) == 2);
        const KnConstants seen =
            kn_constants(static_cast<std::size_t>(row.parameter("k")),
                         static_cast<std::size_t>(row.parameter("n0")), row.parameter("alpha"));
        CHECK(seen.eta == Approx(eta).epsilon(1e-8));
        CHECK(seen.h2 == Approx(h2).epsilon(1e-8));
    }
}

TEST_CASE("the shares of a budget are those of the paper", "[experiment]") {
    const tests::Oracle row = tests::oracles_named("ocba-shares").front();
    const std::vector<double> truth = tests::numbers(row.value);
    const std::vector<double> seen = ocba_shares({1, 2, 3, 4, 5}, {6, 6, 6, 6, 6}, Better::lower);
    const std::vector<double> turned = ocba_shares({-1, -2, -3, -4, -5}, {6, 6, 6, 6, 6}, Better::higher);
    REQUIRE(truth.size() == 5);
    for (std::size_t i = 0; i < truth.size(); ++i) CHECK(seen[i] == Approx(truth[i]).margin(1e-6));
    CHECK(turned == seen);
}

TEST_CASE("a second one as good as the best counts as an indifference zone away", "[experiment]") {
    const std::vector<double> tied = ocba_shares({1, 1, 3}, {2, 2, 2}, Better::lower, 0.5);
    CHECK(tied == ocba_shares({1, 1.5, 3}, {2, 2, 2}, Better::lower));
}

TEST_CASE("the best is selected in 95 of 100 experiments, the others just far enough to matter",
          "[experiment]") {
    SelectionRules rules = within(0.5);
    rules.variances_follow = GENERATE(false, true);
    rules.better = GENERATE(Better::lower, Better::higher);
    const double sign = rules.better == Better::lower ? 1 : -1;
    CAPTURE(rules.variances_follow, sign);
    int right = 0;
    std::size_t rounds = 0;
    for (std::uint64_t experiment = 1; experiment <= 500; ++experiment) {
        const Policies policies(experiment, {sign * 0.5, sign * 0.5, 0, sign * 0.5, sign * 0.5}, 1, 2);
        const Selection seen = selection(policies, 5, rules);
        if (seen.selected() == 2U) ++right;
        rounds += seen.rounds();
    }
    CAPTURE(right, rounds);
    CHECK(right >= 475);
}

TEST_CASE("common luck saves rounds", "[experiment]") {
    const std::vector<double> means{0, 0.5, 0.5};
    const Selection shared = selection(Policies(1, means, 0.5, 3), 3, within(0.5));
    const Selection apart = selection(Policies(1, means, 3.04, 0), 3, within(0.5));
    CHECK(shared.selected() == 0U);
    CHECK(shared.rounds() * 5 < apart.rounds());
}

TEST_CASE("who is far behind is dropped at the first look, who is close behind later", "[experiment]") {
    const Selection seen = selection(Policies(4, {0, 0.6, 9}, 1, 1), 3, within(0.5, 12));
    REQUIRE(seen.eliminated().size() == 2);
    CHECK(seen.eliminated()[0].policy == 2);
    CHECK(seen.eliminated()[0].behind == 0);
    CHECK(seen.eliminated()[0].rounds == 12);
    CHECK(seen.eliminated()[1].policy == 1);
    CHECK(seen.eliminated()[1].behind == 0);
    CHECK(seen.eliminated()[1].rounds == seen.rounds());
    CHECK(seen.rounds() > 12);
}

TEST_CASE("of policies that do the same the first remains", "[experiment]") {
    Selection seeking(3, within(1, 3));
    for (int r = 0; r < 3; ++r) {
        CHECK_FALSE(seeking.selected());
        seeking.add(std::vector<Seen>(3, Seen{static_cast<double>(r * r), 1}));
    }
    CHECK(seeking.selected() == 0U);
    CHECK(seeking.rounds() == 3);
}

TEST_CASE("rounds end where they were foretold", "[experiment]") {
    const Policies policies(9, {0, 0, 0}, 1, 0);
    SelectionRules rules = within(0.3);
    rules.variances_follow = false;
    Selection seeking(3, rules);
    std::optional<std::size_t> foretold;
    while (!seeking.selected()) {
        std::vector<Seen> round;
        for (const std::size_t i : seeking.survivors())
            round.push_back({policies.value(i, seeking.rounds() + 1), 1});
        seeking.add(round);
        if (!foretold) foretold = seeking.rounds_at_most();
    }
    CHECK(seeking.rounds() > 20);
    CHECK(seeking.rounds() <= foretold.value());
}

TEST_CASE("ratios of equal weight are selected as means are", "[experiment]") {
    const Policies policies(11, {1, 1.4, 2}, 1, 1);
    SelectionRules of_ratios = within(0.3);
    of_ratios.estimator = Estimator::ratio;
    const Selection ratios = selection(policies, 3, of_ratios, 7);
    const Selection means = selection(policies, 3, within(0.3));
    CHECK(ratios.selected() == means.selected());
    CHECK(ratios.rounds() == means.rounds());
}

TEST_CASE("a ratio of which nothing was seen yet drops nobody", "[experiment]") {
    SelectionRules rules = within(0.1, 2);
    rules.estimator = Estimator::ratio;
    Selection seeking(2, rules);
    for (int r = 0; r < 5; ++r) seeking.add({{0, 0}, {3, 10}});
    CHECK(seeking.survivors().size() == 2);
    CHECK_FALSE(seeking.rounds_at_most());
    seeking.add({{1, 10}, {3, 10}});
    seeking.add({{1, 10}, {3, 10}});
    CHECK(seeking.selected() == 0U);
}
