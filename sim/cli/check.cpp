#include "sim/cli/commands.hpp"
#include "sim/cli/model.hpp"
#include "sim/cli/outputs.hpp"
#include "sim/cli/plan.hpp"
#include "sim/cli/processes.hpp"

namespace sim::cli {

vocabulary::Exit check(const Options& options) {
    watch_signals();
    ForkedProcesses processes;
    print(experiment::ask(processes, options.file, [&options] {
        const Loaded loaded = load(options);
        static_cast<void>(briefing(loaded, options));  // asks for the baselines, too
        return model_text(loaded.scenario);
    }));
    return vocabulary::Exit::done;
}

}  // namespace sim::cli
