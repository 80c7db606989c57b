// What a store says, by the question it was made for: on standard output, and in the files that were asked for.

#pragma once

#include "sim/cli/options.hpp"
#include "sim/experiment/store.hpp"

#include <map>
#include <optional>
#include <string>

namespace sim::cli {

// Live, merged or printed again, the same rows give the same bytes. `stopped`: by which signal the run was
// ended.
vocabulary::Exit answer(const Options& options, const experiment::Store& store,
                        std::optional<vocabulary::Exit> stopped = {});

// The same at the end of the work: tells what was given up, and closes the store.
vocabulary::Exit close_with_answer(const Options& options, experiment::Store& store,
                                   std::optional<vocabulary::Exit> stopped = {});

// What a comparison is about, as the store keeps it: so that it is printed again as it was made.
std::map<std::string, std::string> comparison_rules(const Options& options);

}  // namespace sim::cli
