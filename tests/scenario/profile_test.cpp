#include "sim/scenario/import.hpp"
#include "tests/scenario/words.hpp"

#include <catch2/catch.hpp>

#include <numeric>

using namespace sim::scenario;
using namespace std::chrono_literals;
using tests::scenario::said_by;
using tests::scenario::shipped;

namespace {

const std::string header = "slot_start,mon_mean,tue_mean,wed_mean,thu_mean,fri_mean\n";

std::string said(const std::string& rows) {
    return said_by([&rows] { read_profile("p.csv", header + rows); });
}

std::string same_all_week(const std::string& start, const std::string& value) {
    return start + "," + value + "," + value + "," + value + "," + value + "," + value + "\n";
}

}  // namespace

TEST_CASE("a profile is scaled so that the busy hour of the average weekday is 1", "[scenario]") {
    const Profile profile =
        read_profile("p.csv", header + same_all_week("08:30", "10") + same_all_week("09:00", "30") +
                                  same_all_week("09:30", "50") + same_all_week("10:00", "20"));
    CHECK(profile.slot == 30min);
    for (const std::vector<double>& day : profile.days) REQUIRE(day.size() == 48);
    CHECK(profile.days[1][17] == 0.25);  // Monday 08:30; the busy hour is 09:00 to 10:00, 40 a slot
    CHECK(profile.days[1][18] == 0.75);
    CHECK(profile.days[5][19] == 1.25);
    CHECK(profile.days[3][20] == 0.5);
    CHECK(profile.days[3][21] == 0);
    for (const std::size_t weekend : {0U, 6U})
        CHECK(std::accumulate(profile.days[weekend].begin(), profile.days[weekend].end(), 0.0) == 0);
}

TEST_CASE("weekends count when they have columns, but not for the busy hour", "[scenario]") {
    const Profile profile =
        read_profile("p.csv",
                     "slot_start,mon_mean,tue_mean,wed_mean,thu_mean,fri_mean,sun_mean,sat_mean\n"
                     "00:00,1,2,3,4,5,30,60\n12:00,0,0,0,0,0,0,0\n");
    CHECK(profile.slot == 12h);
    CHECK(profile.days[0][0] == 10);
    CHECK(profile.days[6][0] == 20);
    CHECK(profile.days[1][0] == Approx(1.0 / 3));
}

TEST_CASE("the busy hour may run over midnight", "[scenario]") {
    const Profile profile =
        read_profile("p.csv", header + same_all_week("00:00", "30") + same_all_week("00:30", "0") +
                                  same_all_week("01:00", "0") + same_all_week("01:30", "0"));
    CHECK(profile.days[1][0] == 2);
    std::string day = header;
    for (int slot = 0; slot < 48; ++slot) {
        const std::string minute = slot % 2 == 0 ? ":00" : ":30";
        const std::string hour = (slot < 20 ? "0" : "") + std::to_string(slot / 2);
        day += same_all_week(hour + minute, slot == 0 || slot == 47 ? "30" : "1");
    }
    CHECK(read_profile("p.csv", day).days[1][47] == 1);
}

TEST_CASE("the floor lifts nights and weekends and nothing else", "[scenario]") {
    Profile profile = read_profile("p.csv", header + same_all_week("08:00", "1") + same_all_week("09:00", "4"));
    profile = with_floor(profile, 0.5);
    CHECK(profile.days[1][8] == 0.5);
    CHECK(profile.days[1][9] == 1);
    CHECK(profile.days[0][3] == 0.5);
}

TEST_CASE("values that are no intensity are refused with the range", "[scenario]") {
    const std::string range = " – must be a number from 0 to 1000000000 with a decimal point";
    CHECK(said("08:00,\"1,5\",1,1,1,1\n08:05,1,1,1,1,1\n") ==
          "p.csv:2:7: error[E316]: \"1,5\" is not a number" + range + " – did you mean 1.5?");
    CHECK(said("08:00,1,-1,1,1,1\n08:05,1,1,1,1,1\n") ==
          "p.csv:2:9: error[E316]: \"-1\" is out of range" + range);
    for (const char* value : {"nan", "inf", "1e400", "", "0x10", "1.5.2", "+5"})
        CHECK(said("08:00,1,1,1,1," + std::string{value} + "\n08:05,1,1,1,1,1\n") ==
              "p.csv:2:15: error[E316]: \"" + std::string{value} + "\" is not a number" + range);
}

TEST_CASE("slots that do not ascend in one step are refused", "[scenario]") {
    CHECK(said(same_all_week("09:10", "1") + same_all_week("09:05", "1")) ==
          "p.csv:3:1: error[E317]: 09:05 comes after 09:10 – slots must ascend");
    CHECK(said(same_all_week("09:00", "1") + same_all_week("09:00", "1")) ==
          "p.csv:3:1: error[E317]: 09:00 comes after 09:00 – slots must ascend");
    CHECK(said(same_all_week("09:00", "1") + same_all_week("09:05", "1") + same_all_week("09:15", "1")) ==
          "p.csv:4:1: error[E317]: 09:15 comes after 09:05 – slots must follow each other every 5 min, as the "
          "first two "
          "do – write a slot without calls as 0");
    CHECK(said(same_all_week("09:00", "1")) ==
          "p.csv:2:1: error[E317]: one slot alone does not say how long slots are – must be at least two rows");
    CHECK(said(same_all_week("09:00", "1") + same_all_week("09:07", "1")) ==
          "p.csv:3:1: error[E317]: slots of 7 min do not fill a day – 24 h must be a multiple of the slot");
    CHECK(said(same_all_week("09:03", "1") + same_all_week("09:08", "1")) ==
          "p.csv:2:1: error[E317]: the first slot begins at 09:03, which is no multiple of 5 min – slots must "
          "fit into a "
          "day that begins at 00:00");
}

TEST_CASE("what is no time of day is refused", "[scenario]") {
    for (const char* start : {"9:00", "24:00", "09:60", "09-00", "09:00:00", ""})
        CHECK(said(same_all_week(start, "1") + same_all_week("09:05", "1")) ==
              "p.csv:2:1: error[E315]: \"" + std::string{start} +
                  "\" is no time of day – must be HH:MM from 00:00 to 23:59");
}

TEST_CASE("a profile without calls on weekdays has no scale", "[scenario]") {
    CHECK(said(same_all_week("09:00", "0") + same_all_week("09:05", "0")) ==
          "p.csv: error[E318]: no slot from Monday to Friday has any calls – the busy hour of weekdays sets "
          "the scale");
}

TEST_CASE("the shipped profile covers 07:00 to 21:05 in steps of five minutes", "[scenario]") {
    const std::string path = "scenarios/data/call-arrivals-5min-by-weekday.csv";
    const Profile profile = read_profile(path, shipped(path));
    CHECK(profile.slot == 5min);
    REQUIRE(profile.days[1].size() == 288);
    CHECK(profile.days[1][83] == 0);
    CHECK(profile.days[1][84] > 0);
    CHECK(profile.days[1][252] > 0);
    CHECK(profile.days[1][253] == 0);
    double busiest = 0;
    for (std::size_t first = 0; first + 12 <= 288; ++first) {
        double sum = 0;
        for (std::size_t day = 1; day <= 5; ++day)
            for (std::size_t slot = first; slot < first + 12; ++slot) sum += profile.days[day][slot] / 60;
        busiest = std::max(busiest, sum);
    }
    CHECK(busiest == Approx(1));
}
