#include "reports/ranking.hpp"

#include "reports/figures.hpp"
#include "reports/parts.hpp"
#include "reports/table.hpp"
#include "sim/kernel/fingerprint.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace reports {

using sim::experiment::Contrast;
using sim::experiment::Estimate;
using sim::experiment::Interval;
using sim::experiment::Judged;
using sim::experiment::Pair;
using sim::experiment::Ranked;
using sim::experiment::Ranking;
using sim::experiment::Verdict;
using sim::vocabulary::shown;
using Json = nlohmann::ordered_json;

namespace {

std::string between(const std::optional<double>& lo, const std::optional<double>& hi, const std::string& unit) {
    if (!lo && !hi) return "";
    return fmt::format(" [{}, {}]", figure(lo, unit), hi ? figure(*hi, unit) : "∞");
}

std::string with_interval(const Estimate& estimate) {
    return figure(estimate.value, estimate.unit) + between(estimate.lo, estimate.hi, estimate.unit);
}

std::string with_interval(const Interval& interval, const std::string& unit) {
    return figure(interval.value, unit) + between(interval.lo, interval.hi, unit);
}

std::string percent_of(double confidence) {
    return fmt::format("{:g} %", 100 * confidence);
}

std::string head(const Ranking& ranking) {
    std::string text = fmt::format("{}   {} policies   {}   {} replication{} each, on the same luck\n",
                                   shown(ranking.outline.scenario), ranking.policies.size(),
                                   sim::vocabulary::text(ranking.outline.length), grouped(ranking.replications),
                                   ranking.replications == 1 ? "" : "s");
    if (ranking.partial())
        text += fmt::format("PARTIAL: {} of {} replications of each\n", ranking.replications, ranking.asked);
    return text;
}

// The answer in a sentence.
std::string winner(const Ranking& ranking) {
    const std::string& metric = ranking.rules.metric;
    if (ranking.pairs.empty()) return fmt::format("Nothing was seen of {} that could be compared.\n", metric);
    if (!ranking.tells_apart())
        return fmt::format("{} is the same for all: nothing tells them apart.\n", metric);
    if (ranking.replications < 2) return "One replication is an anecdote: no interval, no winner.\n";
    std::vector<std::string> candidates;
    for (const std::string& name : ranking.candidates()) candidates.push_back(shown(name));
    if (candidates.size() == 1)
        return fmt::format("{} is the best in {}, at {} confidence.\n", candidates.front(), metric,
                           percent_of(ranking.rules.confidence));
    return fmt::format(
        "Each of these may be the best in {}, at {} confidence: {}. More replications tell them apart.\n",
        metric, percent_of(ranking.rules.confidence), fmt::join(candidates, ", "));
}

std::string verdicts(const Ranked& one) {
    std::vector<std::string> words;
    for (const Verdict verdict : {Verdict::pass, Verdict::fail, Verdict::undecided, Verdict::vacuous}) {
        const auto count = std::count_if(one.expectations.begin(), one.expectations.end(),
                                         [&](const Judged& judged) { return judged.verdict == verdict; });
        if (count > 0) words.push_back(fmt::format("{} {}", count, text(verdict)));
    }
    return words.empty() ? dash : fmt::format("{}", fmt::join(words, ", "));
}

// Somebody is behind at all; else the second currency says nothing.
bool shows_debt(const Ranking& ranking) {
    return std::any_of(ranking.policies.begin(), ranking.policies.end(),
                       [](const Ranked& one) { return one.debt.value && *one.debt.value != 0; });
}

std::string policies(const Ranking& ranking) {
    const bool debt = shows_debt(ranking);
    std::vector<Column> columns{{"policy", Align::left},
                                {ranking.rules.metric},
                                {"less the best other"},
                                {"may be\nthe best", Align::left}};
    if (debt) {
        columns.push_back({ranking.rules.debt});
        columns.push_back({"on the\nfront", Align::left});
    }
    columns.push_back({"expectations", Align::left});
    Table table(std::move(columns));
    const bool is_compared = ranking.replications > 1 && !ranking.pairs.empty();
    for (const Ranked& one : ranking.policies) {
        std::vector<std::string> cells{shown(one.outline.policy), with_interval(one.value)};
        cells.push_back(is_compared ? with_interval(one.against.interval, one.value.unit) : dash);
        cells.push_back(!is_compared ? dash : one.against.may_be_best ? "yes" : "no");
        if (debt) {
            cells.push_back(with_interval(one.debt));
            cells.push_back(one.is_efficient ? "yes" : "no");
        }
        cells.push_back(verdicts(one));
        table.add(std::move(cells));
    }
    return "\n" + table.text();
}

std::string optional_figure(const std::optional<double>& value, const char* form) {
    return value ? fmt::format(fmt::runtime(form), *value) : dash;
}

std::string pairs(const Ranking& ranking) {
    if (ranking.pairs.empty()) return "";
    Table table({{"pair", Align::left},
                 {"difference"},
                 {"without common luck"},
                 {"correlation"},
                 {"variance\nreduced by"},
                 {"interval\nnarrower by"}});
    for (const Pair& pair : ranking.pairs) {
        const Ranked& a = ranking.policies[pair.a];
        const Ranked& b = ranking.policies[pair.b];
        const Contrast& contrast = pair.contrast;
        const Interval& unpaired = contrast.unpaired;
        table.add({fmt::format("{} - {}", shown(a.outline.policy), shown(b.outline.policy)),
                   with_interval(contrast.paired, a.value.unit),
                   unpaired.lo ? between(unpaired.lo, unpaired.hi, a.value.unit).substr(1) : dash,
                   optional_figure(contrast.correlation, "{:.3f}"),
                   optional_figure(contrast.variance_reduction, "{:.1f}"),
                   optional_figure(contrast.narrower, "{:.1f}")});
    }
    return "\n" + table.text();
}

std::string tail(const Ranking& ranking) {
    const auto& outline = ranking.outline;
    const std::string set = set_text(outline);
    return fmt::format(
        "\nintervals at {} confidence: of each policy by itself; of all differences to the best, and of all "
        "pairs, at once\n"
        "{}seed {}   replications {}   semantics {}   {}\nfingerprint {}\n",
        percent_of(ranking.rules.confidence), set, outline.seed, ranking.replications,
        sim::experiment::semantics_version, assumed_text(outline), sim::kernel::dashed(ranking.fingerprint));
}

Json interval(const Interval& one) {
    return {{"value", value(one.value)}, {"lo", value(one.lo)}, {"hi", value(one.hi)}};
}

Json policy(const Ranked& one, std::size_t rank) {
    return {{"policy", one.outline.policy},
            {"rank", rank},
            {"against_best", interval(one.against.interval)},
            {"may_be_best", one.against.may_be_best},
            {"on_front", one.is_efficient},
            {"fingerprint", sim::kernel::hex(one.fingerprint)},
            {"expectations", expectations_json(one.expectations)},
            {"metrics", metrics_json(one.metrics)}};
}

Json pair(const Ranking& ranking, const Pair& one) {
    const Contrast& contrast = one.contrast;
    return {{"a", ranking.policies[one.a].outline.policy},
            {"b", ranking.policies[one.b].outline.policy},
            {"paired", interval(contrast.paired)},
            {"unpaired", interval(contrast.unpaired)},
            {"correlation", value(contrast.correlation)},
            {"variance_reduction", value(contrast.variance_reduction)},
            {"narrower", value(contrast.narrower)}};
}

}  // namespace

