// Gates for the test pages of pipelines: a suite a scenario, a case an expectation, in the attributes that all
// of them read and no others.

#pragma once

#include "sim/experiment/gate_results.hpp"

#include <string>

namespace reports {

std::string junit(const sim::experiment::Gates& gates);

}  // namespace reports
