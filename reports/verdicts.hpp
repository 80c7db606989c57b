// Expectations and verdicts in words, as all reports say them.

#pragma once

#include "reports/figures.hpp"
#include "reports/text.hpp"
#include "sim/experiment/result.hpp"

#include <string>

namespace reports {

std::string painted(const std::string& word, sim::experiment::Verdict verdict, Look look);

std::string asked(const sim::experiment::Judged& judged);   // "calls_dropped site Amsterdam"
std::string wanted(const sim::experiment::Judged& judged);  // "<= 30, in every replication"
std::string seen(const sim::experiment::Judged& judged);    // "27.5 [25, 30] 95 %"

}  // namespace reports
