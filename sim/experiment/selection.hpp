// Which policy is the best, with as few replications as that takes: all are run side by side on common random
// numbers, and one that is clearly behind another is not run any further (KN: Kim and Nelson 2001).
//
// After r rounds policy i is behind l when its estimate is worse by more than
//
//     W = max(0, delta / 2r (h2 S2 / delta^2 - r))
//
// with S2 the variance of their differences and delta the indifference zone: a difference that would not
// matter. If the best is better by delta or more it is selected with the chance asked for; else one that is
// worse by less than delta may be. KN takes S2 from the first rounds once and for all; KN++ (2006) from all
// rounds so far, with the h2 that belongs to so many, and so forgets an unlucky beginning. Its promise is one
// for many rounds.
//
// Rounds end: once r exceeds h2 S2 / delta^2 nothing is close enough to stay. Of policies that then have the
// same estimate the first one remains.

#pragma once

#include "sim/experiment/comparison.hpp"
#include "sim/experiment/metrics.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace sim::experiment {

struct KnConstants {
    double eta, h2;
};
// REQUIRES two systems, two replications, 0 < alpha < 1/2.
KnConstants kn_constants(std::size_t systems, std::size_t replications, double alpha);

struct SelectionRules {
    double indifference = 0;  // delta > 0, in the metric's unit
    double confidence = 0.95;
    std::size_t first_rounds = 20;  // before anyone is dropped; two at least
    Better better = Better::lower;
    Estimator estimator = Estimator::mean;
    bool variances_follow = true;  // KN++; else KN
};

struct Elimination {
    std::size_t policy;
    std::size_t behind;  // the best of those it was behind
    std::size_t rounds;  // that it was run
};

class Selection {
public:
    // REQUIRES two policies, indifference > 0, confidence above a half.
    Selection(std::size_t policies, const SelectionRules& rules);

    // One replication of each survivor, in their order. REQUIRES that more than one survives. Where one saw
    // nothing a ratio is {0, 0}; of a mean the round is left out by the caller.
    void add(const std::vector<Seen>& round);

    const std::vector<std::size_t>& survivors() const { return survivors_; }
    const std::vector<Elimination>& eliminated() const { return eliminated_; }  // in order
    std::optional<std::size_t> selected() const;
    std::size_t rounds() const { return rounds_; }

    // Rounds after which it ends for certain, if the variances stay as they are. None: not measured yet.
    std::optional<std::size_t> rounds_at_most() const;

private:
    void screen();
    void measure(const std::vector<Response>& responses);
    double margin(double variance) const;

    SelectionRules rules_;
    std::vector<std::size_t> survivors_;
    std::vector<Elimination> eliminated_;
    std::vector<std::vector<Seen>> seen_;         // by policy
    std::vector<std::vector<double>> variances_;  // of differences, by pair
    double h2_ = 0;                               // 0: not measured yet
    std::size_t rounds_ = 0;
};

// How a budget of replications is best shared to tell the best from the rest (OCBA: Chen, Lin, Yucesan and
// Chick 2000): shares that add up to 1. Means that are closer to the best than `indifference` count as that far
// from it. REQUIRES two policies, deviations > 0, and indifference > 0 or no second one as good as the best.
std::vector<double> ocba_shares(const std::vector<double>& means, const std::vector<double>& deviations,
                                Better better, double indifference = 0);

}  // namespace sim::experiment
