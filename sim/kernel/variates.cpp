#include "sim/kernel/variates.hpp"

#include "sim/kernel/check.hpp"
#include "sim/kernel/math.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace sim::kernel {

// Subtracted from 0 and not negated, so that u = 0 gives 0 and not -0.
double exponential(double u, double mean) {
    return 0.0 - mean * log(1 - u);
}

double weibull(double u, double shape, double scale) {
    return scale * power(exponential(u, 1), 1 / shape);
}

// A uniform of 53 bits stands for the cell between it and its successor; its middle is never 0 or 1.
double normal(double u) {
    constexpr double half_cell = 0x1p-54;
    return u < 0.5 ? normal_quantile(u + half_cell) : -normal_quantile((1 - u) - half_cell);
}

double lognormal(double u, double mu, double sigma) {
    return exp(mu + sigma * normal(u));
}

// Adds up the chances of 0, 1, 2, ... until they exceed u. Rounding may leave their sum below the last
// uniforms; the walk ends where the chances no longer change it.
std::uint64_t poisson_count(double u, double mean) {
    SIM_CHECK(mean >= 0 && mean <= 700);
    std::uint64_t count = 0;
    double chance = exp(-mean);
    double total = chance;
    while (u >= total) {
        ++count;
        chance *= mean / static_cast<double>(count);
        const double before = total;
        total += chance;
        if (total == before && static_cast<double>(count) > mean) break;
    }
    return count;
}

namespace {

// Of hyperexponential durations, the share `share` lasts `mean` on average.
struct Phase {
    double share;
    double mean;
};

struct Mixture {
    Phase quick;
    Phase slow;
};

// Balanced: each phase brings half of the mean (Morse 1958). The slow one is rare when cv is large; its share,
// (1 - root) / 2, is written without the difference, which would lose its digits then.
Mixture balanced_mixture(double mean, double cv) {
    const double d = 2 / (cv * cv + 1);
    const double root = square_root(1 - d);
    const double slow = d / (1 + root) / 2;
    const double quick = (1 + root) / 2;
    return {{quick, mean / (2 * quick)}, {slow, mean / (2 * slow)}};
}

// What lasted `elapsed` is slow more often than not: the shares by Bayes' rule.
Mixture after(const Mixture& mixture, double elapsed) {
    const double lag = elapsed / mixture.quick.mean - elapsed / mixture.slow.mean;
    const double quick = mixture.quick.share * exp(-lag);
    const double all = quick + mixture.slow.share;
    return {{quick / all, mixture.quick.mean}, {mixture.slow.share / all, mixture.slow.mean}};
}

// Where the survival function s(x) falls to 1 - u. It has no inverse in closed form, but its logarithm falls
// ever less steeply, so Newton's steps from the left stay on the left and arrive. The start is where one phase
// alone would be.
double quantile(const Mixture& mixture, double u) {
    const auto& [quick, slow] = mixture;
    const double survival = 1 - u;
    const double alone_quick = quick.mean * log(quick.share / survival);
    const double alone_slow = slow.mean * log(slow.share / survival);
    double x = std::max({0.0, alone_quick, alone_slow});
    for (int i = 0; i < 64; ++i) {
        const double left_quick = quick.share * exp(-x / quick.mean);
        const double left_slow = slow.share * exp(-x / slow.mean);
        const double left = left_quick + left_slow;
        const double step = log(left / survival) * left / (left_quick / quick.mean + left_slow / slow.mean);
        if (!(step > x * 0x1p-50)) break;
        x += step;
    }
    return x;
}

double weibull_scale(const Law& law) {
    return law.mean * exp(-log_gamma(1 + 1 / law.shape));
}

double lognormal_median(const Law& law) {
    return law.mean * exp(-law.shape * law.shape / 2);
}

// REQUIRES: values is not empty.
double picked(double u, const double* values, std::size_t count) {
    const auto index = static_cast<std::size_t>(u * static_cast<double>(count));
    return values[std::min(index, count - 1)];
}

double seconds_drawn(const Law& law, double u) {
    switch (law.family) {
        case Law::Family::fixed:
            return law.mean;
        case Law::Family::exponential:
            return exponential(u, law.mean);
        case Law::Family::lognormal:
            return lognormal_median(law) * exp(law.shape * normal(u));
        case Law::Family::weibull:
            return weibull(u, law.shape, weibull_scale(law));
        case Law::Family::hyperexponential:
            return quantile(balanced_mixture(law.mean, law.shape), u);
        case Law::Family::uniform:
            return 2 * law.mean * u;
        case Law::Family::empirical:
            return picked(u, law.sample.data(), law.sample.size());
    }
    broken("a law of a known family", __FILE__, __LINE__);
}

// The survival function is that of a normal number z. So far out that its chance is no longer a double, what is
// left of z is nearly exponential with rate z.
double lognormal_lasting(const Law& law, double u, double elapsed) {
    const double median = lognormal_median(law);
    const double z = log(elapsed / median) / law.shape;
    if (z > 37) return median * exp(law.shape * (z + exponential(u, 1 / z)));
    const double tail = normal_upper(z) * (1 - u);
    return tail < 1 ? median * exp(law.shape * -normal_quantile(tail)) : elapsed;
}

double weibull_lasting(const Law& law, double u, double elapsed) {
    const double scale = weibull_scale(law);
    const double hazard = power(elapsed / scale, law.shape) + exponential(u, 1);
    return scale * power(hazard, 1 / law.shape);
}

double uniform_lasting(const Law& law, double u, double elapsed) {
    return elapsed + (2 * law.mean - elapsed) * u;
}

double empirical_lasting(const Law& law, double u, double elapsed) {
    const auto longer = std::upper_bound(law.sample.begin(), law.sample.end(), elapsed);
    if (longer == law.sample.end()) return elapsed;
    const auto skipped = static_cast<std::size_t>(longer - law.sample.begin());
    return picked(u, law.sample.data() + skipped, law.sample.size() - skipped);
}

// REQUIRES: elapsed > 0. The exponential laws say at once what is left; the others say how long it lasts in
// all.
double seconds_left(const Law& law, double u, double elapsed) {
    switch (law.family) {
        case Law::Family::fixed:
            return law.mean - elapsed;
        case Law::Family::exponential:
            return exponential(u, law.mean);
        case Law::Family::lognormal:
            return lognormal_lasting(law, u, elapsed) - elapsed;
        case Law::Family::weibull:
            return weibull_lasting(law, u, elapsed) - elapsed;
        case Law::Family::hyperexponential:
            return quantile(after(balanced_mixture(law.mean, law.shape), elapsed), u);
        case Law::Family::uniform:
            return uniform_lasting(law, u, elapsed) - elapsed;
        case Law::Family::empirical:
            return empirical_lasting(law, u, elapsed) - elapsed;
    }
    broken("a law of a known family", __FILE__, __LINE__);
}

Duration not_negative(double seconds) {
    return std::max(rounded(seconds), Duration::zero());
}

}  // namespace

