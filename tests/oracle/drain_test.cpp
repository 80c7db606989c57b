// What a failure cuts and how long a drain takes, against closed forms.

#include "tests/support/estates.hpp"
#include "tests/support/oracles.hpp"
#include "tests/support/sample.hpp"

#include <catch2/catch.hpp>

using namespace tests;
namespace kernel = sim::kernel;

namespace {

constexpr Duration filled = 1h;  // twenty mean lengths: nothing is left of the empty start

Sample drops_at_a_crash(unsigned lines, double erlangs, unsigned replications) {
    Scenario plan = one_site(1, lines, erlangs, filled + 1s);
    fails_at(plan, filled, FaultId::host_crash, appliance(plan, "ams-1"));
    Sample drops;
    for (unsigned r = 1; r <= replications; ++r)
        drops.add(static_cast<double>(losses(lived(plan, r), {.reason = Reason::host_lost})));
    return drops;
}

// From Enter-CcUpdate to the end of the last of the calls up; runs with another number of calls than `exactly`
// are left out, which says nothing about how long the others last.
Sample drain_times(Scenario plan, Duration enters, unsigned replications,
                   std::optional<unsigned> exactly = std::nullopt) {
    enters_at(plan, enters, appliance(plan, "ams-1"));
    Sample times;
    for (unsigned r = 1; r <= replications; ++r) {
        const Story told = chronicle(plan, r);
        if (exactly && told.details(record::drain_started).at(0) != *exactly) continue;
        times.add(static_cast<double>(told.details(record::drain_ended).at(0)) / 1e6);
    }
    return times;
}

// Twenty times the calls it can carry come for five minutes, then none: at the end all lines are busy.
Sample drains_of_a_full_appliance(unsigned lines, unsigned replications) {
    Scenario plan = one_site(1, lines, 20.0 * lines, 24h);
    plan.traffic[0].profile = only_before(5min);
    return drain_times(plan, 5min, replications, lines);
}

}  // namespace

TEST_CASE("a crash cuts the calls that Erlang says are up", "[oracle]") {
    struct Case {
        unsigned lines, erlangs, replications;
    };
    const Case of = GENERATE(Case{50, 40, 4000}, Case{500, 400, 200}, Case{500, 450, 300}, Case{500, 480, 300},
                             Case{500, 500, 300}, Case{500, 600, 200});
    const std::string parameters =
        "c=" + std::to_string(of.lines) + "; A=" + std::to_string(of.erlangs) + " E; instantaneous failure";
    CAPTURE(parameters);
    const Sample drops = drops_at_a_crash(of.lines, of.erlangs, of.replications);
    CAPTURE(drops.mean(), drops.error(), drops.sd());
    bool looked = false;
    for (const Oracle& row : oracles_named("drops-at-failure")) {
        if (row.parameters != parameters) continue;
        looked = true;
        CAPTURE(row.quantity, row.value);
        if (row.quantity == "expected calls dropped") CHECK(is_near(drops.mean(), row.number(), drops.error()));
        if (row.quantity == "standard deviation of calls dropped")
            CHECK(is_near(drops.sd(), row.number(), drops.error_of_sd()));
    }
    CHECK(looked);
}

TEST_CASE("a full appliance drains in the time of its longest call", "[oracle]") {
    const unsigned lines = GENERATE(1u, 2u, 50u, 100u, 250u, 500u);
    const Sample times = drains_of_a_full_appliance(lines, lines <= 2 ? 4000 : lines <= 100 ? 1000 : 250);
    const std::string n = "n=" + std::to_string(lines) + " calls; exponential mean 180 s";
    CAPTURE(n, times.size(), times.mean(), times.error(), times.sd());
    bool looked = false;
    for (const Oracle& row : oracles_named("drain-max-exp")) {
        if (row.parameters.rfind(n, 0) != 0) continue;
        looked = true;
        CAPTURE(row.quantity, row.value);
        if (row.quantity == "mean drain time (s)") CHECK(is_near(times.mean(), row.number(), times.error()));
        if (row.quantity == "standard deviation (s)")
            CHECK(is_near(times.sd(), row.number(), times.error_of_sd()));
    }
    CHECK(looked);
    CHECK(times.size() > 200);
}

