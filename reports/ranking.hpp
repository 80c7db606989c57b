// Policies against each other: the ranking first, then every pair.

#pragma once

#include "reports/text.hpp"
#include "sim/experiment/ranking_results.hpp"

#include <string>

namespace reports {

std::string text(const sim::experiment::Ranking& ranking, Look look = {});
std::string json(const sim::experiment::Ranking& ranking);  // ccesim.compare/1

}  // namespace reports
