#include "sim/experiment/quantiles.hpp"

#include "sim/kernel/check.hpp"
#include "sim/kernel/math.hpp"

#include <algorithm>

namespace sim::experiment {

namespace {

// That at least `rank` of n values lie at or below the p-quantile. REQUIRES rank > 0.
double chance_below(std::size_t rank, std::size_t n, double p) {
    const auto k = static_cast<double>(rank);
    return kernel::beta_incomplete(k, static_cast<double>(n) - k + 1, p);
}

// The first rank whose chance_below, which falls with the rank, does not exceed `limit`; n + 1: there is none.
std::size_t first_rank(std::size_t n, double p, double limit) {
    std::size_t low = 1;
    std::size_t high = n + 1;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (chance_below(middle, n, p) <= limit)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

// ceil(p n). The product may come out a little above the whole number that is meant.
std::size_t rank_of(std::size_t n, double p) {
    constexpr double rounding = 1e-9;
    const double exact = p * static_cast<double>(n) * (1 - rounding);
    const auto whole = static_cast<std::size_t>(exact);
    return static_cast<double>(whole) < exact ? whole + 1 : whole;
}

}  // namespace

Ranks quantile_ranks(std::size_t n, double p, double confidence) {
    SIM_CHECK(n > 0 && p > 0 && p < 1);
    SIM_CHECK(confidence > 0 && confidence < 1);
    const double missed = (1 - confidence) / 2;
    // Value k is too high when fewer than k lie below the quantile, too low when k or more do.
    const std::size_t too_high = first_rank(n, p, 1 - missed);
    const std::size_t high = first_rank(n, p, missed);
    Ranks ranks;
    if (too_high > 1) ranks.lo = too_high - 1;
    if (high <= n) ranks.hi = high;
    return ranks;
}

Interval quantile_interval(std::vector<double> data, double p, double confidence) {
    if (data.empty()) return {};
    std::sort(data.begin(), data.end());
    const auto value = [&](std::optional<std::size_t> rank) {
        return rank ? std::optional(data[*rank - 1]) : std::nullopt;
    };
    const Ranks ranks = quantile_ranks(data.size(), p, confidence);
    return {value(rank_of(data.size(), p)), value(ranks.lo), value(ranks.hi)};
}

}  // namespace sim::experiment
