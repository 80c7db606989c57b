#include "sim/kernel/math.hpp"
#include "tests/support/estates.hpp"
#include "tests/support/oracles.hpp"
#include "tests/support/sample.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace tests;
namespace kernel = sim::kernel;

namespace {

// A site that never fills: the limit only counts.
Scenario infinite_lines(double erlangs, Duration length) {
    Scenario plan = one_site(1, 500, erlangs, length);
    plan.parameters.over_limit = sim::scenario::OverLimit::count;
    return plan;
}

}  // namespace

TEST_CASE("an empty system fills as the exponential says", "[oracle]") {
    const double truth =
        oracle("cold-start", "infinite lines; A=400 E; h=180 s; empty at 0; t=180 s", "mean busy").number();
    const Scenario plan = infinite_lines(400, 180s);
    Sample busy;
    for (unsigned r = 1; r <= 800; ++r) {
        const Replication tally = lived(plan, r);
        busy.add(static_cast<double>(tally.ledger()[Outcome::in_progress].value));
    }
    CAPTURE(busy.mean(), busy.error(), truth);
    CHECK(std::abs(busy.mean() - truth) < 4 * busy.error());
    CHECK(std::abs(busy.sd() - std::sqrt(truth)) < 4 * busy.error_of_sd());  // a Poisson number
}

TEST_CASE("the hourly mean of busy lines varies as its autocorrelation says", "[oracle]") {
    const double truth =
        oracle("time-average-variance", "infinite lines; A=400 E; exponential h=180 s; stationary; T=3600 s",
               "variance of the time-average of busy lines")
            .number();
    const Instant from = start_of_run + 30min;  // ten mean lengths: the cold start is forgotten
    const Instant to = from + 1h;
    const Scenario plan = infinite_lines(400, 90min);
    Sample hourly;
    for (unsigned r = 1; r <= 400; ++r) {
        Duration busy{};
        for (const CallRecord& call : story(plan, r).calls)
            busy += std::max(Duration{}, std::min(call.end, to) - std::max(call.start, from));
        hourly.add(kernel::seconds(busy) / kernel::seconds(to - from));
    }
    CAPTURE(hourly.sd() * hourly.sd(), truth);
    CHECK(std::abs(hourly.sd() - std::sqrt(truth)) < 4 * hourly.error_of_sd());
}

TEST_CASE("the survivor of two appliances fills within a minute and then blocks as Erlang says", "[oracle]") {
    const char* parameters =
        "2 x 500 lines, 900 E, least loaded; one appliance fails at 0, the other keeps its calls; all new "
        "calls go to it";
    Scenario plan = one_site(2, 500, 900, 56min);
    plan.traffic[0].outbound_share = 1;
    plan.parameters.outbound_distribution = sim::scenario::Spread::least_busy;
    plan.parameters.cloud_connect_delay = Duration{};
    const Instant failure = start_of_run + 25min;
    fails_at(plan, 25min, FaultId::host_crash, appliance(plan, "ams-1"));

    struct Moment {
        Duration after;
        const char* quantity;
        std::uint64_t offered = 0, blocked = 0;
    };
    std::vector<Moment> moments{{15s, "blocking at t=15 s"},
                                {30s, "blocking at t=30 s"},
                                {300s, "blocking at t=300 s"},
                                {1800s, "blocking at t=1800 s"}};
    Sample dropped, in_the_end;
    for (unsigned r = 1; r <= 400; ++r) {
        const Story told = story(plan, r);
        dropped.add(static_cast<double>(losses(told.tally, {.reason = Reason::host_lost})));
        double late = 0, late_and_blocked = 0;
        for (const CallRecord& call : told.calls) {
            if (call.start > failure + 10min) {
                ++late;
                late_and_blocked += call.outcome == Outcome::blocked;
            }
            for (Moment& moment : moments) {
                const Duration off = call.start - failure - moment.after;
                if (off < -1s || off > 1s) continue;
                ++moment.offered;
                if (call.outcome == Outcome::blocked) ++moment.blocked;
            }
        }
        in_the_end.add(late_and_blocked / late);
    }
    const double limit = oracle("failover-step", parameters, "limit blocking").number();
    CAPTURE(in_the_end.mean(), in_the_end.error(), limit);
    CHECK(is_near(in_the_end.mean(), limit, in_the_end.error()));
    CHECK(in_the_end.error() < 0.05 * limit);
    for (const Moment& moment : moments) {
        const double truth = oracle("failover-step", parameters, moment.quantity).number();
        const double seen = static_cast<double>(moment.blocked) / static_cast<double>(moment.offered);
        // Blocked calls of one replication cluster: some ten of them share one history.
        const double error = std::sqrt(truth * (1 - truth) / static_cast<double>(moment.offered)) * 2;
        CAPTURE(moment.quantity, seen, truth, error);
        CHECK(std::abs(seen - truth) < 4 * error);
    }
    CHECK(std::abs(dropped.mean() - 449.97) < 4 * dropped.error());
}

TEST_CASE("a cloud that rotates gives each appliance its turn", "[calls]") {
    Scenario plan = one_site(3, 500, 60, 1h);
    plan.traffic[0].outbound_share = 1;
    plan.parameters.outbound_distribution = sim::scenario::Spread::rotating;
    std::map<std::uint32_t, int> taken;
    for (const CallRecord& call : story(plan).calls) ++taken[subject(*call.appliance)];
    REQUIRE(taken.size() == 3);
    CHECK(std::abs(taken[0] - taken[1]) <= 1);
    CHECK(std::abs(taken[1] - taken[2]) <= 1);
}

TEST_CASE("a single call that ends one microsecond later is another fingerprint", "[calls]") {
    Scenario plan = one_site(1, 500, 0.02, 1h);
    plan.traffic[0].length = kernel::fixed_law(180s);
    Scenario later = plan;
    later.traffic[0].length = kernel::fixed_law(180s + 1us);
    const Replication before = lived(plan);
    const Replication after = lived(later);
    REQUIRE(attempts(before) == 1);
    CHECK(before.ledger() == after.ledger());
    CHECK(before.fingerprint != after.fingerprint);
}
