#include "sim/experiment/ranking.hpp"

#include "sim/experiment/comparison.hpp"
#include "sim/experiment/judge.hpp"
#include "sim/kernel/check.hpp"

#include <algorithm>
#include <numeric>

namespace sim::experiment {

using vocabulary::Exit;

namespace {

// The numbers that all samples have: what an interrupted comparison can compare.
std::vector<std::uint64_t> common_numbers(const std::vector<Sample>& samples) {
    std::vector<std::uint64_t> common = samples.front().numbers();
    for (const Sample& sample : samples) {
        std::vector<std::uint64_t> both;
        std::set_intersection(common.begin(), common.end(), sample.numbers().begin(), sample.numbers().end(),
                              std::back_inserter(both));
        common = std::move(both);
    }
    return common;
}

std::vector<std::optional<Seen>> looks_in(const Sample& sample, const std::vector<std::uint64_t>& numbers,
                                          const Metric& metric) {
    const std::vector<std::optional<Seen>> all = sample.looks(metric, {});
    std::vector<std::optional<Seen>> some;
    std::size_t i = 0;
    for (const std::uint64_t number : numbers) {
        while (sample.numbers()[i] < number) ++i;
        some.push_back(all[i]);
    }
    return some;
}

std::vector<Response> responses(const std::vector<Sample>& samples, const std::vector<std::uint64_t>& numbers,
                                const Metric& metric) {
    std::vector<std::vector<std::optional<Seen>>> looks;
    for (const Sample& sample : samples) looks.push_back(looks_in(sample, numbers, metric));
    std::vector<Response> all;
    for (const std::vector<Seen>& seen : seen_by_all(looks)) all.push_back(response(seen, metric.estimator));
    return all;
}

bool is_better(Better better, const std::optional<double>& a, const std::optional<double>& b) {
    if (!a || !b) return a.has_value() && !b.has_value();
    return better == Better::lower ? *a < *b : *a > *b;
}

// No other is better in one currency and at least as good in the other.
void find_front(std::vector<Ranked>& policies, const Metric& metric, const Metric& debt) {
    for (Ranked& one : policies)
        one.is_efficient = std::none_of(policies.begin(), policies.end(), [&](const Ranked& other) {
            const bool better = is_better(metric.better, other.value.value, one.value.value);
            const bool less = is_better(debt.better, other.debt.value, one.debt.value);
            const bool worse = is_better(metric.better, one.value.value, other.value.value);
            const bool more = is_better(debt.better, one.debt.value, other.debt.value);
            return (better && !more) || (less && !worse);
        });
}

Ranked ranked(const Store& store, CellId cell, const Sample& sample, const Metric& metric, const Metric& debt,
              double confidence) {
    Ranked one;
    one.outline = outline_of(*store.study(), cell);
    one.value = sample.estimate(metric, {}, confidence);
    one.debt = sample.estimate(debt, {}, confidence);
    one.expectations = judge(store.study()->briefing.expectations, sample, one.outline);
    for (const Metric& each : metric_catalogue())
        one.metrics.emplace_back(each.name, sample.estimate(each, {}));
    one.fingerprint = fingerprint(one.outline.policy, store.done(cell));
    return one;
}

template <class T>
std::vector<T> in_order(const std::vector<T>& all, const std::vector<std::size_t>& order) {
    std::vector<T> sorted;
    for (const std::size_t i : order) sorted.push_back(all[i]);
    return sorted;
}

}  // namespace

bool Ranking::tells_apart() const {
    return std::any_of(policies.begin(), policies.end(),
                       [this](const Ranked& one) { return one.value.value != policies.front().value.value; });
}

std::vector<std::string> Ranking::candidates() const {
    std::vector<std::string> names;
    for (const Ranked& one : policies)
        if (one.against.may_be_best) names.push_back(one.outline.policy);
    return names;
}

Exit Ranking::exit() const {
    Exit exit = partial() ? Exit::interrupted : Exit::done;
    for (const Judged& judged : policies.front().expectations) exit = gravest(exit, exit_of(judged.verdict));
    return exit;
}

Ranking rank(const Store& store, const RankingRules& rules) {
    const Study& study = *store.study();
    const Metric* metric = find_metric(rules.metric);
    const Metric* debt = find_metric(rules.debt);
    SIM_CHECK(metric != nullptr && debt != nullptr && study.cells.size() > 1);
    std::vector<Sample> samples;
    for (std::size_t cell = 0; cell < study.cells.size(); ++cell)
        samples.push_back(store.sample(static_cast<CellId>(cell)));
    const std::vector<std::uint64_t> numbers = common_numbers(samples);

    Ranking ranking;
    ranking.outline = study.briefing.outline;
    ranking.rules = rules;
    ranking.replications = numbers.size();
    ranking.asked = size(study.asked);
    std::vector<Ranked> policies;
    std::vector<std::uint64_t> digests;
    for (std::size_t cell = 0; cell < study.cells.size(); ++cell) {
        policies.push_back(
            ranked(store, static_cast<CellId>(cell), samples[cell], *metric, *debt, rules.confidence));
        digests.push_back(policies.back().fingerprint);
    }
    ranking.fingerprint = fingerprint(digests);
    std::vector<std::size_t> order(policies.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return is_better(metric->better, policies[a].value.value, policies[b].value.value);
    });
    const std::vector<Response> all = in_order(responses(samples, numbers, *metric), order);
    ranking.policies = in_order(policies, order);
    find_front(ranking.policies, *metric, *debt);
    if (all.empty() || all.front().parts.empty()) return ranking;
    const std::vector<AgainstBest> against = against_best(all, metric->better, rules.confidence);
    for (std::size_t i = 0; i < against.size(); ++i) ranking.policies[i].against = against[i];
    ranking.pairs = all_pairs(all, rules.confidence);
    return ranking;
}

}  // namespace sim::experiment
