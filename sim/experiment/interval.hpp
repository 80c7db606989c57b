// Where a figure lies, as far as chance lets us say.

#pragma once

#include <optional>

namespace sim::experiment {

struct Interval {
    std::optional<double> value;   // none: no data
    std::optional<double> lo, hi;  // none: fewer than two data, or nothing bounds it on that side
};

// value -+ t sqrt(variance), with Student's t of so many degrees of freedom. `variance` is that of the value.
Interval student_interval(double value, double variance, double degrees, double confidence);

}  // namespace sim::experiment
