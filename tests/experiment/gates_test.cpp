#include "sim/experiment/gates.hpp"

#include "tests/experiment/rows.hpp"

#include <catch2/catch.hpp>

using namespace sim::experiment;
using namespace tests;
using sim::scenario::Expectation;
using sim::scenario::Relation;
using sim::vocabulary::Exit;

namespace {

using Numbers = std::vector<std::uint64_t>;

Expectation drops_at_most(double target, std::optional<double> confidence = 0.95) {
    Expectation expectation;
    expectation.metric = "calls_dropped";
    expectation.relation = Relation::at_most;
    expectation.target = target;
    expectation.confidence = confidence;
    return expectation;
}

Briefing expecting(std::vector<Expectation> expectations) {
    Briefing briefing;
    briefing.outline.scenario = "patch-night";
    briefing.outline.policy = "careful";
    briefing.outline.length = day;
    briefing.expectations = std::move(expectations);
    briefing.policies = {"careful"};
    return briefing;
}

std::vector<Cell> one_cell(const Briefing&) {
    return {{"careful", {}}};
}

struct Course {
    std::uint64_t rows = 0;
    bool out_of_time = false;
};

// Replication r drops 15 calls or 25, in turn: 20 in the mean.
Course course(const Briefing& briefing, const Budget& budget, bool is_time_left = true) {
    Store store = Store::temporary();
    GateAgenda agenda(store, one_cell, budget, [=] { return is_time_left; });
    agenda.open(briefing);
    while (const auto work = agenda.next()) {
        const std::uint64_t r = work->replication;
        agenda.take(row_of(work->cell, busy_day(r, r % 2 == 0 ? 15 : 25), "", briefing.expectations));
    }
    return {store.rows(), agenda.out_of_time()};
}

Judged undecided(double seen, double lo, double hi, double target) {
    Judged judged;
    judged.verdict = Verdict::undecided;
    judged.seen = seen;
    judged.lo = lo;
    judged.hi = hi;
    judged.target = target;
    return judged;
}

Gate gate(std::vector<Verdict> verdicts) {
    Gate gate;
    for (const Verdict verdict : verdicts) {
        gate.expectations.emplace_back();
        gate.expectations.back().verdict = verdict;
    }
    return gate;
}

}  // namespace

TEST_CASE("gates are looked at in doubling numbers up to the budget", "[experiment]") {
    CHECK(looks({drops_at_most(30)}, {}) == Numbers{10, 20, 40, 80, 160});
    CHECK(looks({drops_at_most(30)}, {{}, 100}) == Numbers{10, 20, 40, 80, 100});
    CHECK(looks({drops_at_most(30)}, {{}, 10}) == Numbers{10});
    CHECK(looks({drops_at_most(30)}, {{}, 3}) == Numbers{3});
    CHECK(looks({drops_at_most(30, {})}, {}) == Numbers{1});
    CHECK(looks({drops_at_most(30)}, {7, 160}) == Numbers{7});
}

TEST_CASE("a gate stops at the look that decides it", "[experiment]") {
    CHECK(course(expecting({drops_at_most(40)}), {}).rows == 10);
    CHECK(course(expecting({drops_at_most(5)}), {}).rows == 10);
    CHECK(course(expecting({drops_at_most(40), drops_at_most(22)}), {}).rows == 80);  // the one that needs more
    CHECK(course(expecting({drops_at_most(40, {})}), {}).rows == 1);
    CHECK(course(expecting({drops_at_most(20)}), {{}, 30}).rows == 30);  // the truth itself: never
    CHECK(course(expecting({drops_at_most(40)}), {3, 160}).rows == 3);
}

TEST_CASE("what was not seen yet may come: a vacuous gate goes on to the end of its budget", "[experiment]") {
    Expectation rare = drops_at_most(40);
    rare.when = sim::scenario::Precondition{"drains_with_calls", 1};
    CHECK(course(expecting({rare}), {{}, 40}).rows == 40);
}

TEST_CASE("where nothing is expected nothing is run", "[experiment]") {
    CHECK(course(expecting({}), {}).rows == 0);
}

TEST_CASE("without time for another look the gate stays where it is, and says so", "[experiment]") {
    const Course late = course(expecting({drops_at_most(20)}), {}, false);
    CHECK(late.rows == 10);
    CHECK(late.out_of_time);
    CHECK_FALSE(course(expecting({drops_at_most(40)}), {}, false).out_of_time);  // decided at the first
}

TEST_CASE("an undecided gate says how many replications would decide it", "[experiment]") {
    CHECK(needed(undecided(2.5, 2.0, 3.0, 2.25), 40) == 160U);   // half as wide
    CHECK(needed(undecided(2.0, 1.0, 3.5, 2.5), 10) == 90U);     // the far end is what must come in
    CHECK(needed(undecided(2.0, 1.0, 3.0, 2.3), 160) == 1800U);  // two digits
    CHECK_FALSE(needed(undecided(2.0, 1.0, 3.0, 2.0), 160));
    Judged passed = undecided(2.5, 2.0, 3.0, 2.25);
    passed.verdict = Verdict::pass;
    CHECK_FALSE(needed(passed, 40));
}

TEST_CASE("of several gates the gravest tells the exit", "[experiment]") {
    Gates gates;
    CHECK(gates.exit() == Exit::vacuous);  // a folder without gates opens none
    gates.all = {gate({})};
    CHECK(gates.exit() == Exit::vacuous);
    gates.all.push_back(gate({Verdict::pass, Verdict::pass}));
    CHECK(gates.exit() == Exit::done);
    gates.all.push_back(gate({Verdict::vacuous, Verdict::pass}));
    CHECK(gates.exit() == Exit::vacuous);
    gates.all.push_back(gate({Verdict::undecided}));
    CHECK(gates.exit() == Exit::undecided);
    gates.undecided_ok = true;
    CHECK(gates.exit() == Exit::vacuous);
    gates.all.push_back(gate({Verdict::fail}));
    CHECK(gates.exit() == Exit::expectation_unmet);
    gates.all.push_back(gate({}));
    gates.all.back().wrong = Trouble{Exit::scenario, "no Lua", {}};
    CHECK(gates.exit() == Exit::scenario);
    gates.stopped = Exit::terminated;
    CHECK(gates.exit() == Exit::terminated);
}
