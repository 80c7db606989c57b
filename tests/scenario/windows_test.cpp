#include "sim/scenario/windows.hpp"

#include <catch2/catch.hpp>

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
    return {std::bitset<7>{1U << weekday}, start, 4h};
}
const Window every_day{std::bitset<7>{0x7f}, minutes{150}, 4h};  // 02:30

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
    const Window at_half_past_one{std::bitset<7>{0x7f}, minutes{90}, 4h};
    CHECK(openings(at_half_past_one, los_angeles, 2019y / 11 / 2, 3) ==
          Texts{"2019-11-02T08:30:00Z", "2019-11-03T08:30:00Z", "2019-11-04T09:30:00Z"});
}

TEST_CASE("the next opening is strictly later", "[scenario]") {
    const Calendar calendar{sys_days{2019y / 11 / 10}};
    const kernel::Instant first = next_opening(every_day, amsterdam, calendar, start_of_run).value();
    CHECK(next_opening(every_day, amsterdam, calendar, first - kernel::Duration{1}) == first);
    CHECK(next_opening(every_day, amsterdam, calendar, first) == first + 24h);
}

TEST_CASE("the shortest gap goes around the week", "[scenario]") {
    const auto gap = [](const char* days) { return shortest_gap({std::bitset<7>{days}, {}, 4h}); };
    CHECK(gap("0000001") == 7 * 24h);  // Sundays only
    CHECK(gap("1000001") == 24h);      // Saturday, then Sunday
    CHECK(gap("0100100") == 3 * 24h);  // Tuesday and Friday: three days, then four
    CHECK(gap("1111111") == 24h);
}

TEST_CASE("a window without a weekday never opens", "[scenario]") {
    CHECK_FALSE(next_opening({{}, 2h, 4h}, amsterdam, Calendar{sys_days{2019y / 11 / 10}}, start_of_run));
}
