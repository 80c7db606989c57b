#include "sim/vocabulary/quantity.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace sim::vocabulary;
using namespace std::chrono_literals;
using sim::kernel::Duration;

TEST_CASE("durations are read as people type them", "[vocabulary]") {
    CHECK(duration("45m") == Duration{45min});
    CHECK(duration("3m10s") == Duration{190s});
    CHECK(duration("1h 30m") == Duration{90min});
    CHECK(duration("250ms") == Duration{250ms});
    CHECK(duration("14d") == Duration{14 * 24h});
    CHECK(duration("2w") == Duration{14 * 24h});
    CHECK(duration("1.5h") == Duration{90min});
    CHECK(duration("0.000001s") == Duration{1us});
    CHECK(duration("0s") == Duration{});
    CHECK(duration("73000d") == sim::kernel::longest_run);
}

TEST_CASE("what is no duration is refused", "[vocabulary]") {
    for (const char* text : {"",
                             " ",
                             "5",
                             "5 mins",
                             "5min",
                             "-5m",
                             "+5m",
                             "m",
                             "1m1h",
                             "1m1m",
                             "1h ",
                             " 1h",
                             "1,5h",
                             "1.h",
                             ".5h",
                             "1e3s",
                             "0.1us",
                             "0.0000001h",
                             "73001d",
                             "9999999999999999999s",
                             "99999999999999999999999s",
                             "1h\t2m",
                             "1H",
                             "١s"}) {
        INFO(text);
        CHECK(!duration(text));
    }
}

TEST_CASE("durations are written in units from days down and read back the same", "[vocabulary]") {
    CHECK(text(Duration{190s}) == "3m10s");
    CHECK(text(Duration{1h}) == "1h");
    CHECK(text(Duration{}) == "0s");
    CHECK(text(Duration{14 * 24h}) == "14d");
    CHECK(text(Duration{1h + 1us}) == "1h1us");
    CHECK(text(Duration{-90s}) == "-1m30s");
    for (const Duration written : {Duration{1}, Duration{123'456'789'012'345}, sim::kernel::longest_run})
        CHECK(duration(text(written)) == written);
}

TEST_CASE("dates are days of the calendar in ISO form", "[vocabulary]") {
    using namespace std::chrono;
    CHECK(iso_date("2019-11-10") == 2019y / 11 / 10);
    CHECK(iso_date("2020-02-29") == 2020y / 2 / 29);
    for (const char* text :
         {"", "2019-02-29", "2019-13-01", "2019-1-1", "10.11.2019", "2019-11-10 ", "2019-11-1x"})
        CHECK(!iso_date(text));
}

TEST_CASE("numbers have a decimal point and nothing around them", "[vocabulary]") {
    CHECK(number("12") == 12.0);
    CHECK(number("-0.5") == -0.5);
    CHECK(number("1.5e3") == 1500.0);
    CHECK(std::to_string(number("-0").value()) == "0.000000");
    for (const char* text : {"", "-", "1,5", "1.5.2", "1e", "0x10", " 5", "5 ", "+5", "١٢", "nan", "inf",
                             "-inf", "infinity", "1e400", "-1e400", "--1", "e5", "."}) {
        INFO(text);
        CHECK(!number(text));
    }
}

TEST_CASE("whole numbers have digits only", "[vocabulary]") {
    CHECK(whole_number("5060") == 5060U);
    for (const char* text : {"", "-1", "+1", "1.0", "4294967296", "1 "}) CHECK(!whole_number(text));
}
