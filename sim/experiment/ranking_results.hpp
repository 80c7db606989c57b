// What became of a comparison of policies, as plain data: all that reports of it read.

#pragma once

#include "sim/experiment/contrast.hpp"
#include "sim/experiment/result.hpp"

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

}  // namespace sim::experiment
