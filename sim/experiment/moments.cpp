#include "sim/experiment/moments.hpp"

#include "sim/kernel/check.hpp"

#include <cstddef>

namespace sim::experiment {

double mean(const std::vector<double>& data) {
    double sum = 0;
    for (double x : data) sum += x;
    return data.empty() ? 0 : sum / static_cast<double>(data.size());
}

double squares(const std::vector<double>& data, double around) {
    double sum = 0;
    for (double x : data) sum += (x - around) * (x - around);
    return sum;
}

double variance(const std::vector<double>& data) {
    SIM_CHECK(data.size() >= 2);
    return squares(data, mean(data)) / static_cast<double>(data.size() - 1);
}

double variance_of_mean(const std::vector<double>& data) {
    return variance(data) / static_cast<double>(data.size());
}

double covariance(const std::vector<double>& a, const std::vector<double>& b) {
    SIM_CHECK(a.size() >= 2 && a.size() == b.size());
    const double middle_of_a = mean(a);
    const double middle_of_b = mean(b);
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - middle_of_a) * (b[i] - middle_of_b);
    return sum / static_cast<double>(a.size() - 1);
}

}  // namespace sim::experiment
