// New versions of the product: built beside the old one in open windows, one appliance after another, and what
// it costs to run an old one.

#include "tests/operations/console.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace tests;
namespace kernel = sim::kernel;
using sim::vocabulary::Build;
using sim::vocabulary::newest_version;
using sim::vocabulary::VersionId;
using Strings = std::vector<std::string>;

namespace {

constexpr SiteId ams{0};
constexpr ApplianceId ams_1{0};
constexpr ApplianceId ams_2{1};

constexpr Duration download = 1h;
constexpr Duration registering = 3min;
constexpr Duration building = 3h;
constexpr Duration switching = 2min + 14min;  // power off, boot the other set

void come_out(Scenario& plan, std::vector<Duration> when) {
    sim::scenario::BitsReleases releases;
    for (const Duration at : when) releases.out.push_back(start_of_run + at);
    plan.bits_releases = releases;
}

// Two appliances; bits come out at one o'clock, a window for them opens every day at two.
Scenario with_bits(Duration window, Duration length = 24h, double erlangs = 100) {
    Scenario plan = one_site(2, 500, erlangs, length);
    patches_daily(plan, ams, 2h, window);
    plan.updates.front().purposes = {false, true};
    come_out(plan, {1h});
    return plan;
}

Scenario quiet(Duration window, Duration length = 24h) {
    Scenario plan = with_bits(window, length);
    plan.traffic.clear();
    return plan;
}

Strings missed(const Replication& tally) {
    Strings found;
    for (const auto& miss : tally.missed_windows) found.push_back(miss.appliance + ": " + miss.reason);
    return found;
}

Duration ready(const Story& told, ApplianceId id) {
    return told.tally.sites[0].appliances[sim::vocabulary::index(id)].ready;
}

}  // namespace

TEST_CASE("a new version is built beside the old one, one appliance after another", "[operations]") {
    const Story told = chronicle(quiet(12h));
    const std::vector<Instant> started = told.times(record::bits_update_started);
    const std::vector<Instant> finished = told.times(record::bits_update_finished);
    REQUIRE(finished.size() == 2);
    CHECK(started == std::vector{start_of_run + 2h, finished[0]});
    CHECK(finished[0] - started[0] == download + registering + building + switching);
    CHECK(finished[1] - started[1] == 5s + registering + building + switching);  // downloaded already
    CHECK(told.details(record::sets_switched) ==
          std::vector<std::int64_t>(2, number(Build{newest_version, 1})));
    for (const ApplianceId id : {ams_1, ams_2}) CHECK(ready(told, id) == 24h - switching);
    CHECK(told.tally.sites[0].appliances_ready_min == 1);
    CHECK(missed(told.tally).empty());
}

TEST_CASE("the old set serves while the new one is built, and no call is lost at the change", "[operations]") {
    const Story told = story(with_bits(12h));
    CHECK(told.tally.events.at("bits_updates_finished") == 2);
    CHECK(told.tally.events.at("drains_with_calls") == 2);
    CHECK(losses(told.tally) == 0);
    CHECK(told.times(record::detected).empty());
}

TEST_CASE("calls that outlast the drain are cut, and that is planned", "[operations]") {
    Scenario plan = with_bits(12h);
    plan.parameters.drain_limit = 2min;
    const Story told = story(plan);
    const std::uint64_t cut = losses(told.tally, {.reason = Reason::drain_cut});
    CHECK(told.tally.events.at("bits_updates_finished") == 2);
    CHECK(cut > 0);
    CHECK(cut == losses(told.tally));
    CHECK(sim::vocabulary::is_planned(Reason::drain_cut));
    CHECK(told.tally.events.at("drains_cut") == 2);
}

TEST_CASE("a bits update that has started is finished when the window closes, and no other one starts",
          "[operations]") {
    const Story told = chronicle(quiet(1min, 12h));
    CHECK(told.tally.events.at("bits_updates_finished") == 1);
    CHECK(missed(told.tally) == Strings{"ams-2: the window closed while ams-1 was being updated (bits)"});
}

