#include "reports/text.hpp"

#include "reports/figures.hpp"
#include "reports/table.hpp"
#include "tests/experiment/rows.hpp"

#include <catch2/catch.hpp>

#include <limits>

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
    CHECK(figure(999'999'999'999'999, "calls") == "999 999 999 999 999");
}

TEST_CASE("what no report should have to print is printed all the same", "[reports]") {
    CHECK(figure(1e15, "calls") == "1e+15");
    CHECK(figure(-1e300, "s") == "-1e+300 s");
    CHECK(figure(1e18, "share") == "1e+20 %");
    CHECK(figure(std::numeric_limits<double>::infinity(), "calls") == "inf");
    CHECK(figure(std::numeric_limits<double>::quiet_NaN(), "share") == "nan %");
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

TEST_CASE("what else happened stands in a table, if it did", "[reports]") {
    Replication row = busy_day();
    CHECK_THAT(text(experiment_of({row}, 1)), !Contains("calls delayed"));
    row.delayed = Calls{1204};
    CHECK_THAT(text(experiment_of({row}, 1)), Contains("calls delayed by a hunt   1 204"));
}

TEST_CASE("refused cmdlets have a table of their own when there are any", "[reports]") {
    Replication row = busy_day();
    CHECK_THAT(text(experiment_of({row}, 1)), !Contains("cmdlets refused"));
    row.refused_cmdlets = {{"2019-11-17T10:00:00Z", "Enter-CcUpdate", "Seattle", "sea-1", "it is in Error"},
                           {"2019-11-17T11:00:00Z", "Exit-CcUpdate", "", "", "it is not in maintenance\x1b"}};
    CHECK_THAT(text(experiment_of({row}, 1)),
               Contains("cmdlets refused        cmdlet           site      appliance   reason") &&
                   Contains("2019-11-17T10:00:00Z   Enter-CcUpdate   Seattle   sea-1       it is in Error") &&
                   Contains("2019-11-17T11:00:00Z   Exit-CcUpdate    -         -           it is not in "
                            "maintenance\\x1b") &&
                   !Contains("in replication"));
}

TEST_CASE("what is configured wrong is named beside the losses", "[reports]") {
    Briefing briefing;
    CHECK_THAT(text(conclude(briefing, {busy_day()}, 1)), !Contains("as configured"));
    briefing.outline.configured = {{"shared-sip-space-false", "the tenant", "x.lua:3"}};
    CHECK_THAT(text(conclude(briefing, {busy_day()}, 1)),
               Contains("as configured            at           said at\n"
                        "----------------------   ----------   -------\n"
                        "shared-sip-space-false   the tenant   x.lua:3\n"));
}

TEST_CASE("crews are told with what waited for them", "[reports]") {
    using namespace std::chrono_literals;
    Replication row = busy_day();
    CHECK_THAT(text(experiment_of({row}, 1)), !Contains("crew "));
    row.simulated = 24h;
    row.crews = {{"fitters", 2, 4, 1, 1, 90min, 90min, 12h}, {"idlers", 1, 0, 0, 0, 0s, 0s, 0s}};
    const std::string report = text(experiment_of({row}, 1));
    CHECK_THAT(report,
               Contains("fitters        2         4         1   22.5 min   90 min         1   25.000 %\n") &&
                   Contains("idlers         1         0         0          -        -         0    0.000 %\n"));
}

TEST_CASE("of several replications the tables say in which it was", "[reports]") {
    std::vector<Replication> rows;
    for (std::uint64_t r = 1; r <= 9; ++r) rows.push_back(busy_day(r));
    for (Replication& row : rows)
        row.missed_windows = {{"Seattle", "sea-1", "2019-11-17T10:00:00Z", "it was in maintenance"}};
    for (std::size_t r : {std::size_t{2}, std::size_t{6}})
        rows[r].refused_cmdlets = {
            {"2019-11-17T11:00:00Z", "Exit-CcUpdate", "Seattle", "sea-1", "it is not in maintenance"}};
    CHECK_THAT(text(experiment_of(rows, 9)),
               Contains("it was in maintenance       9   1, 2, 3, 4, 5 and 4 more\n") &&
                   Contains("it is not in maintenance       2   3, 7\n"));
    CHECK_THAT(text(experiment_of({rows[6]}, 9)), Contains("it is not in maintenance       1   7\n"));
}

TEST_CASE("time above the limit of an appliance is told when there is any", "[reports]") {
    Replication row = busy_day();
    CHECK_THAT(text(experiment_of({row}, 1)), !Contains("over limit"));
    row.sites[0].appliances[0].over_limit = std::chrono::seconds{90};
    row.sites[1].appliances[0].over_limit = std::chrono::seconds{60};
    CHECK_THAT(text(experiment_of({row}, 1)), Contains("over limit minutes   2.5 min\n"));
}

TEST_CASE("hours with keys in wrong hands are told when there are any", "[reports]") {
    Replication row = busy_day();
    CHECK_THAT(text(experiment_of({row}, 1)), !Contains("exposed"));
    row.sites[0].exposed = std::chrono::minutes{150};
    CHECK_THAT(text(experiment_of({row}, 1)), Contains("hours exposed     2.5\n"));
}

TEST_CASE("when nothing was lost the report says so", "[reports]") {
    CHECK_THAT(text(experiment_of({quiet_day()}, 1)), Contains("No call was lost."));
}

TEST_CASE("always is said as what it is: of moments, or of replications", "[reports]") {
    Briefing briefing;
    briefing.expectations = {expects("calls_dropped", Relation::at_most, 50),
                             expects("appliances_ready", Relation::at_least, 1)};
    for (auto& expectation : briefing.expectations) expectation.always = true;
    const std::string report = text(conclude(briefing, {busy_day(1), busy_day(2)}, 2), {});
    CHECK_THAT(report, Contains("<= 50, in every replication") && Contains(">= 1, always"));
}
