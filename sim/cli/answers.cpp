#include "sim/cli/answers.hpp"

#include "sim/cli/conduct.hpp"
#include "sim/cli/outputs.hpp"

#include "reports/csv.hpp"
#include "reports/json.hpp"
#include "reports/text.hpp"
#include "sim/experiment/judge.hpp"

#include <fmt/core.h>

namespace sim::cli {

using experiment::CellId;
using experiment::Experiment;
using experiment::Findings;
using experiment::Replication;
using experiment::Store;
using vocabulary::Exit;

namespace {

Experiment conclusion(const Store& store) {
    const experiment::Study& study = *store.study();
    Findings findings(study.briefing.expectations);
    store.each(CellId{0}, [&](const Replication& row) { findings.add(row); });
    experiment::Briefing briefing = study.briefing;
    briefing.outline = outline_of(study, CellId{0});
    return experiment::conclude(briefing, std::move(findings), experiment::size(study.asked));
}

// Part of a whole that is elsewhere: no verdict, for all replications together decide.
Exit answer_shard(const Options& options, const Store& store, std::optional<Exit> stopped) {
    print(
        fmt::format("shard {}/{}: {} of {} replications are done{}\nmerge it with the others: ccesim merge "
                    "PARTS… -o x.db\n",
                    options.shard.index, options.shard.count, store.rows(), store.wanted(),
                    store.is_partial() ? ", PARTIAL" : ""));
    return store.is_partial() ? stopped.value_or(Exit::interrupted) : Exit::done;
}

Exit answer_run(const Options& options, const Store& store, std::optional<Exit> stopped) {
    const Experiment experiment = conclusion(store);
    Exit exit = experiment.exit();
    if (experiment.partial()) {
        tell(fmt::format("PARTIAL: {} of {} replications are done", experiment.done.size(), experiment.asked));
        exit = stopped.value_or(Exit::interrupted);
    }
    const auto rows = [&](const reports::Take& take) { store.each(CellId{0}, take); };
    const auto formatted = [&](const std::string& end) {
        if (end == "csv") return reports::csv(experiment, rows);
        if (end == "json") return reports::json(experiment);
        return reports::text(experiment);
    };
    return experiment::gravest(
        exit, publish(options, formatted, [&](bool colour) { return reports::text(experiment, {colour}); }));
}

}  // namespace

Exit answer(const Options& options, const Store& store, std::optional<Exit> stopped) {
    if (!options.shard.is_whole()) return answer_shard(options, store, stopped);
    return answer_run(options, store, stopped);
}

}  // namespace sim::cli
