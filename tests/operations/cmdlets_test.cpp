// Enter-CcUpdate and Exit-CcUpdate as people type them: when they run, when they refuse, what they warn of.

#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

using namespace tests;

namespace {

Scenario quiet_site(unsigned appliances) {
    Scenario plan = quiet_world(12h);
    add_site(plan, "ams", appliances, 500);
    return plan;
}
ApplianceId first(const Scenario& plan) {
    return appliance(plan, "ams-1");
}

// How many cmdlets ran, and how many refused or failed.
std::pair<std::size_t, std::size_t> run_and_failed(const Scenario& plan) {
    const Story told = chronicle(plan);
    return {told.times(record::cmdlet_run).size(), told.times(record::cmdlet_failed).size()};
}
using Count = std::pair<std::size_t, std::size_t>;

}  // namespace

TEST_CASE("Exit puts the appliance back at its end, five minutes on", "[operations]") {
    Scenario plan = quiet_site(2);
    enters_at(plan, 1h, first(plan));
    exits_at(plan, 2h, first(plan));
    const Story told = chronicle(plan);
    CHECK(told.times(record::services_started) == std::vector{start_of_run + 2h + 5min});
    CHECK(told.tally.sites[0].appliances[0].ready == 12h - 1h - 5min);
    CHECK(run_and_failed(plan) == Count{2, 0});
}

TEST_CASE("a cmdlet refuses what makes no sense", "[operations]") {
    Scenario plan = quiet_site(2);
    SECTION("Enter twice") {
        enters_at(plan, 1h, first(plan));
        enters_at(plan, 2h, first(plan));
        CHECK(run_and_failed(plan) == Count{1, 1});
    }
    SECTION("Exit without Enter") {
        exits_at(plan, 1h, first(plan));
        CHECK(run_and_failed(plan) == Count{0, 1});
    }
    SECTION("Enter on a dead host") {
        fails_at(plan, 1h, FaultId::host_crash, first(plan), {.lasts = 1h});
        enters_at(plan, 1h + 30min, first(plan));
        CHECK(run_and_failed(plan) == Count{0, 1});
    }
    SECTION("Exit on a dead host") {
        enters_at(plan, 30min, first(plan));
        fails_at(plan, 1h, FaultId::host_crash, first(plan), {.lasts = 1h});
        exits_at(plan, 1h + 30min, first(plan));
        CHECK(run_and_failed(plan) == Count{1, 1});
    }
    SECTION("either in the middle of an update") {
        patches_daily(plan, SiteId{0}, 2h, 1min);
        enters_at(plan, 3h, first(plan));
        exits_at(plan, 3h, first(plan));
        CHECK(run_and_failed(plan) == Count{0, 2});
        CHECK(lived(plan).events.at("updates_finished") == 1);
    }
}

TEST_CASE("losing the host ends Exit with an error and leaves the appliance in maintenance", "[operations]") {
    Scenario plan = quiet_site(2);
    enters_at(plan, 1h, first(plan));
    exits_at(plan, 2h, first(plan));
    fails_at(plan, 2h + 1min, FaultId::host_crash, first(plan), {.lasts = 1h});
    CHECK(run_and_failed(plan) == Count{2, 1});
    CHECK(lived(plan).sites[0].appliances[0].ready == 1h);
}

TEST_CASE("Exit typed twice runs once", "[operations]") {
    Scenario plan = quiet_site(2);
    enters_at(plan, 1h, first(plan));
    exits_at(plan, 2h, first(plan));
    exits_at(plan, 2h + 2min, first(plan));
    enters_at(plan, 2h + 6min, first(plan));  // the first Exit is done, and no second undoes this
    CHECK(run_and_failed(plan) == Count{3, 1});
    CHECK(lived(plan).sites[0].appliances[0].ready == 1h + 1min);
}

TEST_CASE("Enter never refuses for lack of peers, it warns", "[operations]") {
    Scenario plan = quiet_site(2);
    enters_at(plan, 1h, first(plan));
    enters_at(plan, 2h, appliance(plan, "ams-2"));
    const Story told = chronicle(plan);
    CHECK(told.times(record::last_appliance_drained, 1) == std::vector{start_of_run + 2h});
    CHECK(told.times(record::last_appliance_drained).size() == 1);
    CHECK(told.tally.sites[0].appliances_ready_min == 0);
    CHECK(told.tally.sites[0].one_ready == 2h);
}

TEST_CASE("what a refusal says is for people", "[operations]") {
    Scenario plan = quiet_site(2);
    const auto said = [&plan] {
        std::vector<std::string> all;
        for (const auto& refused : lived(plan).refused_cmdlets) all.push_back(refused.reason);
        return all;
    };
    using Said = std::vector<std::string>;
    SECTION("a dead host") {
        fails_at(plan, 1h, FaultId::host_crash, first(plan), {.lasts = 1h});
        enters_at(plan, 1h + 30min, first(plan));
        CHECK(said() == Said{"the host does not answer"});
    }
    SECTION("out of order") {
        exits_at(plan, 30min, first(plan));
        enters_at(plan, 1h, first(plan));
        enters_at(plan, 2h, first(plan));
        CHECK(said() ==
              Said{"the appliance is not in maintenance mode", "the appliance is in maintenance mode already"});
    }
    SECTION("twice at once") {
        enters_at(plan, 1h, first(plan));
        exits_at(plan, 2h, first(plan));
        exits_at(plan, 2h + 1min, first(plan));
        CHECK(said() == Said{"Exit-CcUpdate is running on this appliance already"});
    }
    SECTION("in the middle of an update") {
        patches_daily(plan, SiteId{0}, 2h, 1min);
        enters_at(plan, 3h, first(plan));
        CHECK(said() == Said{"an update of this appliance is in progress"});
    }
    SECTION("what is lost with the host") {
        enters_at(plan, 1h, first(plan));
        exits_at(plan, 2h, first(plan));
        fails_at(plan, 2h + 1min, FaultId::host_crash, first(plan), {.lasts = 1h});
        CHECK(said() == Said{"the connection to the host was lost"});
    }
}

TEST_CASE("without a mode Enter-CcUpdate does what the parameter says", "[operations]") {
    Scenario plan = one_site(2, 500, 100, 3h);
    enters_at(plan, 1h, first(plan));
    std::get<sim::scenario::CmdletAction>(plan.incidents[0].action).arguments.erase("Immediate");
    CHECK(losses(lived(plan)) == 0);
    plan.parameters.enter_update_mode = StopMode::immediate;
    CHECK(losses(lived(plan), {.reason = Reason::stopped_by_operator}) > 0);
}
