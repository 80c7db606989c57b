#include "sim/experiment/ranking.hpp"

#include "tests/experiment/rows.hpp"

#include <catch2/catch.hpp>

using namespace sim::experiment;
using namespace tests;
using sim::vocabulary::Exit;

namespace {

// Each policy drops so many calls in each replication.
Store store_of(const std::vector<std::vector<std::uint64_t>>& dropped) {
    Store store = Store::temporary();
    Study study;
    study.question = Question::compare;
    study.briefing.outline.scenario = "patch-night";
    study.briefing.outline.length = day;
    study.briefing.expectations = {expects("calls_dropped", sim::scenario::Relation::at_most, 15)};
    for (std::size_t cell = 0; cell < dropped.size(); ++cell)
        study.cells.push_back({std::string(1, static_cast<char>('a' + cell)), {}});
    study.asked = {{1, dropped.front().size()}};
    store.begin(study);
    for (std::size_t cell = 0; cell < dropped.size(); ++cell)
        for (std::size_t r = 0; r < dropped[cell].size(); ++r)
            store.add(row_of(static_cast<CellId>(cell), busy_day(r + 1, dropped[cell][r]), "plan",
                             study.briefing.expectations));
    return store;
}

std::string order(const Ranking& ranking) {
    std::string names;
    for (const Ranked& one : ranking.policies) names += one.outline.policy;
    return names;
}

RankingRules by(const std::string& metric, const std::string& debt = "unpatched_days") {
    return {metric, debt, 0.95};
}

}  // namespace

TEST_CASE("policies are ranked by the metric, and who is clearly behind may not be the best", "[experiment]") {
    const Store store = store_of({{40, 50, 60, 45, 55}, {10, 20, 30, 15, 25}, {11, 20, 29, 16, 24}});
    const Ranking ranking = rank(store, by("calls_dropped"));
    CHECK(order(ranking) == "bca");
    CHECK(ranking.candidates() == std::vector<std::string>{"b", "c"});
    CHECK(ranking.policies[2].against.may_be_best == false);
    CHECK(ranking.pairs.size() == 3);
    CHECK(ranking.exit() == Exit::expectation_unmet);  // 20 dropped by the best one, and 15 are allowed
}

TEST_CASE("the same luck for all shows a small difference that other luck would hide", "[experiment]") {
    const Store store = store_of({{10, 40, 25, 60, 33, 18}, {12, 41, 28, 62, 34, 20}});
    const Contrast contrast = rank(store, by("calls_dropped")).pairs.front().contrast;
    CHECK(contrast.paired.value.value() == Approx(-11.0 / 6));
    CHECK(contrast.paired.hi.value() < 0);
    CHECK(contrast.unpaired.hi.value() > 0);
    CHECK(contrast.narrower.value() > 3);
}

TEST_CASE("where all are alike nobody wins", "[experiment]") {
    const Ranking ranking = rank(store_of({{5, 6}, {5, 6}}), by("calls_dropped"));
    CHECK_FALSE(ranking.tells_apart());
    CHECK(order(ranking) == "ab");
}

TEST_CASE("only what all have is compared", "[experiment]") {
    const Ranking ranking = rank(store_of({{10, 20, 30}, {12, 22}}), by("calls_dropped"));
    CHECK(ranking.replications == 2);
    CHECK(ranking.partial());
    CHECK(ranking.exit() == Exit::interrupted);
}

TEST_CASE("on the front is who is not beaten in one currency without being better in the other",
          "[experiment]") {
    // b drops fewer than a and is as far behind; c drops most, and nothing makes up for it.
    const Ranking ranking = rank(store_of({{20, 30}, {10, 20}, {50, 60}}), by("calls_dropped"));
    CHECK(order(ranking) == "bac");
    CHECK(ranking.policies[0].is_efficient);
    CHECK_FALSE(ranking.policies[1].is_efficient);
    CHECK_FALSE(ranking.policies[2].is_efficient);
    // Against the calls that were completed - all the same - dropping many does not help either; against
    // attempts, of which more is better and c has most, it does.
    const Ranking other = rank(store_of({{20, 30}, {10, 20}, {50, 60}}), by("calls_dropped", "attempts"));
    CHECK(other.policies[2].is_efficient);
}
