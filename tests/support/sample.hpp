// A handful of numbers that a simulation gave, and how near to the truth they must be: within four standard
// errors, which chance alone exceeds once in sixteen thousand times. Seeds are fixed, so a test passes or fails
// for good.

#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace tests {

inline constexpr double standard_errors = 4;

class Sample {
public:
    void add(double value) { values_.push_back(value); }
    std::size_t size() const { return values_.size(); }

    double mean() const { return central_moment_around(0, 1); }
    double sd() const { return std::sqrt(central_moment_around(mean(), 2) * n() / (n() - 1)); }
    double error() const { return sd() / std::sqrt(n()); }  // of the mean

    // Of the standard deviation, by the fourth moment.
    double error_of_sd() const {
        const double middle = mean();
        const double variance = central_moment_around(middle, 2);
        const double fourth = central_moment_around(middle, 4);
        return std::sqrt((fourth - variance * variance) / n()) / (2 * std::sqrt(variance));
    }

    double share_up_to(double limit) const {
        const auto within = std::count_if(values_.begin(), values_.end(), [&](double x) { return x <= limit; });
        return static_cast<double>(within) / n();
    }
    double max() const { return *std::max_element(values_.begin(), values_.end()); }

private:
    double n() const { return static_cast<double>(values_.size()); }
    double central_moment_around(double middle, int power) const {
        double sum = 0;
        for (const double value : values_) sum += std::pow(value - middle, power);
        return sum / n();
    }

    std::vector<double> values_;
};

// The standard error of a share seen in `n` independent trials whose true chance is `p`.
inline double error_of_share(double p, std::size_t n) {
    return std::sqrt(p * (1 - p) / static_cast<double>(n));
}

// The mean of numbers with heavy tails is judged by the error known from theory, not by that of the sample.
inline bool is_near(double seen, double truth, double error) {
    return std::abs(seen - truth) <= standard_errors * error;
}

}  // namespace tests
