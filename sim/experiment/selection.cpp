#include "sim/experiment/selection.hpp"

#include "sim/experiment/comparison.hpp"
#include "sim/experiment/moments.hpp"
#include "sim/kernel/check.hpp"
#include "sim/kernel/math.hpp"

#include <algorithm>
#include <cmath>

namespace sim::experiment {

KnConstants kn_constants(std::size_t systems, std::size_t replications, double alpha) {
    SIM_CHECK(systems >= 2 && replications >= 2);
    SIM_CHECK(alpha > 0 && alpha < 0.5);
    const auto degrees = static_cast<double>(replications - 1);
    const double each = 2 * alpha / static_cast<double>(systems - 1);
    const double eta = (kernel::power(each, -2 / degrees) - 1) / 2;
    return {eta, 2 * eta * degrees};
}

Selection::Selection(std::size_t policies, const SelectionRules& rules)
    : rules_(rules), seen_(policies), variances_(policies, std::vector<double>(policies)) {
    SIM_CHECK(policies >= 2 && rules.first_rounds >= 2);
    SIM_CHECK(rules.indifference > 0);
    for (std::size_t i = 0; i < policies; ++i) survivors_.push_back(i);
}

void Selection::add(const std::vector<Seen>& round) {
    SIM_CHECK(survivors_.size() > 1 && round.size() == survivors_.size());
    for (std::size_t i = 0; i < round.size(); ++i) seen_[survivors_[i]].push_back(round[i]);
    ++rounds_;
    if (rounds_ >= rules_.first_rounds) screen();
}

std::optional<std::size_t> Selection::selected() const {
    return survivors_.size() == 1 ? std::optional(survivors_.front()) : std::nullopt;
}

std::optional<std::size_t> Selection::rounds_at_most() const {
    if (h2_ == 0) return {};
    double widest = 0;
    for (const std::size_t i : survivors_)
        for (const std::size_t l : survivors_) widest = std::max(widest, variances_[i][l]);
    const double rounds = h2_ * widest / rules_.indifference / rules_.indifference;
    return std::max(rounds_, static_cast<std::size_t>(std::min(rounds, 1e15)) + 1);
}

double Selection::margin(double variance) const {
    const double delta = rules_.indifference;
    const auto r = static_cast<double>(rounds_);
    return std::max(0.0, delta / (2 * r) * (h2_ * variance / (delta * delta) - r));
}

namespace {

// A ratio and its jackknife need two replications with something to divide by.
bool can_be_estimated(const std::vector<Seen>& seen) {
    return std::count_if(seen.begin(), seen.end(), [](const Seen& one) { return one.below > 0; }) >= 2;
}

}  // namespace

void Selection::measure(const std::vector<Response>& responses) {
    h2_ = kn_constants(seen_.size(), rounds_, 1 - rules_.confidence).h2;
    for (std::size_t i = 0; i < survivors_.size(); ++i)
        for (std::size_t l = 0; l < i; ++l) {
            const double spread = variance(differences(responses[i], responses[l]));
            variances_[survivors_[i]][survivors_[l]] = variances_[survivors_[l]][survivors_[i]] = spread;
        }
}

void Selection::screen() {
    std::vector<Response> responses;
    for (const std::size_t i : survivors_) {
        if (!can_be_estimated(seen_[i])) return;
        responses.push_back(response(seen_[i], rules_.estimator));
    }
    if (rules_.variances_follow || h2_ == 0) measure(responses);
    const double sign = rules_.better == Better::higher ? 1 : -1;
    const auto is_behind = [&](std::size_t i, std::size_t l) {
        const double lag = sign * (responses[l].value - responses[i].value);
        const double allowed = margin(variances_[survivors_[i]][survivors_[l]]);
        return lag > allowed || (allowed == 0 && lag == 0 && l < i);
    };
    std::vector<std::size_t> remaining;
    for (std::size_t i = 0; i < survivors_.size(); ++i) {
        std::optional<std::size_t> ahead;
        for (std::size_t l = 0; l < survivors_.size(); ++l) {
            const bool further = !ahead || sign * responses[l].value > sign * responses[*ahead].value;
            if (l != i && is_behind(i, l) && further) ahead = l;
        }
        if (ahead)
            eliminated_.push_back({survivors_[i], survivors_[*ahead], rounds_});
        else
            remaining.push_back(survivors_[i]);
    }
    survivors_ = remaining;
}

namespace {

std::size_t best_of(const std::vector<double>& means, Better better) {
    const auto best = better == Better::higher ? std::max_element(means.begin(), means.end())
                                               : std::min_element(means.begin(), means.end());
    return static_cast<std::size_t>(best - means.begin());
}

}  // namespace

std::vector<double> ocba_shares(const std::vector<double>& means, const std::vector<double>& deviations,
                                Better better, double indifference) {
    SIM_CHECK(means.size() >= 2 && means.size() == deviations.size());
    const std::size_t best = best_of(means, better);
    std::vector<double> shares(means.size());
    double of_best = 0;
    double sum = 0;
    for (std::size_t i = 0; i < means.size(); ++i) {
        if (i == best) continue;
        const double lag = std::max(std::abs(means[i] - means[best]), indifference);
        SIM_CHECK(lag > 0 && deviations[i] > 0);
        shares[i] = deviations[i] / lag * (deviations[i] / lag);
        of_best += shares[i] / deviations[i] * (shares[i] / deviations[i]);
        sum += shares[i];
    }
    shares[best] = deviations[best] * kernel::square_root(of_best);
    sum += shares[best];
    for (double& share : shares) share /= sum;
    return shares;
}

}  // namespace sim::experiment
