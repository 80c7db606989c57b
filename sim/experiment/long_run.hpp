// One long run in place of many: how much of its beginning to throw away, and what the rest says. The values of
// a series - one a minute, say - depend on their neighbours, so they are not n independent ones.

#pragma once

#include "sim/experiment/interval.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace sim::experiment {

struct WarmUp {
    std::size_t batches, observations;  // to delete
    double statistic;                   // what was made least
    // The least lies at the end of where it was sought: the run is too short to say where its warm-up ends.
    bool at_the_limit;
};

// MSER-5 (White 1997): means of 5 values each; delete as many as leave the mean of the rest with the least
// squared error, at most half of them. None: fewer than 10 values.
std::optional<WarmUp> mser_5(const std::vector<double>& series);

inline constexpr std::size_t batches_of_a_run = 20;

struct BatchMeans {
    Interval interval;
    std::size_t batch = 0;   // values in each
    double correlation = 0;  // of neighbouring means (von Neumann's quotient)
    // Nothing speaks against taking the means as independent. Else the interval is too narrow: run twice as
    // long.
    bool independent = false;
};

// Batch means (Schmeiser 1982): the run in 20 parts, which count as replications. What does not fill a batch is
// left out at the beginning. Independence is rejected wrongly in one run of twenty. None: fewer than 40 values.
std::optional<BatchMeans> batch_means(const std::vector<double>& series, double confidence);

}  // namespace sim::experiment
