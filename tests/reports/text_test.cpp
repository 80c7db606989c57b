#include "reports/text.hpp"

#include "reports/figures.hpp"
#include "reports/table.hpp"
#include "tests/experiment/rows.hpp"

#include <catch2/catch.hpp>

using namespace tests;
using namespace reports;
using Catch::Matchers::Contains;
using sim::experiment::Briefing;
using sim::scenario::Relation;

namespace {

sim::experiment::Experiment experiment_of(std::vector<Replication> rows, std::uint64_t asked) {
    Briefing briefing;
    briefing.outline.scenario = "patch-night";
    briefing.outline.policy = "one_at_a_time";
    briefing.outline.assumed = {{"boot_host", "8m"}};
    briefing.expectations = {expects("calls_dropped", Relation::at_most, 13)};
    return conclude(briefing, std::move(rows), asked);
}

}  // namespace

TEST_CASE("thousands stand in groups", "[reports]") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1000) == "1 000");
    CHECK(grouped(18446744073709551615U) == "18 446 744 073 709 551 615");
}

TEST_CASE("shares are rounded down, never up", "[reports]") {
    CHECK(percent(999'999, 1'000'000, 3) == "99.999 %");
    CHECK(percent(9'999'999, 10'000'000, 3) == "99.999 %");
    CHECK(percent(1, 1, 3) == "100.000 %");
    CHECK(percent(1, 3, 0) == "33 %");
    CHECK(percent(2, 3, 3) == "66.666 %");
    CHECK(percent(77'414'400'000'000 - 1, 77'414'400'000'000, 3) ==
          "99.999 %");  // one microsecond of 64 fortnights
    CHECK(percent(0, 0, 3) == "-");
    CHECK(figure(0.999999, "share") == "99.999 %");
    CHECK(figure(0.29, "share") == "29 %");
    CHECK(figure(0.98, "share") == "98 %");
}

TEST_CASE("figures speak their unit", "[reports]") {
    CHECK(figure(1204, "calls") == "1 204");
    CHECK(figure(1.5, "calls") == "1.5");
    CHECK(figure(0.25, "s") == "0.25 s");
    CHECK(figure(-7, "calls") == "-7");
    CHECK(figure(std::optional<double>{}, "calls") == "-");
}

TEST_CASE("a table puts names to the left, figures to the right and a rule before the total", "[reports]") {
    Table table({{"site", Align::left}, {"calls\nlost"}});
    table.add({"Zürich", "7"});
    table.add({"Amsterdam", "1 204"});
    table.total({"all", "1 211"});
    CHECK(table.text() ==
          "            calls\n"
          "site         lost\n"
          "---------   -----\n"
          "Zürich          7\n"
          "Amsterdam   1 204\n"
          "---------   -----\n"
          "all         1 211\n");
}

TEST_CASE("verdicts come before figures, and the misses with their size", "[reports]") {
    const std::string report = text(experiment_of({busy_day()}, 1));
    CHECK_THAT(report, Contains("calls_dropped   <= 13      20   fail, by 7   patch-night.lua:19"));
    CHECK(report.find("fail, by 7") < report.find("Amsterdam"));
    CHECK_THAT(report, Contains("host lost"));
    CHECK_THAT(report, Contains("1 value assumed: ccesim check FILE lists them"));
}

TEST_CASE("a site row ends with both availabilities, rounded down", "[reports]") {
    Replication row = busy_day();
    row.sites[0].enough_ready = day - sim::kernel::Duration{1};
    row.sites[0].appliances_ready_min = 1;
    const std::string report = text(experiment_of({row}, 1));
    CHECK_THAT(report, Contains("60 %       1 of 2   100.000 %    99.999 %"));
}

TEST_CASE("calls without a site get a line only when there are any", "[reports]") {
    Replication row = busy_day();
    CHECK_THAT(text(experiment_of({row}, 1)), !Contains("(no site)"));
    lose(row, sim::vocabulary::no_site, Direction::outbound, Reason::no_route, 4);
    CHECK_THAT(text(experiment_of({row}, 1)), Contains("(no site)"));
}

TEST_CASE("an interrupted run says how much of it there is", "[reports]") {
    const std::string report = text(experiment_of({busy_day(1), busy_day(2)}, 64));
    CHECK_THAT(report, Contains("PARTIAL: 2 of 64 replications"));
    CHECK_THAT(report, Contains("2 replications, counts are their sums"));
}

TEST_CASE("colour is added on request and changes no column", "[reports]") {
    const auto experiment = experiment_of({busy_day()}, 1);
    CHECK_THAT(text(experiment), !Contains("\x1b"));
    CHECK_THAT(text(experiment, {true}), Contains("\x1b[31mfail\x1b[0m"));
    CHECK(width("\x1b[31mfail\x1b[0m") == 4);
}

TEST_CASE("a name cannot speak to the terminal", "[reports]") {
    Replication row = busy_day();
    row.sites[1].name = "Sea\x1b[2Jttle";
    CHECK_THAT(text(experiment_of({row}, 1)), Contains("Sea\\x1b[2Jttle"));
}

TEST_CASE("when nothing was lost the report says so", "[reports]") {
    CHECK_THAT(text(experiment_of({quiet_day()}, 1)), Contains("No call was lost."));
}
