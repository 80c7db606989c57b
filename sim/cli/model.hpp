// A plan in words and tables: what a scenario resolves to, before anything is simulated.

#pragma once

#include "sim/scenario/scenario.hpp"

#include <string>

namespace sim::cli {

std::string model_text(const scenario::Scenario& scenario);

}  // namespace sim::cli
