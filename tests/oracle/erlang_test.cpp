// Loss systems with a known answer, through the product's own call plane: arrivals, hunts, lines and books.

#include "sim/kernel/math.hpp"
#include "tests/support/estates.hpp"
#include "tests/support/oracles.hpp"
#include "tests/support/sample.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace tests;
namespace kernel = sim::kernel;

namespace {

constexpr const char* blocking_row = "blocking probability (time = call congestion)";

double blocked_share(const Replication& tally) {
    return static_cast<double>(tally.ledger()[Outcome::blocked].value) / static_cast<double>(attempts(tally));
}

// Runs begin with all lines free, which lowers the share a little; a day is 480 mean lengths and hides it.
Sample blocking(const Scenario& plan, unsigned replications) {
    Sample shares;
    for (unsigned r = 1; r <= replications; ++r) shares.add(blocked_share(lived(plan, r)));
    return shares;
}

struct Group {
    unsigned lines;
    double erlangs;
    Duration length;
    unsigned replications;

    double truth() const {
        const std::string parameters =
            "c=" + std::to_string(lines) + "; A=" + std::to_string(static_cast<int>(erlangs)) + " E";
        return oracle("erlang-b", parameters, blocking_row).number();
    }
};

bool agrees(const Sample& seen, double truth) {
    INFO("seen " << seen.mean() << " +- " << seen.error() << ", true " << truth);
    CHECK(is_near(seen.mean(), truth, seen.error()));
    return seen.error() < 0.05 * truth;  // or the test would have looked at nothing
}

// Carried by the site's last appliance from the third hour to the end of the third day, in erlangs.
double talk_of_the_last(unsigned appliances, unsigned lines, double erlangs, unsigned replication) {
    const auto talk_until = [&](Duration end) {
        Scenario plan = one_site(appliances, lines, erlangs, end);
        plan.traffic[0].outbound_share = 1;
        plan.parameters.outbound_distribution = sim::scenario::Spread::least_busy;
        return kernel::seconds(lived(plan, replication).sites.at(0).appliances.back().talk);
    };
    return (talk_until(72h) - talk_until(2h)) / kernel::seconds(70h);
}

Scenario only(Direction direction, Scenario plan) {
    for (auto& traffic : plan.traffic) traffic.outbound_share = direction == Direction::outbound ? 1 : 0;
    return plan;
}

}  // namespace

TEST_CASE("an appliance of c lines blocks as Erlang said", "[oracle]") {
    const Group group =
        GENERATE(Group{1, 1, 24h * 40, 30}, Group{5, 4, 24h * 40, 30}, Group{10, 5, 24h * 50, 40},
                 Group{20, 20, 24h * 10, 30}, Group{50, 40, 24h * 20, 20}, Group{50, 50, 24h * 10, 20},
                 Group{250, 230, 24h * 3, 20}, Group{500, 480, 24h * 2, 24}, Group{500, 600, 24h, 10});
    CAPTURE(group.lines, group.erlangs);
    const Scenario plan = one_site(1, group.lines, group.erlangs, group.length);
    CHECK(agrees(blocking(plan, group.replications), group.truth()));
}

TEST_CASE("a gateway of c channels blocks as Erlang said", "[oracle]") {
    const Group group =
        GENERATE(Group{5, 4, 24h * 40, 30}, Group{10, 10, 24h * 20, 30}, Group{50, 45, 24h * 8, 20});
    CAPTURE(group.lines, group.erlangs);
    Scenario plan = one_site(2, plenty, group.erlangs, group.length);
    plan.gateways[gateway(plan, "ams-gw-1")].channels = group.lines;
    const Sample seen = blocking(plan, group.replications);
    CHECK(agrees(seen, group.truth()));
    CHECK(losses(lived(plan)) == losses(lived(plan), {.reason = Reason::no_channel}));
}