TEST_CASE("no window, no new version: and nothing is to do before bits come out", "[operations]") {
    Scenario plan = quiet(12h);
    SECTION("bits are out after the window") {
        come_out(plan, {20h});
    }
    SECTION("the window is for Windows alone") {
        plan.updates.front().purposes = {true, false};
    }
    SECTION("the policy opens none") {
        patches_by(plan, UpdateKind::never);
    }
    const Story told = chronicle(plan);
    CHECK(told.times(record::bits_update_started).empty());
    CHECK(told.tally.events.at("bits_published") == 1);
}

TEST_CASE("what cannot be built leaves the old version serving, and the next window tries again",
          "[operations]") {
    Scenario plan = quiet(12h, 48h);
    SECTION("while a disk image cannot be dismounted") {
        fails_at(plan, 30min, FaultId::dism_dismount_failed, ams_1, {.lasts = 12h});
        const Story told = chronicle(plan);
        CHECK(told.times(record::bits_update_failed) ==
              std::vector{start_of_run + 2h + download + registering});
        CHECK(told.times(record::bits_update_started, 0) == std::vector{start_of_run + 2h, start_of_run + 26h});
        CHECK(told.times(record::bits_update_started, 1) ==
              std::vector{told.times(record::bits_update_failed).at(0)});
        CHECK(told.tally.events.at("bits_updates_finished") == 2);
        CHECK(ready(told, ams_1) == 48h - switching);
        REQUIRE(told.tally.refused_cmdlets.size() == 1);
        CHECK(told.tally.refused_cmdlets[0].cmdlet == "Install-CcAppliance");
        CHECK(told.tally.refused_cmdlets[0].reason == "Dismount-WindowsImage failed. Error code = 0xc1550115");
    }
    SECTION("until somebody has cleaned up") {
        fails_at(plan, 30min, FaultId::dism_dismount_failed, ams_1);
        Console console;
        console.types(8h, typed("DISM", ams_1, {{"Cleanup-Wim", true}}));
        const Story told = console.lives(plan);
        CHECK(told.tally.events.at("bits_updates_failed") == 1);
        CHECK(told.times(record::bits_update_finished, 0).size() == 1);
    }
    SECTION("after the host was lost under the build") {
        fails_at(plan, 5h, FaultId::host_crash, ams_1, {.lasts = 10min});
        const Story told = chronicle(plan);
        CHECK(told.times(record::bits_update_failed) == std::vector{start_of_run + 5h});
        CHECK(ready(told, ams_1) == 48h - 10min - 8min - 14min - switching);
        CHECK(told.times(record::bits_update_finished, 0) ==
              std::vector{start_of_run + 26h + 2min + building + switching});  // what is left goes first
    }
}

TEST_CASE("no bits update starts where automatic updates are off, and the report says so", "[operations]") {
    Scenario plan = quiet(4h);
    Console console;
    Strings expected;
    SECTION("for the site") {
        fails_at(plan, 1h, FaultId::auto_update_off, ams);
        expected = Strings{"ams-1: automatic updates were switched off (bits)",
                           "ams-2: automatic updates were switched off (bits)"};
    }
    SECTION("for one appliance by its maintenance mode") {
        console.types(1h, typed("Set-CsHybridPSTNAppliance", std::nullopt,
                                {{"Identity", "ams-1"}, {"MaintenanceMode", true}}));
        expected = Strings{"ams-1: it was in maintenance (bits)"};
    }
    SECTION("for who waits for a peer") {
        enters_at(plan, 1h, ams_2);
        expected =
            Strings{"ams-1: its peer ams-2 was not Running (bits)", "ams-2: it was in maintenance (bits)"};
    }
    CHECK(missed(console.lives(plan).tally) == expected);
}

