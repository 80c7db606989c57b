// Mean and spread of a handful of numbers. In two passes, for the sum of squares less the squared sum loses all
// digits where the mean is large (NIST StRD, NumAcc4).

#pragma once

#include <vector>

namespace sim::experiment {

double mean(const std::vector<double>& data);                    // 0 of none
double squares(const std::vector<double>& data, double around);  // the sum of squared distances
double variance(const std::vector<double>& data);                // by n - 1; REQUIRES two data
double variance_of_mean(const std::vector<double>& data);        // the same by n; REQUIRES two data

// By n - 1, of data that belong together in pairs. REQUIRES two pairs, equal sizes.
double covariance(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace sim::experiment
