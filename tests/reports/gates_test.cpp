#include "reports/gates.hpp"

#include "reports/json.hpp"
#include "reports/junit.hpp"
#include "tests/reports/schema.hpp"

#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>

using namespace reports;
using tests::misfits;
using Json = nlohmann::json;
using sim::experiment::Gate;
using sim::experiment::Gates;
using sim::experiment::Judged;
using sim::vocabulary::Exit;

namespace {

Judged judged(Verdict verdict, const std::string& why = "") {
    Judged one;
    one.metric = "calls_dropped";
    one.relation = "<=";
    one.target = 2.25;
    one.confidence = 0.95;
    one.seen = 2.5;
    one.lo = 2;
    one.hi = 3;
    one.unit = "calls";
    one.verdict = verdict;
    one.why = why;
    one.at = "night.lua:7";
    return one;
}

Gate gate(const std::string& file, std::vector<Judged> expectations) {
    Gate gate;
    gate.file = file;
    gate.scenario = "night";
    gate.policy = "careful";
    gate.seed = 42;
    gate.replications = 40;
    gate.looks = 5;
    gate.expectations = std::move(expectations);
    gate.again = "ccesim run gates/night.lua --replications 40 --jobs 1";
    return gate;
}

Gates gates(bool undecided_ok = false) {
    Gates gates;
    gates.undecided_ok = undecided_ok;
    gates.all = {gate("gates/night.lua", {judged(Verdict::pass), judged(Verdict::undecided, "across"),
                                          judged(Verdict::fail, "by 7")}),
                 gate("gates/idle.lua", {}), gate("gates/a|b,\x01.lua", {judged(Verdict::vacuous, "nothing")}),
                 gate("gates/broken.lua", {})};
    gates.all.back().wrong = sim::experiment::Trouble{
        Exit::scenario, "gates/broken.lua:3: error[E101]: <no> Lua\nand more", {"gates/broken.lua", 3, 0}};
    gates.found = gates.all.size();
    return gates;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

Json schema() {
    std::ifstream file(CCESIM_SOURCE_DIR "/docs/test.schema.json");
    return Json::parse(file);
}

}  // namespace

TEST_CASE("gates as JSON fit their schema and tell verdicts in words", "[reports]") {
    Gates all = gates();
    const Json document = Json::parse(reports::json(all));
    CHECK(misfits(schema(), document).empty());
    CHECK(document["exit"] == 3);
    CHECK(document["scenarios"][0]["verdict"] == "fail");
    CHECK(document["scenarios"][0]["expectations"][1]["needs"] == 160);
    CHECK(document["scenarios"][1]["verdict"] == "nothing expected");
    CHECK(document["scenarios"][3]["error"]["exit"] == 3);
    CHECK(document["counts"] == Json{{"pass", 1}, {"fail", 1}, {"undecided", 1}, {"vacuous", 1}});
    all.stopped = Exit::interrupted;
    all.all.front().out_of_time = true;
    all.found = 9;
    const Json partial = Json::parse(reports::json(all));
    CHECK(misfits(schema(), partial).empty());
    CHECK(partial["partial"] == Json{{"done", 4}, {"asked", 9}});
}

TEST_CASE("gates as text say what would decide the undecided", "[reports]") {
    const std::string all = text(gates());
    CHECK(has(all, "undecided, needs about 160 replications"));
    CHECK(has(all, "gates/idle.lua   nothing expected"));
    CHECK(
        has(all, "4 scenarios: 1 pass, 1 fail, 1 undecided, 1 vacuous, 1 in error, 1 that expects nothing\n"));
    CHECK(has(text(Gates{}), "0 scenarios: none"));
}

TEST_CASE("JUnit has a case an expectation and counts what it has", "[reports]") {
    const std::string all = junit(gates());
    CHECK(has(all, R"(<testsuites name="ccesim test" tests="5" failures="3" errors="1" skipped="0">)"));
    CHECK(has(all, R"(<testsuite name="gates/night.lua" tests="3" failures="2" errors="0" skipped="0">)"));
    CHECK(has(all, R"(<failure message="fail: seen 2.5 [2, 3] 95 %, n 40; by 7")"));
    CHECK(has(all, R"(name="gates/a|b,\x01.lua")"));
    CHECK(has(all, "&lt;no&gt; Lua\nand more</error>"));
    CHECK(has(all, "ccesim run gates/night.lua --replications 40"));
    const std::string soft = junit(gates(true));
    CHECK(has(soft, R"(<skipped message="undecided: seen)"));
    CHECK(has(soft, R"(tests="5" failures="2" errors="1" skipped="1">)"));
}

TEST_CASE("annotations are the ten gravest, gravest first, on one line each", "[reports]") {
    const std::string all = annotations(gates());
    CHECK(all.rfind("::error file=gates/broken.lua,line=3,title=gates/broken.lua%3A error::", 0) == 0);
    CHECK(has(all, "::error file=gates/night.lua,line=7,title=gates/night.lua%3A fail::calls_dropped"));
    CHECK(has(all, "title=gates/a|b%2C"));
    CHECK(has(all, "95 %25, n 40"));
    CHECK(has(annotations(gates(true)), "::warning file=gates/night.lua,line=7"));
    Gates many;
    many.all = {gate("m.lua", std::vector<Judged>(30, judged(Verdict::fail)))};
    const std::string ten = annotations(many);
    CHECK(std::count(ten.begin(), ten.end(), '\n') == 10);
}

TEST_CASE("no name breaks a table of Markdown", "[reports]") {
    const std::string all = markdown(gates());
    CHECK(has(all, R"(| gates/a\|b,\\x01.lua |)"));
    CHECK(has(all, R"(error[E101]: \<no\> Lua)") == false);  // brackets are escaped too
    CHECK(has(all, R"(error\[E101\]: \<no\> Lua)"));
}
