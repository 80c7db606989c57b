// How long appliances that fail and are mended are there, alone and together, against closed forms.
//
// Failures come at the rate of their calendar whatever happens meanwhile; those that meet a broken appliance do
// nothing. With an exponential law the time from a repair to the next failure that counts is exponential, too:
// the alternating renewal process of the textbooks. Where a crew mends, an appliance that waits for it is down,
// and what is down is a birth-death chain.

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

Duration hours(double count) {
    return Duration{static_cast<std::int64_t>(std::llround(count * 3.6e9))};
}
double in_hours(Duration duration) {
    return kernel::seconds(duration) / 3600;
}
constexpr double hours_a_year = 8760;
const double hours_a_run = in_hours(kernel::longest_run);  // at most

// So many runs, at least sixteen, as give `total` hours together.
struct Runs {
    unsigned count;
    Duration length;

    explicit Runs(double total)
        : count(std::max(16u, static_cast<unsigned>(std::ceil(total / hours_a_run)))),
          length(hours(total / count)) {}
};

// Some rows put their numbers into words: "need k=2", "MTTF 2000 h".
double number_after(const Oracle& row, const std::string& words) {
    const std::size_t at = row.parameters.find(words);
    REQUIRE(at != std::string::npos);
    return std::stod(row.parameters.substr(at + words.size()));
}

void boots_at_once(Scenario& plan) {
    auto& p = plan.parameters;
    p.boot_host = p.boot_ad = p.boot_cms = p.boot_mediation = p.boot_edge = Duration{};
    p.service_start = Duration{};
}

void hosts_crash(Scenario& plan, const Law& between, const Law& lasts) {
    for (std::size_t number = 0; number < plan.appliances.size(); ++number) {
        sim::scenario::Failures failures;
        failures.fault = fault_on(FaultId::host_crash, static_cast<ApplianceId>(number));
        failures.between = between;
        failures.lasts = lasts;
        plan.failures.push_back(failures);
    }
}

// One site of appliances without a call, each with failures and repairs of its own.
Scenario failing(unsigned appliances, const Law& between, const Law& lasts, Duration length) {
    Scenario plan = quiet_world(length);
    add_site(plan, "ams", appliances, 1);
    boots_at_once(plan);
    hosts_crash(plan, between, lasts);
    return plan;
}

// So much traffic on paper that the site needs `appliances` of one line each, and nobody who would call.
void needs(Scenario& plan, unsigned appliances) {
    double erlangs = 0.001;
    while (kernel::erlang_b(appliances, erlangs * 1.01) <= 0.01) erlangs *= 1.01;
    add_users(plan, SiteId{0}, erlangs, 0);
}

Duration ready_of_the_first(const Replication& tally) {
    return tally.sites.at(0).appliances.at(0).ready;
}

// How many appliances are down after each failure and repair.
struct Step {
    Instant at;
    int down;
};
std::vector<Step> steps(const Story& told) {
    std::vector<Step> found;
    int down = 0;
    for (std::size_t i = 0; i < told.journal.size(); ++i) {
        const Record& entry = told.journal[i];
        const bool in_vain =
            i + 1 < told.journal.size() && told.journal[i + 1].kind == record::fault_had_no_effect;
        if (entry.kind == record::fault_struck && !in_vain) found.push_back({entry.at, ++down});
        if (entry.kind == record::fault_cleared) found.push_back({entry.at, --down});
    }
    return found;
}

std::size_t failures_felt(const Story& told) {
    return told.times(record::fault_struck).size() - told.times(record::fault_had_no_effect).size();
}

// How often in an hour of waiting, which begins when all are up, more than `spare` are down. Runs end while
// somebody waits, so times are counted instead of averaged: the long ones would be missing.
double outages_an_hour(const std::vector<Step>& steps, int spare, Instant end) {
    double outages = 0, waited = 0;
    Instant all_up = start_of_run;
    bool waits = true;
    for (const Step& step : steps) {
        if (step.down == 0 && !waits) {
            all_up = step.at;
            waits = true;
        }
        if (step.down <= spare || !waits) continue;
        waited += in_hours(step.at - all_up);
        ++outages;
        waits = false;
    }
    if (waits) waited += in_hours(end - all_up);
    return outages / waited;
}

