// What a store says, by the question it was made for: on standard output, and in the files that were asked for.

#pragma once

#include "sim/cli/options.hpp"
#include "sim/experiment/store.hpp"

#include <optional>

namespace sim::cli {

// Live, merged or printed again, the same rows give the same bytes. `stopped`: by which signal the run was
// ended.
vocabulary::Exit answer(const Options& options, const experiment::Store& store,
                        std::optional<vocabulary::Exit> stopped = {});

}  // namespace sim::cli
