// Local days and update windows on the days on which the clocks change, against the zone database.

#include "sim/scenario/windows.hpp"
#include "sim/vocabulary/quantity.hpp"
#include "tests/support/oracles.hpp"

#include <catch2/catch.hpp>

using namespace tests;
using namespace std::chrono;
using sim::kernel::Instant;
using sim::kernel::start_of_run;
using sim::vocabulary::Calendar;
using sim::vocabulary::Zone;

namespace {

std::int64_t utc(year_month_day day, seconds clock) {
    return sys_seconds{sys_days{day} + clock}.time_since_epoch().count();
}

// The rules of 2021, typed in from the laws of the zones.
const std::vector<Zone> zones{
    {"Europe/Berlin", {{INT64_MIN, 3600}, {utc(2021y / 3 / 28, 1h), 7200}, {utc(2021y / 10 / 31, 1h), 3600}}},
    {"America/New_York",
     {{INT64_MIN, -5 * 3600}, {utc(2021y / 3 / 14, 7h), -4 * 3600}, {utc(2021y / 11 / 7, 6h), -5 * 3600}}},
    {"Australia/Lord_Howe",
     {{INT64_MIN, 39600}, {utc(2021y / 4 / 3, 15h), 37800}, {utc(2021y / 10 / 2, 15h + 30min), 39600}}},
};

// "America/New_York; 2021-11-07; window given as local 01:00-05:00"
struct Night {
    Zone zone;
    local_days day;
    Calendar calendar{sys_days{2021y / 1 / 1}};

    explicit Night(const std::string& parameters) {
        const std::size_t end = parameters.find("; ");
        for (const Zone& each : zones)
            if (each.name == parameters.substr(0, end)) zone = each;
        REQUIRE(zone.rules.size() == 3);
        day = local_days{sim::vocabulary::iso_date(parameters.substr(end + 2, 10)).value()};
    }
    Instant at(seconds clock) const { return calendar.instant(day + clock, zone); }
};

double hours_between(Instant a, Instant b) {
    return static_cast<double>((b - a).count()) / 3.6e9;
}

}  // namespace

TEST_CASE("a local day is as long as its zone says", "[oracle]") {
    for (const Oracle& row : oracles_named("local-day-length")) {
        CAPTURE(row.parameters);
        const Night night{row.parameters};
        CHECK(hours_between(night.at(0h), night.at(24h)) == row.number());
    }
}

TEST_CASE("a window of 01:00 opens when its zone says, on the day of the change", "[oracle]") {
    int looked = 0;
    for (const Oracle& row : oracles_named("update-window-dst")) {
        CAPTURE(row.parameters, row.quantity);
        const Night night{row.parameters};
        const sim::scenario::Window daily{sim::scenario::Weekly{std::bitset<7>{0x7f}}, 1h, 4h, {}};
        const auto opening =
            sim::scenario::next_opening(daily, night.zone, night.calendar, night.at(0h) - microseconds{1});
        REQUIRE(opening.has_value());
        if (row.quantity == "window opens at (UTC)") {
            CHECK(utc_text(night.calendar, *opening) == row.value);
            ++looked;
        } else {
            // Between two times of the local clock lie other hours than between an opening and its end.
            CHECK(row.quantity == "real length (h)");
            CHECK(row.parameters.find("window given as local 01:00-05:00") != std::string::npos);
            CHECK(hours_between(*opening, night.at(5h)) == row.number());
            CHECK(hours_between(*opening, *opening + daily.length) == 4);
            CHECK(night.calendar.local(*opening + daily.length, night.zone) ==
                  night.day + (row.number() < 4 ? 6h : 4h));
            ++looked;
        }
    }
    CHECK(looked == 5);
}
