#include "sim/cli/answers.hpp"

#include "sim/cli/conduct.hpp"
#include "sim/cli/outputs.hpp"

#include "reports/csv.hpp"
#include "reports/json.hpp"
#include "reports/ranking.hpp"
#include "reports/text.hpp"
#include "sim/experiment/judge.hpp"
#include "sim/experiment/ranking.hpp"

#include <fmt/core.h>

namespace sim::cli {

using experiment::CellId;
using experiment::Experiment;
using experiment::Findings;
using experiment::Replication;
using experiment::Store;
using vocabulary::Exit;

namespace {

// What is there of what was asked for, for people and in the exit code.
Exit told_partial(std::uint64_t done, std::uint64_t asked, const std::string& of, std::optional<Exit> stopped) {
    tell(fmt::format("PARTIAL: {} of {} replications{} are done", done, asked, of));
    return stopped.value_or(Exit::interrupted);
}

// Part of a whole that is elsewhere: no verdict, for all replications together decide.
Exit answer_shard(const Store& store, std::optional<Exit> stopped) {
    print(
        fmt::format("shard {}/{}: {} of {} replications are done{}\n"
                    "merge it with the others: ccesim merge PARTS… -o x.db\n",
                    store.shard().index, store.shard().count, store.rows(), store.wanted(),
                    store.is_partial() ? ", PARTIAL" : ""));
    return store.is_partial() ? stopped.value_or(Exit::interrupted) : Exit::done;
}

Experiment conclusion(const Store& store) {
    const experiment::Study& study = *store.study();
    Findings findings(study.briefing.expectations);
    store.each(CellId{0}, [&](const Replication& row) { findings.add(row); });
    experiment::Briefing briefing = study.briefing;
    briefing.outline = outline_of(study, CellId{0});
    return experiment::conclude(briefing, std::move(findings), experiment::size(study.asked));
}

std::string csv_of_all(const Store& store) {
    std::string table = reports::csv_head();
    for (std::size_t i = 0; i < store.study()->cells.size(); ++i) {
        const auto cell = static_cast<CellId>(i);
        const experiment::Outline outline = outline_of(*store.study(), cell);
        table += reports::csv_rows({experiment::fingerprint(outline.policy, store.done(cell)), outline},
                                   [&](const reports::Take& take) { store.each(cell, take); });
    }
    return table;
}

Exit answer_run(const Options& options, const Store& store, std::optional<Exit> stopped) {
    const Experiment experiment = conclusion(store);
    const Exit exit = experiment.partial() ? told_partial(experiment.done.size(), experiment.asked, "", stopped)
                                           : experiment.exit();
    const auto formatted = [&](const std::string& end) {
        if (end == "csv") return csv_of_all(store);
        if (end == "json") return reports::json(experiment);
        return reports::text(experiment);
    };
    return experiment::gravest(
        exit, publish(options, formatted, [&](bool colour) { return reports::text(experiment, {colour}); }));
}

experiment::RankingRules ranking_rules(const experiment::Study& study) {
    experiment::RankingRules rules;
    const auto said = [&](const char* name, std::string& word) {
        const auto found = study.rules.find(name);
        if (found != study.rules.end()) word = found->second;
    };
    said("metric", rules.metric);
    said("debt", rules.debt);
    return rules;
}

Exit answer_compare(const Options& options, const Store& store, std::optional<Exit> stopped) {
    const experiment::Ranking ranking = experiment::rank(store, ranking_rules(*store.study()));
    const Exit exit = ranking.partial()
                          ? told_partial(ranking.replications, ranking.asked, " of each policy", stopped)
                          : ranking.exit();
    const auto formatted = [&](const std::string& end) {
        if (end == "csv") return csv_of_all(store);
        if (end == "json") return reports::json(ranking);
        return reports::text(ranking);
    };
    return experiment::gravest(
        exit, publish(options, formatted, [&](bool colour) { return reports::text(ranking, {colour}); }));
}

}  // namespace

std::map<std::string, std::string> comparison_rules(const Options& options) {
    std::map<std::string, std::string> rules;
    if (!options.metric.empty()) rules["metric"] = options.metric;
    if (!options.debt.empty()) rules["debt"] = options.debt;
    return rules;
}

Exit answer(const Options& options, const Store& store, std::optional<Exit> stopped) {
    if (!store.shard().is_whole()) return answer_shard(store, stopped);
    if (store.study()->question == experiment::Question::compare)
        return answer_compare(options, store, stopped);
    return answer_run(options, store, stopped);
}

Exit close_with_answer(const Options& options, Store& store, std::optional<Exit> stopped) {
    const Exit given_up = tell_given_up(options, store);
    if (store.rows() == 0) {
        if (stopped) tell("interrupted before the first replication was done");
        return experiment::gravest(given_up, stopped.value_or(Exit::done));
    }
    const Exit exit = experiment::gravest(given_up, answer(options, store, stopped));
    store.close();
    return exit;
}

}  // namespace sim::cli
