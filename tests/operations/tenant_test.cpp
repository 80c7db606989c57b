// The tenant's cmdlets: what they change, when it is in force, and what they say when they cannot.

#include "tests/support/typist.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

using namespace tests;
using ListChange = sim::vocabulary::Change;
using List = std::vector<std::string>;
using Changes = ListChange::How;

namespace {

constexpr Duration replicated = 15min + 5s;  // after the cmdlet was typed

// Two sites with users of their own; those of the first are called user0, user1, ….
Scenario two_sites(Duration length, double erlangs = 20) {
    Scenario plan = quiet_world(length);
    const SiteId ams = add_site(plan, "ams", 2, 500), ber = add_site(plan, "ber", 2, 500);
    add_users(plan, ams, erlangs);
    add_users(plan, ber, erlangs);
    unsigned number = 0;
    for (auto& user : plan.cohorts[CohortId{0}].users)
        user.name = "user" + std::to_string(number++) + "@contoso.com";
    return plan;
}

Command assigns(const std::string& who, const std::string& site) {
    return typed("Set-CsUserPstnSettings", {{"Identity", who}, {"HybridPSTNSite", site}});
}

bool is_at(const Scenario& plan, const CallRecord& call, const char* site) {
    return call.appliance && plan.sites[plan.appliances[*call.appliance].site].name == site;
}

std::uint64_t lost_by(const Story& told, Reason reason) {
    return losses(told.tally, {.reason = reason});
}

std::string said(const Scenario& plan, const Command& command) {
    Typist typist;
    typist.types(1h, command);
    lived_with(plan, typist);
    return typist.all[0].error;
}

}  // namespace

// --- users

TEST_CASE(
    "users who are reassigned leave by the other site after a quarter of an hour, and are called as before",
    "[operations]") {
    const Scenario plan = two_sites(4h);
    const std::string who = GENERATE("users of ams", "ams");
    Typist typist;
    typist.types(1h, assigns(who, "ber"));
    const auto before =
        typist.types(1h + 1min, typed("Get-CsUserPstnSettings", {{"Identity", "users of ams"}}));
    const auto after = typist.types(2h, typed("Get-CsUserPstnSettings", {{"Identity", "users of ams"}}));
    const Story told = lived_with(plan, typist);
    CHECK(typist.all[0].error.empty());
    CHECK(typist.all[0].ended == 1h + 5s);
    CHECK(typist.value(before, "HybridPSTNSite") == "ams");
    CHECK(typist.value(after, "HybridPSTNSite") == "ber");
    for (const CallRecord& call : told.calls) {
        const bool moved =
            call.direction == Direction::outbound && call.start >= start_of_run + 1h + replicated;
        CHECK(is_at(plan, call, call.cohort == CohortId{0} && !moved ? "ams" : "ber"));
    }
    CHECK(losses(told.tally) == 0);
}

TEST_CASE("reassigning users moves no luck", "[operations]") {
    const Scenario plan = two_sites(4h);
    Typist nobody, typist;
    typist.types(1h, assigns("ams", "ber"));
    typist.types(2h, assigns("ams", "ams"));
    const auto lives = [](const Story& told) {
        std::vector<std::tuple<CohortId, std::uint64_t, Instant, Instant>> all;
        for (const CallRecord& call : told.calls)
            all.emplace_back(call.cohort, call.ordinal, call.start, call.end);
        std::sort(all.begin(), all.end());
        return all;
    };
    CHECK(lives(lived_with(plan, typist)) == lives(lived_with(plan, nobody)));
}

TEST_CASE("users without a site leave at the peer destination, and without one not at all", "[operations]") {
    Scenario plan = two_sites(6h);
    Typist typist;
    typist.types(1h, typed("Set-CsTenantHybridConfiguration", {{"PeerDestination", "ber.example.com"}}));
    typist.types(1h, assigns("ams", "$null"));
    typist.types(3h, typed("Set-CsTenantHybridConfiguration", {{"PeerDestination", "$null"}}));
    const auto seen = typist.types(2h, typed("Get-CsTenantHybridConfiguration"));
    const Story told = lived_with(plan, typist);
    CHECK(typist.value(seen, "PeerDestination") == "ber.example.com");
    std::uint64_t lost = 0;
    for (const CallRecord& call : told.calls) {
        if (call.cohort != CohortId{0} || call.direction != Direction::outbound) continue;
        if (call.start >= start_of_run + 3h + replicated) {
            CHECK(call.reason == Reason::no_route);
            ++lost;
        } else {
            CHECK(is_at(plan, call, call.start >= start_of_run + 1h + replicated ? "ber" : "ams"));
        }
    }
    CHECK(lost > 0);
    CHECK(lost_by(told, Reason::no_route) == lost);
}

TEST_CASE("one user is reassigned alone", "[operations]") {
    const Scenario plan = two_sites(20h);
    Typist typist;
    typist.types(0h + 1s, assigns("user3@contoso.com", "ber"));
    const auto her = typist.types(1h, typed("Get-CsUserPstnSettings", {{"Identity", "USER3@contoso.com"}}));
    const auto his = typist.types(1h, typed("Get-CsUserPstnSettings", {{"Identity", "user4@contoso.com"}}));
    const Story told = lived_with(plan, typist);
    CHECK(typist.value(her, "HybridPSTNSite") == "ber");
    CHECK(typist.value(his, "HybridPSTNSite") == "ams");
    double moved = 0, stayed = 0;
    for (const CallRecord& call : told.calls)
        if (call.cohort == CohortId{0} && call.direction == Direction::outbound)
            ++(is_at(plan, call, "ber") ? moved : stayed);
    CHECK(moved / (moved + stayed) == Approx(1.0 / 20).epsilon(0.25));
    CHECK(losses(told.tally) == 0);
}

