// Update windows and the procedure: who is patched when, what it costs, and who missed the window and why.

#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace tests;
namespace kernel = sim::kernel;

namespace {

constexpr Duration work =
    4 * 25min + 14min + 30min + 8min + 14min;  // machines, their restarts, host, its restart

// Three appliances that may be patched every day from two o'clock, without a second restart.
Scenario patched(Duration window, Duration length = 24h, double erlangs = 100) {
    Scenario plan = one_site(3, 500, erlangs, length);
    plan.parameters.os_second_restart = 0;
    patches_daily(plan, SiteId{0}, 2h, window);
    return plan;
}

Scenario quiet_patched(Duration window, Duration length = 24h) {
    Scenario plan = patched(window, length);
    plan.traffic.clear();
    return plan;
}

// The most appliances of the site that were not ready at one time.
unsigned out_max(const Replication& tally) {
    const auto& site = tally.sites[0];
    return static_cast<unsigned>(site.appliances.size()) - site.appliances_ready_min;
}

std::uint64_t planned_drops(const Replication& tally) {
    std::uint64_t sum = 0;
    for (const auto& loss : tally.losses)
        if (sim::vocabulary::is_planned(loss.reason)) sum += loss.calls.value;
    return sum;
}

std::vector<std::string> missed(const Replication& tally) {
    std::vector<std::string> found;
    for (const auto& miss : tally.missed_windows) found.push_back(miss.appliance + ": " + miss.reason);
    return found;
}

}  // namespace

TEST_CASE("one at a time: the appliances come by registration, one begins when the other is done",
          "[maintenance]") {
    const Story told = chronicle(quiet_patched(12h));
    const std::vector<Instant> started = told.times(record::update_started);
    const std::vector<Instant> finished = told.times(record::update_finished);
    constexpr Duration one = 20s + work + 5min;
    CHECK(started == std::vector{start_of_run + 2h, start_of_run + 2h + one, start_of_run + 2h + 2 * one});
    CHECK(finished == std::vector{started[1], started[2], started[2] + one});
    for (std::uint32_t id = 0; id < 3; ++id) CHECK(told.times(record::update_started, id).at(0) == started[id]);
    CHECK(out_max(told.tally) == 1);
}

TEST_CASE("one at a time drops no call", "[maintenance]") {
    const Story told = story(patched(12h));
    CHECK(told.tally.events.at("updates_finished") == 3);
    CHECK(told.tally.events.at("drains_with_calls") == 3);
    CHECK(losses(told.tally) == 0);
    CHECK(out_max(told.tally) == 1);
    CHECK(told.times(record::detected).empty());
}

TEST_CASE("one at a time with a drain limit drops what the limit cuts, and that is planned", "[maintenance]") {
    Scenario plan = patched(12h);
    plan.policies.front().update.drain_limit = 2min;
    const Replication tally = lived(plan);
    CHECK(planned_drops(tally) > 0);
    CHECK(planned_drops(tally) == losses(tally, {.reason = Reason::drain_cut}));
    CHECK(planned_drops(tally) == losses(tally));
}

TEST_CASE("reboot in place restarts machines under their calls", "[maintenance]") {
    Scenario plan = patched(12h);
    patches_by(plan, UpdateKind::reboot_in_place);
    const Story told = story(plan);
    CHECK(told.tally.events.at("updates_finished") == 3);
    CHECK(planned_drops(told.tally) > 0);
    CHECK(planned_drops(told.tally) == losses(told.tally, {.reason = Reason::restarted_in_place}));
    CHECK(told.times(record::detected).empty());  // what is starting is not bad
    CHECK(out_max(told.tally) == 1);
    CHECK(losses(told.tally, {.reason = Reason::offline_by_detection}) == 0);
}

TEST_CASE("a policy that never updates opens no window", "[maintenance]") {
    Scenario plan = patched(12h);
    patches_by(plan, UpdateKind::never);
    CHECK(story(plan).journal.empty());
}