TEST_CASE("a 95 % interval covers the truth in at least 89 of 100 groups", "[oracle]") {
    const Scenario plan = one_site(1, 5, 4, 24h);
    const double truth = Group{5, 4, 24h, 10}.truth();
    constexpr unsigned runs = 10;
    const double t = oracle("t-quantile", "p=0.975; df=9", "t").number();
    int covered = 0;
    for (unsigned group = 0; group < 100; ++group) {
        Sample shares;
        for (unsigned r = 1; r <= runs; ++r) shares.add(blocked_share(lived(plan, group * runs + r)));
        covered += std::abs(shares.mean() - truth) <= t * shares.error();
    }
    CHECK(covered >= 89);
}

TEST_CASE("blocking does not depend on the law of the call lengths", "[oracle]") {
    const double truth = oracles_named("erlang-b-insensitivity").front().number();
    Scenario plan = one_site(1, 10, 7, 24h * 20);
    const std::string law = GENERATE("fixed", "uniform", "lognormal", "hyperexponential");
    CAPTURE(law);
    if (law == "fixed") plan.traffic[0].length = kernel::fixed_law(3min);
    if (law == "uniform") plan.traffic[0].length = kernel::uniform_law(3min);
    if (law == "lognormal") plan.traffic[0].length = kernel::lognormal_law(3min, 2);
    if (law == "hyperexponential") plan.traffic[0].length = kernel::hyperexponential_law(3min, 2);
    CHECK(agrees(blocking(plan, 40), truth));
}

TEST_CASE("the busy lines of an appliance have the known mean and variance", "[oracle]") {
    const char* parameters = "c=500; A=450 E";
    const double variance = oracle("erlang-b-derived", parameters, "variance of busy lines").number();
    const double share = oracle("erlang-b-derived", parameters, "utilisation of the appliance").number();
    Sample busy, used;
    const Scenario snapshot = one_site(1, 500, 450, 30min);  // ten mean lengths
    for (unsigned r = 1; r <= 2500; ++r)
        busy.add(static_cast<double>(lived(snapshot, r).ledger()[Outcome::in_progress].value));
    for (unsigned r = 1; r <= 10; ++r) used.add(talk_of_the_last(1, 500, 450, r) / 500);
    CAPTURE(busy.sd(), busy.error_of_sd(), used.mean(), used.error());
    CHECK(is_near(busy.sd(), std::sqrt(variance), busy.error_of_sd()));
    CHECK(agrees(used, share));
}

TEST_CASE("calls that always take the first free line leave the last one what Erlang said", "[oracle]") {
    const double truth =
        oracle("erlang-b-derived", "c=10; A=7 E; sequential hunting", "traffic carried by line 10").number();
    Sample carried;  // ten appliances of one line; of equally busy ones the cloud takes the first
    for (unsigned r = 1; r <= 20; ++r) carried.add(talk_of_the_last(10, 1, 7, r));
    CHECK(agrees(carried, truth));
}

// On 500 lines the difference is one call in eight thousand. The formula is held against that row, and on few
// lines against runs that differ in nothing but the line.
TEST_CASE("one more line carries what the lines before it let pass", "[oracle]") {
    const auto gain = [](unsigned lines, double erlangs) {
        return erlangs * (kernel::erlang_b(lines, erlangs) - kernel::erlang_b(lines + 1, erlangs));
    };
    CHECK(gain(500, 450) ==
          Approx(oracle("erlang-b-derived", "c=500; A=450 E", "gain of one more line A(B(c)-B(c+1))").number())
              .epsilon(1e-9));
    Sample gained;
    for (unsigned r = 1; r <= 40; ++r) gained.add(talk_of_the_last(1, 6, 4, r) - talk_of_the_last(1, 5, 4, r));
    CHECK(agrees(gained, gain(5, 4)));
}

TEST_CASE("without a second try each appliance is a group of its own", "[oracle]") {
    const double truth = oracles_named("erlang-b-random-split").front().number();
    const Scenario plan = only(Direction::outbound, one_site(4, 500, 1900, 12h));
    CHECK(agrees(blocking(plan, 10), truth));
}

