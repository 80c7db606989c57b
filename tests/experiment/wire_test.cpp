#include "sim/experiment/wire.hpp"

#include "sim/kernel/check.hpp"
#include "tests/experiment/rows.hpp"

#include <catch2/catch.hpp>

using namespace sim::experiment;
using namespace tests;
using sim::vocabulary::Exit;

namespace {

template <class T>
T there_and_back(const T& message) {
    return std::get<T>(unpacked(packed(message)));
}

}  // namespace

TEST_CASE("a row crosses the pipe unchanged, to the last bit of its integers", "[experiment]") {
    Replication row = busy_day(7);
    row.fingerprint = 0xfedcba9876543210;
    row.post_dial_delay = sim::kernel::Duration{INT64_MAX};
    row.degraded = Calls{UINT64_MAX};
    row.missed_windows = {{"Seattle", "sea-1", "2019-11-17T10:00:00Z", "a peer was in Error"}};
    row.refused_cmdlets = {{"2019-11-17T10:00:00Z", "Enter-CcUpdate", "Seattle", "sea-1", "it is in Error"}};
    row.crews = {
        {"fitters", 2, 4, 1, 1, sim::kernel::Duration{5}, sim::kernel::Duration{4}, sim::kernel::Duration{3}}};
    const Replication back = unpacked_replication(packed(row));
    CHECK(back.fingerprint == row.fingerprint);
    CHECK(back.post_dial_delay == row.post_dial_delay);
    CHECK(back.degraded == row.degraded);
    CHECK(back.ledger() == row.ledger());
    CHECK(back.sites[0].by_direction == row.sites[0].by_direction);
    CHECK(back.losses[0].reason == Reason::host_lost);
    CHECK(back.missed_windows[0].reason == "a peer was in Error");
    CHECK(back.refused_cmdlets[0].cmdlet == "Enter-CcUpdate");
    CHECK(back.crews[0].wait_max == row.crews[0].wait_max);
    CHECK(packed(back) == packed(row));
}

TEST_CASE("a briefing crosses the pipe with all that expectations say", "[experiment]") {
    Briefing briefing;
    briefing.outline.seed = UINT64_MAX;
    briefing.outline.inputs = {{"a.lua", "00ff"}, {"users.csv", "ff00"}};
    briefing.outline.warnings = {{{"a.lua", 3, 0}, "W310", "odd", "", ""}};
    briefing.outline.configured = {{"srv-missing", "sea", "a.lua:3"}};
    auto expectation = expects("attempts_served", sim::scenario::Relation::no_worse_than, 0.1);
    expectation.scope = {"Seattle", false, Direction::outbound};
    expectation.confidence = 0.99;
    expectation.when = sim::scenario::Precondition{"drains", 3};
    expectation.baseline = sim::scenario::Baseline{"base.json", "{}", 0.05, true};
    briefing.expectations = {expectation};
    const Briefing back = there_and_back(Ready{briefing}).briefing;
    CHECK(back.outline.seed == UINT64_MAX);
    CHECK(back.outline.warnings[0].place.line == 3);
    CHECK(back.outline.configured[0].on == "sea");
    CHECK(back.expectations[0].scope.direction == Direction::outbound);
    CHECK(back.expectations[0].target == 0.1);
    CHECK(back.expectations[0].baseline->by_is_share);
    CHECK(packed(Ready{back}) == packed(Ready{briefing}));
}

TEST_CASE("what went wrong keeps its exit code and its places", "[experiment]") {
    const Wrong wrong = there_and_back(
        Wrong{Exit::input_data, {{{"users.csv", 4, 9}, "E402", "what", "expected", "help"}}, 37});
    CHECK(wrong.exit == Exit::input_data);
    CHECK(wrong.problems[0].place.column == 9);
    CHECK(wrong.left_out == 37);
    CHECK(there_and_back(Defect{"broken", 17}).replication == 17);
    CHECK_FALSE(there_and_back(OutOfMemory{}).replication);
}

TEST_CASE("bytes that are no message are a defect", "[experiment]") {
    CHECK_THROWS_AS(unpacked("garbage"), sim::kernel::BrokenInvariant);
    CHECK_THROWS_AS(unpacked(""), sim::kernel::BrokenInvariant);
    const std::string whole = packed(Message{Finished{row_of(CellId{0}, busy_day(), "", {})}});
    CHECK_THROWS_AS(unpacked(whole.substr(0, whole.size() / 2)), sim::kernel::BrokenInvariant);
}