TEST_CASE("a machine that must restart twice costs its boot once more", "[maintenance]") {
    Scenario plan = quiet_patched(12h);
    plan.parameters.os_second_restart = 1;
    const Story told = chronicle(plan);
    CHECK(told.times(record::machine_restarted).size() == 3 * 8);
    CHECK(told.times(record::update_finished).at(0) == start_of_run + 2h + 20s + work + 14min + 5min);
}

TEST_CASE("the machines restart in the order AD, CMS, Mediation, Edge, then the host", "[maintenance]") {
    const Story told = chronicle(quiet_patched(1h));
    CHECK(told.details(record::machine_restarted) == std::vector<std::int64_t>{0, 1, 2, 3});
    CHECK(told.times(record::host_restarted).at(0) > told.times(record::machine_restarted).back());
}

TEST_CASE("a window gates starts only", "[maintenance]") {
    const Story told = chronicle(quiet_patched(1min, 10h));
    CHECK(told.tally.events.at("updates_finished") == 1);
    CHECK(missed(told.tally) ==
          std::vector<std::string>{"ams-2: the window closed while ams-1 was being updated",
                                   "ams-3: the window closed while ams-1 was being updated"});
    CHECK(told.tally.missed_windows.at(0).opened == "2019-11-11T02:00:00Z");
    CHECK(told.tally.missed_windows.at(0).site == "ams");
}

TEST_CASE("no appliance is patched while a peer is not Running", "[maintenance]") {
    Scenario plan = quiet_patched(4h, 10h);
    SECTION("a peer in Error") {
        fails_at(plan, 1h, FaultId::edge_rtcsrv_down, appliance(plan, "ams-2"), {.lasts = 8h});
        CHECK(missed(lived(plan)) == std::vector<std::string>{"ams-1: its peer ams-2 was not Running",
                                                              "ams-2: it was not in service",
                                                              "ams-3: its peer ams-2 was not Running"});
    }
    SECTION("a peer in maintenance") {
        enters_at(plan, 1h, appliance(plan, "ams-3"));
        CHECK(missed(lived(plan)) == std::vector<std::string>{"ams-1: its peer ams-3 was not Running",
                                                              "ams-2: its peer ams-3 was not Running",
                                                              "ams-3: it was in maintenance"});
    }
    SECTION("and all of them as soon as it is back") {
        enters_at(plan, 1h, appliance(plan, "ams-3"));
        exits_at(plan, 3h, appliance(plan, "ams-3"));
        CHECK(chronicle(plan).times(record::update_started).at(0) == start_of_run + 3h + 5min);
    }
}

TEST_CASE("an appliance without its host is passed over", "[maintenance]") {
    Scenario plan = quiet_patched(4h, 10h);
    plan.sites[SiteId{0}].directory_on = appliance(plan, "ams-2");
    fails_at(plan, 1h, FaultId::host_crash, appliance(plan, "ams-1"), {.lasts = 8h});
    const Story told = chronicle(plan);
    CHECK(told.times(record::update_started, 0).empty());
    CHECK(told.times(record::update_started, 1) ==
          std::vector{start_of_run + 2h});  // the tenant still reads Running
    CHECK(missed(told.tally).front() == "ams-1: it was not in service");
}

TEST_CASE("an update that loses its host fails and leaves the appliance in maintenance", "[maintenance]") {
    Scenario plan = quiet_patched(1min, 24h);
    fails_at(plan, 3h, FaultId::host_crash, appliance(plan, "ams-1"), {.lasts = 1h});
    const Story told = chronicle(plan);
    CHECK(told.tally.events.at("updates_failed") == 1);
    CHECK(told.tally.events.at("updates_finished") == 0);
    CHECK(told.tally.sites[0].appliances[0].ready == 2h);
    CHECK(told.times(record::detected).empty());
}

