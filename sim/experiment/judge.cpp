#include "sim/experiment/judge.hpp"

#include "sim/experiment/baseline.hpp"
#include "sim/experiment/estimators.hpp"
#include "sim/experiment/findings.hpp"
#include "sim/experiment/moments.hpp"
#include "sim/kernel/check.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace sim::experiment {

using scenario::Expectation;
using scenario::MetricScope;
using scenario::Relation;

namespace {

std::string_view sign_of(Relation relation) {
    switch (relation) {
        case Relation::at_most:
            return "<=";
        case Relation::at_least:
            return ">=";
        case Relation::no_worse_than:
            return "no worse than";
    }
    return "?";
}

std::string at(const vocabulary::Place& place) {
    return place.line > 0 ? fmt::format("{}:{}", place.file, place.line) : place.file;
}

// Four digits that count: the reader wants the size of a miss, not its last bit.
std::string figure(double x) {
    return fmt::format("{:.4g}", x);
}

std::string miss(const Judged& judged) {
    const double by = std::abs(*judged.seen - judged.target);
    return judged.unit == "share" ? "by " + figure(100 * by) + " points" : "by " + figure(by);
}

Judged asked(const Expectation& expectation, const Metric& metric) {
    Judged judged;
    judged.metric = expectation.metric;
    judged.scope = text(expectation.scope);
    judged.relation = sign_of(expectation.relation);
    judged.target = expectation.target;
    judged.always = expectation.always;
    judged.confidence = expectation.confidence;
    judged.unit = metric.unit;
    judged.at = at(expectation.place);
    return judged;
}

bool met(Relation relation, double seen, double target) {
    return relation == Relation::at_least ? seen >= target : seen <= target;
}

void set(Judged& judged, Verdict verdict, std::string why) {
    judged.verdict = verdict;
    judged.why = std::move(why);
}

void compare(Judged& judged, Relation relation) {
    if (met(relation, *judged.seen, judged.target))
        set(judged, Verdict::pass, "");
    else
        set(judged, Verdict::fail, miss(judged));
}

// REQUIRES seen. An interval wholly on one side of the target decides; one across it does not.
void weigh(Judged& judged, Relation relation) {
    if (!judged.lo) return set(judged, Verdict::undecided, "an interval needs 2 replications or more");
    if (!judged.hi)
        return set(judged, Verdict::undecided, "none was seen, which does not say how much one would be");
    const bool low_end = met(relation, *judged.lo, judged.target);
    const bool high_end = met(relation, *judged.hi, judged.target);
    if (low_end && high_end) return set(judged, Verdict::pass, "");
    if (low_end || high_end)
        return set(judged, Verdict::undecided, "the interval holds the target; more replications");
    set(judged, Verdict::fail, miss(judged));
}

// Whoever looks several times and stops when he likes what he sees is wrong more often than once in twenty. So
// each look has its share of the error (Bonferroni), and all of them together keep the confidence.
double at_each_look(const Expectation& expectation, unsigned looks) {
    return 1 - (1 - expectation.confidence.value_or(0.95)) / looks;
}

void decide(Judged& judged, Relation relation) {
    if (judged.confidence)
        weigh(judged, relation);
    else
        compare(judged, relation);
}

// How often the precondition held, over all replications; a share counts what is above its line.
double occurrences(const scenario::Precondition& when, const Sample& sample) {
    const Metric* metric = find_metric(when.metric);
    SIM_CHECK(metric != nullptr);
    double sum = 0;
    for (const auto& seen : sample.looks(*metric, {}))
        if (seen) sum += seen->above;
    return sum;
}

// The extreme over all replications, on the side that the relation fears.
std::optional<double> extreme(const Metric& metric, const MetricScope& scope, const Sample& sample,
                              Relation relation) {
    std::optional<double> worst;
    for (const auto& seen : sample.looks(metric, scope)) {
        if (!seen) continue;
        const double value = seen->value();
        if (!worst || (relation == Relation::at_least ? value < *worst : value > *worst)) worst = value;
    }
    return worst;
}

void look_at_one(Judged& judged, const Expectation& expectation, const Metric& metric, const MetricScope& scope,
                 const Sample& sample, unsigned looks) {
    if (expectation.always) {
        judged.seen = extreme(metric, scope, sample, expectation.relation);
        judged.confidence.reset();  // every one of them was looked at: nothing is left to chance
    } else {
        const Estimate seen = sample.estimate(metric, scope, at_each_look(expectation, looks));
        judged.seen = seen.value;
        judged.lo = seen.lo;
        judged.hi = seen.hi;
    }
    if (!judged.seen) return set(judged, Verdict::vacuous, "there was nothing to see");
    decide(judged, expectation.relation);
}

int gravity(Verdict verdict) {
    switch (verdict) {
        case Verdict::fail:
            return 3;
        case Verdict::undecided:
            return 2;
        case Verdict::pass:
            return 1;
        case Verdict::vacuous:
            return 0;  // a site where nobody calls does not outweigh one where all is well
    }
    return 0;
}

bool graver(const Judged& a, const Judged& b, Relation relation) {
    if (a.verdict != b.verdict) return gravity(a.verdict) > gravity(b.verdict);
    if (!a.seen || !b.seen) return a.seen.has_value();
    return relation == Relation::at_least ? *a.seen < *b.seen : *a.seen > *b.seen;
}

Judged against_target(const Expectation& expectation, const Metric& metric, const Sample& sample,
                      unsigned looks) {
    Judged gravest = asked(expectation, metric);
    set(gravest, Verdict::vacuous, "there was nothing to see");
    bool first = true;
    for (const MetricScope& scope : sample.spread(expectation.scope)) {
        Judged here = asked(expectation, metric);
        look_at_one(here, expectation, metric, scope, sample, looks);
        if (expectation.scope.per_site && here.seen)
            here.why += (here.why.empty() ? "at " : ", at ") + *scope.site;
        if (first || graver(here, gravest, expectation.relation)) gravest = here;
        first = false;
    }
    return gravest;
}

std::vector<double> present(const std::vector<std::optional<double>>& data) {
    std::vector<double> there;
    for (const auto& value : data)
        if (value) there.push_back(*value);
    return there;
}

std::vector<std::optional<double>> per_replication(const Metric& metric, const MetricScope& scope,
                                                   const Sample& sample) {
    std::vector<std::optional<double>> data;
    for (const auto& seen : sample.looks(metric, scope))
        data.push_back(seen ? std::optional(seen->value()) : std::nullopt);
    return data;
}

// How much worse than in the past, in the metric's unit: above 0 is worse. Same seed, same luck: replication r
// is compared with replication r, and what chance did to both cancels.
Interval worsening(const Metric& metric, const scenario::MetricScope& scope, const Sample& sample,
                   const Past& past, bool paired, double confidence) {
    const std::vector<std::optional<double>> now = per_replication(metric, scope, sample);
    if (!paired)
        return metric.better == Better::lower ? welch_interval(present(now), present(past.values), confidence)
                                              : welch_interval(present(past.values), present(now), confidence);
    const double sign = metric.better == Better::lower ? 1 : -1;
    std::vector<double> differences;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const std::uint64_t r = sample.numbers()[i];  // an interrupted run may have left some out
        if (r > past.values.size() || !now[i] || !past.values[r - 1]) continue;
        differences.push_back(sign * (*now[i] - *past.values[r - 1]));
    }
    return mean_interval(differences, confidence);
}

