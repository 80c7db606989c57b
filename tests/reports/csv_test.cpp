#include "reports/csv.hpp"

#include "tests/experiment/rows.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

using namespace tests;
using reports::csv_cell;

namespace {

std::vector<std::string> lines(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> all;
    for (std::string line; std::getline(in, line);) all.push_back(line);
    return all;
}

std::string two_days(const std::string& scenario) {
    sim::experiment::Briefing briefing;
    briefing.outline.scenario = scenario;
    briefing.outline.policy = "one_at_a_time";
    const std::vector<Replication> rows{busy_day(1), busy_day(2, 30)};
    return reports::csv(conclude(briefing, rows, 2), [&](const reports::Take& take) {
        for (const Replication& row : rows) take(row);
    });
}

}  // namespace

TEST_CASE("what a spreadsheet would run as a formula is only text", "[reports]") {
    CHECK(csv_cell("=cmd|' /C calc'!A0") == "'=cmd|' /C calc'!A0");
    CHECK(csv_cell("+1") == "'+1");
    CHECK(csv_cell("@SUM(A1)") == "'@SUM(A1)");
    CHECK(csv_cell("-2+3") == "'-2+3");
    CHECK(csv_cell("Amsterdam") == "Amsterdam");
}

TEST_CASE("a name cannot speak to the terminal that shows the table", "[reports]") {
    CHECK(csv_cell("Sea\x1b[2Jttle") == "Sea\\x1b[2Jttle");
    CHECK(csv_cell("a\nb\r\n") == "a\\x0ab\\x0d\\x0a");
    CHECK(csv_cell("\t=1") == "\\x09=1");
    CHECK(csv_cell("Zürich") == "Zürich");
    const auto rows = lines((two_days("a\n\x1b[2J")));
    CHECK(rows.at(1).find(",a\\x0a\\x1b[2J,one_at_a_time,1,") != std::string::npos);
}

TEST_CASE("commas and quotes stay inside their cell", "[reports]") {
    CHECK(csv_cell("Paris, \"Nord\"") == "\"Paris, \"\"Nord\"\"\"");
    CHECK(csv_cell("") == "");
}

TEST_CASE("every row has the columns of the head and describes itself", "[reports]") {
    const auto rows = lines((two_days("patch-night")));
    CHECK(rows.front() == "experiment,scenario,policy,replication,site,metric,value,unit");
    for (const std::string& row : rows) {
        CAPTURE(row);
        CHECK(std::count(row.begin(), row.end(), ',') == 7);
    }
    const auto has = [&](const std::string& end) {
        return std::any_of(rows.begin(), rows.end(), [&](const std::string& row) {
            return row.size() > end.size() && row.compare(row.size() - end.size(), end.size(), end) == 0;
        });
    };
    CHECK(has(",patch-night,one_at_a_time,2,Amsterdam,calls_dropped,30,calls"));
    CHECK(has(",patch-night,one_at_a_time,1,(all),attempts,4025,calls"));
    CHECK(has(",patch-night,one_at_a_time,1,(no site),calls_dropped,,calls"));
}

TEST_CASE("a scenario's name cannot break the table", "[reports]") {
    const auto rows = lines((two_days("=1+1,x")));
    CHECK(rows.at(1).find(",\"'=1+1,x\",one_at_a_time,1,") != std::string::npos);
}