// By one crew of so many people.
void are_mended_by(Scenario& plan, unsigned people) {
    const sim::vocabulary::CrewId crew = plan.crews.add({"crew", people, {}});
    for (sim::scenario::Failures& failures : plan.failures) failures.repaired_by = crew;
}

struct KOfN {
    unsigned n, k, crews;
    double mttf, mttr;

    explicit KOfN(const Oracle& row)
        : n(static_cast<unsigned>(row.parameter("n"))),
          k(static_cast<unsigned>(number_after(row, "k="))),
          crews(static_cast<unsigned>(row.parameter("crews"))),
          mttf(number_after(row, "MTTF ")),
          mttr(number_after(row, "MTTR ")) {}
};

// Machines that fail and so many who mend: how likely it is that j are down.
struct Machines {
    unsigned n, crews;
    double mttf, mttr;

    std::vector<double> chances() const {
        std::vector<double> weights{1};
        for (unsigned down = 1; down <= n; ++down)
            weights.push_back(weights.back() * (n - down + 1) / mttf * mttr / std::min(down, crews));
        const double all = sum(weights, [](unsigned) { return 1.0; });
        for (double& weight : weights) weight /= all;
        return weights;
    }
    double fewer_up_than(unsigned k) const {
        return sum(chances(), [&](unsigned down) { return n - down < k ? 1.0 : 0.0; });
    }
    double busy() const {
        return sum(chances(),
                   [&](unsigned down) { return static_cast<double>(std::min(down, crews)) / crews; });
    }
    // By Little's law: those who wait, over the failures an hour.
    double wait_mean() const {
        const double waiting =
            sum(chances(), [&](unsigned down) { return down > crews ? double(down - crews) : 0.0; });
        return waiting / sum(chances(), [&](unsigned down) { return (n - down) / mttf; });
    }

private:
    template <class Of>
    static double sum(const std::vector<double>& weights, Of of) {
        double total = 0;
        for (unsigned down = 0; down < weights.size(); ++down) total += weights[down] * of(down);
        return total;
    }
};

// A sample must be precise, or the test would have looked at nothing.
void check_near(const Sample& seen, double truth) {
    CAPTURE(seen.mean(), seen.error(), truth);
    CHECK(is_near(seen.mean(), truth, seen.error()));
    CHECK(seen.error() < 0.05 * truth);
}

double chance_of(unsigned up, unsigned of, double availability) {
    double ways = 1;
    for (unsigned i = 1; i <= up; ++i) ways *= static_cast<double>(of - up + i) / i;
    return ways * std::pow(availability, up) * std::pow(1 - availability, of - up);
}

// Appliances that carry calls while they fail and are mended, much more slowly than calls come and go.
struct Carriers {
    unsigned appliances = 0, lines = 0;
    double erlangs = 0, mttf = 0, mttr = 0;  // hours

    double availability() const { return mttf / (mttf + mttr); }
    double chance(unsigned up) const { return chance_of(up, appliances, availability()); }
    double blocking(unsigned up) const { return up == 0 ? 1 : kernel::erlang_b(up * lines, erlangs); }

    double share_lost() const {
        double sum = 0;
        for (unsigned up = 0; up <= appliances; ++up) sum += chance(up) * blocking(up);
        return sum;
    }
    // Each of those up fails at its rate and takes its part of the calls along: their number cancels out.
    double dropped_a_year() const {
        double sum = 0;
        for (unsigned up = 1; up <= appliances; ++up) sum += chance(up) * erlangs * (1 - blocking(up)) / mttf;
        return sum * hours_a_year;
    }

