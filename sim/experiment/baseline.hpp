// An earlier result that this one must not fall behind: `no_worse_than`.

#pragma once

#include "sim/experiment/result.hpp"
#include "sim/experiment/sample.hpp"
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

// A baseline file is a result (ccesim.result/1), or made for it (ccesim.baseline/1): one line a scenario and
// policy, ascending, so that a review shows which have moved.
//
// The file `now` with the line of this experiment put in or replaced: the series of all expectations that name
// the file. `now` is empty if there is no file yet. Throws InputError (exit input_data) if it holds anything
// but such lines.
std::string updated_baseline(const std::string& now, const std::string& file,
                             const std::vector<scenario::Expectation>& expectations, const Outline& outline,
                             const Sample& sample);

}  // namespace sim::experiment
