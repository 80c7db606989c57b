// Policies against each other, on common random numbers: replication r of each saw the same luck, so
// differences are taken replication by replication, and what chance did to both cancels.
//
// A mean is compared by Student's t of the differences. A ratio of sums (lost of 10 000 attempts) has no value
// a replication that may simply be averaged; each replication stands there with its pseudo-value, n times the
// ratio of all less n - 1 times the ratio without it. The spread of the differences of pseudo-values is,
// exactly, that of the jackknife that leaves the replication out of both ratios at once. Of a mean the
// pseudo-values are the values.
//
// Of several policies the question is not which pairs differ but which one is the best: multiple comparisons
// with the best (Hsu 1984; with common random numbers Nelson and Matejcik 1995). All intervals hold at once
// with the confidence asked for. Policies that do nearly the same are much closer to each other than to the
// rest, so every pair has the width of its own differences, with Bonferroni's share of the doubt, in place of
// one common width.

#pragma once

#include "sim/experiment/contrast.hpp"
#include "sim/experiment/metrics.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace sim::experiment {

// What one policy did to one metric.
struct Response {
    double value = 0;           // the estimate
    std::vector<double> parts;  // one a replication
};
Response response(const std::vector<Seen>& seen, Estimator estimator);
std::vector<double> differences(const Response& a, const Response& b);  // of the parts; REQUIRES equally many

// One list a policy. Only the replications in which each of them saw something can be compared.
std::vector<std::vector<Seen>> seen_by_all(const std::vector<std::vector<std::optional<Seen>>>& policies);

Contrast contrast(const Response& a, const Response& b, double confidence);

// What each of several statements must hold with, for all to hold at once with `confidence` (Bonferroni).
double confidence_of_each(double confidence, std::size_t statements);

// All intervals hold at once with this confidence.
std::vector<Pair> all_pairs(const std::vector<Response>& policies, double confidence);

// In the order of the policies. REQUIRES two policies at least, equally many parts.
std::vector<AgainstBest> against_best(const std::vector<Response>& policies, Better better, double confidence);

}  // namespace sim::experiment
