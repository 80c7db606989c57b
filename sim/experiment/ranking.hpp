// The policies of a scenario against each other on the same luck: which is the best in one metric, how sure
// that is, and what it costs in a second one.
//
// Lost calls are one currency, being behind - unpatched, out of support - is the other: who never updates loses
// nothing on patch nights. So beside the ranking stands the front of Pareto: the policies than which no other
// is better in one currency and at least as good in the other.

#pragma once

#include "sim/experiment/comparison.hpp"
#include "sim/experiment/result.hpp"
#include "sim/experiment/store.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sim::experiment {

struct RankingRules {
    std::string metric = "lost_per_10k";
    std::string debt = "unpatched_days";
    double confidence = 0.95;
};

struct Ranked {
    Outline outline;
    Estimate value, debt;
    AgainstBest against;
    bool is_efficient = true;  // on the front
    std::vector<Judged> expectations;
    std::vector<std::pair<std::string, Estimate>> metrics;  // in the order of the catalogue
    std::uint64_t fingerprint = 0;
};

struct Ranking {
    Outline outline;
    RankingRules rules;
    std::uint64_t replications = 0;  // that every policy has
    std::uint64_t asked = 0;
    std::vector<Ranked> policies;  // the best first; of equals the one declared first
    std::vector<Pair> pairs;       // of places in `policies`
    std::uint64_t fingerprint = 0;

    bool partial() const { return replications < asked; }
    bool tells_apart() const;                     // some difference was seen at all
    std::vector<std::string> candidates() const;  // that may be the best
    vocabulary::Exit exit() const;  // of the verdicts on the first policy: does the best one hold?
};

// REQUIRES a study of two cells or more, a metric and a debt of the catalogue. Where nothing was seen in common
// there are no intervals.
Ranking rank(const Store& store, const RankingRules& rules);

}  // namespace sim::experiment
