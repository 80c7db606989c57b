#include "sim/experiment/metrics.hpp"

#include "tests/experiment/rows.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <set>

using namespace sim::experiment;
using namespace tests;
using sim::scenario::MetricScope;

namespace {

std::optional<double> seen(const std::string& metric, const MetricScope& scope, const Replication& row) {
    const auto sight = find_metric(metric)->look(row, scope);
    return sight ? std::optional(sight->value()) : std::nullopt;
}

const MetricScope everywhere{};
const MetricScope amsterdam{"Amsterdam", false, {}};
const MetricScope seattle{"Seattle", false, {}};

}  // namespace

TEST_CASE("each metric has a name of its own and a meaning", "[experiment]") {
    std::set<std::string> names;
    for (const Metric& metric : metric_catalogue()) {
        CAPTURE(metric.name);
        CHECK(names.insert(metric.name).second);
        CHECK_FALSE(metric.meaning.empty());
        CHECK(find_metric(metric.name) == &metric);
    }
    CHECK(find_metric("calls_droped") == nullptr);
}

TEST_CASE("a count of calls can be asked of all, of a site and of a direction", "[experiment]") {
    const Replication row = busy_day();
    CHECK(seen("attempts", everywhere, row) == 4025);
    CHECK(seen("attempts", amsterdam, row) == 2020);
    CHECK(seen("calls_dropped", everywhere, row) == 20);
    CHECK(seen("calls_dropped", seattle, row) == 0);
    CHECK(seen("calls_blocked", {"Seattle", false, Direction::inbound}, row) == 0);
    CHECK(seen("calls_blocked", {"Seattle", false, Direction::outbound}, row) == 5);
    CHECK(seen("calls_lost", everywhere, row) == 25);
}

TEST_CASE("where nobody calls there is nothing to see", "[experiment]") {
    CHECK_FALSE(seen("calls_dropped", everywhere, quiet_day()));
    CHECK_FALSE(seen("attempts_served", amsterdam, quiet_day()));
    CHECK_FALSE(seen("calls_dropped", {"Atlantis", false, {}}, busy_day()));
    CHECK(seen("attempts", everywhere, quiet_day()) == 0);
}

TEST_CASE("attempts that paid a connect delay are counted", "[experiment]") {
    Replication row = busy_day();
    row.delayed = Calls{12};
    CHECK(seen("calls_delayed", everywhere, row) == 12);
}

TEST_CASE("planned drops are told from others by their reason", "[experiment]") {
    Replication row = busy_day();
    CHECK(seen("calls_dropped_planned", everywhere, row) == 0);
    lose(row, "Seattle", Direction::inbound, Reason::drain_cut, 3, "sea-1");
    CHECK(seen("calls_dropped_planned", everywhere, row) == 3);
    CHECK(seen("calls_dropped_planned", amsterdam, row) == 0);
    CHECK(seen("calls_dropped", everywhere, row) == 23);
}