TEST_CASE("with a second try the appliances are one group", "[oracle]") {
    const double truth = oracles_named("erlang-b-full-access").front().number();
    Scenario plan = only(Direction::outbound, one_site(4, 500, 1900, 12h));
    plan.parameters.second_try = true;
    const Sample seen = blocking(plan, 12);
    CAPTURE(seen.mean(), seen.error(), truth);
    CHECK(is_near(seen.mean(), truth, seen.error()));
    CHECK(seen.mean() < 0.1 * oracles_named("erlang-b-random-split").front().number());
}

TEST_CASE("two small appliances: alone each way, together when both ways hunt on", "[oracle]") {
    Scenario plan = one_site(2, 5, 8, 24h * 40);
    SECTION("outbound calls do not try twice") {
        CHECK(agrees(blocking(only(Direction::outbound, plan), 20), kernel::erlang_b(5, 4)));
    }
    SECTION("inbound and outbound calls hunt over both") {
        plan.parameters.second_try = true;
        CHECK(agrees(blocking(plan, 20), kernel::erlang_b(10, 8)));
    }
}

TEST_CASE("a gateway that rotates without hunting on blocks less than chance would", "[oracle]") {
    const unsigned appliances = GENERATE(2u, 4u);
    CAPTURE(appliances);
    const std::string parameters =
        std::to_string(appliances) + " appliances x 10 lines; 7 E each; strict rotation, no second try";
    const double truth = oracle("round-robin-no-retry", parameters, "call blocking").number();
    Scenario plan = only(Direction::inbound, one_site(appliances, 10, 7.0 * appliances, 24h * 10));
    plan.parameters.reroute_on_busy = false;
    CHECK(agrees(blocking(plan, 20), truth));
}

TEST_CASE("with unlimited lines the calls in progress are a Poisson number", "[oracle]") {
    const double truth = oracle("infinite-lines", "A=400 E", "P(more than 440 calls at once)").number();
    Scenario plan = one_site(1, 440, 400, 48h);
    plan.parameters.over_limit = sim::scenario::OverLimit::count;
    Sample over;
    for (unsigned r = 1; r <= 12; ++r) {
        const Replication tally = lived(plan, r);
        CHECK(losses(tally) == 0);
        over.add(kernel::seconds(tally.sites[0].appliances[0].over_limit) / kernel::seconds(tally.simulated));
    }
    CAPTURE(over.mean(), over.error(), truth);
    CHECK(is_near(over.mean(), truth, over.error()));
}

namespace {

// A(t) = mean (1 - swing cos(2 pi t / period)) erlangs offered to `lines`, calls of 180 s. The first period of
// a run fills the lines; the others are looked at.
struct Swing {
    std::string parameters;
    unsigned lines;
    double mean, swing;
    Duration period;
    unsigned periods;  // of one run
    unsigned runs;
    unsigned rows;  // of the table that are held here
};

constexpr double pi = 3.14159265358979323846;

Scenario swinging(const Swing& load) {
    Scenario plan = one_site(1, load.lines, load.mean, load.period * load.periods);
    plan.traffic[0].profile.slot = 1min;
    for (std::vector<double>& day : plan.traffic[0].profile.days) {
        day.clear();
        for (int minute = 0; minute < 24 * 60; ++minute)
            day.push_back(1 - load.swing * std::cos(2 * pi * ((minute + 0.5) * 1min / load.period)));
    }
    return plan;
}

// Of each period that is looked at.
struct AtThePeak {
    Sample busy;              // calls in progress in its middle, when the load is greatest
    Sample blocked, arrived;  // within 1 / 144 of a period around the greatest blocking
    Sample later;        // blocked in the sixth of a period after its middle less those in the sixth before
    double offered = 0;  // calls, of all periods
};

AtThePeak at_the_peak(const Swing& load, Duration greatest_blocking) {
    AtThePeak seen;
    const auto near = [](Duration at, Duration middle, Duration width) {
        return at >= middle - width && at < middle + width;
    };
    for (unsigned run = 1; run <= load.runs; ++run) {
        struct Period {
            double busy = 0, blocked = 0, arrived = 0, later = 0;
        };
        std::vector<Period> periods(load.periods);
        for (const CallRecord& call : story(swinging(load), run).calls) {
            Period& period = periods[static_cast<std::size_t>((call.start - start_of_run) / load.period)];
            const Duration at = (call.start - start_of_run) % load.period;
            const Duration middle = load.period / 2;
            const bool blocked = call.outcome == Outcome::blocked;
            ++seen.offered;
            if (at <= middle && at + (call.end - call.start) > middle) ++period.busy;
            if (near(at, greatest_blocking, load.period / 144)) {
                ++period.arrived;
                period.blocked += blocked;
            }
            if (blocked && near(at, middle, load.period / 6)) period.later += at >= middle ? 1 : -1;
        }
        for (std::size_t period = 1; period < periods.size(); ++period) {
            seen.busy.add(periods[period].busy);
            seen.blocked.add(periods[period].blocked);
            seen.arrived.add(periods[period].arrived);
            seen.later.add(periods[period].later);
        }
    }
    return seen;
}

// The share that `parts` are of `wholes`, by sums; its error by the delta method.
bool share_agrees(const Sample& parts, const Sample& wholes, double truth) {
    const double share = parts.mean() / wholes.mean();
    const double error = parts.error() / wholes.mean();  // parts vary with wholes: this is more than it is
    INFO("seen " << share << " +- " << error << ", true " << truth);
    CHECK(is_near(share, truth, error));
    return error < 0.05 * truth;
}

}  // namespace