Duration Law::draw(double u) const {
    SIM_CHECK(u >= 0 && u < 1);
    return not_negative(seconds_drawn(*this, u));
}

Duration Law::draw_residual(double u, Duration elapsed) const {
    SIM_CHECK(u >= 0 && u < 1);
    SIM_CHECK(elapsed >= Duration::zero());
    if (elapsed == Duration::zero()) return draw(u);
    return not_negative(seconds_left(*this, u, seconds(elapsed)));
}

Law exponential_law(Duration mean) {
    SIM_CHECK(mean >= Duration::zero());
    return {Law::Family::exponential, seconds(mean), 0, {}};
}

Law fixed_law(Duration value) {
    SIM_CHECK(value >= Duration::zero());
    return {Law::Family::fixed, seconds(value), 0, {}};
}

Law lognormal_law(Duration mean, double cv) {
    SIM_CHECK(mean > Duration::zero());
    SIM_CHECK(cv > 0);
    return {Law::Family::lognormal, seconds(mean), square_root(log(1 + cv * cv)), {}};
}

Law weibull_law(Duration mean, double shape) {
    SIM_CHECK(mean > Duration::zero());
    SIM_CHECK(shape > 0);
    return {Law::Family::weibull, seconds(mean), shape, {}};
}

Law hyperexponential_law(Duration mean, double cv) {
    SIM_CHECK(mean > Duration::zero());
    SIM_CHECK(cv > 1);
    return {Law::Family::hyperexponential, seconds(mean), cv, {}};
}

Law uniform_law(Duration mean) {
    SIM_CHECK(mean >= Duration::zero());
    return {Law::Family::uniform, seconds(mean), 0, {}};
}

Law empirical_law(std::vector<double> seconds) {
    SIM_CHECK(!seconds.empty());
    std::sort(seconds.begin(), seconds.end());
    SIM_CHECK(seconds.front() >= 0);
    double total = 0;
    for (const double value : seconds) total += value;
    return {Law::Family::empirical, total / static_cast<double>(seconds.size()), 0, std::move(seconds)};
}

}  // namespace sim::kernel
