// A plan as one text, so that two plans can be compared by one number.
//
// The text holds all that can change an answer and nothing else: no places in files, no file names, no
// warnings, not the scenario's own name, and not who gave a parameter - only its value. Doubles stand as their
// bits.

#pragma once

#include "sim/scenario/scenario.hpp"

#include <string>
#include <string_view>

namespace sim::scenario {

std::string canonical(const Scenario& scenario);

std::string plan_hash(const Scenario& scenario);  // XXH3 of the above, 16 hex digits

std::string content_hash(std::string_view bytes);  // XXH3 of a file, 16 hex digits

}  // namespace sim::scenario
