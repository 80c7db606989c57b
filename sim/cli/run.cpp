#include "sim/cli/answers.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/conduct.hpp"
#include "sim/cli/outputs.hpp"

#include "sim/experiment/judge.hpp"

#include <fmt/core.h>

namespace sim::cli {

using experiment::Store;
using vocabulary::Exit;

Exit run(const Options& options) {
    check_outputs(reports_asked(options), options.force);
    forbid(options.outputs, {options.file});
    Store store = store_for(options);
    experiment::FixedAgenda agenda(store, experiment::Question::run, one_policy, options.replications,
                                   options.shard);
    const experiment::Gathered gathered =
        conduct(options, one_policy, agenda, experiment::size(options.replications) / options.shard.count);
    return close_with_answer(options, store, gathered.stopped);
}

}  // namespace sim::cli
