// Quantiles of what was seen - the drain that 95 of 100 stay below - and how far chance may have moved them.
//
// No law is assumed: of n values the number below the true quantile is binomial, so two of the values
// themselves, counted from below, enclose it with known chances (order statistics). In the tails that takes
// many: the 95 % interval of a p95 has no upper end with fewer than 72 values, for all of them may lie below.

#pragma once

#include "sim/experiment/interval.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace sim::experiment {

// Ranks from 1, in ascending order. None: not with so few values.
struct Ranks {
    std::optional<std::size_t> lo, hi;
};

// Each end is missed with a chance of at most half of 1 - confidence. REQUIRES n > 0, 0 < p < 1.
Ranks quantile_ranks(std::size_t n, double p, double confidence);

// The value is the least that a share p of the data does not exceed.
Interval quantile_interval(std::vector<double> data, double p, double confidence);

}  // namespace sim::experiment
