#include "sim/experiment/judge.hpp"

#include "reports/json.hpp"
#include "tests/experiment/rows.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace sim::experiment;
using namespace tests;
using sim::scenario::Expectation;
using sim::scenario::Relation;
using sim::vocabulary::Exit;
using sim::vocabulary::InputError;

namespace {

Outline outline() {
    Outline outline;
    outline.scenario = "patch-night";
    outline.policy = "careful";
    outline.length = day;
    return outline;
}

Judged verdict(const Expectation& expectation, const std::vector<Replication>& rows, std::uint64_t seed = 42) {
    Briefing briefing;
    briefing.outline = outline();
    briefing.outline.seed = seed;
    briefing.expectations = {expectation};
    return conclude(briefing, rows, rows.size()).expectations.front();
}

std::vector<Replication> days(std::vector<std::uint64_t> dropped) {
    std::vector<Replication> rows;
    for (std::uint64_t calls : dropped) rows.push_back(busy_day(rows.size() + 1, calls));
    return rows;
}

Expectation confident(Expectation expectation) {
    expectation.confidence = 0.95;
    return expectation;
}

Expectation no_worse_than(const std::string& content, double by) {
    Expectation expectation = expects("calls_dropped", Relation::no_worse_than, 0);
    expectation.baseline = sim::scenario::Baseline{"base.json", content, by, false};
    return expectation;
}

std::string result_of(const std::vector<Replication>& rows, std::uint64_t seed = 42, std::uint64_t asked = 0) {
    Briefing briefing;
    briefing.outline = outline();
    briefing.outline.seed = seed;
    return reports::json(conclude(briefing, rows, asked == 0 ? rows.size() : asked));
}

std::string complaints(const std::vector<Expectation>& expectations, const Outline& now = outline()) {
    try {
        check_baselines(expectations, now);
    } catch (const InputError& error) {
        CHECK(error.exit() == Exit::input_data);
        return error.what();
    }
    return "";
}

std::string complaint(const Expectation& expectation) {
    const std::string all = complaints({expectation});
    const std::string start = "base.json: error[E601]: ";
    return all.substr(std::min(start.size(), all.size()), all.find(" – ") - start.size());
}

}  // namespace

TEST_CASE("without confidence the estimate is compared and nothing is undecided", "[experiment]") {
    const auto rows = days({10, 20, 60});
    const Judged pass = verdict(expects("calls_dropped", Relation::at_most, 30), rows);
    CHECK(pass.verdict == Verdict::pass);
    CHECK(pass.seen == 30);
    CHECK(pass.at == "patch-night.lua:19");
    const Judged fail = verdict(expects("calls_dropped", Relation::at_most, 23), rows);
    CHECK(fail.verdict == Verdict::fail);
    CHECK(fail.why == "by 7");
}

TEST_CASE("with confidence the interval decides", "[experiment]") {
    const auto rows = days({18, 20, 22, 19, 21});
    CHECK(verdict(confident(expects("calls_dropped", Relation::at_most, 30)), rows).verdict == Verdict::pass);
    CHECK(verdict(confident(expects("calls_dropped", Relation::at_most, 10)), rows).verdict == Verdict::fail);
    CHECK(verdict(confident(expects("calls_dropped", Relation::at_most, 21)), rows).verdict ==
          Verdict::undecided);
    CHECK(verdict(confident(expects("calls_dropped", Relation::at_least, 10)), rows).verdict == Verdict::pass);
}

TEST_CASE("with confidence one replication decides nothing", "[experiment]") {
    const Judged judged = verdict(confident(expects("calls_dropped", Relation::at_most, 30)), days({20}));
    CHECK(judged.verdict == Verdict::undecided);
    CHECK(judged.why == "an interval needs 2 replications or more");
}

TEST_CASE("always asks every replication and shows the worst", "[experiment]") {
    Expectation expectation = expects("calls_dropped", Relation::at_most, 50);
    const auto rows = days({10, 60, 20});
    CHECK(verdict(expectation, rows).verdict == Verdict::pass);
    expectation.always = true;
    const Judged judged = verdict(expectation, rows);
    CHECK(judged.verdict == Verdict::fail);
    CHECK(judged.seen == 60);
}

