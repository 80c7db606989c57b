// Taking an appliance out of service on purpose: what happens to calls up and to new ones.

#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace tests;
namespace kernel = sim::kernel;

namespace {

constexpr Duration entered = 1h;
constexpr Duration service_stop = 20s;

Scenario loaded() {
    Scenario plan = one_site(2, 500, 200, 6h);
    plan.traffic[0].external_share = 0.2;
    return plan;
}
ApplianceId first(const Scenario& plan) {
    return appliance(plan, "ams-1");
}

bool starts_on(const CallRecord& call, ApplianceId id) {
    return call.appliance == id && call.end > call.start;
}

}  // namespace

TEST_CASE("a draining appliance keeps its calls and takes no new ones", "[maintenance]") {
    Scenario plan = loaded();
    enters_at(plan, entered, first(plan));
    const Story told = story(plan);
    CHECK(losses(told.tally) == 0);
    Instant last_end = start_of_run;
    for (const CallRecord& call : told.calls) {
        if (call.start < start_of_run + entered && call.appliance == first(plan))
            last_end = std::max(last_end, call.end);
        if (starts_on(call, first(plan))) REQUIRE(call.start < start_of_run + entered);
    }
    CHECK(told.times(record::drain_ended) == std::vector{last_end});
    CHECK(told.times(record::services_stopped) == std::vector{last_end + service_stop});
    CHECK(told.tally.events.at("drains_with_calls") == 1);
}

TEST_CASE("cloud and gateways hunt past a draining appliance at once", "[maintenance]") {
    Scenario plan = loaded();
    enters_at(plan, entered, first(plan));
    plan.length = entered + 10min;
    const Story told = story(plan);
    REQUIRE(told.times(record::drain_ended).empty());
    CHECK(told.tally.delayed.value == 0);
    CHECK(losses(told.tally) == 0);
}

TEST_CASE("an empty appliance is drained at once", "[maintenance]") {
    Scenario plan = quiet_world(2h);
    add_site(plan, "ams", 2, 500);
    enters_at(plan, entered, first(plan));
    const Story told = chronicle(plan);
    CHECK(told.details(record::drain_ended) == std::vector<std::int64_t>{0});
    CHECK(told.tally.events.at("drains_with_calls") == 0);
}

TEST_CASE("a drain with a limit cuts what is left at the limit and nothing before", "[maintenance]") {
    Scenario plan = loaded();
    enters_at(plan, entered, first(plan), StopMode::drain, 5min);
    const Story told = story(plan);
    CHECK(losses(told.tally) == losses(told.tally, {.reason = Reason::drain_cut, .appliance = "ams-1"}));
    for (const CallRecord& call : told.calls)
        if (call.reason == Reason::drain_cut) REQUIRE(call.end == start_of_run + entered + 5min);
    CHECK(told.details(record::drain_cut) == std::vector{static_cast<std::int64_t>(losses(told.tally))});
    CHECK(losses(told.tally) > 5);
}

TEST_CASE("a limit that is not reached cuts nothing", "[maintenance]") {
    Scenario plan = loaded();
    enters_at(plan, entered, first(plan), StopMode::drain, 3h);
    const Story told = story(plan);
    CHECK(losses(told.tally) == 0);
    CHECK(told.times(record::drain_cut).empty());
    CHECK(told.times(record::drain_ended).size() == 1);
}

TEST_CASE("immediate stops the services at the end of the cmdlet, calls or not", "[maintenance]") {
    Scenario plan = loaded();
    enters_at(plan, entered, first(plan), StopMode::immediate);
    const Story told = story(plan);
    CHECK(losses(told.tally) ==
          losses(told.tally, {.reason = Reason::stopped_by_operator, .appliance = "ams-1"}));
    CHECK(losses(told.tally) > 50);
    for (const CallRecord& call : told.calls)
        if (call.outcome == Outcome::dropped) REQUIRE(call.end == start_of_run + entered + 1min);
}

TEST_CASE("maintenance suppresses detection and Exit arms it again", "[maintenance]") {
    Scenario plan = loaded();
    enters_at(plan, entered, first(plan), StopMode::immediate);
    fails_at(plan, entered + 10min, FaultId::vm_stopped, first(plan), {.lasts = 3h, .machine = Machine::ad});
    exits_at(plan, entered + 30min, first(plan));
    const Story told = story(plan);
    CHECK(told.times(record::detected).size() == 1);
    const Instant back = start_of_run + entered + 30min + 5min;
    CHECK(told.times(record::detected).at(0) >= back);
    CHECK(told.times(record::detected).at(0) <= back + 1min);
    CHECK(told.times(record::recovered).at(0) >= start_of_run + entered + 10min + 3h);
}

TEST_CASE("a forgotten Exit survives a crash of the host", "[maintenance]") {
    Scenario plan = loaded();
    enters_at(plan, entered, first(plan));
    fails_at(plan, entered + 1h, FaultId::host_crash, first(plan), {.lasts = 10min});
    const Story told = story(plan);
    CHECK(told.times(record::machine_started).size() == 4);
    for (const CallRecord& call : told.calls)
        if (starts_on(call, first(plan))) REQUIRE(call.start < start_of_run + entered);
    CHECK(told.times(record::detected).empty());
    CHECK(told.tally.sites[0].appliances[0].ready == entered);
}

TEST_CASE("the host dies in the middle of a drain: its calls are lost, and it stays in maintenance",
          "[maintenance]") {
    Scenario plan = loaded();
    enters_at(plan, entered, first(plan), StopMode::drain, 30min);
    fails_at(plan, entered + 3min, FaultId::host_crash, first(plan), {.lasts = 10min});
    const Story told = story(plan);
    CHECK(losses(told.tally) == losses(told.tally, {.reason = Reason::host_lost}));
    CHECK(losses(told.tally) > 5);
    CHECK(told.tally.sites[0].appliances[0].ready == entered);
}

TEST_CASE("Exit ends a drain that is under way and loses no call", "[maintenance]") {
    Scenario plan = loaded();
    enters_at(plan, entered, first(plan), StopMode::drain, 30min);
    exits_at(plan, entered + 1min, first(plan));
    const Story told = story(plan);
    CHECK(losses(told.tally) == 0);
    CHECK(told.times(record::drain_cut).empty());
    const auto again = std::count_if(told.calls.begin(), told.calls.end(), [&](const CallRecord& call) {
        return starts_on(call, first(plan)) && call.start > start_of_run + entered + 30min;
    });
    CHECK(again > 1000);
}

TEST_CASE("an appliance may be drained again and again", "[maintenance]") {
    Scenario plan = loaded();
    for (int round = 0; round < 5; ++round) {
        enters_at(plan, entered + round * 1h, first(plan));
        exits_at(plan, entered + round * 1h + 35min, first(plan));
    }
    const Story told = story(plan);
    CHECK(losses(told.tally) == 0);
    CHECK(told.times(record::drain_ended).size() == 5);
    CHECK(told.times(record::services_started).size() == 5);
}
