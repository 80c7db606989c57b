#include "sim/experiment/long_run.hpp"

#include "tests/experiment/noise.hpp"
#include "tests/support/oracles.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace sim::experiment;

namespace {

// Each value keeps a share of the one before; variance 1, mean 0.
std::vector<double> kept(double share, std::size_t n, std::uint64_t experiment) {
    const tests::Noise noise(experiment, "kept");
    std::vector<double> series{noise(0)};
    for (std::uint64_t i = 1; i < n; ++i)
        series.push_back(share * series.back() + std::sqrt(1 - share * share) * noise(i));
    return series;
}

}  // namespace

TEST_CASE("MSER-5 deletes as much as the paper's rule", "[experiment]") {
    const tests::Oracle row = tests::oracles_named("mser-5").front();
    std::vector<double> series;
    for (int i = 1; i <= 500; ++i)
        series.push_back(10 * std::pow(0.9, i) + static_cast<double>(7919 * i % 101) / 101 - 0.5);
    const WarmUp seen = mser_5(series).value();
    const std::vector<double> truth = tests::numbers(row.value);
    REQUIRE(truth.size() == 2);
    CHECK(static_cast<double>(seen.batches) == truth[0]);
    CHECK(static_cast<double>(seen.observations) == truth[1]);
    CHECK(seen.statistic == Approx(3.683188094e-05).epsilon(1e-9));  // the row names it beside its tolerance
    CHECK(row.tolerance.find("3.683188094e-05") != std::string::npos);
    CHECK_FALSE(seen.at_the_limit);
}

TEST_CASE("a run that never settles does not say where its warm-up ends", "[experiment]") {
    std::vector<double> rising;
    for (int i = 0; i < 200; ++i) rising.push_back(i);
    CHECK(mser_5(rising).value().at_the_limit);
    CHECK_FALSE(mser_5(std::vector<double>(9, 1.0)));
    const WarmUp level = mser_5(std::vector<double>(100, 3.0)).value();
    CHECK(level.batches == 0);
}

TEST_CASE("batches of a long run cover its mean, though neighbours are alike", "[experiment]") {
    int covered = 0;
    int independent = 0;
    for (std::uint64_t experiment = 1; experiment <= 500; ++experiment) {
        const BatchMeans seen = batch_means(kept(0.8, 4000, experiment), 0.95).value();
        CHECK(seen.batch == 200);
        if (tests::covers(seen.interval, 0)) ++covered;
        if (seen.independent) ++independent;
    }
    CAPTURE(covered, independent);
    CHECK(covered >= 460);
    CHECK(covered <= 490);
    CHECK(independent >= 455);  // one in twenty is rejected by chance
}

TEST_CASE("batches that are too short are told apart", "[experiment]") {
    int independent = 0;
    for (std::uint64_t experiment = 1; experiment <= 200; ++experiment)
        if (batch_means(kept(0.98, 400, experiment), 0.95).value().independent) ++independent;
    CAPTURE(independent);
    CHECK(independent <= 40);
    CHECK_FALSE(batch_means(std::vector<double>(39, 1.0), 0.95));
    CHECK(batch_means(std::vector<double>(40, 1.0), 0.95).value().independent);
}

TEST_CASE("what fills no batch is left out at the beginning", "[experiment]") {
    std::vector<double> series(59, 1.0);
    for (std::size_t i = 0; i < 19; ++i) series[i] = 1e6;
    CHECK(batch_means(series, 0.95).value().interval.value == 1);
}
