// Who calls when: the profile in local time, the level of the day, users, directions, classes and second tries.

#include "tests/support/estates.hpp"
#include "tests/support/sample.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <set>

using namespace tests;
namespace kernel = sim::kernel;

namespace {

// As many calls as the hour of the local clock says: 100 at midnight, 200 at one, …
sim::scenario::Profile rising() {
    sim::scenario::Profile profile;
    profile.slot = 1h;
    for (std::vector<double>& day : profile.days)
        for (int hour = 0; hour < 24; ++hour) day.push_back(hour + 1);
    return profile;
}

bool is_poisson(std::uint64_t seen, double mean) {
    return std::abs(static_cast<double>(seen) - mean) <= standard_errors * std::sqrt(mean);
}

}  // namespace

TEST_CASE("calls follow the profile of the local clock through a day of twenty-five hours", "[calls]") {
    Scenario plan = quiet_world(24h * 2);
    plan.from =
        std::chrono::year_month_day{std::chrono::year{2019}, std::chrono::November, std::chrono::day{3}};
    const SiteId site = add_site(plan, "sea", 1, plenty);
    plan.sites[site].zone = los_angeles();
    auto& traffic = add_users(plan, site, 5);  // 100 calls an hour at intensity 1
    traffic.profile = rising();
    const Story told = story(plan);
    const Instant midnight = plan.calendar().instant(std::chrono::local_days{plan.from}, plan.sites[site].zone);
    REQUIRE(midnight == start_of_run + 7h);
    for (int elapsed = 0; elapsed < 25; ++elapsed) {
        const int hour = elapsed < 2 ? elapsed : elapsed - 1;  // one o'clock comes twice
        std::uint64_t calls = 0;
        for (const CallRecord& call : told.calls)
            calls += (call.start - midnight) / 1h == elapsed && call.start >= midnight;
        CAPTURE(elapsed, hour, calls);
        CHECK(is_poisson(calls, 100.0 * (hour + 1)));
    }
}

TEST_CASE("the report's hours are those of the local clock", "[calls]") {
    Scenario plan = quiet_world(24h * 14);
    plan.from =
        std::chrono::year_month_day{std::chrono::year{2019}, std::chrono::October, std::chrono::day{27}};
    const SiteId site = add_site(plan, "sea", 1, plenty);
    plan.sites[site].zone = los_angeles();
    add_users(plan, site, 5).profile = rising();
    const Replication tally = lived(plan);
    for (int hour = 0; hour < 24; ++hour) {
        CAPTURE(hour);
        // Fourteen days from and to midnight UTC, and one o'clock twice on the third of November.
        const double days = hour == 1 ? 15 : hour == 16 ? 13 : 14;
        CHECK(is_poisson(tally.sites[0].hours[static_cast<std::size_t>(hour)].attempts.value,
                         100.0 * (hour + 1) * days));
    }
}

TEST_CASE("days differ in level as their coefficient of variation says, and keep their mean", "[calls]") {
    Scenario plan = one_site(1, plenty, 50, 24h * 400);
    plan.traffic[0].day_level_cv = 0.2;
    const Story told = story(plan);
    std::vector<double> days(400);
    for (const CallRecord& call : told.calls)
        ++days[static_cast<std::size_t>((call.start - start_of_run) / 24h)];
    Sample levels;
    for (const double day : days) levels.add(day / 24000);
    CAPTURE(levels.mean(), levels.sd());
    CHECK(is_near(levels.mean(), 1, levels.error()));
    CHECK(is_near(levels.sd(), 0.2, levels.error_of_sd()));
}

TEST_CASE("a quarter hour of silence in the profile is silent", "[calls]") {
    Scenario plan = one_site(1, plenty, 500, 24h);
    plan.traffic[0].profile.slot = 15min;
    for (auto& day : plan.traffic[0].profile.days) {
        day.assign(96, 1);
        day[40] = 0;  // 10:00 to 10:15
    }
    for (const CallRecord& call : story(plan).calls)
        REQUIRE((call.start < start_of_run + 10h || call.start >= start_of_run + 10h + 15min));
}

TEST_CASE("directions and classes come in the shares that were given", "[calls]") {
    Scenario plan = one_site(1, plenty, 500, 24h);
    auto& traffic = plan.traffic[0];
    traffic.outbound_share = 0.3;
    traffic.emergency_share = 0.1;
    const Replication tally = lived(plan);
    const double calls = static_cast<double>(attempts(tally));
    const double out = static_cast<double>(attempts(tally, Direction::outbound));
    CHECK(is_near(out / calls, 0.3, std::sqrt(0.3 * 0.7 / calls)));
    CHECK(is_near(static_cast<double>(tally.emergency_attempts.value) / out, 0.1, std::sqrt(0.1 * 0.9 / out)));
}