TEST_CASE("in a window for both, all are patched before a new version is built", "[operations]") {
    Scenario plan = quiet(23h, 48h);
    plan.updates.front().purposes = {true, true};
    const Story told = chronicle(plan);
    REQUIRE(told.times(record::update_finished).size() >= 2);
    CHECK(told.times(record::bits_update_started).at(0) == told.times(record::update_finished).at(1));
    CHECK(told.tally.events.at("bits_updates_finished") == 2);
}

TEST_CASE("the old set stays beside the new one until a newer one needs its place", "[operations]") {
    Scenario plan = quiet(12h, 48h);
    come_out(plan, {1h, 25h});
    Console console;
    const Arguments all{{"VersionType", "All"}};
    const auto before = console.types(25h, typed("Get-CcVersion", ams_1, all));
    const auto after = console.types(47h, typed("Get-CcVersion", ams_1, all));
    const Story told = console.lives(plan);
    CHECK(console.all_shown(before, "Version") == Strings{"2.1.1", "2.1.1", "2.1"});
    CHECK(console.all_shown(after, "Version") == Strings{"2.1.2", "2.1.2", "2.1.1"});
    CHECK(told.details(record::machines_removed) ==
          std::vector<std::int64_t>(2, number(Build{newest_version, 0})));
}

TEST_CASE("whoever switched back on purpose is left alone until something newer is out", "[operations]") {
    Scenario plan = quiet(12h, 72h);
    Console console;
    console.types(20h, typed("Switch-CcVersion", ams_1));
    SECTION("and nothing newer comes") {
        CHECK(console.lives(plan).times(record::bits_update_started, 0).size() == 1);
    }
    SECTION("and something newer comes") {
        come_out(plan, {1h, 30h});
        CHECK(console.lives(plan).times(record::bits_update_finished, 0).size() == 2);
    }
}

TEST_CASE("the tenant reads what a bits update is at", "[operations]") {
    Scenario plan = quiet(12h, 24h);
    fails_at(plan, 30min, FaultId::dism_dismount_failed, ams_2);
    Console console;
    const auto read = [&](Duration when, const char* name) {
        return console.types(when, typed("Get-CsHybridPSTNAppliance", std::nullopt, {{"Identity", name}}));
    };
    const auto before = read(90min, "ams-1"), meanwhile = read(4h, "ams-1"), after = read(12h, "ams-1"),
               failed = read(12h, "ams-2");
    console.lives(plan);
    const auto seen = [&](std::size_t line) {
        return console.shown(line, "DeploymentAction") + " " + console.shown(line, "DeploymentStatus") + " " +
               console.shown(line, "Version");
    };
    CHECK(seen(before) == "Deploy Finished 2.1");
    CHECK(seen(meanwhile) == "BitsUpdate Started 2.1");
    CHECK(seen(after) == "BitsUpdate Finished 2.1.1");
    CHECK(seen(failed) == "BitsUpdate Error 2.1");
}

TEST_CASE("nobody renews passwords in passing: an automatic registration asks nobody", "[operations]") {
    Scenario plan = quiet(12h);
    fails_at(plan, 1h, FaultId::cabackup_password_mismatch, ams_1);
    const Story told = chronicle(plan);
    CHECK(told.tally.events.at("bits_updates_finished") == 2);
    CHECK(told.tally.events.at("faults_cleared") == 0);
}

TEST_CASE("an older version than the newest patches itself up to it", "[operations]") {
    Scenario plan = quiet(12h);
    for (auto& appliance : plan.appliances) appliance.version = VersionId::v1_4_2;
    CHECK(chronicle(plan).details(record::sets_switched) ==
          std::vector<std::int64_t>(2, number(Build{newest_version, 1})));
}

// --- support

TEST_CASE("a version is out of support sixty days after a newer one", "[operations]") {
    Scenario plan = quiet_world(24h * 100);
    add_site(plan, "ams", 2, 500);
    const auto days = [&] { return lived(plan).out_of_support / Duration{24h}; };
    CHECK(days() == 0);
    come_out(plan, {24h});
    CHECK(days() == 2 * (100 - 1 - 60));
    come_out(plan, {24h, 24h * 30});  // the later one takes nothing back
    CHECK(days() == 2 * (100 - 1 - 60));
    come_out(plan, {24h * 40});
    CHECK(days() == 0);
}

