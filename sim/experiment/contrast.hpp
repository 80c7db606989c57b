// What comparing two policies, or one with the best of the others, has shown: plain data.

#pragma once

#include "sim/experiment/interval.hpp"

#include <cstddef>
#include <optional>

namespace sim::experiment {

struct Contrast {  // of a - b; the metric's unit
    Interval paired;
    Interval unpaired;                  // Welch's: what other luck for each would have left
    std::optional<double> correlation;  // none: one of them is always the same
    // How much the common luck was worth: variance and width without it over those with it. None: the
    // difference is always the same.
    std::optional<double> variance_reduction;
    std::optional<double> narrower;
};
struct Pair {
    std::size_t a, b;  // a < b
    Contrast contrast;
};
struct AgainstBest {
    Interval interval;  // its value less that of the best other one, in the metric's unit
    bool may_be_best = true;
};

}  // namespace sim::experiment
