// Trying out what nobody can read off a plan: whether its programs and cmdlets bring back every appliance that
// they take out of service.

#pragma once

#include "sim/cli/options.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/vocabulary/problems.hpp"

#include <string>
#include <vector>

namespace sim::cli {

struct Rehearsal {
    std::string text;  // what was tried, and how it went; empty: there was nothing to try
    std::vector<vocabulary::Problem> warnings;
};

// Plays the plan once by each policy, without calls and failures, and for a while beyond its end.
Rehearsal rehearse(const scenario::Scenario& scenario, const Options& options);

}  // namespace sim::cli
