#include "sim/cli/answers.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/conduct.hpp"
#include "sim/cli/outputs.hpp"

#include "sim/vocabulary/problems.hpp"

namespace sim::cli {

using experiment::Store;
using vocabulary::Exit;

namespace {

std::vector<experiment::Cell> all_policies(const experiment::Briefing& briefing) {
    if (briefing.policies.size() < 2)
        throw vocabulary::InputError(Exit::scenario,
                                     vocabulary::Problem{{briefing.outline.scenario + ".lua", 0, 0},
                                                         "E229",
                                                         "there is nothing to compare",
                                                         "two policies or more: cce.policy \"name\" { … }",
                                                         "ccesim run plays one"});
    std::vector<experiment::Cell> cells;
    for (const std::string& policy : briefing.policies) cells.push_back({policy, {}});
    return cells;
}

}  // namespace

Exit compare(const Options& options) {
    check_outputs(reports_asked(options), options.force);
    forbid(options.outputs, {options.file});
    Store store = store_for(options);
    experiment::FixedAgenda agenda(store, experiment::Question::compare, all_policies, options.replications,
                                   options.shard, comparison_rules(options));
    const experiment::Gathered gathered = conduct(options, all_policies, agenda, 0);
    return close_with_answer(options, store, gathered.stopped);
}

}  // namespace sim::cli
