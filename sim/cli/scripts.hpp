// The scenarios that files and folders name.

#pragma once

#include <string>
#include <vector>

namespace sim::cli {

// Files as they are named; of a folder all below it that end in .lua and are no modules, that is, have cce.run
// in their text, sorted. Each once. Throws InputError (exit input_data) for what cannot be read.
std::vector<std::string> scenarios_in(const std::vector<std::string>& paths);

}  // namespace sim::cli
