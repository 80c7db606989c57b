// An earlier result that this one must not fall behind: `no_worse_than`.

#pragma once

#include "sim/experiment/result.hpp"
#include "sim/scenario/scenario.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sim::experiment {

struct Past {
    std::uint64_t seed = 0;
    std::string policy;                         // another one is what there is to compare
    std::vector<std::optional<double>> values;  // of the metric, by replication
};

// REQUIRES a baseline. `now` is what it shall be compared with. Throws InputError (exit input_data) naming the
// file and all that is wrong with it.
Past read_baseline(const scenario::Expectation& expectation, const Outline& now);

}  // namespace sim::experiment