Judged against_past(const Expectation& expectation, const Metric& metric, const Sample& sample,
                    const Outline& outline, unsigned looks) {
    const Past past = read_baseline(expectation, outline);
    const bool paired = past.seed == outline.seed;
    Judged judged = asked(expectation, metric);
    judged.target = expectation.baseline->by_is_share
                        ? expectation.baseline->by * std::abs(mean(present(past.values)))
                        : expectation.baseline->by;
    const Interval worse =
        worsening(metric, expectation.scope, sample, past, paired, at_each_look(expectation, looks));
    judged.seen = worse.value;
    judged.lo = worse.lo;
    judged.hi = worse.hi;
    if (!judged.seen)
        set(judged, Verdict::vacuous, "there was nothing to compare");
    else
        decide(judged, Relation::at_most);
    const auto add = [&](const std::string& word) { judged.why += (judged.why.empty() ? "" : "; ") + word; };
    if (!paired) add("not paired: seeds differ");
    if (past.policy != outline.policy) add("before, the policy was " + past.policy);
    return judged;
}

Judged judge_one(const Expectation& expectation, const Sample& sample, const Outline& outline, unsigned looks) {
    const Metric* metric = find_metric(expectation.metric);
    SIM_CHECK(metric != nullptr);  // the binding asks the catalogue before it makes an expectation
    Judged judged = expectation.relation == Relation::no_worse_than
                        ? against_past(expectation, *metric, sample, outline, looks)
                        : against_target(expectation, *metric, sample, looks);
    if (!expectation.when) return judged;
    const double count = occurrences(*expectation.when, sample);
    if (count < static_cast<double>(expectation.when->at_least))
        set(judged, Verdict::vacuous,
            fmt::format("{} seen {} times, wanted {}", expectation.when->metric, figure(count),
                        expectation.when->at_least));
    return judged;
}

}  // namespace

std::vector<Judged> judge(const std::vector<Expectation>& expectations, const Sample& sample,
                          const Outline& outline, unsigned looks) {
    std::vector<Judged> judged;
    for (const Expectation& expectation : expectations)
        judged.push_back(judge_one(expectation, sample, outline, looks));
    return judged;
}

void check_baselines(const std::vector<Expectation>& expectations, const Outline& outline) {
    vocabulary::Problems problems;
    std::set<std::string> told;  // several expectations may name one file
    for (const Expectation& expectation : expectations) {
        if (expectation.relation != Relation::no_worse_than) continue;
        try {
            read_baseline(expectation, outline);
        } catch (const vocabulary::InputError& error) {
            for (const vocabulary::Problem& problem : error.problems())
                if (told.insert(vocabulary::text(problem)).second) problems.add(problem);
        }
    }
    problems.throw_if_any(vocabulary::Exit::input_data);
}

Experiment conclude(const Briefing& briefing, Findings findings, std::uint64_t asked, unsigned looks) {
    Experiment experiment;
    const Sample& sample = findings.sample();
    experiment.outline = briefing.outline;
    experiment.asked = asked;
    experiment.looks = looks;
    experiment.expectations = judge(briefing.expectations, sample, briefing.outline, looks);
    for (const Metric& metric : metric_catalogue()) {
        experiment.metrics.emplace_back(metric.name, sample.estimate(metric, {}));
        experiment.per_replication.emplace_back(metric.name, per_replication(metric, {}, sample));
    }
    for (const Expectation& expectation : briefing.expectations) {
        const std::string name = series_name(expectation.metric, expectation.scope);
        const auto known = [&](const auto& series) { return series.first == name; };
        if (std::none_of(experiment.per_replication.begin(), experiment.per_replication.end(), known))
            experiment.per_replication.emplace_back(
                name, per_replication(*find_metric(expectation.metric), expectation.scope, sample));
    }
    findings.move_to(experiment);
    return experiment;
}

}  // namespace sim::experiment
