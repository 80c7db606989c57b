// The policies of a scenario against each other on the same luck: which is the best in one metric, how sure
// that is, and what it costs in a second one.
//
// Lost calls are one currency, being behind - unpatched, out of support - is the other: who never updates loses
// nothing on patch nights. So beside the ranking stands the front of Pareto: the policies than which no other
// is better in one currency and at least as good in the other.

#pragma once

#include "sim/experiment/ranking_results.hpp"
#include "sim/experiment/store.hpp"

namespace sim::experiment {

// REQUIRES a study of two cells or more, a metric and a debt of the catalogue. Where nothing was seen in common
// there are no intervals.
Ranking rank(const Store& store, const RankingRules& rules);

}  // namespace sim::experiment
