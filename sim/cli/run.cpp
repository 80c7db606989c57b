#include "sim/cli/commands.hpp"
#include "sim/cli/complain.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/outputs.hpp"
#include "sim/cli/plan.hpp"
#include "sim/cli/processes.hpp"
#include "sim/cli/progress.hpp"

#include "reports/csv.hpp"
#include "reports/json.hpp"
#include "reports/text.hpp"
#include "sim/deployment/run.hpp"
#include "sim/kernel/check.hpp"

#include <fmt/core.h>

#include <unistd.h>

#include <cstdlib>
#include <memory>

namespace sim::cli {

using experiment::Experiment;
using experiment::Gathered;
using vocabulary::Exit;
using vocabulary::InputError;

namespace {

bool is_set(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
}

bool wants_progress(const Options& options) {
    const char* terminal = std::getenv("TERM");
    const bool is_dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
    return !options.quiet && !options.no_progress && ::isatty(STDERR_FILENO) && !is_set("CI") && !is_dumb;
}

bool wants_colour() {
    return ::isatty(STDOUT_FILENO) && !is_set("NO_COLOR");
}

// An error inside time says in which replication it happened, and how to see it again.
template <class Run>
vocabulary::Replication lived(const Options& options, std::uint64_t r, const Run& run) {
    try {
        return run();
    } catch (const InputError& error) {
        std::vector<vocabulary::Problem> problems = error.problems();
        std::string& help = problems.front().help;
        help += (help.empty() ? "" : "; ") +
                fmt::format("in replication {}; it comes back with: {}", r, again(options, r));
        throw InputError(error.exit(), problems, error.left_out());
    }
}

experiment::Task task_of(const Options& options) {
    const auto loaded = std::make_shared<Loaded>();  // filled in the worker, by load, for run
    return {options.file,
            [&options, loaded] {
                *loaded = load(options);
                return briefing(*loaded, options);
            },
            [&options, loaded](std::uint64_t r) {
                const scenario::Scenario& scenario = loaded->scenario;
                const scenario::Policy& policy = chosen_policy(scenario, options.policy);
                const auto programs = cli::programs(scenario, policy, options);
                auto row = lived(options, r, [&] {
                    return deployment::run(scenario, policy, {chosen_seed(scenario, options), r}, {},
                                           programs.get());
                });
                row.number = r;
                return row;
            }};
}

std::vector<std::string> input_paths(const Options& options, const experiment::Outline& outline) {
    std::vector<std::string> paths{options.file};
    for (const auto& [name, hash] : outline.inputs) paths.push_back(joined(split(options.file).folder, name));
    return paths;
}

void greet(const Options& options, const experiment::Briefing& briefing, Progress& progress) {
    forbid(options.outputs, input_paths(options, briefing.outline));
    progress.name(briefing.outline.scenario + " " + briefing.outline.policy);
    if (options.quiet) return;
    warn(briefing.outline.warnings, split(options.file).folder);
    for (const std::string& line : briefing.printed) tell(vocabulary::shown(line));
}

Gathered gather(const Options& options) {
    Progress progress(wants_progress(options), options.replications);
    experiment::Listener listener;
    listener.briefed = [&](const experiment::Briefing& briefing) { greet(options, briefing, progress); };
    listener.progressed = [&](std::uint64_t done) { progress.show(done); };
    listener.noted = [&](const std::string& what) {
        progress.clear();
        tell("note: " + what);
    };
    listener.interrupted = signalled;
    watch_signals();
    const experiment::Task task = task_of(options);
    const experiment::Plan plan{options.replications, options.jobs};
    if (options.trust_script) return experiment::gather_here(task, plan, listener);
    ForkedProcesses processes;
    return experiment::gather(processes, task, plan, listener);
}

std::string formatted(const Experiment& experiment, const std::string& path) {
    const std::string end = ending(path);
    if (end == "csv") return reports::csv(experiment);
    if (end == "json") return reports::json(experiment);
    return reports::text(experiment);
}

// Files first: a terminal that hangs up must not cost them. All are tried; the first failure is told by the
// others'.
Exit publish(const Options& options, const Experiment& experiment) {
    Exit exit = Exit::done;
    const auto attempt = [&](const auto& write) {
        try {
            write();
        } catch (const InputError& error) {
            complain(error);
            exit = error.exit();
        }
    };
    for (const std::string& path : options.outputs)
        attempt([&] { write_file(path, formatted(experiment, path)); });
    attempt([&] { print(reports::text(experiment, {wants_colour()})); });
    return exit;
}

Exit tell_failed(const Options& options, const Gathered& gathered) {
    for (const auto& failed : gathered.failed)
        tell(fmt::format("error: replication {} was {}, alone too; it comes back with: {}", failed.replication,
                         failed.how, again(options, failed.replication)));
    return gathered.failed.empty() ? Exit::done : Exit::defect;
}

}  // namespace

Exit run(const Options& options) {
    check_outputs(options.outputs, options.force);
    forbid(options.outputs, {options.file});
    const Gathered gathered = gather(options);
    const Exit failed = tell_failed(options, gathered);
    if (!gathered.briefing || gathered.rows.empty()) {
        if (gathered.stopped) tell("interrupted before the first replication was done");
        return experiment::gravest(failed, gathered.stopped.value_or(Exit::done));
    }
    const Experiment experiment = experiment::conclude(*gathered.briefing, gathered.rows, options.replications);
    Exit exit = experiment.exit();
    if (experiment.partial()) {
        tell(fmt::format("PARTIAL: {} of {} replications are done", experiment.replications.size(),
                         experiment.asked));
        exit = gathered.stopped.value_or(failed);
    }
    return experiment::gravest(experiment::gravest(exit, failed), publish(options, experiment));
}

}  // namespace sim::cli
