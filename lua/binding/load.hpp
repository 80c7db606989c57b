// A scenario script becomes a plan. The script runs once, in a sandbox, before time begins.

#pragma once

#include "sim/scenario/scenario.hpp"
#include "sim/vocabulary/ports.hpp"

#include <map>
#include <string>

namespace lua::binding {

struct Request {
    std::string path;  // of the script, relative to the scenario's folder: "patch-night.lua"
    const sim::vocabulary::Files& files;  // relative paths count from the scenario's folder
    const sim::vocabulary::Zones& zones;
    std::map<std::string, std::string> set;  // --set key=value: overrides what is only assumed
};

// Runs the script and returns the validated plan. Throws InputError (exit scenario or input_data).
sim::scenario::Scenario load(const Request& request);

}  // namespace lua::binding
