#include "sim/kernel/variates.hpp"
#include "sim/kernel/check.hpp"
#include "sim/kernel/math.hpp"
#include "sim/kernel/random.hpp"
#include "sim/kernel/ziggurat.hpp"
#include "tests/kernel/samples.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace kernel = sim::kernel;
using kernel::Duration;
using kernel::Law;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t draws = 200'000;
constexpr double last_uniform = 1 - 0x1p-53;

// A law and, from the textbook, how much of it lies at or below x seconds.
struct Known {
    std::string name;
    Law law;
    double mean;
    double standard_deviation;
    std::function<double(double)> cdf;
};

double normal_cdf(double z) {
    return std::erfc(-z / std::sqrt(2.0)) / 2;
}

Known known_exponential() {
    return {"exponential", kernel::exponential_law(180s), 180, 180,
            [](double x) { return -std::expm1(-x / 180); }};
}

Known known_lognormal() {
    const double sigma = std::sqrt(std::log(1 + 1.5 * 1.5));
    const double mu = std::log(180.0) - sigma * sigma / 2;
    return {"lognormal", kernel::lognormal_law(180s, 1.5), 180, 270,
            [=](double x) { return x > 0 ? normal_cdf((std::log(x) - mu) / sigma) : 0; }};
}

Known known_weibull(double shape) {
    const double scale = 3600 / std::tgamma(1 + 1 / shape);
    const double square = scale * scale * std::tgamma(1 + 2 / shape);
    return {"weibull", kernel::weibull_law(1h, shape), 3600, std::sqrt(square - 3600.0 * 3600.0),
            [=](double x) { return -std::expm1(-std::pow(x / scale, shape)); }};
}

Known known_hyperexponential() {
    const double quick = (1 + std::sqrt((9.0 - 1) / (9 + 1))) / 2;
    return {"hyperexponential", kernel::hyperexponential_law(180s, 3), 180, 540, [=](double x) {
                return 1 - quick * std::exp(-x * 2 * quick / 180) -
                       (1 - quick) * std::exp(-x * 2 * (1 - quick) / 180);
            }};
}

Known known_uniform() {
    return {"uniform", kernel::uniform_law(30s), 30, 60 / std::sqrt(12.0),
            [](double x) { return std::clamp(x / 60, 0.0, 1.0); }};
}

std::vector<Known> known_laws() {
    return {known_exponential(), known_lognormal(),        known_weibull(0.7),
            known_weibull(2.5),  known_hyperexponential(), known_uniform()};
}

kernel::Stream luck_of(const std::string& name) {
    return {{.seed = 3, .replication = 1}, name, "variates"};
}

std::vector<double> drawn(const Law& law, const kernel::Stream& luck) {
    std::vector<double> sample;
    for (std::uint64_t i = 0; i < draws; ++i) sample.push_back(kernel::seconds(law.draw(luck.uniform(i))));
    return sample;
}

std::vector<double> drawn_after(const Law& law, Duration elapsed, const kernel::Stream& luck) {
    std::vector<double> sample;
    for (std::uint64_t i = 0; i < draws; ++i)
        sample.push_back(kernel::seconds(law.draw_residual(luck.uniform(i), elapsed)));
    return sample;
}

template <class Draw>
std::vector<double> ziggurat_sample(std::uint64_t count, const std::string& name, const Draw& draw) {
    const kernel::Stream luck = luck_of(name);
    std::vector<double> sample;
    for (std::uint64_t i = 0; i < count; ++i) {
        const kernel::Block block = luck.at(i);
        sample.push_back(draw(block, kernel::SpareLuck(luck.key(), i)));
    }
    return sample;
}

std::vector<double> exponential_sample(std::uint64_t count) {
    return ziggurat_sample(count, "exponential", [](const kernel::Block& block, const kernel::SpareLuck& more) {
        return kernel::exponential_unit(block[0], block[1], more);
    });
}