TEST_CASE("per site the worst site answers and is named", "[experiment]") {
    Expectation expectation = expects("attempts_served", Relation::at_least, 0.99);
    expectation.scope.per_site = true;
    const Judged judged = verdict(expectation, days({100}));
    CHECK(judged.verdict == Verdict::fail);
    CHECK(judged.scope == "per site");
    CHECK(judged.why == "by 3.762 points, at Amsterdam");
}

TEST_CASE("what looked at nothing is vacuous, never a pass", "[experiment]") {
    CHECK(verdict(expects("calls_dropped", Relation::at_most, 0), {quiet_day()}).verdict == Verdict::vacuous);
    CHECK(verdict(expects("calls_dropped", Relation::at_most, 0), {}).verdict == Verdict::vacuous);
}

TEST_CASE("a precondition that did not occur often enough makes it vacuous", "[experiment]") {
    Expectation expectation = expects("calls_dropped", Relation::at_most, 100);
    expectation.when = sim::scenario::Precondition{"drains_with_calls", 10};
    Judged judged = verdict(expectation, days({1, 2}));
    CHECK(judged.verdict == Verdict::vacuous);
    CHECK(judged.why == "drains_with_calls seen 0 times, wanted 10");
    expectation.when = sim::scenario::Precondition{"detections", 2};
    CHECK(verdict(expectation, days({1, 2})).verdict == Verdict::pass);
}

TEST_CASE("with the same seed a baseline is compared replication by replication", "[experiment]") {
    const std::string past = result_of(days({10, 50, 90, 30}));
    const auto now = days({12, 52, 92, 32});  // two more each: chance cancels
    Judged judged = verdict(confident(no_worse_than(past, 3)), now);
    CHECK(judged.verdict == Verdict::pass);
    CHECK(judged.seen == 2);
    CHECK(judged.why.empty());
    CHECK(verdict(confident(no_worse_than(past, 1)), now).verdict == Verdict::fail);
    judged = verdict(confident(no_worse_than(past, 3)), now, 43);
    CHECK(judged.verdict == Verdict::undecided);
    CHECK(judged.why.find("not paired: seeds differ") != std::string::npos);
}

TEST_CASE("a baseline that cannot be compared is wrong input", "[experiment]") {
    CHECK(complaint(no_worse_than("{", 0)) == "is no JSON document");
    CHECK(complaint(no_worse_than("{}", 0)) ==
          "is no result of schema ccesim.result/1 and no ccesim.baseline/1");
    CHECK(complaint(no_worse_than(R"({"schema": "ccesim.result/1", "manifest": {"semantics_version": 0}})",
                                  0)) == "comes from version 0 of the model, this is version 1");
    CHECK(complaint(no_worse_than(result_of(days({1, 2}), 42, 64), 0)) == "is of an interrupted run");
    CHECK(complaint(no_worse_than(result_of(days({1, 2})), 0)).empty());
}

TEST_CASE("a baseline is of the same scenario and length, and all that is wrong is told", "[experiment]") {
    const Expectation expectation = no_worse_than(result_of(days({1, 2})), 0);
    Outline now = outline();
    now.scenario = "other-night";
    now.length = 2 * day;
    Expectation second = no_worse_than("{", 0);
    second.baseline->file = "second.json";
    const std::string form = " – a result as written by -o x.json";
    CHECK(complaints({expectation, expectation, second}, now) ==
          "base.json: error[E601]: is of the scenario \"patch-night\", this is \"other-night\"" + form +
              " – results of two scenarios do not compare\n"
              "base.json: error[E601]: simulates 1d in each replication, this run 2d" +
              form +
              " – run the baseline again with this length\n"
              "second.json: error[E601]: is no JSON document" +
              form + " – ccesim test --update-baseline writes it");
}