std::string text(const Ranking& ranking, Look) {
    return head(ranking) + "\n" + winner(ranking) + policies(ranking) + pairs(ranking) + tail(ranking);
}

std::string json(const Ranking& ranking) {
    Json out{{"schema", "ccesim.compare/1"},
             {"scenario", ranking.outline.scenario},
             {"seed", ranking.outline.seed},
             {"replications", ranking.replications}};
    if (ranking.partial()) out["partial"] = {{"done", ranking.replications}, {"asked", ranking.asked}};
    out["fingerprint"] = sim::kernel::hex(ranking.fingerprint);
    out["metric"] = ranking.rules.metric;
    out["debt"] = ranking.rules.debt;
    out["confidence"] = ranking.rules.confidence;
    out["best"] =
        ranking.tells_apart() && ranking.replications > 1 ? Json(ranking.candidates()) : Json::array();
    out["policies"] = Json::array();
    for (std::size_t i = 0; i < ranking.policies.size(); ++i)
        out["policies"].push_back(policy(ranking.policies[i], i + 1));
    out["pairs"] = Json::array();
    for (const Pair& one : ranking.pairs) out["pairs"].push_back(pair(ranking, one));
    out["manifest"] = manifest_json(ranking.outline, ranking.asked);
    out["manifest"].erase("policy");
    return dumped(out);
}

}  // namespace reports
