#include "sim/vocabulary/zone.hpp"

#include <catch2/catch.hpp>

using namespace sim::vocabulary;
using namespace std::chrono;
using sim::kernel::Instant;
using sim::kernel::start_of_run;

namespace {

std::int64_t utc(year_month_day day, hours hour) {
    return sys_seconds{sys_days{day} + hour}.time_since_epoch().count();
}

CivilSeconds wall(year_month_day day, seconds clock) {
    return CivilSeconds{local_days{day} + clock};
}

// The rules of 2019, typed in from the two zones' laws.
const Zone amsterdam{"Europe/Amsterdam",
                     {{INT64_MIN, 3600}, {utc(2019y / 3 / 31, 1h), 7200}, {utc(2019y / 10 / 27, 1h), 3600}}};
const Zone los_angeles{
    "America/Los_Angeles",
    {{INT64_MIN, -8 * 3600}, {utc(2019y / 3 / 10, 10h), -7 * 3600}, {utc(2019y / 11 / 3, 9h), -8 * 3600}}};
const Calendar march{sys_days{2019y / 3 / 1}};
const Calendar november{sys_days{2019y / 10 / 20}};

std::string heard(const Calendar& calendar, year_month_day day, seconds clock, const Zone& zone) {
    return utc_text(calendar, calendar.instant(wall(day, clock), zone));
}

// How long the civil day lasts in this zone.
seconds length_of(const Calendar& calendar, year_month_day day, const Zone& zone) {
    const CivilSeconds midnight{local_days{day}};
    return duration_cast<seconds>(calendar.instant(midnight + days{1}, zone) -
                                  calendar.instant(midnight, zone));
}

}  // namespace

TEST_CASE("a run begins at midnight UTC of its first day", "[vocabulary]") {
    CHECK(utc_text(march, start_of_run) == "2019-03-01T00:00:00Z");
    CHECK(utc_text(march, start_of_run + 36h + 1us) == "2019-03-02T12:00:00Z");
    CHECK(march.unix_seconds(start_of_run) == utc(2019y / 3 / 1, 0h));
    CHECK(march.unix_seconds(start_of_run - 1us) == utc(2019y / 3 / 1, 0h) - 1);
    CHECK(text(march.local(start_of_run, amsterdam)) == "2019-03-01 01:00:00");
    CHECK(text(march.local(start_of_run, los_angeles)) == "2019-02-28 16:00:00");
}

TEST_CASE("a time that the spring change skips is the first instant that exists", "[vocabulary]") {
    CHECK(heard(march, 2019y / 3 / 31, 1h + 59min, amsterdam) == "2019-03-31T00:59:00Z");
    CHECK(heard(march, 2019y / 3 / 31, 2h, amsterdam) == "2019-03-31T01:00:00Z");
    CHECK(heard(march, 2019y / 3 / 31, 2h + 30min, amsterdam) == "2019-03-31T01:00:00Z");
    CHECK(heard(march, 2019y / 3 / 31, 3h, amsterdam) == "2019-03-31T01:00:00Z");
    CHECK(heard(march, 2019y / 3 / 31, 3h + 1s, amsterdam) == "2019-03-31T01:00:01Z");
    CHECK(heard(march, 2019y / 3 / 10, 2h + 30min, los_angeles) == "2019-03-10T10:00:00Z");
    CHECK(heard(march, 2019y / 3 / 10, 3h + 30min, los_angeles) == "2019-03-10T10:30:00Z");
}

TEST_CASE("a time that the autumn change repeats is the first of the two", "[vocabulary]") {
    CHECK(heard(november, 2019y / 10 / 27, 2h, amsterdam) == "2019-10-27T00:00:00Z");
    CHECK(heard(november, 2019y / 10 / 27, 2h + 30min, amsterdam) == "2019-10-27T00:30:00Z");
    CHECK(heard(november, 2019y / 10 / 27, 3h, amsterdam) == "2019-10-27T02:00:00Z");
    CHECK(heard(november, 2019y / 11 / 3, 1h + 30min, los_angeles) == "2019-11-03T08:30:00Z");
    CHECK(heard(november, 2019y / 11 / 3, 2h, los_angeles) == "2019-11-03T10:00:00Z");
    CHECK(text(november.local(november.instant_of_unix(utc(2019y / 10 / 27, 1h)), amsterdam)) ==
          "2019-10-27 02:00:00");
}

TEST_CASE("days of a change last 23 and 25 hours", "[vocabulary]") {
    CHECK(length_of(march, 2019y / 3 / 30, amsterdam) == 24h);
    CHECK(length_of(march, 2019y / 3 / 31, amsterdam) == 23h);
    CHECK(length_of(march, 2019y / 10 / 27, amsterdam) == 25h);
    CHECK(length_of(march, 2019y / 3 / 10, los_angeles) == 23h);
    CHECK(length_of(march, 2019y / 11 / 3, los_angeles) == 25h);
    CHECK(length_of(march, 2019y / 11 / 3, amsterdam) == 24h);
}

TEST_CASE("each local time comes back from its instant, except inside a gap", "[vocabulary]") {
    for (const Zone& zone : {amsterdam, los_angeles, Zone{}})
        for (Instant at = start_of_run; at < start_of_run + 300 * 24h; at += 25min) {
            const CivilSeconds local = march.local(at, zone);
            const Instant back = march.instant(local, zone);
            CHECK((back == at || (back + 1h == at && march.local(back, zone) == local)));
        }
}

TEST_CASE("changes of the offset are found one after another", "[vocabulary]") {
    const Instant spring = march.instant_of_unix(utc(2019y / 3 / 31, 1h));
    const Instant autumn = march.instant_of_unix(utc(2019y / 10 / 27, 1h));
    CHECK(march.next_change(start_of_run, amsterdam) == spring);
    CHECK(march.next_change(spring - 1us, amsterdam) == spring);
    CHECK(march.next_change(spring, amsterdam) == autumn);
    CHECK(march.next_change(autumn, amsterdam) == sim::kernel::never);
    CHECK(march.next_change(start_of_run, Zone{}) == sim::kernel::never);
}

TEST_CASE("a rule that keeps the offset is no change, and one beyond all instants is never", "[vocabulary]") {
    const Zone zone{"Test", {{INT64_MIN, 0}, {utc(2019y / 4 / 1, 0h), 0}, {INT64_MAX, 3600}}};
    CHECK(march.next_change(start_of_run, zone) == sim::kernel::never);
}