std::vector<double> normal_sample(std::uint64_t count) {
    return ziggurat_sample(count, "normal", [](const kernel::Block& block, const kernel::SpareLuck& more) {
        return kernel::normal_unit(block[0], block[1], more);
    });
}

std::vector<double> beyond(const std::vector<double>& sample, double start) {
    std::vector<double> tail;
    for (const double x : sample)
        if (std::fabs(x) > start) tail.push_back(std::fabs(x) - start);
    return tail;
}

}  // namespace

TEST_CASE("each law has the mean and the spread it was given", "[kernel]") {
    for (const Known& known : known_laws()) {
        CAPTURE(known.name);
        const tests::Moments seen = tests::moments_of(drawn(known.law, luck_of(known.name)));
        const double standard_error = known.standard_deviation / std::sqrt(static_cast<double>(draws));
        CHECK(std::fabs(seen.mean - known.mean) < 3.5 * standard_error);
        CHECK(std::sqrt(seen.variance) == Approx(known.standard_deviation).epsilon(0.03));
    }
}

TEST_CASE("each law has its textbook distribution", "[kernel]") {
    for (const Known& known : known_laws()) {
        CAPTURE(known.name);
        CHECK(tests::distance_from_law(drawn(known.law, luck_of(known.name)), known.cdf) < 1.63);
    }
}

TEST_CASE("what is left of a duration follows the law beyond what has elapsed", "[kernel]") {
    for (const Known& known : known_laws()) {
        for (const Duration elapsed : {Duration{1s}, Duration{50s}}) {
            CAPTURE(known.name, elapsed.count());
            const double before = known.cdf(kernel::seconds(elapsed));
            const auto cdf = [&](double x) {
                return (known.cdf(x + kernel::seconds(elapsed)) - before) / (1 - before);
            };
            CHECK(tests::distance_from_law(drawn_after(known.law, elapsed, luck_of(known.name)), cdf) < 1.63);
        }
    }
}

TEST_CASE("a duration and what is left of it grow with the uniform", "[kernel]") {
    for (const Known& known : known_laws()) {
        CAPTURE(known.name);
        Duration whole = Duration::zero();
        Duration left = Duration::zero();
        for (double u = 0; u < 1; u += 0x1p-12) {
            const Duration next_whole = known.law.draw(u);
            const Duration next_left = known.law.draw_residual(u, 40s);
            REQUIRE(next_whole >= whole);
            REQUIRE(next_left >= left);
            whole = next_whole;
            left = next_left;
        }
        CHECK(known.law.draw(last_uniform) > whole);
        CHECK(known.law.draw(last_uniform) < kernel::longest_run);
    }
}

TEST_CASE("what nothing has elapsed of is drawn as if new", "[kernel]") {
    for (const Known& known : known_laws())
        for (const double u : {0.0, 0.1, 0.5, last_uniform})
            CHECK(known.law.draw_residual(u, 0s) == known.law.draw(u));
}

TEST_CASE("a fixed duration is fixed, and what is left of it is the rest", "[kernel]") {
    const Law law = kernel::fixed_law(90s);
    CHECK(law.draw(0) == 90s);
    CHECK(law.draw(last_uniform) == 90s);
    CHECK(law.draw_residual(0.3, 20s) == 70s);
    CHECK(law.draw_residual(0.3, 90s) == 0s);
    CHECK(law.draw_residual(0.3, 91s) == 0s);
    CHECK(kernel::fixed_law(1us).draw(0.5) == 1us);
}

TEST_CASE("an empirical law gives its values, each as often as it has them", "[kernel]") {
    const Law law = kernel::empirical_law({30, 10, 20, 20});
    CHECK(law.mean == 20);
    CHECK(law.draw(0) == 10s);
    CHECK(law.draw(0.25) == 20s);
    CHECK(law.draw(0.74) == 20s);
    CHECK(law.draw(last_uniform) == 30s);
}

