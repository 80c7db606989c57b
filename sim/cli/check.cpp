#include "sim/cli/commands.hpp"
#include "sim/cli/model.hpp"
#include "sim/cli/outputs.hpp"
#include "sim/cli/plan.hpp"
#include "sim/cli/processes.hpp"
#include "sim/cli/rehearsal.hpp"

namespace sim::cli {

vocabulary::Exit check(const Options& options) {
    watch_signals();
    ForkedProcesses processes;
    print(experiment::ask(processes, options.file, [&options] {
        Loaded loaded = load(options);
        static_cast<void>(briefing(loaded, options));  // asks for the baselines, too
        Rehearsal rehearsal = rehearse(loaded.scenario, options);
        for (vocabulary::Problem& warning : rehearsal.warnings)
            loaded.scenario.warnings.push_back(std::move(warning));
        return model_text(loaded.scenario, rehearsal.text);
    }));
    return vocabulary::Exit::done;
}

}  // namespace sim::cli