TEST_CASE("a window within another one ends no turn", "[maintenance]") {
    Scenario plan = quiet_patched(10h, 24h);  // from 02:00
    patches_daily(plan, SiteId{0}, 3h, 1h);
    const Story told = chronicle(plan);
    CHECK(missed(told.tally).empty());
    CHECK(told.tally.events.at("updates_finished") == 3);
    CHECK(told.tally.events.at("windows_opened") == 2);
}

TEST_CASE("who waits when two windows overlap goes on waiting in the later one", "[maintenance]") {
    Scenario plan = quiet_patched(1h, 24h);  // from 02:00
    patches_daily(plan, SiteId{0}, 2h + 30min, 10h);
    const Story told = chronicle(plan);
    CHECK(missed(told.tally).empty());
    CHECK(told.tally.events.at("updates_finished") == 3);
}

TEST_CASE("in a window for bits updates only nothing is patched", "[maintenance]") {
    Scenario plan = quiet_patched(10h, 24h);  // from 02:00
    plan.updates.front().purposes.os = false;
    const Duration first = GENERATE(as<Duration>{}, 1h, 4h);  // the other one opens before it, or within
    SECTION("alone, also when the site's windows are unset") {
        fails_at(plan, 1h, FaultId::windows_unset, SiteId{0}, {.lasts = 2h});
        const Story told = chronicle(plan);
        CHECK(told.times(record::update_started).empty());
        CHECK(missed(told.tally).empty());
    }
    SECTION("and it takes no turn from a window that overlaps it") {
        patches_daily(plan, SiteId{0}, first, 1min);
        const Story told = chronicle(plan);
        CHECK(told.times(record::update_started) == std::vector{start_of_run + first});
        CHECK(missed(told.tally).size() == 2);
        CHECK(told.tally.missed_windows.at(0).opened.starts_with("2019-11-11T0" +
                                                                 std::to_string(first / Duration{1h})));
        CHECK(told.tally.events.at("windows_opened") == 2);
    }
    SECTION("nor when the windows of its site are unset") {
        patches_daily(plan, SiteId{0}, first, 1min);
        fails_at(plan, 6h, FaultId::windows_unset, SiteId{0}, {.lasts = 12h});
        CHECK(chronicle(plan).tally.events.at("updates_finished") >= 3);
    }
}

TEST_CASE("a window opens at its local time, summer and winter", "[maintenance]") {
    Scenario plan = quiet_patched(1min, 24h * 7);
    plan.from =
        std::chrono::year_month_day{std::chrono::year{2019}, std::chrono::November, std::chrono::day{1}};
    plan.sites[SiteId{0}].zone = los_angeles();
    const std::vector<Instant> opened = chronicle(plan).times(record::window_opened);
    CHECK(opened == std::vector<Instant>{start_of_run + 9h, start_of_run + 24h + 9h, start_of_run + 48h + 10h,
                                         start_of_run + 72h + 10h, start_of_run + 96h + 10h,
                                         start_of_run + 120h + 10h, start_of_run + 144h + 10h});
}

TEST_CASE("the last ready appliance is taken with a warning", "[maintenance]") {
    Scenario plan = one_site(1, 500, 20, 10h);
    patches_daily(plan, SiteId{0}, 2h, 1h);
    const Story told = story(plan);
    CHECK(told.times(record::last_appliance_drained) == std::vector{start_of_run + 2h});
    CHECK(losses(told.tally, {.reason = Reason::no_appliance_in_service}) > 0);
    CHECK(losses(told.tally, {.reason = Reason::no_mediation_answers}) > 0);
    CHECK(planned_drops(told.tally) == 0);
}

TEST_CASE("two policies on one seed meet the same calls", "[maintenance]") {
    Scenario plan = patched(12h);
    const std::uint64_t gentle = attempts(lived(plan));
    patches_by(plan, UpdateKind::reboot_in_place);
    CHECK(attempts(lived(plan)) == gentle);
}
