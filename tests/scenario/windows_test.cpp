#include "sim/scenario/windows.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace sim::scenario;
using namespace std::chrono;
namespace kernel = sim::kernel;
using sim::kernel::start_of_run;
using sim::vocabulary::Calendar;
using sim::vocabulary::utc_text;
using sim::vocabulary::Zone;

namespace {

std::int64_t utc(year_month_day day, hours hour) {
    return sys_seconds{sys_days{day} + hour}.time_since_epoch().count();
}

// The rules of 2019, typed in from the two zones' laws.
const Zone amsterdam{"Europe/Amsterdam",
                     {{INT64_MIN, 3600}, {utc(2019y / 3 / 31, 1h), 7200}, {utc(2019y / 10 / 27, 1h), 3600}}};
const Zone los_angeles{
    "America/Los_Angeles",
    {{INT64_MIN, -8 * 3600}, {utc(2019y / 3 / 10, 10h), -7 * 3600}, {utc(2019y / 11 / 3, 9h), -8 * 3600}}};

Window weekly(unsigned weekday, seconds start) {
    return {Weekly{std::bitset<7>{1U << weekday}}, start, 4h, {}};
}
Window daily(seconds start, kernel::Duration length = 4h) {
    return {Weekly{std::bitset<7>{0x7f}}, start, length, {}};
}
Window monthly(unsigned day_of_month, seconds start = 0h, kernel::Duration length = 24h) {
    return {MonthlyByDate{day_of_month}, start, length, {}};
}
// Both from the highest bit down: last to first week, Saturday to Sunday.
Window monthly(const char* weeks, const char* days, seconds start = 0h, kernel::Duration length = 10h) {
    return {MonthlyByWeekday{std::bitset<5>{weeks}, std::bitset<7>{days}}, start, length, {}};
}
const Window every_day = daily(minutes{150});  // 02:30

// The first `count` openings of a run that begins on `first`, as UTC.
std::vector<std::string> openings(const Window& window, const Zone& zone, year_month_day first, int count) {
    const Calendar calendar{sys_days{first}};
    std::vector<std::string> texts;
    kernel::Instant at = start_of_run - kernel::Duration{1};
    for (int i = 0; i < count; ++i) {
        at = next_opening(window, zone, calendar, at).value();
        texts.push_back(utc_text(calendar, at));
    }
    return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a weekly window opens at its local time in every week", "[scenario]") {
    CHECK(openings(weekly(0, 2h), amsterdam, 2019y / 11 / 10, 2) ==
          Texts{"2019-11-10T01:00:00Z", "2019-11-17T01:00:00Z"});
    CHECK(openings(weekly(0, 2h), los_angeles, 2019y / 11 / 10, 2) ==
          Texts{"2019-11-10T10:00:00Z", "2019-11-17T10:00:00Z"});
}

TEST_CASE("a window that opens at the first instant of the run is not missed", "[scenario]") {
    CHECK(openings(weekly(0, 1h), amsterdam, 2019y / 11 / 10, 1) == Texts{"2019-11-10T00:00:00Z"});
}

TEST_CASE("the local time stays when the offset changes", "[scenario]") {
    CHECK(openings(weekly(0, 4h), amsterdam, 2019y / 10 / 20, 2) ==
          Texts{"2019-10-20T02:00:00Z", "2019-10-27T03:00:00Z"});
    CHECK(openings(weekly(0, 4h), los_angeles, 2019y / 10 / 27, 2) ==
          Texts{"2019-10-27T11:00:00Z", "2019-11-03T12:00:00Z"});
}

TEST_CASE("in a gap the window opens at the first instant that exists", "[scenario]") {
    CHECK(openings(every_day, amsterdam, 2019y / 3 / 30, 3) ==
          Texts{"2019-03-30T01:30:00Z", "2019-03-31T01:00:00Z", "2019-04-01T00:30:00Z"});
    CHECK(openings(every_day, los_angeles, 2019y / 3 / 9, 3) ==
          Texts{"2019-03-09T10:30:00Z", "2019-03-10T10:00:00Z", "2019-03-11T09:30:00Z"});
}

TEST_CASE("in a fold it opens once, at the first of the two", "[scenario]") {
    CHECK(openings(every_day, amsterdam, 2019y / 10 / 26, 3) ==
          Texts{"2019-10-26T00:30:00Z", "2019-10-27T00:30:00Z", "2019-10-28T01:30:00Z"});
    CHECK(openings(daily(minutes{90}), los_angeles, 2019y / 11 / 2, 3) ==
          Texts{"2019-11-02T08:30:00Z", "2019-11-03T08:30:00Z", "2019-11-04T09:30:00Z"});
}

TEST_CASE("the next opening is strictly later", "[scenario]") {
    const Calendar calendar{sys_days{2019y / 11 / 10}};
    const kernel::Instant first = next_opening(every_day, amsterdam, calendar, start_of_run).value();
    CHECK(next_opening(every_day, amsterdam, calendar, first - kernel::Duration{1}) == first);
    CHECK(next_opening(every_day, amsterdam, calendar, first) == first + 24h);
}

TEST_CASE("the shortest gap goes around the week", "[scenario]") {
    const auto gap = [](const char* days) { return shortest_gap({Weekly{std::bitset<7>{days}}, {}, 4h, {}}); };
    CHECK(gap("0000001") == 7 * 24h);  // Sundays only
    CHECK(gap("1000001") == 24h);      // Saturday, then Sunday
    CHECK(gap("0100100") == 3 * 24h);  // Tuesday and Friday: three days, then four
    CHECK(gap("1111111") == 24h);
}

TEST_CASE("the shortest gap goes around the months of all lengths", "[scenario]") {
    CHECK(shortest_gap(monthly(1)) == 28 * 24h);
    CHECK(shortest_gap(monthly(28)) == 28 * 24h);
    CHECK(shortest_gap(monthly(29)) == 29 * 24h);  // from February 29
    CHECK(shortest_gap(monthly(30)) == 30 * 24h);
    CHECK(shortest_gap(monthly(31)) == 31 * 24h);
    CHECK(shortest_gap(monthly("00001", "0000001")) == 28 * 24h);  // first Sunday
    CHECK(shortest_gap(monthly("10000", "0000001")) == 28 * 24h);  // last Sunday
    CHECK(shortest_gap(monthly("00101", "0000001")) == 14 * 24h);  // first and third
    CHECK(shortest_gap(monthly("10001", "0000001")) == 7 * 24h);   // last, then first
    CHECK(shortest_gap(monthly("11000", "0000001")) == 7 * 24h);   // fourth, and last of five
    CHECK(shortest_gap(monthly("00001", "0100010")) == 3 * 24h);   // first Friday, then first Monday
    CHECK(shortest_gap(monthly("10001", "1000001")) == 24h);
}

TEST_CASE("a window without a day never opens", "[scenario]") {
    const Window none = GENERATE(Window{Weekly{}, 2h, 4h, {}}, monthly(0), monthly(32),
                                 monthly("00000", "0000001"), monthly("00001", "0000000"));
    CHECK_FALSE(opens_at_all(none));
    CHECK_FALSE(next_opening(none, amsterdam, Calendar{sys_days{2019y / 11 / 10}}, start_of_run));
}

TEST_CASE("a month without the day has no opening", "[scenario]") {
    CHECK(
        openings(monthly(31), Zone{}, 2019y / 1 / 31, 4) ==
        Texts{"2019-01-31T00:00:00Z", "2019-03-31T00:00:00Z", "2019-05-31T00:00:00Z", "2019-07-31T00:00:00Z"});
    CHECK(openings(monthly(29), Zone{}, 2019y / 12 / 30, 3) ==
          Texts{"2020-01-29T00:00:00Z", "2020-02-29T00:00:00Z", "2020-03-29T00:00:00Z"});
}

TEST_CASE("each weekday of a week of the month is counted for itself", "[scenario]") {
    // June 2019 begins on a Saturday, September on a Sunday: its first Saturday comes six days later.
    CHECK(openings(monthly("00001", "1000001"), Zone{}, 2019y / 6 / 1, 2) ==
          Texts{"2019-06-01T00:00:00Z", "2019-06-02T00:00:00Z"});
    CHECK(openings(monthly("00001", "1000001"), Zone{}, 2019y / 9 / 1, 2) ==
          Texts{"2019-09-01T00:00:00Z", "2019-09-07T00:00:00Z"});
}

TEST_CASE("a fourth week that is the last opens once", "[scenario]") {
    CHECK(openings(monthly("11000", "0000001"), Zone{}, 2019y / 5 / 1, 3) ==
          Texts{"2019-05-26T00:00:00Z", "2019-06-23T00:00:00Z", "2019-06-30T00:00:00Z"});
}

TEST_CASE("a window is told in the words of a scenario", "[scenario]") {
    CHECK(text(every_day) == "daily 02:30");
    CHECK(text(Window{Weekly{std::bitset<7>{"1000011"}}, 22h + 30s, 4h, {}}) == "weekly mon,sat,sun 22:00:30");
    CHECK(text(monthly(15)) == "monthly 15 00:00");
    CHECK(text(monthly("10001", "1000001")) == "monthly first,last sat,sun 00:00");
}

TEST_CASE("a window may be open at ten on a workday", "[scenario]") {
    CHECK(is_open_at_work(daily(0h, 24h)));
    CHECK(is_open_at_work(daily(10h, 1min)));
    CHECK(is_open_at_work(daily(22h, 12h + 1us)));  // past midnight
    CHECK_FALSE(is_open_at_work(daily(22h, 12h)));
    CHECK_FALSE(is_open_at_work(daily(11h, 23h)));
    CHECK_FALSE(is_open_at_work({Weekly{std::bitset<7>{"1000001"}}, 0h, 24h, {}}));
    CHECK_FALSE(is_open_at_work({Weekly{std::bitset<7>{"0000001"}}, 0h, 34h, {}}));
    CHECK(is_open_at_work({Weekly{std::bitset<7>{"0000001"}}, 0h, 34h + 1us, {}}));  // until Monday
    CHECK(is_open_at_work(monthly(15)));  // some fifteenth is a Monday
    CHECK_FALSE(is_open_at_work(monthly("10001", "1000001")));
    CHECK(is_open_at_work(monthly("10001", "1000001", 22h, 37h)));
}

// --- openings of two years, beside another reckoning -------------------------------------------------------

namespace {

constexpr year_month_day first_day = 2019y / 1 / 1;
constexpr year_month_day last_day = 2020y / 12 / 31;

const std::vector<Zone> zones{
    Zone{},
    {"Europe/Amsterdam",
     {{INT64_MIN, 3600},
      {utc(2019y / 3 / 31, 1h), 7200},
      {utc(2019y / 10 / 27, 1h), 3600},
      {utc(2020y / 3 / 29, 1h), 7200},
      {utc(2020y / 10 / 25, 1h), 3600}}},
    {"America/Los_Angeles",
     {{INT64_MIN, -8 * 3600},
      {utc(2019y / 3 / 10, 10h), -7 * 3600},
      {utc(2019y / 11 / 3, 9h), -8 * 3600},
      {utc(2020y / 3 / 8, 10h), -7 * 3600},
      {utc(2020y / 11 / 1, 9h), -8 * 3600}}},
    {"Australia/Lord_Howe",  // summer time is half an hour
     {{INT64_MIN, 39600},
      {utc(2019y / 4 / 6, 15h), 37800},
      {utc(2019y / 10 / 5, 15h) + 1800, 39600},
      {utc(2020y / 4 / 4, 15h), 37800},
      {utc(2020y / 10 / 3, 15h) + 1800, 39600}}},
};

using Days = std::set<local_days>;

template <class Takes>
Days days_that(Takes takes) {
    Days days_taken;
    for (local_days day{first_day}; day <= local_days{last_day}; day += days{1})
        if (takes(year_month_day{day}, weekday{day})) days_taken.insert(day);
    return days_taken;
}

// The second Tuesday and the like, by the calendar of the standard library.
Days days_of_months(std::vector<unsigned> weeks, bool last_week, std::vector<weekday> weekdays) {
    Days all;
    for (const year y : {2019y, 2020y})
        for (unsigned m = 1; m <= 12; ++m)
            for (const weekday on : weekdays) {
                for (const unsigned week : weeks) all.insert(local_days{y / month{m} / on[week]});
                if (last_week) all.insert(local_days{y / month{m} / on[std::chrono::last]});
            }
    return all;
}

// Seconds since 1970 of the first minute at which a clock on the wall shows that time, or has gone past it.
std::int64_t first_minute(const Zone& zone, local_days day, seconds start) {
    const std::int64_t wall = (day + start).time_since_epoch().count();
    for (std::int64_t now = wall - 14 * 3600;; now += 60) {
        std::int32_t offset = 0;
        for (const Zone::Rule& rule : zone.rules)
            if (rule.from <= now) offset = rule.offset;
        if (now + offset >= wall) return now;
    }
}

std::vector<std::int64_t> reckoned(const Zone& zone, const Days& days, seconds start) {
    std::vector<std::int64_t> all;
    for (const local_days day : days) all.push_back(first_minute(zone, day, start));
    return all;
}

// All from the first to the last day, by the zone's own clock; the run begins a week before.
std::vector<std::int64_t> simulated(const Zone& zone, const Window& window) {
    const Calendar calendar{sys_days{first_day} - days{7}};
    std::vector<std::int64_t> all;
    for (const kernel::Instant at :
         sim::scenario::openings(window, zone, calendar, calendar.instant(local_days{first_day}, zone) - 1us,
                                 calendar.instant(local_days{last_day} + days{1}, zone)))
        all.push_back(calendar.unix_seconds(at));
    return all;
}

struct Shape {
    Window window;  // its start is set by the test
    Days days;
};

std::vector<Shape> shapes() {
    const auto on = [](const char* bits) { return Window{Weekly{std::bitset<7>{bits}}, 0h, 4h, {}}; };
    return {
        {on("1111111"), days_that([](auto, auto) { return true; })},
        {on("0111110"), days_that([](auto, weekday day) { return day != Saturday && day != Sunday; })},
        {on("0000001"), days_that([](auto, weekday day) { return day == Sunday; })},
        {monthly(15), days_that([](year_month_day date, auto) { return date.day() == day{15}; })},
        {monthly(31), days_that([](year_month_day date, auto) { return date.day() == day{31}; })},
        {monthly("10001", "1000001"), days_of_months({1}, true, {Saturday, Sunday})},
        {monthly("00010", "0000100"), days_of_months({2}, false, {Tuesday})},
        {monthly("11100", "0000001"), days_of_months({3, 4}, true, {Sunday})},
    };
}

}  // namespace

TEST_CASE("over two years each shape opens when a clock on the wall first shows its time", "[scenario]") {
    const Zone& zone = zones[GENERATE(0U, 1U, 2U, 3U)];
    const seconds start = GENERATE(as<seconds>{}, 0min, 60min, 90min, 120min, 130min, 150min, 180min, 1320min);
    CAPTURE(zone.name, start.count());
    for (Shape& shape : shapes()) {
        shape.window.start = start;
        CAPTURE(text(shape.window));
        const std::vector<std::int64_t> expected = reckoned(zone, shape.days, start);
        CHECK(expected.size() >= 14);
        CHECK(simulated(zone, shape.window) == expected);
    }
}

TEST_CASE("over two years no shape opens while it is open, if it lasts its shortest gap less an hour",
          "[scenario]") {
    const Zone& zone = zones[GENERATE(0U, 1U, 2U, 3U)];
    for (Shape& shape : shapes()) {
        shape.window.start = 2h;
        CAPTURE(zone.name, text(shape.window));
        const std::int64_t lasts = duration_cast<seconds>(shortest_gap(shape.window)).count() - 3600;
        const std::vector<std::int64_t> opens = simulated(zone, shape.window);
        CHECK(std::adjacent_find(opens.begin(), opens.end(),
                                 [&](std::int64_t a, std::int64_t b) { return b < a + lasts; }) == opens.end());
    }
}