TEST_CASE("a load that swings with the clock blocks as the transient equations say", "[oracle]") {
    const Swing load =
        GENERATE(Swing{"c=50; h=180 s; A(t)=40(1-0.3 cos(2 pi t/3600 s)); exponential holding", 50, 40, 0.3, 1h,
                       49, 40, 3},
                 Swing{"c=50; h=180 s; A(t)=35(1-0.4 cos(2 pi t/86400 s)); exponential holding", 50, 35, 0.4,
                       24h, 6, 80, 3},
                 Swing{"c=500; h=180 s; A(t)=400(1-0.25 cos(2 pi t/86400 s)); exponential holding", 500, 400,
                       0.25, 24h, 3, 10, 2},
                 Swing{"c=500; h=180 s; A(t)=350(1-0.5 cos(2 pi t/86400 s)); exponential holding", 500, 350,
                       0.5, 24h, 3, 20, 3});
    CAPTURE(load.parameters);
    Duration greatest_blocking = load.period / 2;
    for (const Oracle& row : oracles_named("nonstationary"))
        if (row.parameters == load.parameters && row.quantity == "time of peak blocking after load minimum (s)")
            greatest_blocking = kernel::rounded(row.number());
    const AtThePeak seen = at_the_peak(load, greatest_blocking);
    unsigned held = greatest_blocking != load.period / 2;
    for (const Oracle& row : oracles_named("nonstationary")) {
        if (row.parameters != load.parameters) continue;
        CAPTURE(row.quantity);
        if (row.quantity == "mean busy at the load peak t=period/2") {
            CHECK(agrees(seen.busy, row.number()));
        } else if (row.quantity == "peak blocking") {
            CHECK(share_agrees(seen.blocked, seen.arrived, row.number()));
        } else if (row.quantity == "calls offered per period") {
            const double calls = row.number() * load.periods * load.runs;
            CHECK(is_near(seen.offered, calls, std::sqrt(calls)));
        } else {
            continue;
        }
        ++held;
    }
    CHECK(held == load.rows);
    // The lines lag behind the load: as much load loses more after its peak than before it.
    if (load.period == 1h) CHECK(seen.later.mean() > standard_errors * seen.later.error());
}

