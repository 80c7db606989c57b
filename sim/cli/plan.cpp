#include "sim/cli/plan.hpp"

#include "lua/binding/load.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/model.hpp"
#include "sim/cli/processes.hpp"
#include "sim/cli/zones.hpp"
#include "sim/experiment/judge.hpp"
#include "sim/scenario/describe.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace sim::cli {

using vocabulary::Exit;
using vocabulary::InputError;
using vocabulary::Problem;

void require_script(const Options& options) {
    const Path path = split(options.file);
    try {
        DiskFiles(path.folder).read(path.name);
    } catch (const InputError& error) {
        throw InputError(Exit::scenario, error.problems(), error.left_out());
    }
}

namespace {

std::vector<lua::binding::KnownMetric> known_metrics() {
    std::vector<lua::binding::KnownMetric> known;
    for (const auto& metric : experiment::metric_catalogue())
        known.push_back({metric.name, metric.by_site, metric.by_direction,
                         most_of(metric).value_or(lua::binding::KnownMetric{}.most)});
    return known;
}

}  // namespace

Loaded load(const Options& options) {
    const Path path = split(options.file);
    const DiskFiles files(path.folder);
    const SystemZones zones;
    Loaded loaded;
    const auto print = [&](const std::string& line) { loaded.printed.push_back(line); };
    if (!options.trust_script) limit_cpu_time();
    loaded.scenario = lua::binding::load(
        {path.name, files, zones, options.set, known_metrics(), {}, print, options.update_baseline});
    if (!options.trust_script) lift_cpu_limit();
    return loaded;
}

std::unique_ptr<operations::Programs> programs(const scenario::Scenario& scenario,
                                               const scenario::Policy& policy, const Options& options) {
    const bool has_runbooks = std::any_of(
        scenario.incidents.begin(), scenario.incidents.end(), [](const scenario::Incident& incident) {
            return std::holds_alternative<scenario::RunbookAction>(incident.action);
        });
    if (policy.programs.empty() && !has_runbooks) return nullptr;
    const Path path = split(options.file);
    const DiskFiles files(path.folder);
    const SystemZones zones;
    return lua::binding::programs(
        {path.name, files, zones, options.set, known_metrics(), {}, {}, options.update_baseline}, policy.name,
        scenario::plan_hash(scenario));
}

const scenario::Policy& chosen_policy(const scenario::Scenario& scenario, const std::string& name) {
    if (name.empty()) return scenario.policies.front();
    std::vector<std::string> declared;
    for (const scenario::Policy& policy : scenario.policies) {
        if (policy.name == name) return policy;
        declared.push_back(policy.name);
    }
    throw InputError(Exit::command_line,
                     Problem{{},
                             "E502",
                             fmt::format("--policy: the scenario declares no policy \"{}\"{}",
                                         vocabulary::shown(name), vocabulary::did_you_mean(name, declared)),
                             fmt::format("one of {}", fmt::join(declared, ", ")),
                             ""});
}

std::uint64_t chosen_seed(const scenario::Scenario& scenario, const Options& options) {
    return options.seed.value_or(scenario.seed.value_or(default_seed));
}

std::vector<const scenario::ParameterRow*> assumed(const scenario::Scenario& scenario) {
    std::vector<const scenario::ParameterRow*> rows;
    for (const scenario::ParameterRow& row : scenario::parameter_catalogue())
        if (!scenario.given.count(row.key) && !scenario.set.count(row.key) && !scenario.idle.count(row.key))
            rows.push_back(&row);
    return rows;
}

std::string plan_hash(const Loaded& loaded) {
    return scenario::plan_hash(loaded.scenario);
}

experiment::Briefing briefing(const Loaded& loaded, const Options& options) {
    const scenario::Scenario& scenario = loaded.scenario;
    experiment::Outline outline;
    outline.scenario = scenario.name;
    outline.policy = chosen_policy(scenario, options.policy).name;
    outline.seed = chosen_seed(scenario, options);
    outline.length = scenario.length;
    outline.inputs = scenario.inputs;
    outline.zone_data_version = scenario.zone_data_version;
    outline.plan_hash = plan_hash(loaded);
    for (const scenario::ParameterRow* row : assumed(scenario))
        outline.assumed[row->key] = row->shown(scenario.parameters);
    outline.set = scenario.set;
    outline.configured = misconfigured(scenario);
    outline.warnings = scenario.warnings;
    if (!options.update_baseline) experiment::check_baselines(scenario.expectations, outline);
    std::vector<std::string> policies;
    for (const scenario::Policy& policy : scenario.policies) policies.push_back(policy.name);
    return {outline, scenario.expectations, policies, loaded.printed};
}

}  // namespace sim::cli
