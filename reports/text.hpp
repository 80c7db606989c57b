// A result for a person at a terminal: verdicts first, then the sites, then what was lost and why.

#pragma once

#include "sim/experiment/result.hpp"

#include <string>

namespace reports {

struct Look {
    bool colour = false;
};

std::string text(const sim::experiment::Experiment& experiment, Look look = {});

}  // namespace reports
