#include "sim/experiment/moments.hpp"

#include "tests/support/oracles.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace sim::experiment;

namespace {

// x.2 once, then x.1 and x.3 in turn.
std::vector<double> nist_data(double x) {
    std::vector<double> data{x + 0.2};
    for (int i = 0; i < 500; ++i) {
        data.push_back(x + 0.1);
        data.push_back(x + 0.3);
    }
    return data;
}

}  // namespace

TEST_CASE("a deviation keeps its digits on top of a large mean", "[experiment]") {
    const auto deviation = [](double x) { return std::sqrt(variance(nist_data(x))); };
    CHECK(deviation(1e6) == Approx(tests::oracles_named("nist-numacc3").front().number()).epsilon(1e-9));
    CHECK(deviation(1e7) == Approx(tests::oracles_named("nist-numacc4").front().number()).epsilon(1e-8));
    CHECK(mean(nist_data(1e7)) == Approx(1e7 + 0.2).epsilon(1e-14));
}

TEST_CASE("a covariance with itself is the variance", "[experiment]") {
    const std::vector<double> data{1, 4, 2, 8, 5, 7};
    CHECK(covariance(data, data) == variance(data));
    std::vector<double> turned;
    for (const double x : data) turned.push_back(3 - 2 * x);
    CHECK(covariance(data, turned) == Approx(-2 * variance(data)));
}