TEST_CASE("the drain of five hundred calls has the known quantiles", "[oracle]") {
    const Sample times = drains_of_a_full_appliance(500, 400);
    const char* parameters = "n=500; mean 180 s";
    for (const auto& [quantity, share] : {std::pair{"0.05 quantile (s)", 0.05},
                                          {"0.5 quantile (s)", 0.5},
                                          {"0.95 quantile (s)", 0.95},
                                          {"0.99 quantile (s)", 0.99}}) {
        const double limit = oracle("drain-max-exp", parameters, quantity).number();
        CAPTURE(quantity, limit, times.share_up_to(limit));
        CHECK(is_near(times.share_up_to(limit), share, error_of_share(share, times.size())));
    }
    for (const auto& [quantity, limit] :
         {std::pair{"P(drained within 900 s)", 900}, {"P(drained within 1800 s)", 1800}}) {
        const double share = oracle("drain-max-exp", parameters, quantity).number();
        CAPTURE(quantity, share, times.share_up_to(limit));
        CHECK(is_near(times.share_up_to(limit), share, error_of_share(share, times.size())));
    }
}

TEST_CASE("a drain begins with the calls that are up", "[oracle]") {
    SECTION("a Poisson number of them when lines are plenty") {
        const Sample times = drain_times(one_site(1, plenty, 400, 3h), filled, 300);
        for (const auto& [quantity, share] :
             {std::pair{"0.5 quantile (s)", 0.5}, {"0.99 quantile (s)", 0.99}}) {
            const double limit = oracle("drain-poisson", "A=400 E; exponential h=180 s", quantity).number();
            CAPTURE(quantity, limit, times.share_up_to(limit));
            CHECK(is_near(times.share_up_to(limit), share, error_of_share(share, times.size())));
        }
    }
    SECTION("at most as many as there are lines") {
        const Sample times = drain_times(one_site(1, 500, 450, 3h), filled, 300);
        const double mean = oracles_named("drain-truncated").front().number();
        CAPTURE(times.mean(), times.error(), mean);
        CHECK(is_near(times.mean(), mean, times.error()));
    }
    SECTION("and calls of one length have ended after it") {
        Scenario plan = one_site(1, plenty, 400, 3h);
        plan.traffic[0].length = kernel::fixed_law(3min);
        const Sample times = drain_times(plan, filled, 30);
        CHECK(times.max() <= oracles_named("drain-deterministic").front().number());
        CHECK(times.mean() > 170);
    }
}

TEST_CASE("a drain waits for the longest call, and heavy tails make it long", "[oracle]") {
    Scenario plan = one_site(1, plenty, 400, 24h * 6);
    plan.traffic[0].length = kernel::lognormal_law(3min, 2);
    plan.traffic[0].profile.slot = 12h;
    for (std::vector<double>& day : plan.traffic[0].profile.days) day = {0, 0};
    plan.traffic[0].profile.days[1] = {1, 0};  // Monday, until noon
    const Sample times = drain_times(plan, 12h, 50);
    const double mean = oracles_named("drain-lognormal").front().number();
    CAPTURE(times.mean(), times.error(), mean);
    CHECK(is_near(times.mean(), mean, times.error()));
    CHECK(times.error() < 0.15 * mean);
}

TEST_CASE("a drain with a limit cuts what is left of the calls up", "[oracle]") {
    const Oracle row = oracles_named("drops-forced-drain").front();
    Scenario plan = one_site(1, 500, 450, 2h);
    enters_at(plan, filled, appliance(plan, "ams-1"), StopMode::drain, 10min);
    Sample cut;
    for (unsigned r = 1; r <= 300; ++r)
        cut.add(static_cast<double>(losses(lived(plan, r), {.reason = Reason::drain_cut})));
    CAPTURE(cut.mean(), cut.error(), row.value);
    CHECK(is_near(cut.mean(), row.number(), cut.error()));
}
