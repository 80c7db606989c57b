#include "sim/experiment/estimators.hpp"

#include "sim/kernel/math.hpp"

#include <algorithm>
#include <cmath>

namespace sim::experiment {

double mean(const std::vector<double>& data) {
    double sum = 0;
    for (double x : data) sum += x;
    return data.empty() ? 0 : sum / static_cast<double>(data.size());
}

namespace {

double squares(const std::vector<double>& data, double around) {
    double sum = 0;
    for (double x : data) sum += (x - around) * (x - around);
    return sum;
}

// REQUIRES two data at least.
double variance_of_mean(const std::vector<double>& data) {
    const auto n = static_cast<double>(data.size());
    return squares(data, mean(data)) / (n - 1) / n;
}

Interval around(double value, double variance, double degrees, double confidence) {
    if (!(variance > 0)) return {value, value, value};
    const double half = kernel::t_quantile(0.5 + confidence / 2, degrees) * kernel::square_root(variance);
    return {value, value - half, value + half};
}

}  // namespace

std::vector<double> values(const std::vector<Seen>& seen) {
    std::vector<double> data;
    for (const Seen& one : seen) data.push_back(one.value());
    return data;
}

Interval mean_interval(const std::vector<double>& data, double confidence) {
    if (data.empty()) return {};
    if (data.size() < 2) return {data.front(), {}, {}};
    return around(mean(data), variance_of_mean(data), static_cast<double>(data.size() - 1), confidence);
}

Interval ratio_interval(const std::vector<Seen>& seen, double confidence) {
    if (seen.empty()) return {};
    Seen all{0, 0};
    for (const Seen& one : seen) {
        all.above += one.above;
        all.below += one.below;
    }
    if (seen.size() < 2) return {all.value(), {}, {}};
    std::vector<double> without;
    for (const Seen& one : seen) without.push_back(Seen{all.above - one.above, all.below - one.below}.value());
    const auto n = static_cast<double>(seen.size());
    return around(all.value(), squares(without, mean(without)) * (n - 1) / n, n - 1, confidence);
}

Interval welch_interval(const std::vector<double>& a, const std::vector<double>& b, double confidence) {
    if (a.empty() || b.empty()) return {};
    const double difference = mean(a) - mean(b);
    if (a.size() < 2 || b.size() < 2) return {difference, {}, {}};
    const double u = variance_of_mean(a);
    const double v = variance_of_mean(b);
    if (!(u + v > 0)) return {difference, difference, difference};
    const double degrees =
        (u + v) * (u + v) /
        (u * u / static_cast<double>(a.size() - 1) + v * v / static_cast<double>(b.size() - 1));
    return around(difference, u + v, degrees, confidence);
}

Interval with_rare_bound(Interval interval, const std::vector<Seen>& seen, double confidence) {
    if (!interval.hi) return interval;
    double below = 0;
    for (const Seen& one : seen) {
        if (one.above > 0) return interval;
        below += one.below;
    }
    interval.hi = -kernel::log(1 - confidence) / below;
    return interval;
}

Interval with_edge_bound(Interval interval, const std::vector<Seen>& seen, double most, double chances,
                         double confidence) {
    if (!interval.hi) return interval;
    constexpr double rounding = 1e-12;  // above and below are sums in different units
    const auto all_at = [&](double edge) {
        return std::all_of(seen.begin(), seen.end(), [&](const Seen& one) {
            return std::abs(one.above - edge * one.below) <= rounding * edge * one.below;
        });
    };
    const double unseen = kernel::exp(kernel::log(1 - confidence) / chances);  // alpha^(1/n)
    if (all_at(0)) interval.hi = most * (1 - unseen);
    if (all_at(most)) interval.lo = most * unseen;
    return interval;
}

}  // namespace sim::experiment