TEST_CASE("shares and rates divide by the attempts", "[experiment]") {
    const Replication row = busy_day();
    CHECK(seen("attempts_served", amsterdam, row).value() == Approx(2000.0 / 2020));
    CHECK(seen("blocking", seattle, row).value() == Approx(5.0 / 2005));
    CHECK(seen("dropped_per_10k", everywhere, row).value() == Approx(20.0 / 4025 * 10'000));
}

TEST_CASE("availability weighs staffed sites alike", "[experiment]") {
    Replication row = busy_day();
    row.sites[0].one_ready = day / 2;
    CHECK(seen("availability_one_ready", amsterdam, row) == 0.5);
    CHECK(seen("availability_one_ready", everywhere, row) == 0.75);
    CHECK_FALSE(seen("availability_one_ready", {sim::vocabulary::no_site, false, {}}, row));
}

TEST_CASE("the fewest ready appliances and the busiest gateway are extremes over the sites", "[experiment]") {
    Replication row = busy_day();
    row.sites[0].appliances_ready_min = 0;
    row.sites[1].gateways[0].busy_max = 90;
    CHECK(seen("appliances_ready", everywhere, row) == 0);
    CHECK(seen("appliances_ready", seattle, row) == 1);
    CHECK(seen("channels_busy_max", everywhere, row).value() == Approx(0.9));
    CHECK(seen("channel_use", amsterdam, row).value() == Approx(0.2));
}

TEST_CASE("time above the limit is a sum over appliances", "[experiment]") {
    Replication row = quiet_day();
    CHECK(seen("over_limit_minutes", everywhere, row) == 0);
    row.sites[0].appliances[0].over_limit = std::chrono::minutes{90};
    row.sites[0].appliances[1].over_limit = std::chrono::seconds{30};
    row.sites[1].appliances[0].over_limit = std::chrono::minutes{1};
    CHECK(seen("over_limit_minutes", everywhere, row) == 91.5);
    CHECK(seen("over_limit_minutes", amsterdam, row) == 90.5);
    CHECK_FALSE(seen("over_limit_minutes", {sim::vocabulary::no_site, false, {}}, row));
    CHECK(find_metric("over_limit_minutes")->unit == "min");
}

TEST_CASE("hours with keys in wrong hands are a sum over sites", "[experiment]") {
    Replication row = quiet_day();
    CHECK(seen("hours_exposed", everywhere, row) == 0);
    row.sites[0].exposed = std::chrono::minutes{90};
    row.sites[1].exposed = std::chrono::hours{2};
    CHECK(seen("hours_exposed", everywhere, row) == 3.5);
    CHECK(seen("hours_exposed", amsterdam, row) == 1.5);
    CHECK_FALSE(seen("hours_exposed", {sim::vocabulary::no_site, false, {}}, row));
}

TEST_CASE("crews are seen where there are some, each person and each repair weighing the same",
          "[experiment]") {
    using namespace std::chrono_literals;
    Replication row = quiet_day();
    CHECK_FALSE(seen("crew_wait_mean", everywhere, row));
    CHECK_FALSE(seen("crew_busy", everywhere, row));
    row.simulated = 100h;
    row.crews = {{"idle", 1, 0, 0, 0, 0s, 0s, 0s}};
    CHECK_FALSE(seen("crew_wait_mean", everywhere, row));
    CHECK(seen("crew_busy", everywhere, row).value() == 0);
    row.crews.push_back({"fitters", 3, 4, 2, 1, 2h, 90min, 40h});
    CHECK(seen("crew_wait_mean", everywhere, row).value() == 30);
    CHECK(seen("crew_busy", everywhere, row).value() == Approx(0.1));
    CHECK(find_metric("crew_wait_mean")->unit == "min");
}

TEST_CASE("events that never happened were seen zero times", "[experiment]") {
    CHECK(seen("detections", everywhere, busy_day()) == 1);
    CHECK(seen("drains_cut", everywhere, busy_day()) == 0);
    CHECK_FALSE(seen("emergency_lost", everywhere, busy_day()));
}

TEST_CASE("per site means the site that is worst", "[experiment]") {
    const std::vector<Replication> rows{busy_day(1, 20), busy_day(2, 40)};
    const MetricScope per_site{{}, true, {}};
    CHECK(estimate(*find_metric("calls_dropped"), per_site, rows).value == 30);
    const Estimate served = estimate(*find_metric("attempts_served"), per_site, rows);
    CHECK(served.value.value() == Approx(4000.0 / 4060));
    CHECK(text(MetricScope{{}, true, Direction::inbound}) == "per site, inbound");
}

TEST_CASE("sums keep extremes and join equal losses", "[experiment]") {
    Replication second = busy_day(2, 40);
    second.refused_cmdlets = {{"2019-11-17T10:00:00Z", "Enter-CcUpdate", "Seattle", "sea-1", "it is in Error"}};
    second.sites[0].appliances_ready_min = 1;
    Replication sum = sum_of(busy_day(1, 20));
    add_to(sum, second);
    CHECK(sum.simulated == 2 * day);
    CHECK(sum.ledger().attempts() == Calls{4025 + 4045});
    CHECK(sum.sites[0].appliances_ready_min == 1);
    REQUIRE(sum.losses.size() == 2);
    CHECK(sum.losses[0].calls == Calls{60});
    CHECK(sum.events.at("detections") == 2);
    CHECK(sum.refused_cmdlets.empty());  // they belong to their replication
    CHECK(findings({second}).refused_cmdlets().size() == 1);
}

namespace {

std::vector<Replication> all_well() {  // 3000 attempts each, every one served; every site up all the time
    std::vector<Replication> rows{quiet_day(1), quiet_day(2)};
    for (Replication& row : rows) add_calls(row, "Amsterdam", Direction::inbound, Outcome::completed, 3000);
    return rows;
}

}  // namespace

TEST_CASE("a share that is 1 or 0 in every replication is not certain", "[experiment]") {
    const auto rows = all_well();
    const Estimate served = estimate(*find_metric("attempts_served"), {}, rows);
    CHECK(served.value == 1);
    CHECK(served.lo.value() == Approx(std::pow(0.05, 1.0 / 6000)));
    CHECK(served.hi == 1);
    const Estimate blocking = estimate(*find_metric("blocking"), {}, rows);
    CHECK(blocking.lo == 0);
    CHECK(blocking.hi.value() == Approx(1 - std::pow(0.05, 1.0 / 6000)));
    const Estimate lost = estimate(*find_metric("lost_per_10k"), {}, rows);
    CHECK(lost.hi.value() == Approx(10'000 * (1 - std::pow(0.05, 1.0 / 6000))));
    for (const char* name : {"availability_one_ready", "availability_enough_ready"}) {
        CAPTURE(name);
        const Estimate up = estimate(*find_metric(name), {}, rows);  // two replications are all it rests on
        CHECK(up.lo.value() == Approx(std::pow(0.05, 0.5)));
        CHECK(up.hi == 1);
    }
    CHECK(estimate(*find_metric("blocking_worst_hour"), {}, rows).hi.value() ==
          Approx(1 - std::pow(0.05, 0.5)));
}

TEST_CASE("of minutes that were never seen nothing says how many there would be", "[experiment]") {
    for (const char* name : {"lost_call_minutes", "post_dial_delay"}) {
        CAPTURE(name);
        const Estimate none = estimate(*find_metric(name), {}, all_well());
        CHECK(none.lo == 0);
        CHECK_FALSE(none.hi);
    }
}

TEST_CASE("intervals stay within what a metric can be", "[experiment]") {
    std::vector<Replication> rows{busy_day(1, 0), busy_day(2, 0)};
    lose(rows[1], "Amsterdam", Direction::inbound, Reason::host_lost, 100'000, "ams-2");
    const Estimate dropped = estimate(*find_metric("dropped_per_10k"), {}, rows);
    CHECK(dropped.lo == 0);
    CHECK(dropped.hi == 10'000);
    const Estimate served = estimate(*find_metric("attempts_served"), {}, rows);
    CHECK(served.lo == 0);
    CHECK(served.hi == 1);
}

TEST_CASE("per site the calls without a site are one of them, if there are any", "[experiment]") {
    std::vector<Replication> rows{busy_day(1), busy_day(2)};
    const MetricScope per_site{{}, true, {}};
    const auto spread_of = [&](const sim::scenario::MetricScope& scope) {
        sim::scenario::Expectation asked;
        asked.metric = "attempts";
        asked.scope = scope;
        return findings(rows, {asked}).sample().spread(scope).size();
    };
    CHECK(spread_of(per_site) == 2);
    lose(rows[1], sim::vocabulary::no_site, Direction::outbound, Reason::no_route, 7);
    CHECK(spread_of(per_site) == 3);
    CHECK(spread_of({{}, true, Direction::inbound}) == 2);
    CHECK(estimate(*find_metric("attempts_served"), per_site, rows).value == 0);
    CHECK(estimate(*find_metric("calls_failed"), {sim::vocabulary::no_site, false, {}}, rows).value == 7);
    CHECK(estimate(*find_metric("availability_one_ready"), per_site, rows).value == 1);
}

TEST_CASE("always means every moment of extremes over time, every replication of the rest", "[experiment]") {
    CHECK(always_text("appliances_ready") == "always");
    CHECK(always_text("channels_busy_max") == "always");
    CHECK(always_text("blocking_worst_hour") == "in every replication");
    CHECK(always_text("calls_dropped") == "in every replication");
    CHECK(always_text("attempts_served") == "in every replication");
}