    Scenario plan(Duration length) const {
        Scenario plan = one_site(appliances, lines, erlangs, length);
        plan.traffic[0].length = kernel::exponential_law(2min);
        plan.parameters.outbound_distribution = sim::scenario::Spread::least_busy;
        plan.parameters.second_try = true;
        plan.parameters.cloud_connect_delay = plan.parameters.trunk_connect_delay = Duration{};
        boots_at_once(plan);
        hosts_crash(plan, kernel::exponential_law(hours(mttf)), kernel::exponential_law(hours(mttr)));
        return plan;
    }
};

Carriers carriers_of(const Oracle& row) {
    Carriers of;
    of.appliances = static_cast<unsigned>(number_after(row, ""));
    of.lines = static_cast<unsigned>(number_after(row, " x "));
    of.erlangs = number_after(row, "A=");
    of.mttf = number_after(row, "MTTF ");
    of.mttr = number_after(row, "MTTR ");
    return of;
}

}  // namespace

TEST_CASE("an appliance is there for the share of time that its failures and repairs leave", "[oracle]") {
    for (const Oracle& row : oracles_named("availability-2-state")) {
        const double mttf = row.parameter("MTTF");
        const double mttr = row.parameter("MTTR");
        for (const Law& repair : {kernel::exponential_law(hours(mttr)), kernel::fixed_law(hours(mttr)),
                                  kernel::lognormal_law(hours(mttr), 1.5)}) {
            const Runs runs(8000 * (mttf + mttr));
            const Scenario plan = failing(1, kernel::exponential_law(hours(mttf)), repair, runs.length);
            const double years = in_hours(runs.length) / hours_a_year;
            Sample down, failures;
            for (unsigned r = 1; r <= runs.count; ++r) {
                const Story told = chronicle(plan, r);
                down.add(1 - kernel::seconds(ready_of_the_first(told.tally)) / kernel::seconds(runs.length));
                failures.add(static_cast<double>(failures_felt(told)) / years);
            }
            CAPTURE(row.parameters, row.quantity, static_cast<int>(repair.family));
            if (row.quantity == "steady-state availability") {
                check_near(down, 1 - row.number());
            } else if (row.quantity == "failures per 365-day year") {
                check_near(failures, row.number());
            } else {
                REQUIRE(row.quantity == "expected downtime (min per 365-day year)");
                check_near(down, row.number() / (60 * hours_a_year));
            }
        }
    }
}

TEST_CASE("an appliance that fails by the clock is there exactly between its repairs", "[oracle]") {
    for (const Oracle& row : oracles_named("availability-2-state")) {
        if (row.quantity != "steady-state availability") continue;
        CAPTURE(row.parameters);
        const Duration up = hours(row.parameter("MTTF"));
        const Duration cycle = up + hours(row.parameter("MTTR"));
        const auto ready = [&](int cycles) {
            return ready_of_the_first(
                lived(failing(1, kernel::fixed_law(cycle), kernel::fixed_law(cycle - up), cycle * cycles)));
        };
        CHECK(kernel::seconds(ready(60) - ready(10)) / kernel::seconds(cycle * 50) ==
              Approx(row.number()).epsilon(1e-11));
    }
}

TEST_CASE("an appliance that was up is less and less likely to be so", "[oracle]") {
    constexpr unsigned appliances = 2000;
    for (const Oracle& row : oracles_named("availability-transient")) {
        CAPTURE(row.parameters);
        const double t = row.parameter("t");
        const Scenario plan = failing(appliances, kernel::exponential_law(hours(2000)),
                                      kernel::exponential_law(hours(8)), hours(t));
        const unsigned runs = t < 2 ? 480 : 60;
        double down = 0;
        for (unsigned r = 1; r <= runs; ++r) {
            const std::vector<Step> told = steps(chronicle(plan, r));
            down += told.empty() ? 0 : told.back().down;
        }
        const double truth = 1 - row.number();
        const double error = error_of_share(truth, std::size_t{appliances} * runs);
        CAPTURE(down, error, truth);
        CHECK(is_near(down / appliances / runs, truth, error));
        CHECK(error < 0.05 * truth);
    }
}

