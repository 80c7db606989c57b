// A plan in words and tables: what a scenario resolves to, before anything is simulated.

#pragma once

#include "sim/scenario/scenario.hpp"
#include "sim/vocabulary/tally.hpp"

#include <string>
#include <vector>

namespace sim::cli {

// `tried`: what playing it has shown; may be empty.
std::string model_text(const scenario::Scenario& scenario, const std::string& tried);

// What is in force from the first moment on, because the plan is set up so.
std::vector<vocabulary::Misconfigured> misconfigured(const scenario::Scenario& scenario);

}  // namespace sim::cli
