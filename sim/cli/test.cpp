#include "sim/cli/commands.hpp"
#include "sim/cli/complain.hpp"
#include "sim/cli/conduct.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/option_values.hpp"
#include "sim/cli/outputs.hpp"
#include "sim/cli/plan.hpp"
#include "sim/cli/processes.hpp"
#include "sim/cli/scripts.hpp"

#include "reports/gates.hpp"
#include "reports/json.hpp"
#include "reports/junit.hpp"
#include "sim/experiment/baseline.hpp"
#include "sim/experiment/gates.hpp"
#include "sim/experiment/judge.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>

namespace sim::cli {

using experiment::CellId;
using experiment::Gate;
using experiment::Gates;
using experiment::Gathered;
using experiment::Store;
using vocabulary::Exit;
using vocabulary::InputError;

namespace {

using Clock = std::chrono::steady_clock;

Options of_file(Options options, const std::string& file) {
    options.file = file;
    return options;
}

// Does something with one scenario; what is wrong with it becomes its own, is told, and stops no other. What is
// wrong with an output concerns all and is thrown.
template <class Act>
void guarded(Gate& gate, const Act& act) {
    try {
        act();
    } catch (const InputError& error) {
        if (error.exit() == Exit::output) throw;
        const InputError here = placed(error, split(gate.file).folder);
        complain(here);
        gate.wrong = {here.exit(), here.what(), here.problems().front().place};
    } catch (const std::exception& error) {
        const std::string what = std::string("defect: ") + error.what();
        tell(what);
        gate.wrong = {Exit::defect, what, {}};
    }
}

void describe(Gate& gate, const experiment::Briefing& briefing) {
    gate.scenario = briefing.outline.scenario;
    gate.policy = briefing.outline.policy;
    gate.seed = briefing.outline.seed;
}

void judge(Gate& gate, const experiment::Briefing& briefing, const Store& store) {
    const experiment::Sample sample = store.sample(CellId{0});
    gate.replications = sample.size();
    gate.expectations =
        experiment::judge(briefing.expectations, sample, briefing.outline, static_cast<unsigned>(gate.looks));
}

// Which signal ended it before its verdicts stood; nothing: they stand.
std::optional<Exit> test_one(Gate& gate, const Options& options, Clock::time_point end) {
    require_script(options);
    Store store = Store::temporary();
    const experiment::Budget budget{options.exactly, options.replications_max};
    experiment::GateAgenda agenda(store, one_policy, budget,
                                  [&] { return !options.time_max || Clock::now() < end; });
    const Gathered gathered = conduct(options, one_policy, agenda, 0);
    if (gathered.stopped) return gathered.stopped;
    const experiment::Briefing& briefing = *gathered.briefing;
    describe(gate, briefing);
    gate.out_of_time = agenda.out_of_time();
    if (briefing.expectations.empty()) return std::nullopt;
    gate.looks = experiment::looks(briefing.expectations, budget).size();
    if (tell_given_up(options, store) != Exit::done)
        gate.wrong = {Exit::defect, "defect: replications ended their worker and were given up", {}};
    else
        judge(gate, briefing, store);
    gate.again = again(options, std::max<std::uint64_t>(gate.replications, 1));
    return std::nullopt;
}

Gates test_all(const Options& options, const std::vector<std::string>& files) {
    Gates gates;
    gates.found = files.size();
    gates.undecided_ok = options.undecided_ok;
    const Clock::time_point end =
        Clock::now() + std::chrono::microseconds(options.time_max ? options.time_max->count() : 0);
    for (const std::string& file : files) {
        Gate gate;
        gate.file = file;
        const Options here = of_file(options, file);
        gate.again = again(here, 1);
        guarded(gate, [&] { gates.stopped = test_one(gate, here, end); });
        if (gates.stopped) break;
        gates.all.push_back(std::move(gate));
    }
    return gates;
}

std::string formatted(const Gates& gates, const std::string& end) {
    if (end == "xml") return reports::junit(gates);
    if (end == "md") return reports::markdown(gates);
    if (end == "json") return reports::json(gates);
    return reports::text(gates);
}

std::string answer_of(const Gates& gates, const std::string& format, bool colour) {
    if (format == "text") return reports::text(gates, {colour});
    if (format == "github") return reports::text(gates, {colour}) + reports::annotations(gates);
    return formatted(gates, format);
}

void tell_vacuous(const Gates& gates) {
    const bool any = std::any_of(gates.all.begin(), gates.all.end(),
                                 [](const Gate& gate) { return gate.wrong || !gate.expectations.empty(); });
    if (!any && !gates.stopped)
        tell(gates.found == 0 ? "vacuous: there is no scenario to test"
                              : "vacuous: no scenario expects anything; cce.expect says what");
}

// --- baselines

// All files that the expectations name, each once, with the line of this scenario.
void write_baselines(const Options& options, const experiment::Briefing& briefing, const Store& store) {
    std::set<std::string> files;
    for (const auto& expectation : briefing.expectations)
        if (expectation.baseline) files.insert(expectation.baseline->file);
    const std::string folder = split(options.file).folder;
    for (const std::string& file : files) {
        const std::string path = joined(folder, file);
        const std::string now = std::filesystem::exists(path) ? DiskFiles(folder).read(file) : "";
        write_file(path, experiment::updated_baseline(now, file, briefing.expectations, briefing.outline,
                                                      store.sample(CellId{0})));
        print(fmt::format("{}: {} wrote {}\n", vocabulary::shown(options.file),
                          store.rows() == 1 ? "1 replication" : fmt::format("{} replications", store.rows()),
                          vocabulary::shown(path)));
    }
}

bool is_compared(const scenario::Expectation& expectation) {
    return expectation.baseline.has_value();
}

// So many replications that every look of a test has something to compare with.
class BaselineAgenda : public experiment::FixedAgenda {
public:
    BaselineAgenda(Store& store, experiment::Budget budget)
        : FixedAgenda(store, experiment::Question::run, one_policy, {}), budget_(budget) {}