TEST_CASE("calls abroad and voice are given and taken", "[operations]") {
    Scenario plan = two_sites(4h);
    for (auto& traffic : plan.traffic) traffic.international_share = 0.5;
    Typist typist;
    Reason reason = Reason::international_not_allowed;
    SECTION("abroad, by the settings") {
        typist.types(
            1h, typed("Set-CsUserPstnSettings", {{"Identity", "ams"}, {"AllowInternationalCalls", false}}));
        typist.types(2h,
                     typed("Set-CsUserPstnSettings", {{"Identity", "ams"}, {"AllowInternationalCalls", true}}));
    }
    SECTION("abroad, by the policy") {
        typist.types(1h, typed("Grant-CsVoiceRoutingPolicy",
                               {{"Identity", "ams"}, {"PolicyName", "InternationalCallsDisallowed"}}));
        typist.types(2h, typed("Grant-CsVoiceRoutingPolicy",
                               {{"Identity", "ams"}, {"PolicyName", "InternationalCallsAllowed"}}));
    }
    SECTION("voice, of one") {
        reason = Reason::not_voice_enabled;
        typist.types(
            1h, typed("Set-CsUser", {{"Identity", "user1@contoso.com"}, {"EnterpriseVoiceEnabled", false}}));
        typist.types(
            2h, typed("Set-CsUser", {{"Identity", "user1@contoso.com"}, {"EnterpriseVoiceEnabled", true}}));
    }
    SECTION("voice, of all") {
        reason = Reason::not_voice_enabled;
        typist.types(1h, typed("Set-CsUser", {{"Identity", "ams"}, {"EnterpriseVoiceEnabled", false}}));
        typist.types(2h, typed("Set-CsUser", {{"Identity", "ams"}, {"EnterpriseVoiceEnabled", true}}));
    }
    const Story told = lived_with(plan, typist);
    std::uint64_t lost = 0;
    for (const CallRecord& call : told.calls) {
        if (call.outcome != Outcome::refused) continue;
        CHECK(call.reason == reason);
        CHECK(call.start >= start_of_run + 1h + replicated);
        CHECK(call.start < start_of_run + 2h + replicated);
        ++lost;
    }
    CHECK(lost > 0);
}

TEST_CASE("the users of a site are shown one by one", "[operations]") {
    Typist typist;
    Scenario plan = two_sites(4h);
    plan.cohorts[CohortId{0}].users[2].voice_enabled = false;
    typist.types(1h,
                 typed("Set-CsUser", {{"Identity", "user1@contoso.com"}, {"EnterpriseVoiceEnabled", false}}));
    const auto row = typist.types(2h, typed("Get-CsOnlineUser", {{"Identity", "ams"}, {"Filter", "user*"}}));
    lived_with(plan, typist);
    CHECK(typist.all[row].answer.size() == 20);
    const auto voice = [&](std::size_t user) { return typist.value(row, "EnterpriseVoiceEnabled", user); };
    CHECK(voice(0) == "true");
    CHECK(voice(1) == "false");
    CHECK(voice(2) == "false");
    CHECK(voice(3) == "true");
}

// --- users who had no voice when the run began

