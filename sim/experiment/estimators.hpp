// Intervals from independent replications: Student's t for means, the jackknife for ratios, Welch for two
// samples.
//
// A ratio (lost calls / attempts) is estimated by the ratio of the sums, not by the mean of ratios, which would
// give a replication with few calls the weight of one with many. The jackknife leaves each replication out in
// turn; the spread of what remains is the spread of the estimate.

#pragma once

#include "sim/experiment/interval.hpp"
#include "sim/experiment/metrics.hpp"

#include <vector>

namespace sim::experiment {

std::vector<double> values(const std::vector<Seen>& seen);
Seen sum_of(const std::vector<Seen>& seen);  // {0, 0} of none

Interval mean_interval(const std::vector<double>& data, double confidence);
Interval ratio_interval(const std::vector<Seen>& seen, double confidence);

// What the ratio of the sums would be without each replication in turn. REQUIRES two at least; those that saw
// nothing are {0, 0}, not all but one of them.
std::vector<double> ratios_without(const std::vector<Seen>& seen);

// Of mean(a) - mean(b), for samples that have nothing to do with each other (Welch 1947).
Interval welch_interval(const std::vector<double>& a, const std::vector<double>& b, double confidence);
Interval welch_interval(double difference, const std::vector<double>& a, const std::vector<double>& b,
                        double confidence);  // of estimates that differ by so much; REQUIRES two data each

// None in n replications does not mean never. Where all counts are 0 the interval reaches up to as many events
// as would stay unseen with probability 1 - confidence, coming singly: 3.0 in all at 95 %.
Interval with_rare_bound(Interval interval, const std::vector<Seen>& seen, double confidence);

// The same for what lies between 0 and `most`. Where it was 0 - or `most` - in all of n chances, another value
// has a probability below 1 - alpha^(1/n), alpha = 1 - confidence, or it would have been seen (Clopper and
// Pearson 1934); the interval reaches as far as a mean with so much of the other extreme.
Interval with_edge_bound(Interval interval, const std::vector<Seen>& seen, double most, double chances,
                         double confidence);

}  // namespace sim::experiment