TEST_CASE("who may not call abroad is refused, outbound only, and never in an emergency", "[calls]") {
    Scenario plan = one_site(1, plenty, 500, 24h);
    plan.traffic[0].international_share = 0.5;
    plan.traffic[0].emergency_share = 0.5;
    for (std::size_t user = 0; user < 10; ++user) plan.cohorts[CohortId{0}].users[user].international = false;
    const Replication tally = lived(plan);
    const auto refused = static_cast<double>(losses(tally, {.reason = Reason::international_not_allowed}));
    const auto out = static_cast<double>(attempts(tally, Direction::outbound));
    CHECK(is_near(refused / out, 0.25, std::sqrt(0.25 * 0.75 / out)));
    CHECK(losses(tally) ==
          losses(tally, {.reason = Reason::international_not_allowed, .direction = Direction::outbound}));
    CHECK(tally.emergency_lost.value == 0);
}

TEST_CASE("users who are not voice-enabled make and take no calls", "[calls]") {
    Scenario plan = one_site(1, plenty, 100, 24h);
    for (auto& user : plan.cohorts[CohortId{0}].users) user.voice_enabled = false;
    CHECK(attempts(lived(plan)) == 0);
}

TEST_CASE("emergency calls that are lost are counted apart", "[calls]") {
    Scenario plan = one_site(1, 50, 100, 24h);
    plan.traffic[0].emergency_share = 1;
    plan.traffic[0].outbound_share = 1;
    const Replication tally = lived(plan);
    CHECK(tally.emergency_attempts.value == attempts(tally));
    CHECK(tally.emergency_lost.value == losses(tally));
    CHECK(losses(tally) > 0);
}

TEST_CASE("without the habit nobody redials", "[calls]") {
    CHECK(lived(one_site(1, 10, 20, 24h)).redials.value == 0);
}

TEST_CASE("a share of those who are lost calls again after a while, as often as they have patience",
          "[calls]") {
    Scenario plan = one_site(1, plenty, 500, 24h);
    plan.peer_destination.reset();
    plan.cohorts[CohortId{0}].site.reset();  // every attempt fails, so every try is seen
    plan.traffic[0].redial = sim::scenario::Redial{0.5, 2min, 3};
    const Story told = story(plan);
    std::array<double, 4> tries{};
    for (const CallRecord& call : told.calls) ++tries.at(call.attempt);
    for (std::size_t number = 1; number < tries.size(); ++number) {
        CAPTURE(number);
        CHECK(tries[number] / tries[number - 1] ==
              Approx(0.5).margin(4 * std::sqrt(0.25 / tries[number - 1]) + 0.002));
    }
    CHECK(told.tally.redials.value == static_cast<std::uint64_t>(tries[1] + tries[2] + tries[3]));
    std::map<std::uint64_t, Instant> first;
    Sample waits;
    for (const CallRecord& call : told.calls) {
        if (call.attempt == 0) first[call.ordinal] = call.start;
        if (call.attempt == 1) waits.add(kernel::seconds(call.start - first.at(call.ordinal)));
    }
    CHECK(is_near(waits.mean(), 120, waits.error()));
}

TEST_CASE("whoever is cut off and calls again talks for what was left", "[calls]") {
    Scenario plan = one_site(2, plenty, 300, 4h);
    plan.traffic[0].length = kernel::fixed_law(30min);
    plan.traffic[0].redial = sim::scenario::Redial{1, 1s, 1};
    fails_at(plan, 1h, FaultId::host_crash, appliance(plan, "ams-1"));
    const Story told = story(plan);
    std::map<std::uint64_t, Duration> talked;
    for (const CallRecord& call : told.calls)
        if (call.outcome == Outcome::dropped) talked[call.ordinal] = call.end - call.start;
    std::size_t looked = 0;
    for (const CallRecord& call : told.calls) {
        if (call.attempt == 0 || call.outcome != Outcome::completed) continue;
        const Duration delay = call.end - call.start + talked.at(call.ordinal) - 30min;
        REQUIRE((delay == 0s || delay == 4s));
        ++looked;
    }
    CHECK(looked == talked.size());
    CHECK(looked > 20);
}

TEST_CASE("what happens to calls changes nothing of who calls when", "[calls]") {
    Scenario calm = one_site(2, 50, 70, 24h);
    Scenario stormy = calm;
    stormy.parameters.second_try = true;
    fails_at(stormy, 6h, FaultId::host_crash, appliance(stormy, "ams-1"), {.lasts = 1h});
    fails_at(stormy, 9h, FaultId::gateway_down, gateway(stormy, "ams-gw-1"), {.lasts = 10min});
    using Call = std::tuple<std::uint64_t, Instant, Direction>;
    const auto made = [](const Story& told) {
        std::set<Call> calls;
        for (const CallRecord& call : told.calls) calls.insert({call.ordinal, call.start, call.direction});
        return calls;
    };
    CHECK(made(story(calm)) == made(story(stormy)));
}
