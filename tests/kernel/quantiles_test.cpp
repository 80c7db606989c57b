// The quantiles behind all intervals, against Boost.Math over a grid, and their bits, which no compiler, level
// or machine may change.

#include "sim/kernel/fingerprint.hpp"
#include "sim/kernel/math.hpp"

#include <catch2/catch.hpp>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <bit>
#include <cstdint>
#include <vector>

namespace kernel = sim::kernel;

namespace {

const std::vector<double> chances{1e-6, 0.0005, 0.005, 0.025, 0.05, 0.1,   0.25,  0.4,
                                  0.6,  0.9,    0.95,  0.975, 0.99, 0.995, 0.999, 0.999999};
const std::vector<double> degrees{0.5, 1,  1.3, 2,  3,   4.75,  5,   7,   9,   17.296370,
                                  19,  29, 64,  99, 999, 25000, 1e5, 1e6, 3e6, 1e9};
const std::vector<double> counts{0.5, 1, 2, 3.25, 10, 47, 500, 12345, 1e6};

}  // namespace

TEST_CASE("normal quantiles are those of another library", "[kernel]") {
    for (const double p : chances) {
        CAPTURE(p);
        CHECK(kernel::normal_quantile(p) ==
              Approx(quantile(boost::math::normal(), p)).epsilon(1e-13).margin(1e-15));
    }
}

TEST_CASE("Student's quantiles are those of another library, for any real number of degrees", "[kernel]") {
    for (const double p : chances)
        for (const double n : degrees) {
            CAPTURE(p, n);
            CHECK(kernel::t_quantile(p, n) ==
                  Approx(quantile(boost::math::students_t(n), p)).epsilon(1e-10).margin(1e-15));
        }
}

TEST_CASE("beta quantiles are those of another library", "[kernel]") {
    for (const double p : chances)
        for (const double a : counts)
            for (const double b : counts) {
                CAPTURE(p, a, b);
                CHECK(kernel::beta_quantile(p, a, b) ==
                      Approx(quantile(boost::math::beta_distribution(a, b), p)).epsilon(1e-8).margin(1e-300));
            }
}

TEST_CASE("quantiles are the same bits everywhere", "[kernel]") {
    kernel::Fingerprint bits;
    const auto fold = [&](double value) { bits.fold(std::bit_cast<std::uint64_t>(value)); };
    for (const double p : chances) {
        fold(kernel::normal_quantile(p));
        for (const double n : degrees) fold(kernel::t_quantile(p, n));
        for (const double a : counts)
            for (const double b : counts) fold(kernel::beta_quantile(p, a, b));
    }
    CHECK(kernel::hex(bits.digest()) == "1210be6ea8b27d9f");
}
