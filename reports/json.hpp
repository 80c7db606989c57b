// A result as JSON: the contract with other programs. docs/result.schema.json says the same to a validator.

#pragma once

#include "sim/experiment/gate_results.hpp"
#include "sim/experiment/result.hpp"

#include <string>

namespace reports {

std::string json(const sim::experiment::Experiment& experiment);
std::string json(const sim::experiment::Gates& gates);  // docs/test.schema.json

}  // namespace reports