namespace {

constexpr CohortId newcomers{2};  // of the first site, behind the two sites' own

Scenario some_without_voice(unsigned without, Duration length = 8h) {
    Scenario plan = two_sites(length);
    for (unsigned user = 0; user < without; ++user)
        plan.cohorts[CohortId{0}].users[2 + user].voice_enabled = false;
    return plan;
}

Command gives_voice(const std::string& who, bool enabled = true) {
    return typed("Set-CsUser", {{"Identity", who}, {"EnterpriseVoiceEnabled", enabled}});
}

using Life = std::tuple<CohortId, std::uint64_t, Instant, Instant, Outcome>;
std::vector<Life> lives(const Story& told, bool of_newcomers) {
    std::vector<Life> all;
    for (const CallRecord& call : told.calls)
        if ((call.cohort == newcomers) == of_newcomers)
            all.emplace_back(call.cohort, call.ordinal, call.start, call.end, call.outcome);
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

TEST_CASE("who never had voice calls and is called once it is given, and nobody else notices", "[operations]") {
    const Scenario plan = some_without_voice(3);
    Typist nobody, typist;
    typist.types(1h, gives_voice("user2@contoso.com"));
    const auto before = typist.types(1h + 1min, typed("Get-CsOnlineUser", {{"Identity", "user2@contoso.com"}}));
    const auto after = typist.types(2h, typed("Get-CsOnlineUser", {{"Identity", "user2@contoso.com"}}));
    const auto other = typist.types(2h, typed("Get-CsOnlineUser", {{"Identity", "user3@contoso.com"}}));
    const Story without = lived_with(plan, nobody), told = lived_with(plan, typist);
    CHECK(typist.value(before, "EnterpriseVoiceEnabled") == "false");
    CHECK(typist.value(after, "EnterpriseVoiceEnabled") == "true");
    CHECK(typist.value(other, "EnterpriseVoiceEnabled") == "false");
    CHECK(lives(told, false) == lives(without, false));
    CHECK(lives(without, true).empty());
    std::map<Direction, unsigned> calls;
    for (const CallRecord& call : told.calls) {
        if (call.cohort != newcomers) continue;
        CHECK(call.start >= start_of_run + 1h + replicated);
        CHECK(is_at(plan, call, "ams"));
        ++calls[call.direction];
    }
    // Twenty erlangs of seventeen users, in talks of three minutes, are 23.5 calls an hour each: 159 in 6:45.
    const unsigned all = calls[Direction::inbound] + calls[Direction::outbound];
    CHECK(all > 159 - 4 * 13);
    CHECK(all < 159 + 4 * 13);
    CHECK(calls[Direction::inbound] > all / 4);
    CHECK(calls[Direction::outbound] > all / 4);
    CHECK(losses(told.tally) == 0);
}

TEST_CASE("what one of the newcomers does depends on no other, nor on when she was given voice",
          "[operations]") {
    const Scenario plan = some_without_voice(3);
    Typist alone, beside, later;
    alone.types(1h, gives_voice("user2@contoso.com"));
    beside.types(1h, gives_voice("user2@contoso.com"));
    beside.types(2h, gives_voice("user4@contoso.com"));
    later.types(3h, gives_voice("user2@contoso.com"));
    const auto hers = lives(lived_with(plan, alone), true), both = lives(lived_with(plan, beside), true),
               late = lives(lived_with(plan, later), true);
    CHECK(both.size() > hers.size());
    CHECK(std::includes(both.begin(), both.end(), hers.begin(), hers.end()));
    std::vector<Life> rest;
    for (const Life& life : hers)
        if (std::get<2>(life) >= start_of_run + 3h + replicated) rest.push_back(life);
    CHECK(late == rest);
    CHECK(!late.empty());
}

TEST_CASE("all of a site are given voice, those who never had it too", "[operations]") {
    const Scenario plan = some_without_voice(10, 6h);
    Typist typist;
    typist.types(1h, gives_voice("ams"));
    const auto seen = typist.types(2h, typed("Get-CsOnlineUser", {{"Identity", "ams"}}));
    const Story told = lived_with(plan, typist);
    for (std::size_t user = 0; user < 20; ++user)
        CHECK(typist.value(seen, "EnterpriseVoiceEnabled", user) == "true");
    std::map<CohortId, double> calls;
    for (const CallRecord& call : told.calls)
        if (call.start >= start_of_run + 1h + replicated) ++calls[call.cohort];
    // As many users, as many calls: 1900 each, give or take 44.
    CHECK(calls[newcomers] > 1900 - 4 * 44);
    CHECK(calls[newcomers] < 1900 + 4 * 44);
    CHECK(calls[CohortId{0}] > 1900 - 4 * 44);
    CHECK(calls[CohortId{0}] < 1900 + 4 * 44);
}

TEST_CASE("who was given voice and lost it again is refused, who never had it makes no call", "[operations]") {
    const Scenario plan = some_without_voice(3);
    Typist typist;
    typist.types(1h, gives_voice("user2@contoso.com"));
    typist.types(1h, gives_voice("user3@contoso.com", false));
    const std::string who = GENERATE("user2@contoso.com", "ams");
    typist.types(3h, gives_voice(who, false));
    const Story told = lived_with(plan, typist);
    unsigned refused = 0;
    for (const CallRecord& call : told.calls) {
        if (call.cohort != newcomers) continue;
        CHECK((call.reason == Reason::not_voice_enabled) == (call.start >= start_of_run + 3h + replicated));
        refused += call.outcome == Outcome::refused ? 1 : 0;
    }
    CHECK(refused > 40);
    CHECK(refused < 200);
    // Her losses stand with those of the users she belongs to.
    for (const auto& loss : told.tally.losses) CHECK(loss.group == "ams");
}

TEST_CASE("a right setting clears the fault that wrote a wrong one", "[operations]") {
    Scenario plan = two_sites(4h);
    Typist typist;
    FaultId fault{};
    SECTION("users without a site") {
        fault = FaultId::user_unassigned;
        fails_at(plan, 1h, fault, CohortId{0});
        typist.types(2h, assigns("ams", "ams"));
    }
    SECTION("a domain that is not shared") {
        fault = FaultId::shared_sip_space_false;
        fails_at(plan, 1h, fault, sim::vocabulary::TheTenant{});
        typist.types(2h, typed("Set-CsTenantFederationConfiguration", {{"SharedSipAddressSpace", true}}));
    }
    SECTION("calls abroad") {
        for (auto& traffic : plan.traffic) traffic.international_share = 0.5;
        fault = FaultId::intl_disallowed;
        fails_at(plan, 1h, fault, CohortId{0});
        typist.types(2h,
                     typed("Set-CsUserPstnSettings", {{"Identity", "ams"}, {"AllowInternationalCalls", true}}));
    }
    const Story told = lived_with(plan, typist);
    CHECK(losses(told.tally) > 0);
    CHECK(told.times(record::fault_cleared) == std::vector{start_of_run + 2h + replicated});
    CHECK(told.details(record::fault_cleared) == std::vector{static_cast<std::int64_t>(fault)});
    for (const CallRecord& call : told.calls)
        if (call.start >= start_of_run + 2h + replicated || call.start < start_of_run + 1h)
            CHECK((call.reason == Reason::none || call.outcome == Outcome::in_progress));
}

// --- sites and windows

namespace {

Command new_window(const std::string& name, const std::string& start = "02:00") {
    return typed("New-CsTenantUpdateTimeWindow",
                 {{"Identity", name}, {"Daily", true}, {"StartTime", start}, {"Duration", "6:00"}});
}
Command site_takes(Changes how, const std::string& window) {
    return typed("Set-CsHybridPSTNSite",
                 {{"Identity", "ams"}, {"OsUpdateTimeWindow", ListChange{how, {window}}}});
}

Scenario quiet_site(unsigned appliances, Duration length) {
    Scenario plan = quiet_world(length);
    add_site(plan, "ams", appliances, 500);
    plan.parameters.os_second_restart = 0;
    return plan;
}

}  // namespace

TEST_CASE("a window that is made inside time opens", "[operations]") {
    const Scenario plan = quiet_site(1, 48h);
    Typist typist;
    typist.types(1h, new_window("Night"));
    typist.types(1h + 1min, site_takes(Changes::add, "Night"));
    const auto site = typist.types(1h + 2min, typed("Get-CsHybridPSTNSite", {{"Identity", "ams"}}));
    const auto window = typist.types(1h + 2min, typed("Get-CsTenantUpdateTimeWindow"));
    const Story told = lived_with(plan, typist);
    CHECK(told.times(record::window_opened) == std::vector{start_of_run + 2h, start_of_run + 26h});
    CHECK(told.times(record::update_started) == std::vector{start_of_run + 2h, start_of_run + 26h});
    CHECK(typist.value(site, "OsUpdateTimeWindow") == "Night");
    CHECK(typist.value(site, "BitsUpdateTimeWindow").empty());
    CHECK(typist.value(window, "Opens") == "daily 02:00");
}

TEST_CASE("the shapes of windows", "[operations]") {
    const auto opens = [](const std::vector<std::pair<std::string, Argument>>& shape) {
        Typist typist;
        std::vector<std::pair<std::string, Argument>> arguments{
            {"Identity", "W"}, {"StartTime", "01:00"}, {"Duration", "4h"}};
        arguments.insert(arguments.end(), shape.begin(), shape.end());
        typist.types(1min, typed("New-CsTenantUpdateTimeWindow", arguments));
        const auto row = typist.types(2min, typed("Get-CsTenantUpdateTimeWindow", {{"Identity", "w"}}));
        lived_with(quiet_site(1, 1h), typist);
        return typist.value(row, "Opens");
    };
    CHECK(opens({{"Daily", true}}) == "daily 01:00");
    CHECK(opens({{"Weekly", true}, {"DaysOfWeek", List{"Sunday", "Tuesday"}}}) == "weekly tue,sun 01:00");
    CHECK(opens({{"Monthly", true}, {"DayOfMonth", std::int64_t{15}}}) == "monthly 15 01:00");
    CHECK(
        opens({{"Monthly", true}, {"WeeksOfMonth", List{"First", "Last"}}, {"DaysOfWeek", List{"Saturday"}}}) ==
        "monthly first,last sat 01:00");
}

TEST_CASE("windows are taken from a site, changed and removed", "[operations]") {
    Scenario plan = quiet_site(1, 72h);
    patches_daily(plan, SiteId{0}, 2h, 6h);
    Typist typist;
    std::vector<Instant> opened{start_of_run + 2h};
    SECTION("replaced") {
        typist.types(10h, new_window("Late", "22:00"));
        Command replaces = site_takes(Changes::replace, "Late");
        REQUIRE(!sim::vocabulary::add(replaces, "BitsUpdateTimeWindow", std::string{"$null"}));
        typist.types(11h, replaces);
        for (const Duration at : {22h, 46h, 70h}) opened.push_back(start_of_run + at);
    }
    SECTION("changed") {
        typist.types(10h,
                     typed("Set-CsTenantUpdateTimeWindow", {{"Identity", "Window1"}, {"StartTime", "22:00"}}));
        for (const Duration at : {22h, 46h, 70h}) opened.push_back(start_of_run + at);
    }
    SECTION("removed: the site has the default one, day and night") {
        typist.types(10h, typed("Remove-CsTenantUpdateTimeWindow", {{"Identity", "Window1"}}));
        opened.push_back(start_of_run + 10h + 5s);
    }
    SECTION("unset: the same") {
        typist.types(10h,
                     typed("Set-CsHybridPSTNSite", {{"Identity", "ams"}, {"OsUpdateTimeWindow", "$null"}}));
        opened.push_back(start_of_run + 10h + 5s);
    }
    const Story told = lived_with(plan, typist);
    for (const auto& one : typist.all) CHECK(one.error.empty());
    CHECK(told.times(record::window_opened) == opened);
    CHECK(told.times(record::update_started) == opened);
}

TEST_CASE("a window that is open and stays in the list stays open", "[operations]") {
    Scenario plan = quiet_site(3, 24h);
    patches_daily(plan, SiteId{0}, 2h, 12h);
    Typist typist;
    typist.types(3h, new_window("Late", "22:00"));
    typist.types(3h + 1min, site_takes(Changes::add, "Late"));
    const Story told = lived_with(plan, typist);
    CHECK(told.tally.events.at("updates_finished") == 3);
    CHECK(told.tally.missed_windows.empty());
}

TEST_CASE("EnableAutoUpdate is asked when a window opens", "[operations]") {
    Scenario plan = quiet_site(1, 72h);
    patches_daily(plan, SiteId{0}, 2h, 6h);
    Typist typist;
    typist.types(1h, typed("Set-CsHybridPSTNSite", {{"Identity", "ams"}, {"EnableAutoUpdate", false}}));
    const auto seen = typist.types(2h, typed("Get-CsHybridPSTNSite"));
    typist.types(25h, typed("Set-CsHybridPSTNSite", {{"Identity", "ams"}, {"EnableAutoUpdate", true}}));
    const Story told = lived_with(plan, typist);
    CHECK(typist.value(seen, "EnableAutoUpdate") == "false");
    CHECK(told.times(record::update_started) == std::vector{start_of_run + 26h, start_of_run + 50h});
    CHECK(told.tally.missed_windows.size() == 1);
}

TEST_CASE("calls out of a site that was removed have no route, until it is made again", "[operations]") {
    const Scenario plan = two_sites(4h);
    Typist typist;
    typist.types(1h, typed("Remove-CsHybridPSTNSite", {{"Identity", "ams"}, {"Force", true}}));
    const auto gone = typist.types(1h + 1min, typed("Get-CsHybridPSTNSite"));
    typist.types(2h, typed("New-CsHybridPSTNSite", {{"Identity", "ams"}, {"EdgeFQDN", "ams.example.com"}}));
    const Story told = lived_with(plan, typist);
    CHECK(typist.all[gone].answer.size() == 1);
    CHECK(losses(told.tally) == lost_by(told, Reason::no_route));
    CHECK(losses(told.tally) > 0);
    for (const CallRecord& call : told.calls)
        if (call.reason == Reason::no_route) {
            CHECK(call.direction == Direction::outbound);
            CHECK(call.start >= start_of_run + 1h + replicated);
            CHECK(call.start < start_of_run + 2h + replicated);
        }
}

TEST_CASE("a rehearsal with -WhatIf does nothing", "[operations]") {
    const Scenario plan = two_sites(2h);
    Typist typist;
    typist.types(1h,
                 typed("Remove-CsHybridPSTNSite", {{"Identity", "ams"}, {"Force", true}, {"WhatIf", true}}));
    const auto sites = typist.types(1h + 1min, typed("Get-CsHybridPSTNSite"));
    lived_with(plan, typist);
    CHECK(typist.all[0].error.empty());
    CHECK(typist.all[sites].answer.size() == 2);
}

// --- appliances

TEST_CASE("in MaintenanceMode nobody detects and nobody updates", "[operations]") {
    Scenario plan = quiet_site(2, 24h);
    patches_daily(plan, SiteId{0}, 5h, 2h);
    plan.parameters.recovery_success = 0;
    fails_at(plan, 2h, FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"));
    Typist typist;
    typist.types(1h, typed("Set-CsHybridPSTNAppliance", {{"Identity", "ams-1"}, {"MaintenanceMode", true}}));
    const auto seen = typist.types(3h, typed("Get-CsHybridPSTNAppliance", {{"Name", "ams-1"}}));
    typist.types(10h, typed("Set-CsHybridPSTNAppliance", {{"Identity", "ams-1"}, {"MaintenanceMode", false}}));
    const auto after = typist.types(11h, typed("Get-CsHybridPSTNAppliance", {{"Name", "ams-1"}}));
    const Story told = lived_with(plan, typist);
    CHECK(typist.value(seen, "MaintenanceMode") == "true");
    CHECK(typist.value(seen, "Status") == "Running");
    CHECK(typist.value(seen, "SiteName") == "ams");
    CHECK(typist.value(seen, "DeploymentStatus") == "Finished");
    CHECK(typist.value(after, "Status") == "Error");
    const std::vector<Instant> detected = told.times(record::detected, 0);
    REQUIRE(detected.size() == 1);
    CHECK(detected[0] > start_of_run + 10h);
    CHECK(told.times(record::update_started, 0).empty());
    CHECK(told.times(record::update_started, 1).size() == 1);
}

TEST_CASE("registrations are unique, removed with force, and made again", "[operations]") {
    Scenario plan = quiet_site(2, 4h);
    const auto registers = [](const std::string& name, const std::string& ip, const std::string& fqdn) {
        return typed("Register-CsHybridPSTNAppliance", {{"Name", name},
                                                        {"SiteName", "ams"},
                                                        {"MediationServerIPAddress", ip},
                                                        {"MediationServerFqdn", fqdn}});
    };
    plan.appliances[ApplianceId{0}].mediation_ip = "10.0.0.1";
    Typist typist;
    const auto name = typist.types(1h, registers("AMS-1", "10.0.0.9", "new"));
    const auto ip = typist.types(1h, registers("new", "10.0.0.1", "new"));
    const auto fqdn = typist.types(1h, registers("new", "10.0.0.9", "ams-2-mediation"));
    const auto unforced = typist.types(1h, typed("Unregister-CsHybridPSTNAppliance", {{"Identity", "ams-1"}}));
    const auto gone =
        typist.types(1h, typed("Unregister-CsHybridPSTNAppliance",
                               {{"Identity", "cce00000-0000-4000-8000-000000000001"}, {"Force", true}}));
    const auto left = typist.types(2h, typed("Get-CsHybridPSTNAppliance", {{"SiteName", "ams"}}));
    const auto again = typist.types(3h, registers("ams-1", "10.0.0.1", "ams-1-mediation"));
    lived_with(plan, typist);
    CHECK(typist.all[name].error == "An appliance with the name \"AMS-1\" is registered already.");
    CHECK(typist.all[ip].error ==
          "The Mediation Server IP address 10.0.0.1 is that of the appliance \"ams-1\".");
    CHECK(typist.all[fqdn].error ==
          "The Mediation Server FQDN \"ams-2-mediation\" is that of the appliance \"ams-2\".");
    CHECK(typist.all[unforced].error ==
          "The appliance \"ams-1\" is Running: removing its registration needs -Force.");
    CHECK(typist.all[gone].error.empty());
    CHECK(typist.all[left].answer.size() == 1);
    CHECK(typist.value(again, "Identity") == "cce00000-0000-4000-8000-000000000003");
}

TEST_CASE("a status and a deployment are overridden by hand", "[operations]") {
    const Scenario plan = quiet_site(1, 4h);
    Typist typist;
    typist.types(1h, typed("Set-CsCceApplianceStatus", {{"Identity", "ams-1"}, {"Status", "Error"}}));
    typist.types(
        1h, typed("Set-CsCceApplianceDeploymentStatus",
                  {{"Identity", "ams-1"}, {"Action", "BitsUpdate"}, {"Status", "Error"}, {"Error", "disk"}}));
    typist.types(1h, typed("Set-CsCceApplianceStatus",
                           {{"Identity", "ams-1"}, {"Status", "Error"}, {"ConfigurationSnapshot", "ini"}}));
    const auto soon = typist.types(1h + 5s, typed("Get-CsHybridPSTNAppliance"));
    const auto later = typist.types(1h + 2min, typed("Get-CsHybridPSTNAppliance"));
    const auto old = typist.types(2h, typed("Complete-CsCceApplianceRegistration", {{"Identity", "ams-1"}}));
    const auto older =
        typist.types(2h, typed("Complete-CsCceApplianceUnregistration", {{"Identity", "ams-1"}}));
    const auto read =
        typist.types(2h, typed("Set-CsCceApplianceConfigurationReplicationStatus", {{"Identity", "ams-1"}}));
    const auto of_nobody =
        typist.types(2h, typed("Set-CsCceApplianceConfigurationReplicationStatus", {{"Identity", "x"}}));
    lived_with(plan, typist);
    CHECK(typist.all[older].error.find("is deprecated") != std::string::npos);
    CHECK(typist.all[read].error.empty());
    CHECK(typist.all[of_nobody].error == "Cannot find the hybrid PSTN appliance \"x\".");
    CHECK(typist.value(later, "Status") == "Running");  // the management service reports what it sees
    CHECK(typist.value(soon, "DeploymentAction") == "BitsUpdate");
    CHECK(typist.value(soon, "ConfigurationSnapshot") == "ini");
    CHECK(typist.value(later, "DeploymentStatus") == "Error");
    CHECK(typist.value(later, "Error") == "disk");
    CHECK(typist.all[old].error.find("is deprecated") != std::string::npos);
}

// --- objects of Mediations

namespace {

// The steps of RB-6; one of them may be left out.
std::vector<Command> new_object(std::size_t without = 99) {
    std::vector<Command> steps{
        typed("Connect-MsolService"),
        typed("New-MsolUser", {{"UserPrincipalName", "new@contoso.com"}, {"DisplayName", "New MS"}}),
        typed("Set-MsolUserLicense",
              {{"UserPrincipalName", "new@contoso.com"}, {"AddLicenses", List{"MCOEV"}}}),
        typed("Get-CsOnlineUser"),
        typed("Set-MsolUserLicense",
              {{"UserPrincipalName", "new@contoso.com"}, {"RemoveLicenses", List{"MCOEV"}}}),
        typed("Set-MsolUser",
              {{"UserPrincipalName", "new@contoso.com"}, {"Department", "HybridMediationServer"}}),
        typed("Set-CsHybridMediationServer", {{"Identity", "New MS"},
                                              {"Fqdn", "ams-1-mediation"},
                                              {"AccessProxyExternalFqdn", "ams.example.com"}})};
    if (without < steps.size()) steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(without));
    return steps;
}

std::vector<Instant> cleared(Scenario plan, FaultId fault, const std::vector<Command>& steps,
                             Duration between) {
    fails_at(plan, 30min, fault, ApplianceId{0});
    Typist typist;
    Duration at = 1h;
    for (const Command& step : steps) typist.types(at += between, step);
    return lived_with(plan, typist).times(record::fault_cleared);
}

}  // namespace

TEST_CASE("a missing object of a Mediation is made by the whole procedure alone", "[operations]") {
    const Scenario plan = quiet_site(1, 24h);
    CHECK(cleared(plan, FaultId::hybrid_ms_object_missing, new_object(), 1h + 1min).size() == 1);
    CHECK(cleared(plan, FaultId::hybrid_ms_object_missing, new_object(), 1min).empty());  // too soon
    for (const std::size_t needed : {0, 1, 2, 4, 5, 6}) {
        INFO("without step " << needed);
        CHECK(cleared(plan, FaultId::hybrid_ms_object_missing, new_object(needed), 1h + 1min).empty());
    }
    CHECK(cleared(plan, FaultId::hybrid_ms_object_missing, new_object(3), 1h + 1min).size() == 1);  // a look
}

TEST_CASE("an object with a licence or a wrong Edge is put right", "[operations]") {
    const Scenario plan = quiet_site(1, 24h);
    const Command connects = typed("Connect-MsolService");
    const Command unlicenses = typed(
        "Set-MsolUserLicense", {{"UserPrincipalName", "hybridms-ams-1"}, {"RemoveLicenses", List{"MCOEV"}}});
    const auto object_at = [](const std::string& edge) {
        return typed(
            "Set-CsHybridMediationServer",
            {{"Identity", "hybridms-ams-1"}, {"Fqdn", "ams-1-mediation"}, {"AccessProxyExternalFqdn", edge}});
    };
    CHECK(cleared(plan, FaultId::hybrid_ms_object_licensed, {connects, unlicenses}, 1min).size() == 1);
    CHECK(cleared(plan, FaultId::hybrid_ms_object_licensed, {unlicenses}, 1min).empty());
    CHECK(cleared(plan, FaultId::hybrid_ms_object_licensed, {object_at("ams.example.com")}, 1min).empty());
    CHECK(cleared(plan, FaultId::hybrid_ms_object_wrong_edge, {object_at("ams.example.com")}, 1min).size() ==
          1);
    Typist typist;
    Scenario struck = plan;
    fails_at(struck, 30min, FaultId::hybrid_ms_object_licensed, ApplianceId{0});
    const auto seen = typist.types(1h, typed("Get-CsHybridMediationServer"));
    lived_with(struck, typist);
    CHECK(typist.value(seen, "Warning") == "The account has a licence.");
}

TEST_CASE("escalations fail while the object of the Mediation names another Edge", "[operations]") {
    Scenario plan = one_site(1, 500, 20, 6h);
    plan.traffic[0].escalation_share = 1;
    Typist typist;
    typist.types(1h,
                 typed("Set-CsHybridMediationServer", {{"Identity", "hybridms-ams-1"},
                                                       {"Fqdn", "ams-1-mediation"},
                                                       {"AccessProxyExternalFqdn", "elsewhere.example.com"}}));
    const Replication told = lived_with(plan, typist).tally;
    CHECK(told.escalations_failed.value > 0);
    CHECK(told.escalations_failed.value < told.escalations.value);
}

// --- the tenant's settings

TEST_CASE("without a shared domain no call is routed", "[operations]") {
    const Scenario plan = two_sites(3h);
    Typist typist;
    typist.types(1h, typed("Set-CsTenantFederationConfiguration", {{"SharedSipAddressSpace", false}}));
    const Story told = lived_with(plan, typist);
    for (const CallRecord& call : told.calls)
        CHECK((call.reason == Reason::no_hybrid_routing) == (call.start >= start_of_run + 1h + replicated));
}

TEST_CASE("media bypass takes two steps and a day", "[operations]") {
    Scenario plan = one_site(1, 5, 20, 40h);
    Typist typist;
    const auto early =
        typist.types(1h, typed("Set-CsNetworkConfiguration", {{"MediaBypassSettings", "$settings"}}));
    typist.types(2h,
                 typed("New-CsNetworkMediaBypassConfiguration", {{"AlwaysBypass", true}, {"Enabled", true}}));
    typist.types(3h, typed("Set-CsNetworkConfiguration", {{"MediaBypassSettings", "$settings"}}));
    const auto before = typist.types(26h, typed("Get-CsNetworkConfiguration"));
    const auto after = typist.types(28h, typed("Get-CsNetworkConfiguration"));
    const Story told = lived_with(plan, typist);
    CHECK(typist.all[early].error ==
          "There are no settings to use: New-CsNetworkMediaBypassConfiguration makes them.");
    CHECK(typist.value(before, "MediaBypassEnabled") == "false");
    CHECK(typist.value(after, "MediaBypassEnabled") == "true");
    bool blocked = false;
    for (const CallRecord& call : told.calls) {
        if (call.start < start_of_run + 27h + 5s) blocked = blocked || call.outcome == Outcome::blocked;
        if (call.start >= start_of_run + 27h + 5s) CHECK(call.outcome != Outcome::blocked);
    }
    CHECK(blocked);
}

TEST_CASE("voicemail of 1.3.8 needs a dial plan", "[operations]") {
    const Scenario plan = two_sites(2h);
    Typist typist;
    const Command enables = typed("Enable-CsOnlineUMMailbox", {{"Identity", "user1@contoso.com"}});
    typist.types(1min, enables);
    typist.types(2min, typed("New-CsOnlineUMDialplan", {{"Identity", "plan"}}));
    typist.types(3min, enables);
    const auto plans = typist.types(4min, typed("Get-CsOnlineUMDialplan"));
    lived_with(plan, typist);
    CHECK(typist.all[0].error == "There is no dial plan: New-CsOnlineUMDialplan creates one.");
    CHECK(typist.all[2].error.empty());
    CHECK(typist.value(plans, "Identity") == "plan");
}

// --- sessions

TEST_CASE("an administrator has three shells, and they live an hour", "[operations]") {
    const Scenario plan = quiet_site(1, 6h);
    Typist typist;
    const Command opens = typed("New-CsOnlineSession", {{"UserName", "ann@contoso.com"}});
    for (int i = 0; i < 4; ++i) typist.types(1h + i * 1min, opens);
    const auto other = typist.types(1h + 5min, typed("New-CsOnlineSession", {{"UserName", "bob@contoso.com"}}));
    const auto removed = typist.types(1h + 6min, typed("Remove-PSSession", {{"Id", std::int64_t{2}}}));
    const auto fourth = typist.types(1h + 7min, opens);
    const auto imported = typist.types(1h + 8min, typed("Import-PSSession", {{"Session", "Session5"}}));
    const auto late = typist.types(3h, typed("Import-PSSession", {{"Session", "Session1"}}));
    const auto seen = typist.types(3h, typed("Get-PSSession"));
    lived_with(plan, typist);
    CHECK(typist.all[2].error.empty());
    CHECK(typist.all[3].error ==
          "The maximum number of concurrent shells for this user has been exceeded: 3 are open.");
    CHECK(typist.all[other].error.empty());
    CHECK(typist.all[removed].error.empty());
    CHECK(typist.all[fourth].error.empty());
    CHECK(typist.all[imported].error.empty());
    CHECK(typist.all[late].error == "The session is broken: it was open for longer than 60 minutes.");
    CHECK(typist.value(seen, "State") == "Broken");
}

TEST_CASE("sessions that reconnect live on", "[operations]") {
    const Scenario plan = quiet_site(1, 6h);
    Typist typist;
    typist.types(1h, typed("New-CsOnlineSession"));
    typist.types(1h + 1min, typed("Enable-CsOnlineSessionForReconnection"));
    const auto late = typist.types(5h, typed("Import-PSSession", {{"Session", "Session1"}}));
    lived_with(plan, typist);
    CHECK(typist.all[late].error.empty());
}

TEST_CASE("a tenant has twenty shells", "[operations]") {
    const Scenario plan = quiet_site(1, 3h);
    Typist typist;
    for (int i = 0; i < 21; ++i)
        typist.types(1h + i * 1min, typed("New-CsOnlineSession",
                                          {{"UserName", "admin" + std::to_string(i % 7) + "@contoso.com"}}));
    lived_with(plan, typist);
    CHECK(typist.all[19].error.empty());
    CHECK(typist.all[20].error ==
          "The maximum number of concurrent shells for this tenant has been exceeded: 20 are open.");
}

// --- what they refuse

TEST_CASE("the tenant's cmdlets say what they miss", "[operations]") {
    Scenario plan = two_sites(2h);
    plan.cohorts[CohortId{0}].users[2].voice_enabled = false;
    const std::string no_site = "Cannot find the hybrid PSTN site \"x\".";
    CHECK(said(plan, assigns("ams", "x")) == no_site);
    CHECK(said(plan, assigns("x", "ams")) == "Management object not found for identity \"x\".");
    CHECK(said(plan, typed("Get-CsHybridPSTNSite", {{"Identity", "x"}})) == no_site);
    CHECK(said(plan, typed("Remove-CsHybridPSTNSite", {{"Identity", "x"}})) == no_site);
    CHECK(said(plan, typed("Set-CsHybridPSTNSite", {{"Identity", "x"}})) == no_site);
    CHECK(said(plan, site_takes(Changes::add, "x")) == "Cannot find the update time window \"x\".");
    CHECK(said(plan, typed("Remove-CsHybridPSTNSite", {{"Identity", "ams"}})) ==
          "Users are assigned to the site \"ams\": removing it asks for confirmation; -Force gives it.");
    CHECK(said(plan, typed("New-CsHybridPSTNSite", {{"Identity", "AMS"}, {"EdgeFQDN", "y.example.com"}})) ==
          "A hybrid PSTN site with the identity \"AMS\" exists already.");
    CHECK(said(plan, typed("Set-CsHybridPSTNAppliance", {{"Identity", "x"}})) ==
          "Cannot find the hybrid PSTN appliance \"x\".");
    CHECK(said(plan, typed("Set-CsTenantHybridConfiguration", {{"Identity", "x"}})) ==
          "Cannot find the configuration \"x\".");
    CHECK(said(plan, typed("Get-MsolUser")) ==
          "There is no session to the directory: Connect-MsolService opens one.");
    CHECK(said(plan, typed("Remove-PSSession", {{"Id", std::int64_t{1}}})) == "There is no such session.");
    Scenario silent = plan;
    for (auto& user : silent.cohorts[CohortId{0}].users) user.voice_enabled = false;
    for (const char* identity : {"user2@contoso.com", "ams"})
        CHECK(said(silent, typed("Set-CsUser", {{"Identity", identity}, {"EnterpriseVoiceEnabled", true}})) ==
              "Nobody among the users of ams has voice from the start: the scenario's traffic does not say how "
              "they would call.");
    CHECK(said(plan, typed("New-CsTenantUpdateTimeWindow",
                           {{"Identity", "W"}, {"Daily", true}, {"StartTime", "01:00"}, {"Duration", "2d"}})) ==
          "The duration must be longer than nothing, and the window must close before it opens again.");
    CHECK(said(plan, typed("Set-CsHybridPSTNSite", {{"EnableAutoUpdate", true}})).find("Identity") !=
          std::string::npos);
}

TEST_CASE("a tenant has twenty windows, each once", "[operations]") {
    const Scenario plan = quiet_site(1, 2h);
    Typist typist;
    for (int i = 0; i < 21; ++i) typist.types(1min * (i + 1), new_window("W" + std::to_string(i)));
    const auto twice = typist.types(1h, new_window("w3"));
    lived_with(plan, typist);
    CHECK(typist.all[19].error.empty());
    CHECK(typist.all[20].error == "A tenant has at most 20 update time windows.");
    CHECK(typist.all[twice].error == "An update time window \"w3\" exists already.");
}

TEST_CASE("no host takes a tenant's cmdlet down with it", "[operations]") {
    Scenario plan = two_sites(2h);
    fails_at(plan, 1h + 2s, FaultId::host_crash, appliance(plan, "ams-1"), {.lasts = 10min});
    CHECK(said(plan, assigns("ams", "ber")).empty());
}
