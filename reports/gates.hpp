// What became of gates: for a person at a terminal, for the page of a pipeline's job, and for the lines of a
// change under review. JSON is with the other JSON, JUnit in junit.hpp.

#pragma once

#include "reports/text.hpp"
#include "sim/experiment/gate_results.hpp"

#include <array>
#include <string>

namespace reports {

using sim::experiment::Verdict;
inline constexpr std::array verdicts{Verdict::pass, Verdict::fail, Verdict::undecided, Verdict::vacuous};

// Of the whole scenario: that of its gravest expectation, "error", or "nothing expected".
std::string word(const sim::experiment::Gate& gate);
// Why a verdict is what it is, and what would decide it: "needs about 180 replications".
std::string reason(const sim::experiment::Judged& judged, const sim::experiment::Gate& gate);
std::string total(const sim::experiment::Gates& gates);  // one line, without its end

std::string text(const sim::experiment::Gates& gates, Look look = {});
std::string markdown(const sim::experiment::Gates& gates);
// Workflow commands of GitHub Actions: the ten gravest, for it shows no more of a step.
std::string annotations(const sim::experiment::Gates& gates);

}  // namespace reports