TEST_CASE("what appliances that were up miss in a day and in a year", "[oracle]") {
    constexpr unsigned appliances = 200;
    for (const Oracle& row : oracles_named("availability-interval")) {
        CAPTURE(row.parameters);
        const double length = row.parameter("T");
        const Scenario plan = failing(appliances, kernel::exponential_law(hours(2000)),
                                      kernel::exponential_law(hours(8)), hours(length));
        Sample down;
        for (unsigned r = 1; r <= (length < 100 ? 1000u : 10u); ++r) {
            double sum = 0;
            const Replication tally = lived(plan, r);
            for (const auto& appliance : tally.sites.at(0).appliances)
                sum += length - in_hours(appliance.ready);
            down.add(sum / appliances);
        }
        check_near(down, row.number());
    }
}

TEST_CASE("an appliance that mends itself is there for as long as the ladder lets it", "[oracle]") {
    for (const Oracle& row : oracles_named("availability-with-backoff")) {
        CAPTURE(row.parameters);
        const bool seldom = row.parameters.find("p=0.1") != std::string::npos;
        REQUIRE((seldom || row.parameters.find("p=0.5") != std::string::npos));
        const Runs runs(2000.0 * (seldom ? 16'000 : 64'000));
        Scenario plan = quiet_world(runs.length);
        add_site(plan, "ams", 1, 500);
        plan.parameters.attempt_takes = Duration{};
        plan.parameters.recovery_success = seldom ? 0.1 : 0.5;
        sim::scenario::Failures failures;
        failures.fault = fault_on(FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"));
        failures.between = kernel::exponential_law(hours(2000));
        plan.failures.push_back(failures);
        Sample down;
        for (unsigned r = 1; r <= runs.count; ++r)
            down.add(1 - kernel::seconds(ready_of_the_first(lived(plan, r))) / kernel::seconds(runs.length));
        check_near(down, 1 - row.number());
    }
}

TEST_CASE("it takes the known time until too many appliances are down at once", "[oracle]") {
    for (const Oracle& row : oracles_named("k-of-n")) {
        if (row.quantity != "mean time to first outage from all up (h)") continue;
        const KOfN of(row);
        CAPTURE(row.parameters);
        const Runs runs(1000 * row.number());
        Scenario plan = failing(of.n, kernel::exponential_law(hours(of.mttf)),
                                kernel::exponential_law(hours(of.mttr)), runs.length);
        are_mended_by(plan, of.crews);
        Sample rates;
        for (unsigned r = 1; r <= runs.count; ++r)
            rates.add(outages_an_hour(steps(chronicle(plan, r)), static_cast<int>(of.n - of.k),
                                      start_of_run + runs.length));
        check_near(rates, 1 / row.number());
    }
}

TEST_CASE("too few appliances are up for the known share of time", "[oracle]") {
    unsigned looked = 0;
    for (const Oracle& row : oracles_named("k-of-n")) {
        const KOfN of(row);
        if (row.quantity != "probability of fewer than k up") continue;
        ++looked;
        CAPTURE(row.parameters);
        const Runs runs((of.crews == of.n ? 1200 : 2400) * of.mttr / row.number());  // who waits is down longer
        Scenario plan = failing(of.n, kernel::exponential_law(hours(of.mttf)),
                                kernel::exponential_law(hours(of.mttr)), runs.length);
        are_mended_by(plan, of.crews);
        needs(plan, of.k);
        Sample too_few;
        for (unsigned r = 1; r <= runs.count; ++r) {
            const auto site = lived(plan, r).sites.at(0);
            REQUIRE(site.appliances_needed == of.k);
            too_few.add(1 - kernel::seconds(site.enough_ready) / kernel::seconds(plan.length));
        }
        check_near(too_few, row.number());
    }
    CHECK(looked == 6);
}

TEST_CASE("the chain of machines and those who mend them is that of the known rows", "[oracle]") {
    for (const Oracle& row : oracles_named("k-of-n")) {
        const KOfN of(row);
        if (row.quantity != "probability of fewer than k up") continue;
        CAPTURE(row.parameters);
        CHECK(Machines{of.n, of.crews, of.mttf, of.mttr}.fewer_up_than(of.k) ==
              Approx(row.number()).epsilon(1e-9));
    }
}

// The rows fail so seldom that hardly anything ever waits. Here most repairs do.
TEST_CASE("failures wait for a small crew as long as they must", "[oracle]") {
    const Machines known = GENERATE(Machines{4, 1, 40, 8}, Machines{6, 2, 20, 8}, Machines{3, 3, 20, 8});
    CAPTURE(known.n, known.crews);
    const Duration length = hours(20'000);
    Scenario plan = failing(known.n, kernel::exponential_law(hours(known.mttf)),
                            kernel::exponential_law(hours(known.mttr)), length);
    are_mended_by(plan, known.crews);
    needs(plan, 2);
    Sample too_few, busy, wait;
    for (unsigned r = 1; r <= 32; ++r) {
        const Replication tally = lived(plan, r);
        const auto& crew = tally.crews.at(0);
        too_few.add(1 - kernel::seconds(tally.sites.at(0).enough_ready) / kernel::seconds(length));
        busy.add(kernel::seconds(crew.busy) / kernel::seconds(length) / crew.people);
        wait.add(in_hours(crew.wait) / static_cast<double>(crew.repairs));
    }
    check_near(too_few, known.fewer_up_than(2));
    check_near(busy, known.busy());
    if (known.crews < known.n)
        check_near(wait, known.wait_mean());
    else
        CHECK(wait.max() == 0);
}

TEST_CASE("appliances as good as a target asks meet it with their spares, and not by more", "[oracle]") {
    for (const Oracle& row : oracles_named("n-plus-k-target")) {
        CAPTURE(row.parameters);
        const auto appliances = static_cast<unsigned>(number_after(row, ""));
        const auto spare = static_cast<unsigned>(number_after(row, ", "));
        const double target = number_after(row, "target ");
        const double mttr = 10;
        const double mttf = mttr * row.number() / (1 - row.number());
        const Runs runs(1200 * mttr / (1 - target));
        Scenario plan = failing(appliances, kernel::exponential_law(hours(mttf)),
                                kernel::exponential_law(hours(mttr)), runs.length);
        needs(plan, appliances - spare);
        Sample too_few;
        for (unsigned r = 1; r <= runs.count; ++r) {
            const auto site = lived(plan, r).sites.at(0);
            REQUIRE(site.appliances_needed == appliances - spare);
            too_few.add(1 - kernel::seconds(site.enough_ready) / kernel::seconds(plan.length));
        }
        check_near(too_few, 1 - target);
    }
}

// The rows themselves are years of hundreds of lines. The sum they stand for is held against each of them, and
// against runs of a twin with five lines an appliance.
TEST_CASE("calls lost and dropped by appliances that come and go are those of the known sum", "[oracle]") {
    for (const Oracle& row : oracles_named("performability")) {
        CAPTURE(row.parameters, row.quantity);
        const Carriers known = carriers_of(row);
        const bool drops = row.quantity == "calls dropped per 365-day year by failures";
        CHECK((drops ? known.dropped_a_year() : known.share_lost()) == Approx(row.number()).epsilon(1e-8));
    }
    const Carriers twin = GENERATE(Carriers{2, 5, 4, 50, 5}, Carriers{3, 5, 9, 50, 5});
    CAPTURE(twin.appliances);
    const Duration length = hours(2500);
    const Scenario plan = twin.plan(length);
    Sample lost, dropped;
    for (unsigned r = 1; r <= 24; ++r) {
        const Replication tally = lived(plan, r);
        const auto cut = tally.ledger()[Outcome::dropped].value;
        lost.add(static_cast<double>(losses(tally) - cut) / static_cast<double>(attempts(tally)));
        dropped.add(static_cast<double>(cut) * hours_a_year / in_hours(length));
    }
    check_near(lost, twin.share_lost());
    check_near(dropped, twin.dropped_a_year());
}
