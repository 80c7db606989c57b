#include "sim/kernel/time.hpp"

#include <catch2/catch.hpp>

using namespace sim::kernel;
using namespace std::chrono_literals;

TEST_CASE("two hundred years of microseconds fit, and twice that does not overflow", "[kernel]") {
    const Instant end = start_of_run + longest_run;
    CHECK((end + longest_run) - start_of_run == 2 * longest_run);
    CHECK(end < never);
}

TEST_CASE("a drawn duration is rounded once, to the nearest microsecond", "[kernel]") {
    CHECK(rounded(1.0000004) == 1s);
    CHECK(rounded(1.0000006) == 1s + 1us);
    CHECK(rounded(2.5e-6) == 3us);
    CHECK(rounded(-2.5e-6) == -3us);
    CHECK(rounded(0.0) == Duration{});
}

TEST_CASE("what no run can reach becomes the longest run", "[kernel]") {
    CHECK(rounded(1e300) == longest_run);
    CHECK(rounded(-1e300) == -longest_run);
    CHECK(rounded(0.0 / static_cast<double>(start_of_run.time_since_epoch().count())) ==
          longest_run);  // not a number
}
