// The intervals themselves, on systems with a known answer: as often right as they say, finding the differences
// that are there and no others.

#include "sim/experiment/comparison.hpp"
#include "sim/experiment/estimators.hpp"
#include "sim/experiment/moments.hpp"
#include "sim/kernel/math.hpp"
#include "tests/support/estates.hpp"
#include "tests/support/oracles.hpp"
#include "tests/support/sample.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace tests;
namespace experiment = sim::experiment;
namespace kernel = sim::kernel;
using experiment::Seen;

namespace {

// Lost of a day's attempts. Its first hour, twenty mean lengths, is the warm-up and does not count.
Seen blocked(const Scenario& plan, std::uint64_t replication, std::uint64_t seed = 42) {
    const Replication day = lived(plan, replication, seed);
    Seen seen{0, 0};
    for (const auto& site : day.sites)
        for (std::size_t hour = 1; hour < site.hours.size(); ++hour) {
            seen.above += static_cast<double>(site.hours[hour].blocked.value);
            seen.below += static_cast<double>(site.hours[hour].attempts.value);
        }
    return seen;
}

std::vector<Seen> days(const Scenario& plan, std::uint64_t first, std::uint64_t number) {
    std::vector<Seen> seen;
    for (std::uint64_t r = first; r < first + number; ++r) seen.push_back(blocked(plan, r));
    return seen;
}

bool covers(const experiment::Interval& interval, double truth) {
    return *interval.lo <= truth && truth <= *interval.hi;
}

// The time-average of the busy ones of infinitely many lines over `length` seconds, begun in the stationary
// law.
double mean_busy(double erlangs, double mean, double length, std::uint64_t replication) {
    const kernel::Luck luck{42, replication};
    const kernel::Stream starts(luck, "lines", "starts");
    const kernel::Stream gaps(luck, "lines", "gaps");
    const kernel::Stream lengths(luck, "lines", "lengths");
    std::uint64_t calls = kernel::poisson_count(starts.uniform(0), erlangs);
    double talk = 0;
    for (std::uint64_t i = 0; i < calls; ++i)
        talk += std::min(length, kernel::exponential(lengths.uniform(i), mean));
    double at = 0;
    for (std::uint64_t i = calls;; ++i) {
        at += kernel::exponential(gaps.uniform(i), mean / erlangs);
        if (at >= length) return talk / length;
        talk += std::min(length - at, kernel::exponential(lengths.uniform(i), mean));
    }
}

}  // namespace

TEST_CASE("an interval at 95 % holds Erlang's blocking in 950 of 1000 experiments, or nearly so", "[oracle]") {
    constexpr std::uint64_t replications = 8;
    const double truth =
        oracle("erlang-b", "c=5; A=4 E", "blocking probability (time = call congestion)").number();
    const Scenario plan = one_site(1, 5, 4, 12h);
    int covered = 0;
    for (std::uint64_t group = 0; group < 1000; ++group) {
        const auto seen = days(plan, 1 + group * replications, replications);
        if (covers(experiment::ratio_interval(seen, 0.95), truth)) ++covered;
    }
    CAPTURE(covered);
    CHECK(covered >= 930);
    CHECK(covered <= 970);
}

TEST_CASE("two sets of replications of one plan differ in one comparison of twenty", "[oracle]") {
    constexpr std::uint64_t replications = 8;
    const Scenario plan = one_site(1, 1, 1, 12h);
    int different = 0;
    for (std::uint64_t group = 0; group < 400; ++group) {
        const std::uint64_t first = 1 + 2 * group * replications;
        const auto values = [&](std::uint64_t from) {
            return experiment::values(days(plan, from, replications));
        };
        const std::vector<double> a = values(first);
        const std::vector<double> b = values(first + replications);
        if (!covers(experiment::welch_interval(a, b, 0.95), 0)) ++different;
    }
    CAPTURE(different);
    CHECK(different <= 20 + 13);  // three standard deviations of a binomial count
}

TEST_CASE("the gain of one more line is found, and as large as Erlang says", "[oracle]") {
    const double gain =
        oracle("erlang-b-derived", "c=500; A=450 E", "gain of one more line A(B(c)-B(c+1))").number();
    constexpr std::uint64_t replications = 12;
    const auto response = [&](unsigned lines) {
        return experiment::response(days(one_site(1, lines, 450, 24h), 1, replications),
                                    experiment::Estimator::ratio);
    };
    const experiment::Contrast seen = experiment::contrast(response(500), response(501), 0.95);
    INFO(*seen.paired.lo << " to " << *seen.paired.hi << ", unpaired " << *seen.unpaired.lo << " to "
                         << *seen.unpaired.hi);
    CHECK(covers(seen.paired, gain / 450));
    CHECK(*seen.paired.lo > 0);
    CHECK(*seen.unpaired.lo < 0);  // without the common luck nothing would be known
    CHECK(seen.correlation.value() > 0.9);
    CHECK(seen.narrower.value() > 3);
}

TEST_CASE("the mean over an hour spreads as its closed form says, and its interval is right", "[oracle]") {
    const Oracle row = oracles_named("time-average-variance").front();
    constexpr double erlangs = 400;
    Sample hours;
    std::vector<double> group;
    int covered = 0;
    for (std::uint64_t r = 1; r <= 2000; ++r) {
        const double busy = mean_busy(erlangs, 180, 3600, r);
        hours.add(busy);
        group.push_back(busy);
        if (group.size() < 20) continue;
        if (covers(experiment::mean_interval(group, 0.95), erlangs)) ++covered;
        group.clear();
    }
    CHECK(is_near(hours.sd(), std::sqrt(row.number()), hours.error_of_sd()));
    CHECK(is_near(hours.mean(), erlangs, hours.error()));
    CAPTURE(covered);
    CHECK(covered >= 89);
}
