// What the finished replications of one cell come to, taken in one after another: their sum, and what the
// metrics saw in each.

#pragma once

#include "sim/experiment/result.hpp"
#include "sim/experiment/sample.hpp"

#include <vector>

namespace sim::experiment {

class Findings {
public:
    explicit Findings(std::vector<scenario::Expectation> expectations = {})
        : sample_(std::move(expectations)) {}

    // REQUIRES a number above the last.
    void add(const Replication& row);

    const Sample& sample() const { return sample_; }
    const std::vector<Befell<vocabulary::RefusedCmdlet>>& refused_cmdlets() const { return refused_cmdlets_; }
    void move_to(Experiment& experiment);  // all but the sample

private:
    Sample sample_;
    std::vector<Done> done_;
    Replication sum_;
    std::vector<Befell<vocabulary::MissedWindow>> missed_windows_;
    std::vector<Befell<vocabulary::RefusedCmdlet>> refused_cmdlets_;
};

}  // namespace sim::experiment