TEST_CASE("what is left of an empirical duration is picked from the longer ones", "[kernel]") {
    const Law law = kernel::empirical_law({10, 20, 30, 50});
    CHECK(law.draw_residual(0, 10s) == 10s);
    CHECK(law.draw_residual(0.5, 10s) == 20s);
    CHECK(law.draw_residual(0.9, 10s) == 40s);
    CHECK(law.draw_residual(0.5, 50s) == 0s);
}

TEST_CASE("the exponential law does not age", "[kernel]") {
    const Law law = kernel::exponential_law(180s);
    for (const double u : {0.0, 0.3, 0.99})
        CHECK(law.draw_residual(u, std::chrono::hours{1000}) == law.draw(u));
}

TEST_CASE("what has lasted beyond all likelihood still has an end", "[kernel]") {
    for (const Known& known : known_laws()) {
        CAPTURE(known.name);
        for (const Duration elapsed : {Duration{1us}, Duration{24h}, Duration{24h * 365 * 100}}) {
            for (const double u : {0.0, 0.5, last_uniform}) {
                const Duration left = known.law.draw_residual(u, elapsed);
                CHECK(left >= 0s);
                CHECK(left <= kernel::longest_run);
            }
        }
    }
    // 60 standard deviations out, the excess over 300 s is nearly exponential with mean 300 s * sigma / 60.
    const Law narrow = kernel::lognormal_law(180s, 0.0085);
    CHECK(kernel::seconds(narrow.draw_residual(1 - std::exp(-1.0), 300s)) ==
          Approx(300 * 0.0085 / 60).epsilon(0.02));
}

TEST_CASE("the lognormal tail is continued where its chance is no longer a number", "[kernel]") {
    const Law law = kernel::lognormal_law(180s, 0.1);
    const double sigma = law.shape;
    const double median = 180 * std::exp(-sigma * sigma / 2);
    const auto left_at = [&](double z) {
        const auto elapsed = kernel::rounded(median * std::exp(sigma * z));
        return kernel::seconds(law.draw_residual(0.5, elapsed)) / kernel::seconds(elapsed);
    };
    CHECK(left_at(36.99) == Approx(left_at(37.01)).epsilon(0.01));
}

TEST_CASE("a law that makes no sense is our mistake", "[kernel]") {
    CHECK_THROWS_AS(kernel::lognormal_law(180s, 0), kernel::BrokenInvariant);
    CHECK_THROWS_AS(kernel::weibull_law(180s, -1), kernel::BrokenInvariant);
    CHECK_THROWS_AS(kernel::hyperexponential_law(180s, 1), kernel::BrokenInvariant);
    CHECK_THROWS_AS(kernel::empirical_law({}), kernel::BrokenInvariant);
    CHECK_THROWS_AS(kernel::empirical_law({-1}), kernel::BrokenInvariant);
    CHECK_THROWS_AS(kernel::exponential_law(180s).draw(1), kernel::BrokenInvariant);
}

TEST_CASE("a very uneven hyperexponential law keeps its mean", "[kernel]") {
    const Law law = kernel::hyperexponential_law(180s, 1e6);
    CHECK(law.draw(0.5) > 0s);
    CHECK(kernel::seconds(law.draw(0.5)) == Approx(90 * std::log(2.0)).epsilon(1e-6));
    CHECK(law.draw(last_uniform) > 10h);
}

TEST_CASE("a normal number is never infinite and mirrors about the middle", "[kernel]") {
    CHECK(kernel::normal(0) == Approx(-8.29).epsilon(0.01));
    CHECK(kernel::normal(last_uniform) == -kernel::normal(0));
    CHECK(kernel::normal(0.25) == Approx(-kernel::normal(0.75 - 0x1p-53)).epsilon(1e-14));
    CHECK(std::fabs(kernel::normal(0.5)) < 1e-15);
}

