// What comes first inside one instant: repairs, faults, timers, arrivals. And where a loss leads back to.

#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace tests;

namespace {

Scenario quiet_site(Duration length = 12h) {
    Scenario plan = quiet_world(length);
    add_site(plan, "ams", 2, 500);
    return plan;
}
ApplianceId first(const Scenario& plan) {
    return appliance(plan, "ams-1");
}

// The first record of the chain of causes that ends at this one.
Record root_of(const Story& told, Record entry) {
    while (entry.cause != sim::kernel::no_cause)
        entry = told.journal.at(static_cast<std::size_t>(entry.cause) - 1);
    return entry;
}

}  // namespace

TEST_CASE("a crash at the very instant at which a call would end still cuts it", "[ties]") {
    const Scenario calm = one_site(1, plenty, 50, 2h);
    const Story before = story(calm);
    const auto call = std::find_if(before.calls.begin(), before.calls.end(), [](const CallRecord& candidate) {
        return candidate.end > start_of_run + 1h && candidate.outcome == Outcome::completed;
    });
    REQUIRE(call != before.calls.end());
    const auto outcome_after_crash_at = [&](Instant when) {
        Scenario plan = calm;
        fails_at(plan, when - start_of_run, FaultId::host_crash, first(plan));
        for (const CallRecord& candidate : story(plan).calls)
            if (candidate.ordinal == call->ordinal) return candidate.outcome;
        throw std::logic_error("the call is gone");
    };
    CHECK(outcome_after_crash_at(call->end) == Outcome::dropped);
    CHECK(outcome_after_crash_at(call->end + 1us) == Outcome::completed);
}

TEST_CASE("a crash comes before a cmdlet of the same instant", "[ties]") {
    Scenario plan = quiet_site();
    enters_at(plan, 1h, first(plan));
    fails_at(plan, 1h, FaultId::host_crash, first(plan));
    CHECK(lived(plan).events.at("cmdlets_failed") == 1);
}

TEST_CASE("a repair comes before a new fault of the same instant, which is then felt", "[ties]") {
    Scenario plan = quiet_site();
    fails_at(plan, 2h, FaultId::edge_rtcsrv_down, first(plan), {.lasts = 10s});
    fails_at(plan, 1h, FaultId::edge_rtcsrv_down, first(plan), {.lasts = 1h});
    plan.policies.front().recovery = sim::scenario::RecoveryPolicy::none;
    const Story told = chronicle(plan);
    CHECK(told.times(record::fault_had_no_effect).empty());
    CHECK(told.tally.sites[0].appliances[0].ready == 12h - 1h - 10s);
}

TEST_CASE("of two equal faults at one instant the first of the plan is felt", "[ties]") {
    Scenario plan = quiet_site();
    fails_at(plan, 1h, FaultId::host_crash, first(plan), {.lasts = 1h});
    fails_at(plan, 1h, FaultId::host_crash, first(plan), {.lasts = 3h});
    CHECK(lived(plan).sites[0].appliances[0].ready == 12h - 1h - 22min);
}

TEST_CASE("a window that closes as an update ends lets no other begin", "[ties]") {
    Scenario plan = quiet_site();
    plan.parameters.os_second_restart = 0;
    patches_daily(plan, SiteId{0}, 1h, 1min);
    const Duration takes = chronicle(plan).times(record::update_finished).at(0) - start_of_run - 1h;
    plan.windows[sim::vocabulary::WindowId{0}].length = takes;
    CHECK(chronicle(plan).times(record::update_started).size() == 1);
    plan.windows[sim::vocabulary::WindowId{0}].length = takes + 1us;
    CHECK(chronicle(plan).times(record::update_started).size() == 2);
}

TEST_CASE("every call that is cut leads back to the fault or to the cmdlet", "[causes]") {
    Scenario plan = one_site(2, plenty, 200, 8h);
    plan.traffic[0].external_share = 0.2;
    const FaultId fault = GENERATE(FaultId::host_crash, FaultId::edge_rtcsrv_down, FaultId::med_medsvc_down);
    fails_at(plan, 1h, fault, first(plan));
    enters_at(plan, 4h, appliance(plan, "ams-2"), StopMode::immediate);
    const Story told = story(plan);
    std::size_t looked = 0;
    for (const Record& entry : told.journal) {
        if (entry.kind != record::call_lost) continue;
        const auto reason = static_cast<Reason>(entry.detail);
        if (outcome_of(reason) != Outcome::dropped) continue;
        const bool planned = reason == Reason::stopped_by_operator;
        REQUIRE(root_of(told, entry).kind == (planned ? record::cmdlet_run : record::fault_struck));
        ++looked;
    }
    CHECK(looked == told.tally.ledger()[Outcome::dropped].value);
    CHECK(looked > 50);
}
