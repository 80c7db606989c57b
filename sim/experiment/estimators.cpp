#include "sim/experiment/estimators.hpp"

#include "sim/experiment/moments.hpp"
#include "sim/experiment/proportions.hpp"
#include "sim/kernel/math.hpp"

#include <algorithm>
#include <cmath>

namespace sim::experiment {

Interval student_interval(double value, double variance, double degrees, double confidence) {
    if (!(variance > 0)) return {value, value, value};
    const double half = kernel::t_quantile(0.5 + confidence / 2, degrees) * kernel::square_root(variance);
    return {value, value - half, value + half};
}

std::vector<double> values(const std::vector<Seen>& seen) {
    std::vector<double> data;
    for (const Seen& one : seen) data.push_back(one.value());
    return data;
}

Interval mean_interval(const std::vector<double>& data, double confidence) {
    if (data.empty()) return {};
    if (data.size() < 2) return {data.front(), {}, {}};
    return student_interval(mean(data), variance_of_mean(data), static_cast<double>(data.size() - 1),
                            confidence);
}

Seen sum_of(const std::vector<Seen>& seen) {
    Seen all{0, 0};
    for (const Seen& one : seen) {
        all.above += one.above;
        all.below += one.below;
    }
    return all;
}

std::vector<double> ratios_without(const std::vector<Seen>& seen) {
    const Seen all = sum_of(seen);
    std::vector<double> without;
    for (const Seen& one : seen) without.push_back(Seen{all.above - one.above, all.below - one.below}.value());
    return without;
}

Interval ratio_interval(const std::vector<Seen>& seen, double confidence) {
    if (seen.empty()) return {};
    const double ratio = sum_of(seen).value();
    if (seen.size() < 2) return {ratio, {}, {}};
    const std::vector<double> without = ratios_without(seen);
    const auto n = static_cast<double>(seen.size());
    return student_interval(ratio, squares(without, mean(without)) * (n - 1) / n, n - 1, confidence);
}

Interval welch_interval(const std::vector<double>& a, const std::vector<double>& b, double confidence) {
    if (a.empty() || b.empty()) return {};
    const double difference = mean(a) - mean(b);
    if (a.size() < 2 || b.size() < 2) return {difference, {}, {}};
    return welch_interval(difference, a, b, confidence);
}

Interval welch_interval(double difference, const std::vector<double>& a, const std::vector<double>& b,
                        double confidence) {
    const double u = variance_of_mean(a);
    const double v = variance_of_mean(b);
    if (!(u + v > 0)) return {difference, difference, difference};
    const double degrees =
        (u + v) * (u + v) /
        (u * u / static_cast<double>(a.size() - 1) + v * v / static_cast<double>(b.size() - 1));
    return student_interval(difference, u + v, degrees, confidence);
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
    if (all_at(0)) interval.hi = most * share_at_most(0, chances, confidence);
    if (all_at(most)) interval.lo = most * share_at_least(chances, chances, confidence);
    return interval;
}

}  // namespace sim::experiment