TEST_CASE("a baseline of another policy is what there is to compare, and said", "[experiment]") {
    const std::string past = result_of(days({10, 50}));
    Briefing briefing;
    briefing.outline = outline();
    briefing.outline.policy = "bold";
    briefing.expectations = {no_worse_than(past, 3)};
    const Judged judged = conclude(briefing, days({11, 51}), 2).expectations.front();
    CHECK(judged.verdict == Verdict::pass);
    CHECK(judged.why == "before, the policy was careful");
}

TEST_CASE("with confidence two replications without a loss do not prove much", "[experiment]") {
    std::vector<Replication> rows{quiet_day(1), quiet_day(2)};
    for (Replication& row : rows) add_calls(row, "Amsterdam", Direction::inbound, Outcome::completed, 3000);
    const auto at_least = [&](const char* metric, double target) {
        return verdict(confident(expects(metric, Relation::at_least, target)), rows).verdict;
    };
    CHECK(at_least("attempts_served", 0.999) == Verdict::pass);  // 6000 attempts
    CHECK(at_least("attempts_served", 0.9999) == Verdict::undecided);
    CHECK(at_least("availability_one_ready", 0.999) == Verdict::undecided);  // two replications
    const Judged minutes = verdict(confident(expects("lost_call_minutes", Relation::at_most, 5)), rows);
    CHECK(minutes.verdict == Verdict::undecided);
    CHECK(minutes.why == "none was seen, which does not say how much one would be");
}

TEST_CASE("per site the worst may be no site at all", "[experiment]") {
    auto rows = days({0});
    lose(rows[0], sim::vocabulary::no_site, Direction::outbound, Reason::no_route, 7);
    Expectation expectation = expects("attempts_served", Relation::at_least, 0.99);
    expectation.scope.per_site = true;
    const Judged judged = verdict(expectation, rows);
    CHECK(judged.verdict == Verdict::fail);
    CHECK(judged.why == "by 99 points, at (no site)");
}

TEST_CASE("the exit code is that of the gravest verdict", "[experiment]") {
    Experiment experiment;
    const auto exit_with = [&](std::vector<Verdict> verdicts) {
        experiment.expectations.clear();
        for (Verdict verdict : verdicts) experiment.expectations.emplace_back().verdict = verdict;
        return experiment.exit();
    };
    experiment.done = {{1, 1001}};
    CHECK(exit_with({}) == Exit::done);
    CHECK(exit_with({Verdict::pass, Verdict::vacuous}) == Exit::vacuous);
    CHECK(exit_with({Verdict::vacuous, Verdict::undecided}) == Exit::undecided);
    CHECK(exit_with({Verdict::undecided, Verdict::fail}) == Exit::expectation_unmet);
    experiment.asked = 2;
    CHECK(exit_with({Verdict::fail}) == Exit::interrupted);
    CHECK(gravest(Exit::output, Exit::expectation_unmet) == Exit::output);
}

TEST_CASE("the fingerprint depends on policy, number and digest of each replication", "[experiment]") {
    const auto fingerprint = [](std::vector<Replication> rows, const std::string& policy) {
        Experiment experiment;
        experiment.outline.policy = policy;
        for (const Replication& row : rows) experiment.done.push_back({row.number, row.fingerprint});
        return experiment.fingerprint();
    };
    const auto one = fingerprint(days({1, 2}), "a");
    CHECK(one == fingerprint(days({3, 4}), "a"));  // the digest stands for what happened
    CHECK(one != fingerprint(days({1, 2}), "b"));
    CHECK(one != fingerprint(days({1}), "a"));
}

TEST_CASE("a conclusion lists scoped expectations among the series", "[experiment]") {
    Briefing briefing;
    briefing.expectations = {expects("calls_dropped", Relation::at_most, 100)};
    briefing.expectations[0].scope.per_site = true;
    const Experiment experiment = conclude(briefing, days({10, 30}), 2);
    const auto& [name, series] = experiment.per_replication.back();
    CHECK(name == "calls_dropped (per site)");
    CHECK(series == std::vector<std::optional<double>>{10, 30});
}
