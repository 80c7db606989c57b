#include "sim/vocabulary/problems.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace sim::vocabulary;

namespace {

Problem problem(int line, const char* code = "E999") {
    return {{"a.ini", line}, code, "wrong", "", ""};
}

std::string thrown_by(const Problems& problems) {
    try {
        problems.throw_if_any(Exit::input_data);
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("a problem is one line with its place, what, what was expected and help", "[vocabulary]") {
    CHECK(text(Problem{{"a.csv", 3, 7}, "E311", "x is 7", "must be 8", "write 8"}) ==
          "a.csv:3:7: error[E311]: x is 7 – must be 8 – write 8");
    CHECK(text(Problem{{"a.lua", 3}, "W101", "x is 7", "", "write 8"}) ==
          "a.lua:3: warning[W101]: x is 7 – write 8");
    CHECK(text(Problem{{"a.csv"}, "E304", "the file is empty", "", ""}) ==
          "a.csv: error[E304]: the file is empty");
    CHECK(text(Problem{{}, "E501", "no script", "", ""}) == "error[E501]: no script");
}

TEST_CASE("control bytes, turned writing and broken UTF-8 are shown in hexadecimal", "[vocabulary]") {
    CHECK(shown("a\x1b[31m") == "a\\x1b[31m");
    CHECK(shown("Zürich – 東京 😀") == "Zürich – 東京 😀");
    CHECK(shown("\xE2\x80\xAE") == "\\xe2\\x80\\xae");
    CHECK(shown("\xC2\x9B") == "\\xc2\\x9b");
    CHECK(shown("a\xFC-b") == "a\\xfc-b");
    CHECK(shown("\xC0\xAF") == "\\xc0\\xaf");                    // overlong
    CHECK(shown("\xED\xA0\x80") == "\\xed\\xa0\\x80");           // surrogate
    CHECK(shown("\xF4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");  // beyond U+10FFFF
    CHECK(shown("\xE2\x82") == "\\xe2\\x82");                    // cut off
    CHECK(text(Problem{{"a\n.csv"}, "E1", "x\ny", "", ""}) == "a\\x0a.csv: error[E1]: x\\x0ay");
}

TEST_CASE("a long name is cut between two characters", "[vocabulary]") {
    CHECK(quoted("ams") == "\"ams\"");
    CHECK(quoted(std::string(64, 'a')) == '"' + std::string(64, 'a') + '"');
    CHECK(quoted(std::string(63, 'a') + "é!") == '"' + std::string(63, 'a') + "…\"");
}

TEST_CASE("the first byte that is not UTF-8 is found", "[vocabulary]") {
    CHECK(!first_byte_not_utf8("Zürich"));
    CHECK(!first_byte_not_utf8(""));
    CHECK(first_byte_not_utf8("Z\xFC rich") == 1);
}

TEST_CASE("the nearest candidate is one slip away, or a third of the word", "[vocabulary]") {
    const std::vector<std::string> keys{"appliances", "site", "size", "trunks"};
    CHECK(nearest("aplliances", keys) == "appliances");
    CHECK(nearest("APPLIANCES", keys) == "appliances");
    CHECK(nearest("stie", keys) == "site");  // swapped letters are one slip
    CHECK(nearest("sie", keys) == "site");   // a tie: the earlier
    CHECK(nearest("sitr", keys) == "site");
    CHECK(nearest("channels", keys).empty());
    CHECK(nearest("", keys).empty());
    CHECK(nearest("x", {"y"}).empty());
    CHECK(did_you_mean("stie", keys) == "; did you mean \"site\"?");
    CHECK(did_you_mean("channels", keys).empty());
}

TEST_CASE("warnings alone do not throw", "[vocabulary]") {
    Problems problems;
    problems.add(problem(1, "W999"));
    CHECK_NOTHROW(problems.throw_if_any(Exit::input_data));
    CHECK(problems.all().size() == 1);
}

TEST_CASE("errors come before warnings, and the rest is counted after twenty", "[vocabulary]") {
    Problems problems;
    problems.add(problem(99, "W999"));
    for (int line = 1; line <= 57; ++line) problems.add(problem(line));
    const std::string message = thrown_by(problems);
    CHECK(message.starts_with("a.ini:1: error[E999]: wrong\na.ini:2: error"));
    CHECK(message.find("a.ini:20: error") != std::string::npos);
    CHECK(message.find("a.ini:21: error") == std::string::npos);
    CHECK(message.ends_with("\nand 38 more"));
}

TEST_CASE("an error that is told once more still knows how many were left out", "[vocabulary]") {
    Problems problems;
    for (int line = 1; line <= 57; ++line) problems.add(problem(line));
    try {
        problems.throw_if_any(Exit::input_data);
        FAIL("nothing was thrown");
    } catch (const InputError& first) {
        CHECK(first.left_out() == 37);
        const InputError again{first.exit(), first.problems(), first.left_out()};
        CHECK(std::string{again.what()} == first.what());
    }
}

TEST_CASE("warnings do not crowd out an error", "[vocabulary]") {
    Problems problems;
    for (int line = 1; line <= 30; ++line) problems.add(problem(line, "W999"));
    problems.add(problem(99));
    CHECK(thrown_by(problems).starts_with("a.ini:99: error[E999]: wrong\na.ini:1: warning"));
}

TEST_CASE("an input error carries its exit and its problems", "[vocabulary]") {
    const InputError error{Exit::scenario, problem(4)};
    CHECK(error.exit() == Exit::scenario);
    CHECK(error.problems().size() == 1);
    CHECK(std::string{error.what()} == "a.ini:4: error[E999]: wrong");
}