TEST_CASE("inverted normal and lognormal numbers follow their laws", "[kernel]") {
    const kernel::Stream luck = luck_of("inverted");
    std::vector<double> normals;
    std::vector<double> lognormals;
    for (std::uint64_t i = 0; i < draws; ++i) {
        normals.push_back(kernel::normal(luck.uniform(i)));
        lognormals.push_back(kernel::lognormal(luck.uniform(i), 2, 0.5));
    }
    CHECK(tests::distance_from_law(normals, normal_cdf) < 1.63);
    CHECK(tests::distance_from_law(lognormals, [](double x) { return normal_cdf((std::log(x) - 2) / 0.5); }) <
          1.63);
}

TEST_CASE("an exponential number of zero luck is zero, and not less", "[kernel]") {
    CHECK(kernel::exponential(0, 5) == 0);
    CHECK_FALSE(std::signbit(kernel::exponential(0, 5)));
    CHECK(kernel::weibull(0, 0.5, 5) == 0);
}

TEST_CASE("Poisson counts step where the sum of the chances says", "[kernel]") {
    for (const double mean : {0.1, 3.0, 60.0, 700.0}) {
        CAPTURE(mean);
        double total = 0;
        for (int k = 0; k < mean + 3 * std::sqrt(mean); ++k) {
            total += std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
            const auto count = static_cast<std::uint64_t>(k);
            const double margin = 1e-9 * total;
            CHECK(kernel::poisson_count(total - margin, mean) <= count);
            CHECK(kernel::poisson_count(total + margin, mean) >= (total + margin < 1 ? count + 1 : count));
        }
        CHECK(kernel::poisson_count(0, mean) == 0);
        CHECK(static_cast<double>(kernel::poisson_count(last_uniform, mean)) <
              mean + 20 * std::sqrt(mean) + 20);
    }
    CHECK(kernel::poisson_count(last_uniform, 0) == 0);
    CHECK_THROWS_AS(kernel::poisson_count(0.5, 701), kernel::BrokenInvariant);
}

TEST_CASE("Poisson counts have mean and variance alike", "[kernel]") {
    const kernel::Stream luck = luck_of("poisson");
    std::vector<double> counts;
    for (std::uint64_t i = 0; i < draws; ++i)
        counts.push_back(static_cast<double>(kernel::poisson_count(luck.uniform(i), 12.5)));
    const tests::Moments seen = tests::moments_of(counts);
    CHECK(seen.mean == Approx(12.5).epsilon(0.003));
    CHECK(seen.variance == Approx(12.5).epsilon(0.015));
}

TEST_CASE("the exponential ziggurat follows its law, its tail included", "[kernel]") {
    const std::vector<double> sample = exponential_sample(2'000'000);
    const auto cdf = [](double x) { return -std::expm1(-x); };
    CHECK(tests::distance_from_law(sample, cdf) < 1.63);
    const tests::Moments seen = tests::moments_of(sample);
    CHECK(std::fabs(seen.mean - 1) < 3.5 / std::sqrt(2e6));
    CHECK(std::fabs(seen.variance - 1) < 3.5 * std::sqrt(8 / 2e6));
    const std::vector<double> tail = beyond(sample, 7.69711747013105);
    CHECK(std::fabs(static_cast<double>(tail.size()) - 2e6 * std::exp(-7.69711747013105)) <
          3.5 * std::sqrt(908.0));
    CHECK(tests::distance_from_law(tail, cdf) < 1.63);
}

