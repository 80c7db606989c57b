// A scenario script becomes a plan. The script runs once, in a sandbox, before time begins.

#pragma once

#include "lua/binding/limits.hpp"
#include "sim/operations/programs.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/vocabulary/ports.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lua::binding {

struct KnownMetric {  // a row of the metric catalogue, as far as a script can be wrong about it
    std::string name;
    bool by_site = false;
    bool by_direction = false;
    double most = 1e15;  // from 0 to this can be expected of it; past the default no two counts are told apart
};

struct Request {
    std::string path;                     // of the script, relative to the scenario's folder: "patch-night.lua"
    const sim::vocabulary::Files& files;  // relative paths count from the scenario's folder
    const sim::vocabulary::Zones& zones;
    std::map<std::string, std::string> set;  // --set key=value: overrides what is only assumed
    std::vector<KnownMetric> metrics;        // what cce.expect may ask for
    Limits limits{};
    Print print{};                   // takes what the script prints, a line at a time; none: it is lost
    bool without_baselines = false;  // those of no_worse_than are about to be written, and are not read
};

// Runs the script and returns the validated plan. Throws InputError (exit scenario, input_data, or command_line
// for what is wrong with `set`).
sim::scenario::Scenario load(const Request& request);

// Runs the script once more, for one replication, and keeps it alive: the programs of `policy`, and the
// runbooks. REQUIRES a plan that has some. Throws as load() does, and InputError (exit not_deterministic) if
// the script makes another plan than the one with `plan_hash`.
std::unique_ptr<sim::operations::Programs> programs(const Request& request, const std::string& policy,
                                                    const std::string& plan_hash);

}  // namespace lua::binding
