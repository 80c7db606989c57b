// How errors and warnings reach standard error. Places in the scenario's folder are shown as paths from where
// the user stands, so that an editor or a terminal can open them.

#pragma once

#include "sim/vocabulary/problems.hpp"

#include <string>
#include <vector>

namespace sim::cli {

void warn(const std::vector<vocabulary::Problem>& warnings, const std::string& folder);
void complain(const vocabulary::InputError& error);

// The same error with its places counted from `folder`.
vocabulary::InputError placed(const vocabulary::InputError& error, const std::string& folder);

}  // namespace sim::cli