    void open(const experiment::Briefing& briefing) override {
        if (std::none_of(briefing.expectations.begin(), briefing.expectations.end(), is_compared)) return;
        begin_with({experiment::Range{1, experiment::looks(briefing.expectations, budget_).back()}});
        FixedAgenda::open(briefing);
    }

private:
    experiment::Budget budget_;
};

std::optional<Exit> update_one(Gate& gate, const Options& options, bool& any) {
    require_script(options);
    Store store = Store::temporary();
    BaselineAgenda agenda(store, {options.exactly, options.replications_max});
    const Gathered gathered = conduct(options, one_policy, agenda, 0);
    if (gathered.stopped) return gathered.stopped;
    if (store.rows() == 0) return std::nullopt;
    any = true;
    if (tell_given_up(options, store) != Exit::done)
        gate.wrong = {Exit::defect, "", {}};
    else
        write_baselines(options, *gathered.briefing, store);
    return std::nullopt;
}

Exit update_baselines(const Options& options, const std::vector<std::string>& files) {
    Exit exit = Exit::done;
    bool any = false;
    for (const std::string& file : files) {
        Gate gate;
        gate.file = file;
        std::optional<Exit> stopped;
        guarded(gate, [&] { stopped = update_one(gate, of_file(options, file), any); });
        if (stopped) return experiment::gravest(exit, *stopped);
        if (gate.wrong) exit = experiment::gravest(exit, gate.wrong->exit);
    }
    if (any || exit != Exit::done) return exit;
    tell("vacuous: no scenario names a baseline; no_worse_than does");
    return Exit::vacuous;
}

// A part of a run, as any other: ccesim merge judges when it has all of them.
Exit test_part(const Options& options, const std::vector<std::string>& files) {
    if (files.size() != 1 || !options.exactly)
        refuse("--shard makes a part of one scenario with a fixed number of replications",
               "ccesim test FILE.lua --replications N --shard I/N -o part.db",
               "several scenarios are shared by giving each machine some of them");
    const Options here = of_file(options, files.front());
    try {
        require_script(here);
        return run(here);
    } catch (const InputError& error) {
        if (error.exit() == Exit::output) throw;
        throw placed(error, split(here.file).folder);
    }
}

}  // namespace

Exit test(const Options& options) {
    const std::vector<std::string> files = scenarios_in(options.files);
    if (!options.shard.is_whole()) return test_part(options, files);
    if (options.update_baseline) return update_baselines(options, files);
    check_outputs(options.outputs, options.force);
    forbid(options.outputs, files);
    const Gates gates = test_all(options, files);
    tell_vacuous(gates);
    if (gates.stopped) tell(fmt::format("PARTIAL: {} of {} scenarios are done", gates.all.size(), gates.found));
    const Exit written = publish(
        options, [&](const std::string& end) { return formatted(gates, end); },
        [&](bool colour) { return answer_of(gates, options.format, colour); });
    return experiment::gravest(gates.exit(), written);
}

}  // namespace sim::cli