TEST_CASE("the normal ziggurat follows its law, its tails included", "[kernel]") {
    const std::vector<double> sample = normal_sample(2'000'000);
    CHECK(tests::distance_from_law(sample, normal_cdf) < 1.63);
    const tests::Moments seen = tests::moments_of(sample);
    CHECK(std::fabs(seen.mean) < 3.5 / std::sqrt(2e6));
    CHECK(std::fabs(seen.variance - 1) < 3.5 * std::sqrt(2 / 2e6));
    CHECK(std::fabs(seen.fourth - 3) < 3.5 * std::sqrt(96 / 2e6));
    const double start = 3.6541528853610088;
    const double share = 2 * kernel::normal_upper(start);
    const std::vector<double> tail = beyond(sample, start);
    CHECK(std::fabs(static_cast<double>(tail.size()) - 2e6 * share) < 3.5 * std::sqrt(2e6 * share));
    CHECK(tests::distance_from_law(
              tail, [&](double x) { return 1 - 2 * kernel::normal_upper(start + x) / share; }) < 1.63);
}

TEST_CASE("a word at the end of the lowest layer is answered from the tail of the normal law", "[kernel]") {
    const double start = 3.6541528853610088;
    const kernel::Stream luck = luck_of("tail");
    std::vector<double> tail;
    for (std::uint64_t i = 0; i < draws; ++i)
        tail.push_back(kernel::normal_unit(0xffffffff, 0xfffff800, kernel::SpareLuck(luck.key(), i)) - start);
    const double share = kernel::normal_upper(start);
    CHECK(tests::distance_from_law(
              tail, [&](double x) { return 1 - kernel::normal_upper(start + x) / share; }) < 1.63);
    CHECK(kernel::normal_unit(0xffffffff, 0xfffff900, kernel::SpareLuck(luck.key(), 0)) < -start);
}

TEST_CASE("the ziggurat asks for spare words rarely, and for their numbers in order", "[kernel]") {
    const kernel::Stream luck = luck_of("spare");
    std::uint64_t unlucky = 0;
    for (std::uint64_t i = 0; i < draws; ++i) {
        std::uint32_t asked = 0;
        const auto more = [&](std::uint32_t k) {
            REQUIRE(k == asked);
            ++asked;
            return luck.at(i, 16 + k);
        };
        const kernel::Block block = luck.at(i);
        kernel::normal_unit(block[0], block[1], more);
        if (asked > 0) ++unlucky;
    }
    CHECK(unlucky > draws / 200);
    CHECK(unlucky < draws / 40);
}

TEST_CASE("spare luck lies in branches of the same ordinal that nobody else uses", "[kernel]") {
    const kernel::Stream luck = luck_of("spare");
    const std::uint64_t ordinal = 0x1234567890;
    CHECK(kernel::SpareLuck(luck.key(), ordinal)(0) == luck.at(ordinal, 16));
    CHECK(kernel::SpareLuck(luck.key(), ordinal, 3)(0) == luck.at(ordinal, 19));
    CHECK(kernel::SpareLuck(luck.key(), ordinal, 3)(2) == luck.at(ordinal, 51));
}

TEST_CASE("the bits of the variates are the same in every build", "[kernel]") {
    tests::Digest digest;
    const kernel::Stream luck = luck_of("digest");
    const std::vector<Known> laws = known_laws();
    for (std::uint64_t i = 0; i < 100'000; ++i) {
        const double u = luck.uniform(i);
        digest.add(kernel::exponential(u, 180));
        digest.add(kernel::weibull(u, 1.3, 180));
        digest.add(kernel::lognormal(u, 5, 0.8));
        digest.add(static_cast<double>(kernel::poisson_count(u, 5)));
        digest.add(static_cast<double>(laws[i % laws.size()].law.draw(u).count()));
        digest.add(static_cast<double>(laws[i % laws.size()].law.draw_residual(u, 30s).count()));
    }
    CHECK(digest.value() == 0xdc62b30d31a090ba);
}

TEST_CASE("the bits of the ziggurats are the same in every build", "[kernel]") {
    tests::Digest digest;
    for (const double x : exponential_sample(500'000)) digest.add(x);
    for (const double x : normal_sample(500'000)) digest.add(x);
    CHECK(digest.value() == 0xa2ddbc7d96812816);
}