TEST_CASE("over a whole period the swinging load loses what the transient equations say", "[oracle]") {
    const Swing load =
        GENERATE(Swing{"c=50; h=180 s; A(t)=40(1-0.3 cos(2 pi t/3600 s)); exponential holding", 50, 40, 0.3, 1h,
                       96, 20, 1},
                 Swing{"c=50; h=180 s; A(t)=35(1-0.4 cos(2 pi t/86400 s)); exponential holding", 50, 35, 0.4,
                       24h, 5, 20, 1},
                 Swing{"c=500; h=180 s; A(t)=350(1-0.5 cos(2 pi t/86400 s)); exponential holding", 500, 350,
                       0.5, 24h, 2, 20, 1});
    const double truth = oracle("nonstationary", load.parameters, "average call blocking").number();
    CHECK(agrees(blocking(swinging(load), load.runs), truth));
}

TEST_CASE("with unlimited lines the calls in progress swing a little later and a little flatter than the load",
          "[oracle]") {
    const char* parameters = "infinite lines; A(t)=400(1-0.25 cos(2 pi t/86400)); h=180 s exponential";
    const double truth = oracle("nonstationary-infinite", parameters, "amplitude of mean busy").number();
    const Swing load{parameters, 2000, 400, 0.25, 24h, 4, 40, 1};
    const double lag = std::atan(2 * pi * 180 / 86400) / (2 * pi);  // of a day
    // Fourier coefficients of the calls in progress, a day each: with the swing as it should be, and a quarter
    // of a day off it; and the latter again, as if there were no lag.
    Sample in_phase, off_phase, without_lag;
    for (unsigned run = 1; run <= load.runs; ++run) {
        struct Day {
            double in_phase = 0, off_phase = 0, without_lag = 0;
        };
        std::vector<Day> days(load.periods);
        for (const CallRecord& call : story(swinging(load), run).calls) {
            const double from = 2 * pi * kernel::seconds(call.start - start_of_run) / 86400;
            const double to = 2 * pi * kernel::seconds(call.end - start_of_run) / 86400;
            const double late = 2 * pi * lag;
            Day& day = days[static_cast<std::size_t>((call.start - start_of_run) / 24h)];
            day.in_phase -= (std::sin(to - late) - std::sin(from - late)) / pi;
            day.off_phase += (std::cos(to - late) - std::cos(from - late)) / pi;
            day.without_lag += (std::cos(to) - std::cos(from)) / pi;
        }
        for (std::size_t day = 1; day < days.size(); ++day) {
            in_phase.add(days[day].in_phase);
            off_phase.add(days[day].off_phase);
            without_lag.add(days[day].without_lag);
        }
    }
    CAPTURE(off_phase.mean(), off_phase.error(), without_lag.mean());
    CHECK(agrees(in_phase, truth));
    CHECK(is_near(off_phase.mean(), 0, off_phase.error()));
    CHECK_FALSE(is_near(without_lag.mean(), 0, without_lag.error()));
}

TEST_CASE("when every blocked caller redials until served nobody is lost for good", "[oracle]") {
    const char* parameters =
        "c=5; A=3 E; h=1; every blocked caller redials after exponential mean 0.5 h until served";
    const double waiting = oracle("retrial", parameters, "mean number of callers waiting to redial").number();
    const double busy = oracle("retrial", parameters, "mean busy lines").number();
    Scenario plan = one_site(1, 5, 3, 24h * 20);
    plan.traffic[0].redial = sim::scenario::Redial{1, 90s, 200};
    Sample callers_waiting;
    Sample lines_busy;
    for (unsigned r = 1; r <= 20; ++r) {
        const Replication tally = lived(plan, r);
        const double length = kernel::seconds(tally.simulated);
        callers_waiting.add(static_cast<double>(tally.redials.value) * 90 / length);  // Little's law
        lines_busy.add(kernel::seconds(tally.sites[0].appliances[0].talk) / length);
    }
    CHECK(agrees(callers_waiting, waiting));
    CHECK(agrees(lines_busy, busy));
}

TEST_CASE("the appliances that a site needs are those of the table", "[oracle]") {
    for (const Oracle& row : oracles_named("appliances-needed")) {
        CAPTURE(row.parameters);
        const Scenario plan = one_site(16, 500, row.parameter("A"), 1h);
        CHECK(sim::deployment::appliances_needed(plan, SiteId{0}) == static_cast<unsigned>(row.number()));
    }
}
