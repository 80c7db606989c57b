#include "reports/json.hpp"

#include "tests/experiment/rows.hpp"
#include "tests/reports/schema.hpp"

#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include <fstream>

using namespace tests;
using nlohmann::json;
using sim::experiment::Briefing;
using sim::experiment::conclude;
using sim::scenario::Relation;

namespace {

json schema() {
    std::ifstream file(CCESIM_SOURCE_DIR "/docs/result.schema.json");
    return json::parse(file);
}

json result(std::uint64_t replications, std::uint64_t asked) {
    Briefing briefing;
    briefing.outline.scenario = "patch-night";
    briefing.outline.policy = "one_at_a_time";
    briefing.outline.inputs = {{"patch-night.lua", "0123456789abcdef"}};
    briefing.outline.assumed = {{"boot_host", "8m"}};
    briefing.outline.configured = {{"srv-missing", "Seattle", "patch-night.lua:3"}};
    briefing.expectations = {expects("calls_dropped", Relation::at_most, 10),
                             expects("attempts_served", Relation::at_least, 0.9)};
    briefing.expectations[1].scope.per_site = true;
    briefing.expectations[1].confidence = 0.95;
    std::vector<Replication> rows;
    for (std::uint64_t r = 1; r <= replications; ++r) {
        rows.push_back(busy_day(r, 20 + r));
        lose(rows.back(), sim::vocabulary::no_site, Direction::outbound, Reason::no_route, 4);
        rows.back().refused_cmdlets = {
            {"2019-11-17T10:00:00Z", "Enter-CcUpdate", "Seattle", "sea-1", "it is in Error"},
            {"2019-11-17T11:00:00Z", "Get-CcRunningVersion", "", "", "no session"}};
        rows.back().missed_windows = {{"Seattle", "sea-1", "2019-11-17T10:00:00Z", "a peer was in Error"}};
        rows.back().crews = {{"fitters", 2, 4, 1, 1, std::chrono::minutes{90}, std::chrono::minutes{60 + r},
                              std::chrono::hours{12}}};
    }
    return json::parse(reports::json(conclude(briefing, rows, asked)));
}

void add(json& sum, const json& ledger) {
    for (const auto& [name, count] : ledger.items()) sum[name] = sum.value(name, 0) + count.get<std::int64_t>();
}

}  // namespace

TEST_CASE("a result fits its schema, whole or partial", "[reports]") {
    CHECK(misfits(schema(), result(3, 3)).empty());
    CHECK(misfits(schema(), result(1, 64)).empty());
    CHECK(result(1, 64)["partial"] == json{{"done", 1}, {"asked", 64}});
    CHECK_FALSE(result(3, 3).contains("partial"));
}

TEST_CASE("crews add up over the replications, and the longest wait is the longest of all", "[reports]") {
    const json out = result(3, 3);
    CHECK(out["configured"] ==
          json{{{"fault", "srv-missing"}, {"on", "Seattle"}, {"at", "patch-night.lua:3"}}});
    CHECK(out["crews"] == json{{{"name", "fitters"},
                                {"people", 2},
                                {"repairs", 12},
                                {"waited", 3},
                                {"waiting_max", 1},
                                {"wait_seconds", 3 * 5400.0},
                                {"wait_seconds_max", 63 * 60.0},
                                {"busy_seconds", 3 * 43200.0}}});
}

TEST_CASE("the validator finds what does not fit", "[reports]") {
    json wrong = result(2, 2);
    wrong["ledger"]["attempts"] = 1.5;
    wrong["expectations"][0]["verdict"] = "green";
    wrong["sites"][0].erase("name");
    wrong["sites"][1]["surprise"] = 1;
    CHECK(misfits(schema(), wrong).size() == 4);
}

TEST_CASE("the ledger is the sum of its sites and of its directions", "[reports]") {
    const json whole = result(3, 3);
    json sites = json::object(), directions = json::object();
    for (const json& site : whole["sites"]) {
        add(sites, site["ledger"]);
        json of_site = json::object();
        for (const json& ledger : site["by_direction"]) add(of_site, ledger);
        CHECK(of_site == site["ledger"]);
    }
    for (const json& ledger : whole["by_direction"]) add(directions, ledger);
    CHECK(sites == whole["ledger"]);
    CHECK(directions == whole["ledger"]);
    CHECK(whole["sites"].back()["name"] == "(no site)");
}

TEST_CASE("the losses are the sum of the five lossy outcomes", "[reports]") {
    const json whole = result(3, 3);
    json lost = json::object(), lossy = json::object();
    for (const json& loss : whole["losses"]) add(lost, {{loss["outcome"].get<std::string>(), loss["calls"]}});
    for (const char* outcome : {"dropped", "blocked", "refused", "failed", "unreachable"})
        if (whole["ledger"][outcome] > 0) lossy[outcome] = whole["ledger"][outcome];
    CHECK(lost == lossy);
}

TEST_CASE("attempts are the sum of the seven outcomes", "[reports]") {
    json ledger = result(2, 2)["ledger"];
    const auto attempts = ledger["attempts"].get<std::int64_t>();
    ledger.erase("attempts");
    std::int64_t sum = 0;
    for (const json& count : ledger) sum += count.get<std::int64_t>();
    CHECK(sum == attempts);
}

TEST_CASE("one replication has metrics too, with nothing where there is no interval", "[reports]") {
    const json one = result(1, 1);
    CHECK(one["metrics"]["calls_dropped"] ==
          json{{"value", 21.0}, {"lo", nullptr}, {"hi", nullptr}, {"conf", 0.95}, {"n", 1}, {"unit", "calls"}});
    CHECK(one["per_replication"]["attempts_served (per site)"].size() == 1);
    CHECK(one["sites"].back()["availability"]["one_ready"].is_null());
}

TEST_CASE("times are sums over the replications, as the counts are", "[reports]") {
    const json three = result(3, 3);
    CHECK(three["simulated_seconds"] == 3 * 86400.0);
    CHECK(three["sites"][0]["appliances"][0]["ready_seconds"] == 3 * 86400.0);
    CHECK(three["sites"][0]["availability"]["one_ready"] == 1.0);
}

TEST_CASE("delays and emergency calls stand beside the ledger", "[reports]") {
    Replication row = busy_day();
    row.delayed = Calls{12};
    row.emergency_attempts = Calls{3};
    row.emergency_lost = Calls{1};
    const json two = json::parse(reports::json(conclude({}, {row, busy_day(2)}, 2)));
    CHECK(two["delayed"] == 12);
    CHECK(two["emergency"] == json{{"attempts", 3}, {"lost", 1}});
    CHECK(misfits(schema(), two).empty());
}

TEST_CASE("refused cmdlets name their replication, and nothing where they name nothing", "[reports]") {
    const json refused = result(2, 2)["refused_cmdlets"];
    REQUIRE(refused.size() == 4);
    CHECK(refused[2] == json{{"replication", 2},
                             {"at", "2019-11-17T10:00:00Z"},
                             {"cmdlet", "Enter-CcUpdate"},
                             {"site", "Seattle"},
                             {"appliance", "sea-1"},
                             {"reason", "it is in Error"}});
    CHECK(refused[3]["site"].is_null());
    CHECK(refused[3]["appliance"].is_null());
}

TEST_CASE("an empty run is still a result", "[reports]") {
    CHECK(misfits(schema(), json::parse(reports::json(sim::experiment::Experiment{}))).empty());
}
