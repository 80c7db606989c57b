#include "sim/cli/conduct.hpp"

#include "sim/cli/complain.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/outputs.hpp"
#include "sim/cli/plan.hpp"
#include "sim/cli/processes.hpp"
#include "sim/cli/progress.hpp"

#include "sim/deployment/run.hpp"

#include <fmt/core.h>

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace sim::cli {

using experiment::Cell;
using experiment::Gathered;
using experiment::Work;
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

// Options by which one cell alone is run.
Options of_cell(Options options, const Cell& cell) {
    options.policy = cell.policy;
    for (const auto& [input, value] : cell.point) options.set[input] = value;
    return options;
}

// A worker's own: the cells, and the plan of the point it is at. Points are handed out one after another, so
// that the plan of one serves many replications.
class Workplace {
public:
    Workplace(Options options, Cells cells) : options_(std::move(options)), cells_of_(std::move(cells)) {}

    experiment::Briefing load() {
        loaded_ = cli::load(options_);
        experiment::Briefing briefing = cli::briefing(loaded_, options_);
        cells_ = cells_of_(briefing);
        plan_hash_ = briefing.outline.plan_hash;
        return briefing;
    }

    experiment::Lived run(const Work& work) {
        const Cell& cell = cells_.at(static_cast<std::size_t>(work.cell));
        const Options here = of_cell(options_, cell);
        go_to(cell.point, here);
        const scenario::Scenario& scenario = loaded_.scenario;
        const scenario::Policy& policy = chosen_policy(scenario, cell.policy);
        const auto programs = cli::programs(scenario, policy, here);
        try {
            vocabulary::Replication row = deployment::run(
                scenario, policy, {chosen_seed(scenario, options_), work.replication}, {}, programs.get());
            row.number = work.replication;
            return {std::move(row), plan_hash_};
        } catch (const InputError& error) {
            throw explained(error, here, work.replication);
        }
    }

private:
    void go_to(const experiment::Point& point, const Options& here) {
        if (point == point_) return;
        loaded_ = cli::load(here);
        plan_hash_ = plan_hash(loaded_);
        point_ = point;
    }

    // An error inside time says in which replication it happened, and how to see it again.
    static InputError explained(const InputError& error, const Options& options, std::uint64_t replication) {
        std::vector<vocabulary::Problem> problems = error.problems();
        std::string& help = problems.front().help;
        help += (help.empty() ? "" : "; ") + fmt::format("in replication {}; it comes back with: {}",
                                                         replication, again(options, replication));
        return {error.exit(), problems, error.left_out()};
    }

    Options options_;
    Cells cells_of_;
    std::vector<Cell> cells_;
    Loaded loaded_;
    experiment::Point point_;
    std::string plan_hash_;
};

experiment::Task task_of(const Options& options, const Cells& cells) {
    const auto place = std::make_shared<Workplace>(options, cells);  // lives in the worker
    return {options.file, [place] { return place->load(); },
            [place](const Work& work) { return place->run(work); }};
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

}  // namespace

std::vector<Cell> one_policy(const experiment::Briefing& briefing) {
    return {{briefing.outline.policy, {}}};
}

Gathered conduct(const Options& options, const Cells& cells, experiment::Agenda& agenda, std::uint64_t total) {
    Progress progress(wants_progress(options), total);
    experiment::Listener listener;
    listener.briefed = [&](const experiment::Briefing& briefing) { greet(options, briefing, progress); };
    listener.progressed = [&](std::uint64_t done) { progress.show(done); };
    listener.noted = [&](const std::string& what) {
        progress.clear();
        tell("note: " + what);
    };
    listener.interrupted = signalled;
    watch_signals();
    const experiment::Task task = task_of(options, cells);
    if (options.trust_script) return experiment::gather_here(task, agenda, listener);
    ForkedProcesses processes;
    return experiment::gather(processes, task, agenda, options.jobs, listener);
}

std::optional<std::string> result_file(const Options& options) {
    for (const std::string& path : options.outputs)
        if (is_result_file(path)) return path;
    return std::nullopt;
}

std::vector<std::string> reports_asked(const Options& options) {
    std::vector<std::string> paths = options.outputs;
    std::erase_if(paths, is_result_file);
    return paths;
}

experiment::Store store_for(const Options& options) {
    const auto path = result_file(options);
    return path ? experiment::Store::at(*path) : experiment::Store::temporary();
}

Exit tell_given_up(const Options& options, const experiment::Store& store) {
    const auto all = store.given_up();
    for (const experiment::GivenUp& one : all) {
        const Cell& cell = store.study()->cells.at(static_cast<std::size_t>(one.work.cell));
        tell(fmt::format("error: replication {} was {}, alone too; it comes back with: {}",
                         one.work.replication, one.how, again(of_cell(options, cell), one.work.replication)));
    }
    return all.empty() ? Exit::done : Exit::defect;
}

Exit publish(const Options& options, const std::function<std::string(const std::string&)>& formatted,
             const std::function<std::string(bool colour)>& text) {
    Exit exit = Exit::done;
    const auto attempt = [&](const auto& write) {
        try {
            write();
        } catch (const InputError& error) {
            complain(error);
            exit = error.exit();
        }
    };
    for (const std::string& path : reports_asked(options))
        attempt([&] { write_file(path, formatted(ending(path))); });
    attempt([&] { print(text(wants_colour())); });
    return exit;
}

}  // namespace sim::cli