TEST_CASE("an upgrade by hand ends the debt, a newer version begins another", "[operations]") {
    Scenario plan = quiet_world(24h * 200);
    add_site(plan, "ams", 1, 500);
    come_out(plan, {24h, 24h * 100});
    Console console;
    console.types(24h * 71, typed("Start-CcDownload", ams_1));
    console.types(24h * 72, typed("Register-CcAppliance", ams_1));
    console.types(24h * 73, typed("Install-CcAppliance", ams_1, {{"Upgrade", true}}));
    console.types(24h * 74, typed("Switch-CcVersion", ams_1));
    const Story told = console.lives(plan);
    CHECK(told.times(record::sets_switched) == std::vector{start_of_run + 24h * 74 + 2min});
    CHECK(told.tally.out_of_support == (24h * 74 + 2min - 24h * 61) + 24h * (200 - 160));
}

TEST_CASE("who goes back to the old version has its debt again", "[operations]") {
    Scenario plan = quiet(12h, 24h * 100);
    Console console;
    for (const ApplianceId id : {ams_1, ams_2}) console.types(24h * 80, typed("Switch-CcVersion", id));
    const Story told = console.lives(plan);
    CHECK(told.tally.out_of_support == 2 * (24h * 20 - 2min));
}

// --- luck

TEST_CASE("a bad version fails hours after the switch on all who run it, and stays with its set",
          "[operations]") {
    Scenario plan = quiet(12h, 48h);
    plan.bits_releases->bad_share = 1;
    plan.bits_releases->bad_shows = kernel::fixed_law(3h);
    plan.bits_releases->bad_lasts = 20h;
    plan.policies.front().recovery = sim::scenario::RecoveryPolicy::none;
    SECTION("until it is mended") {
        const Story told = chronicle(plan);
        const std::vector<Instant> switched = told.times(record::sets_switched);
        CHECK(told.times(record::bad_bits_showed) == std::vector{switched[0] + 3h, switched[1] + 3h});
        CHECK(ready(told, ams_1) == 48h - switching - 20h);
    }
    SECTION("unless somebody goes back in time") {
        Console console;
        console.types(7h, typed("Switch-CcVersion", ams_1));
        CHECK(console.lives(plan).times(record::bad_bits_showed, 0).empty());
    }
}

TEST_CASE("versions that come by a rate have a luck of their own", "[operations]") {
    Scenario plan = quiet(12h, 24h * 365);
    plan.bits_releases = sim::scenario::BitsReleases{};
    plan.bits_releases->between = kernel::exponential_law(24h * 20);
    double count = 0;
    for (std::uint64_t replication = 1; replication <= 40; ++replication)
        count += static_cast<double>(lived(plan, replication).events.at("bits_published"));
    CHECK(count / 40 == Approx(365.0 / 20).margin(3 * std::sqrt(365.0 / 20 / 40)));
    const std::vector<Instant> alone = chronicle(plan).times(record::bits_published);
    fails_at(plan, 5h, FaultId::host_crash, ams_1, {.lasts = 1h});
    patches_by(plan, UpdateKind::never);
    CHECK(chronicle(plan).times(record::bits_published) == alone);
    CHECK(chronicle(plan, 2).times(record::bits_published) != alone);
}

TEST_CASE("a year of bits updates keeps the books", "[operations]") {
    Scenario plan = with_bits(6h, 24h * 60, 30);
    plan.bits_releases = sim::scenario::BitsReleases{};
    plan.bits_releases->between = kernel::exponential_law(24h * 5);
    plan.bits_releases->bad_share = 0.3;
    const Replication tally = lived(plan);  // balance() runs in every build
    CHECK(tally.events.at("bits_updates_finished") > 0);
    CHECK(lived(plan).fingerprint == tally.fingerprint);
}
