#include "sim/experiment/comparison.hpp"

#include "sim/experiment/estimators.hpp"
#include "sim/experiment/moments.hpp"
#include "sim/kernel/check.hpp"
#include "sim/kernel/math.hpp"

#include <algorithm>
#include <limits>

namespace sim::experiment {

Response response(const std::vector<Seen>& seen, Estimator estimator) {
    if (estimator != Estimator::ratio) {
        const std::vector<double> data = values(seen);
        return {mean(data), data};
    }
    const double ratio = sum_of(seen).value();
    if (seen.size() < 2) return {ratio, {ratio}};
    const auto n = static_cast<double>(seen.size());
    std::vector<double> parts;
    for (const double without : ratios_without(seen)) parts.push_back(ratio + (n - 1) * (ratio - without));
    return {ratio, parts};
}

std::vector<std::vector<Seen>> seen_by_all(const std::vector<std::vector<std::optional<Seen>>>& policies) {
    std::vector<std::vector<Seen>> common(policies.size());
    if (policies.empty()) return common;
    for (std::size_t r = 0; r < policies.front().size(); ++r) {
        if (!std::all_of(policies.begin(), policies.end(), [&](const auto& seen) { return seen.at(r); }))
            continue;
        for (std::size_t i = 0; i < policies.size(); ++i) common[i].push_back(*policies[i][r]);
    }
    return common;
}

std::vector<double> differences(const Response& a, const Response& b) {
    SIM_CHECK(a.parts.size() == b.parts.size());
    std::vector<double> data;
    for (std::size_t i = 0; i < a.parts.size(); ++i) data.push_back(a.parts[i] - b.parts[i]);
    return data;
}

namespace {

double width(const Interval& interval) {
    return *interval.hi - *interval.lo;
}

}  // namespace

Contrast contrast(const Response& a, const Response& b, double confidence) {
    const double difference = a.value - b.value;
    const std::vector<double> data = differences(a, b);
    if (data.empty()) return {};
    if (data.size() < 2) return {{difference, {}, {}}, {difference, {}, {}}, {}, {}, {}};
    const double together = variance(data);
    const double of_a = variance(a.parts);
    const double of_b = variance(b.parts);
    const auto n = static_cast<double>(data.size());
    Contrast result;
    result.paired = student_interval(difference, together / n, n - 1, confidence);
    result.unpaired = welch_interval(difference, a.parts, b.parts, confidence);
    if (of_a > 0 && of_b > 0)
        result.correlation = std::clamp(
            covariance(a.parts, b.parts) / kernel::square_root(of_a) / kernel::square_root(of_b), -1.0, 1.0);
    if (together > 0) {
        result.variance_reduction = (of_a + of_b) / together;
        result.narrower = width(result.unpaired) / width(result.paired);
    }
    return result;
}

double confidence_of_each(double confidence, std::size_t statements) {
    SIM_CHECK(statements > 0);
    return 1 - (1 - confidence) / static_cast<double>(statements);
}

std::vector<Pair> all_pairs(const std::vector<Response>& policies, double confidence) {
    const std::size_t k = policies.size();
    std::vector<Pair> pairs;
    if (k < 2) return pairs;
    const double each = confidence_of_each(confidence, k * (k - 1) / 2);
    for (std::size_t a = 0; a < k; ++a)
        for (std::size_t b = a + 1; b < k; ++b)
            pairs.push_back({a, b, contrast(policies[a], policies[b], each)});
    return pairs;
}

namespace {

// How far a difference of two may be off, to one side, with all of those of one policy at once.
class Margins {
public:
    Margins(const std::vector<Response>& policies, double confidence) : policies_(policies) {
        const std::size_t n = policies.front().parts.size();
        t_ =
            kernel::t_quantile(confidence_of_each(confidence, policies.size() - 1), static_cast<double>(n - 1));
    }

    double operator()(std::size_t i, std::size_t l) const {
        return t_ * kernel::square_root(variance_of_mean(differences(policies_[i], policies_[l])));
    }

private:
    const std::vector<Response>& policies_;
    double t_ = 0;
};

// The least over the others, where more is better.
template <class Value>
double least_over_others(std::size_t systems, std::size_t i, const Value& value) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t l = 0; l < systems; ++l)
        if (l != i) least = std::min(least, value(l));
    return least;
}

Interval turned(const Interval& interval, double sign) {
    if (sign > 0) return interval;
    const auto minus = [](const std::optional<double>& x) { return x ? std::optional(0 - *x) : x; };
    return {minus(interval.value), minus(interval.hi), minus(interval.lo)};
}

}  // namespace

// Proof of the joint confidence. Let b be the truly best, and let m(b) - m(l) <= D(b,l) + w(b,l) for all l: k -
// 1 one-sided statements, true together with the confidence. Then the upper end of b holds, and b is among
// those that may be best; those of the others hold because they are not below 0. The lower end of i is at or
// below D(i,b) - w(i,b), which is at or below m(i) - m(b). No other statement is needed (Edwards and Hsu 1983).
std::vector<AgainstBest> against_best(const std::vector<Response>& policies, Better better, double confidence) {
    const std::size_t k = policies.size();
    SIM_CHECK(k >= 2);
    const double sign = better == Better::higher ? 1 : -1;
    const auto lead = [&](std::size_t i, std::size_t l) {
        return sign * (policies[i].value - policies[l].value);
    };
    std::vector<AgainstBest> results(k);
    for (std::size_t i = 0; i < k; ++i)
        results[i].interval.value = least_over_others(k, i, [&](std::size_t l) { return lead(i, l); });
    if (policies.front().parts.size() >= 2) {
        const Margins margin(policies, confidence);
        for (std::size_t i = 0; i < k; ++i) {
            const double high = least_over_others(k, i, [&](auto l) { return lead(i, l) + margin(i, l); });
            results[i].may_be_best = high >= 0;
            results[i].interval.hi = std::max(0.0, high);
        }
        for (std::size_t i = 0; i < k; ++i) {
            const double low = least_over_others(k, i, [&](auto l) {
                return results[l].may_be_best ? lead(i, l) - margin(i, l)
                                              : std::numeric_limits<double>::infinity();
            });
            results[i].interval.lo = std::min(0.0, low);
        }
    }
    for (AgainstBest& one : results) one.interval = turned(one.interval, sign);
    return results;
}

}  // namespace sim::experiment
