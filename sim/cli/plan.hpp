// From the file on the command line to a plan. Runs in a worker.

#pragma once

#include "sim/cli/options.hpp"
#include "sim/experiment/study.hpp"
#include "sim/operations/programs.hpp"
#include "sim/scenario/scenario.hpp"

#include <memory>
#include <string>
#include <vector>

namespace sim::cli {

// Throws InputError (exit scenario) if the scenario's file cannot be read. Asked before any worker exists, so
// that the plainest of mistakes is told at once.
void require_script(const Options& options);

struct Loaded {
    scenario::Scenario scenario;
    std::vector<std::string> printed;  // what the script said
};

// With at most ten seconds of CPU time, unless the script is trusted.
Loaded load(const Options& options);

// What the policy and the runbooks decide inside time, for one replication; null where they decide nothing.
std::unique_ptr<operations::Programs> programs(const scenario::Scenario& scenario,
                                               const scenario::Policy& policy, const Options& options);

// The policy that was asked for. Throws InputError (exit command_line) if the scenario declares no such.
const scenario::Policy& chosen_policy(const scenario::Scenario& scenario, const std::string& name);

std::uint64_t chosen_seed(const scenario::Scenario& scenario, const Options& options);

// Parameters that matter and that neither the scenario nor --set gives, with the value they were assumed to
// have.
std::vector<const scenario::ParameterRow*> assumed(const scenario::Scenario& scenario);

std::string plan_hash(const Loaded& loaded);

experiment::Briefing briefing(const Loaded& loaded, const Options& options);

}  // namespace sim::cli
