#include "sim/experiment/metrics.hpp"

#include "tests/experiment/rows.hpp"

#include <catch2/catch.hpp>

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
    second.sites[0].appliances_ready_min = 1;
    const Replication sum = sum_of({busy_day(1, 20), second});
    CHECK(sum.simulated == 2 * day);
    CHECK(sum.ledger().attempts() == Calls{4025 + 4045});
    CHECK(sum.sites[0].appliances_ready_min == 1);
    REQUIRE(sum.losses.size() == 2);
    CHECK(sum.losses[0].calls == Calls{60});
    CHECK(sum.events.at("detections") == 2);
}
