// How soon a fault is noticed and how soon it is gone, against closed forms: the phase of the minute, and the
// ladder.

#include "sim/kernel/random.hpp"
#include "tests/support/estates.hpp"
#include "tests/support/oracles.hpp"
#include "tests/support/sample.hpp"

#include <catch2/catch.hpp>

#include <array>

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

// From the probe that detected to the attempt that worked.
Sample recovery_times(double chance, unsigned replications) {
    Scenario plan = edge_stops(24h * 365);
    plan.parameters.recovery_success = chance;
    Sample times;
    for (unsigned r = 1; r <= replications; ++r) {
        const Story told = chronicle(plan, r);
        times.add(seconds_between(told.times(record::detected).at(0), told.times(record::recovered).at(0)));
    }
    return times;
}

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
    failures.fault = {FaultId::edge_rtcsrv_down, appliance(plan, "ams-1"), std::nullopt, std::nullopt};
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
    const double mean = GENERATE(30.0, 300.0);
    const std::string parameters = "cause lasts exponential, mean " + std::to_string(static_cast<int>(mean)) +
                                   " s from detection; attempt succeeds iff cause is gone";
    const double overshoot =
        oracle("backoff-exp-repair", parameters, "mean overshoot over the cause (s)").number();
    const kernel::Law law = kernel::exponential_law(kernel::rounded(mean));
    const kernel::Stream luck({42, 1}, "test", "cause");
    Sample over;
    for (unsigned r = 1; r <= 3000; ++r) {
        const Duration lasts = law.draw(luck.uniform(r));
        const Story seen = chronicle(edge_stops(struck + 61s), r);
        const Instant detected = seen.times(record::detected).at(0);
        const Story told = chronicle(edge_stops(48h, detected - start_of_run - struck + lasts), r);
        over.add(seconds_between(detected + lasts, told.times(record::recovered).at(0)));
    }
    CAPTURE(over.mean(), over.error(), overshoot);
    CHECK(is_near(over.mean(), overshoot, over.error()));
}

TEST_CASE("an attempt that works by chance makes the ladder's known mean and spread", "[oracle]") {
    const std::string chance = GENERATE("0.9", "0.7", "0.5");
    const std::string parameters = "each attempt succeeds with p=" + chance;
    CAPTURE(parameters);
    const auto known = [&](const char* quantity) -> std::optional<double> {
        for (const Oracle& row : oracles_named("backoff-recovery"))
            if (row.parameters == parameters && row.quantity == quantity) return row.number();
        return std::nullopt;
    };
    const Sample times = recovery_times(std::stod(chance), 20'000);
    CAPTURE(times.mean(), times.sd());
    const std::optional<double> mean = known("mean time to recovery (s)");
    const std::optional<double> sd = known("standard deviation (s)");
    const std::optional<double> within = known("P(recovered within 650 s)");
    REQUIRE((mean || sd || within));
    const double n = static_cast<double>(times.size());
    if (mean) CHECK(is_near(times.mean(), *mean, (sd ? *sd : times.sd()) / std::sqrt(n)));
    if (sd && chance != "0.5")
        CHECK(is_near(times.sd(), *sd, times.error_of_sd()));  // at 0.5 the rarest waits rule
    if (within)
        CHECK(std::abs(times.share_up_to(650) - *within) <=
              standard_errors * error_of_share(*within, times.size()) + 1 / n);
}
