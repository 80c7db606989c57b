// How soon a fault is noticed and how soon it is gone, against closed forms: the phase of the minute, and the
// ladder.

#include "sim/kernel/random.hpp"
#include "tests/support/estates.hpp"
#include "tests/support/oracles.hpp"
#include "tests/support/sample.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>

using namespace tests;
namespace kernel = sim::kernel;

namespace {

constexpr Duration struck = 2min;
constexpr const char* probe = "probe every 60 s";

// One appliance without a call whose Edge service stops; attempts take no time, as the closed forms have it.
Scenario edge_stops(Duration length, std::optional<Duration> lasts = std::nullopt) {
    Scenario plan = quiet_world(length);
    add_site(plan, "ams", 1, 500);
    plan.parameters.attempt_takes = Duration{};
    fails_at(plan, struck, FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"), {.lasts = lasts});
    return plan;
}

double seconds_between(Instant from, Instant to) {
    return kernel::seconds(to - from);
}

// From the fault to the probe that saw it.
Sample detection_delays(unsigned replications) {
    const Scenario plan = edge_stops(struck + 61s);
    Sample delays;
    for (unsigned r = 1; r <= replications; ++r)
        delays.add(seconds_between(start_of_run + struck, chronicle(plan, r).times(record::detected).at(0)));
    return delays;
}

Instant first_probe_that_sees() {
    return chronicle(edge_stops(struck + 61s)).times(record::detected).at(0);
}

// Outages of an appliance whose attempts work by chance, one after another: from the failure, and from the
// probe that detected it, to the attempt that worked.
struct Outages {
    Sample from_failure, from_detection;
};
Outages outages(double chance, unsigned about) {
    constexpr Duration between = 24h * 10;
    const auto runs = static_cast<unsigned>(1 + about / (kernel::longest_run / between));
    Scenario plan = quiet_world(between * (about / runs));
    add_site(plan, "ams", 1, 500);
    plan.parameters.attempt_takes = Duration{};
    plan.parameters.recovery_success = chance;
    sim::scenario::Failures failures;
    failures.fault = fault_on(FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"));
    failures.between = kernel::exponential_law(between);
    plan.failures.push_back(failures);
    Outages found;
    for (unsigned r = 1; r <= runs; ++r) {
        Instant failed{}, detected{};
        bool out = false;  // a failure in an outage does nothing
        for (const Record& entry : chronicle(plan, r).journal) {
            if (entry.kind == record::fault_struck && !out) {
                failed = entry.at;
                out = true;
            }
            if (entry.kind == record::detected) detected = entry.at;
            if (entry.kind != record::recovered) continue;
            found.from_failure.add(seconds_between(failed, entry.at));
            found.from_detection.add(seconds_between(detected, entry.at));
            out = false;
        }
    }
    return found;
}

// What the ladder 10, 10, 10, 20, 40 … 3600 makes of independent attempts, up to the fourth moment: the waits
// have such tails that a sample's own spread is not to be trusted.
struct Ladder {
    std::array<double, 5> moment{};  // of the time to recovery, around zero

    explicit Ladder(double chance) {
        double elapsed = 0, interval = 10, left = 1;
        for (int number = 1; left > 1e-30; ++number) {
            if (number > 3) interval = std::min(interval * 2, 3600.0);
            elapsed += interval;
            for (std::size_t power = 0; power < moment.size(); ++power)
                moment[power] += left * chance * std::pow(elapsed, power);
            left *= 1 - chance;
        }
    }
    double mean() const { return moment[1]; }
    double variance() const { return moment[2] - mean() * mean(); }
    double sd() const { return std::sqrt(variance()); }
    double error_of_sd(std::size_t n) const {
        const double m = mean();
        const double fourth = moment[4] - 4 * m * moment[3] + 6 * m * m * moment[2] - 3 * m * m * m * m;
        return std::sqrt((fourth - variance() * variance()) / static_cast<double>(n)) / (2 * sd());
    }
};

}  // namespace

TEST_CASE("a fault is noticed at a uniform moment of the next minute", "[oracle]") {
    const Sample delays = detection_delays(10'000);
    const double mean =
        oracle("detection", "probe every 60 s; failure time independent of the cycle", "mean delay (s)")
            .number();
    const double sd = oracle("detection", probe, "standard deviation of delay (s)").number();
    const double within = oracle("detection", probe, "P(delay <= 45 s)").number();
    CAPTURE(delays.mean(), delays.sd(), delays.share_up_to(45));
    CHECK(is_near(delays.mean(), mean, delays.error()));
    CHECK(is_near(delays.sd(), sd, delays.error_of_sd()));
    CHECK(is_near(delays.share_up_to(45), within, error_of_share(within, delays.size())));
    CHECK(delays.max() <= 60);
}

TEST_CASE("a fault that heals in twenty seconds is often never noticed", "[oracle]") {
    const double truth = oracle("detection", "probe every 60 s; fault lasts exponential mean 20 s, then heals",
                                "P(ever detected)")
                             .number();
    Scenario plan = quiet_world(199s);
    add_site(plan, "ams", 1, 500);
    sim::scenario::Failures failures;
    failures.fault = fault_on(FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"));
    failures.between = kernel::fixed_law(100s);
    failures.lasts = kernel::exponential_law(20s);
    plan.failures.push_back(failures);
    constexpr unsigned runs = 10'000;
    double detected = 0;
    for (unsigned r = 1; r <= runs; ++r)
        detected += static_cast<double>(lived(plan, r).events.at("detections"));
    CAPTURE(detected / runs, truth);
    CHECK(is_near(detected / runs, truth, error_of_share(truth, runs)));
}

TEST_CASE("a fault at the very instant of a probe is seen by it, one a microsecond later by the next",
          "[oracle]") {
    const double late =
        oracle("detection-deterministic", "probes at 0,60,120,...; failure at 61 s", "detected at (s)")
            .number();
    const Instant probed = first_probe_that_sees();
    const auto detected = [&](Duration after_probe) {
        Scenario plan = edge_stops(10min);
        plan.incidents.clear();
        fails_at(plan, probed + after_probe - start_of_run, FaultId::edge_rtcsrv_down,
                 appliance(plan, "ams-1"));
        return seconds_between(probed, chronicle(plan).times(record::detected).at(0));
    };
    CHECK(detected(0s) == 0);
    CHECK(detected(1us) == 60);
    CHECK(detected(60s) == 60);
    CHECK(detected(61s) == late);
    CHECK(detected(120s) == 120);
}

TEST_CASE("calls that meet the dead appliance of three until it is noticed", "[oracle]") {
    const double truth =
        oracle("detection-loss", "3 appliances, rotation; total 5 calls/s; one dies silently; mean gap 30 s",
               "expected new calls sent to the dead appliance")
            .number();
    Scenario plan = one_site(3, plenty, 5.0 * 180, struck + 3min);
    plan.traffic[0].outbound_share = 0;
    fails_at(plan, struck, FaultId::edge_rtcsrv_down, appliance(plan, "ams-2"));
    Sample met;
    for (unsigned r = 1; r <= 1500; ++r) {
        const Replication tally = lived(plan, r);
        met.add(static_cast<double>(losses(tally, {.reason = Reason::edge_dead_behind_mediation})));
        REQUIRE(losses(tally) == losses(tally, {.appliance = "ams-2"}));
    }
    CAPTURE(met.mean(), met.error(), truth);
    CHECK(is_near(met.mean(), truth, met.error()));
}

TEST_CASE("calls that are lost at a single appliance until its fault is noticed", "[oracle]") {
    const double truth =
        oracle("detection-loss", "A=400 E; h=180 s; single appliance; silent failure until detection",
               "expected new calls lost in the gap")
            .number();
    Scenario plan = one_site(1, plenty, 400, struck + 3min);
    plan.traffic[0].outbound_share = 0;
    fails_at(plan, struck, FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"));
    Sample lost;
    for (unsigned r = 1; r <= 2000; ++r)
        lost.add(static_cast<double>(losses(lived(plan, r), {.reason = Reason::edge_dead_behind_mediation})));
    CAPTURE(lost.mean(), lost.error(), truth);
    CHECK(is_near(lost.mean(), truth, lost.error()));
}

TEST_CASE("attempts come 10, 20, 30, 50, 90 seconds after detection and hourly in the end", "[oracle]") {
    const Story told = chronicle(edge_stops(48h, 47h));
    const Instant detected = told.times(record::detected).at(0);
    const std::vector<Instant> failed = told.times(record::attempt_failed);
    REQUIRE(failed.size() > 30);
    for (const Oracle& row : oracles_named("backoff-times")) {
        CAPTURE(row.parameters);
        const auto number =
            static_cast<std::size_t>(std::stoul(row.parameters.substr(row.parameters.find(' '))));
        CHECK(failed.at(number - 1) - detected == kernel::rounded(row.number()));
    }
}

TEST_CASE("an appliance is back at the first attempt after its cause is gone", "[oracle]") {
    const Duration delay = first_probe_that_sees() - start_of_run - struck;
    for (const Oracle& row : oracles_named("backoff-fixed-repair")) {
        CAPTURE(row.parameters);
        const auto gone = std::chrono::seconds{std::stoi(row.parameters.substr(sizeof "cause removed" - 1))};
        const Story told = chronicle(edge_stops(24h, delay + gone));
        const Instant detected = told.times(record::detected).at(0);
        const Duration back = told.times(record::recovered).at(0) - detected;
        CHECK(back == kernel::rounded(row.number()));
    }
}

TEST_CASE("a cause of known length keeps an appliance out longer than it lasts", "[oracle]") {
    for (const Oracle& row : oracles_named("backoff-fixed-cause")) {
        CAPTURE(row.parameters);
        const auto lasts =
            std::chrono::seconds{std::stoi(row.parameters.substr(sizeof "cause lasts exactly" - 1))};
        const Scenario plan = edge_stops(4h, lasts);
        Sample out;
        for (unsigned r = 1; r <= 3000; ++r)
            out.add(seconds_between(start_of_run + struck, chronicle(plan, r).times(record::recovered).at(0)));
        CAPTURE(out.mean(), out.error());
        CHECK(std::abs(out.mean() - row.number()) <= standard_errors * out.error() + 1e-6);
    }
}

TEST_CASE("the cause may last as chance has it", "[oracle]") {
    const int mean = GENERATE(30, 60, 300, 3600, 28800);
    const std::string parameters = "cause lasts exponential, mean " + std::to_string(mean) +
                                   " s from detection; attempt succeeds iff cause is gone";
    CAPTURE(parameters);
    const kernel::Law law = kernel::exponential_law(std::chrono::seconds{mean});
    const kernel::Stream luck({42, 1}, "test", "cause");
    Sample out, over;
    for (unsigned r = 1; r <= 3000; ++r) {
        const Duration lasts = law.draw(luck.uniform(r));
        const Story seen = chronicle(edge_stops(struck + 61s), r);
        const Instant detected = seen.times(record::detected).at(0);
        const Story told = chronicle(edge_stops(24h * 30, detected - start_of_run - struck + lasts), r);
        const Instant back = told.times(record::recovered).at(0);
        out.add(seconds_between(detected, back));
        over.add(seconds_between(detected + lasts, back));
    }
    unsigned looked = 0;
    for (const Oracle& row : oracles_named("backoff-exp-repair")) {
        if (row.parameters != parameters) continue;
        ++looked;
        const bool overshoot = row.quantity == "mean overshoot over the cause (s)";
        REQUIRE((overshoot || row.quantity == "mean recovery time (s)"));
        const Sample& times = overshoot ? over : out;
        CAPTURE(row.quantity, row.value, times.mean(), times.error());
        CHECK(is_near(times.mean(), row.number(), times.error()));
        CHECK(times.error() < 0.05 * row.number());
    }
    CHECK(looked > 0);
}

// Where attempts nearly always work, the spread is that of the one outage in a million that climbs to the
// hours: of such a sample only the mean is precise, and its spread is judged by the error that theory gives it.
TEST_CASE("an attempt that works by chance makes the ladder's known mean and spread", "[oracle]") {
    const std::string chance = GENERATE("0.05", "0.1", "0.2", "0.25", "0.3", "0.5", "0.7", "0.8", "0.9");
    const std::string parameters = "each attempt succeeds with p=" + chance;
    CAPTURE(parameters);
    const double p = std::stod(chance);
    const Ladder ladder(p);
    const Outages seen = outages(p, p < 0.2 ? 10'000 : p < 0.5 ? 40'000 : 300'000);
    const std::size_t n = seen.from_detection.size();
    const double error = ladder.sd() / std::sqrt(static_cast<double>(n));
    CAPTURE(n, seen.from_detection.mean(), seen.from_detection.sd(), seen.from_failure.mean(), ladder.sd());
    unsigned looked = 0;
    for (const Oracle& row : oracles_named("backoff-recovery")) {
        if (row.parameters != parameters && row.parameters.find(parameters + ";") != 0) continue;
        ++looked;
        CAPTURE(row.parameters, row.quantity, row.value);
        const double truth = row.number();
        if (row.quantity == "mean time to recovery (s)") {
            CHECK(is_near(seen.from_detection.mean(), truth, error));
            CHECK(error < 0.05 * truth);
        } else if (row.quantity == "mean time from failure to recovery (s)") {
            CHECK(is_near(seen.from_failure.mean(), truth, std::hypot(error, seen.from_failure.error())));
            CHECK(error < 0.05 * truth);
        } else if (row.quantity == "standard deviation (s)") {
            CHECK(ladder.sd() == Approx(truth).epsilon(1e-9));
            CHECK(is_near(seen.from_detection.sd(), truth, ladder.error_of_sd(n)));
            if (p <= 0.5) CHECK(ladder.error_of_sd(n) < 0.05 * truth);
        } else {
            REQUIRE(row.quantity == "P(recovered within 650 s)");
            CHECK(std::abs(seen.from_detection.share_up_to(650) - truth) <=
                  standard_errors * error_of_share(truth, n) + 1 / static_cast<double>(n));
        }
    }
    CHECK(looked > 0);
}
