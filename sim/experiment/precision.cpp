#include "sim/experiment/precision.hpp"

#include "sim/kernel/check.hpp"

#include <algorithm>
#include <cmath>

namespace sim::experiment {

std::size_t next_look(std::size_t n, const Precision& wanted) {
    SIM_CHECK(wanted.block > 0);
    const std::size_t least = std::max(n + 1, wanted.first);
    return (least + wanted.block - 1) / wanted.block * wanted.block;
}

bool is_precise(const Interval& interval, const Precision& wanted) {
    SIM_CHECK(wanted.within > 0);
    if (!interval.value || !interval.lo || !interval.hi) return false;
    const double half = std::max(*interval.hi - *interval.value, *interval.value - *interval.lo);
    if (!wanted.relative) return half <= wanted.within;
    // A share of the estimate is not one of the truth, which may be smaller by the very half width.
    if (*interval.lo <= 0 && *interval.hi >= 0) return false;
    return half <= wanted.within / (1 + wanted.within) * std::abs(*interval.value);
}

}  // namespace sim::experiment
