// How often something happens, of which a number of trials showed a number of events. None in n trials does not
// mean never: no interval here ends at 0 on both sides.
//
// Wilson (1927) covers about as often as it promises, Clopper and Pearson (1934) never less often, and so are
// wider. Counts may be sums of fractions, hence double. REQUIRES 0 <= events <= trials, trials > 0, and a
// confidence between 0 and 1, throughout.

#pragma once

#include "sim/experiment/interval.hpp"

namespace sim::experiment {

Interval wilson_interval(double events, double trials, double confidence);
Interval clopper_pearson_interval(double events, double trials, double confidence);

// One-sided: the share is above (below) it with this confidence. Where none was seen the upper one is 1 -
// alpha^(1/n), alpha = 1 - confidence: about 3/n at 95 %.
double share_at_least(double events, double trials, double confidence);
double share_at_most(double events, double trials, double confidence);

}  // namespace sim::experiment
