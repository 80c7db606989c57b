// Expectations against what was seen.
//
// Without `confidence` an expectation is a plain comparison of the estimate. With it the interval decides:
// wholly on the right side is a pass, wholly on the wrong side a fail, across the target undecided. `always`
// asks every single replication, and of extremes over time so every moment. One that looked at nothing is
// vacuous and never a pass: a gate that sees no calls must not open.

#pragma once

#include "sim/experiment/findings.hpp"
#include "sim/experiment/study.hpp"
#include "sim/scenario/scenario.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sim::experiment {

// Throws InputError (exit input_data) with all that is wrong with the files that no_worse_than names: no
// result, one of another version of the model, of another scenario or length, or one that lacks the metric.
// Costs little: asked before the first replication runs.
void check_baselines(const std::vector<scenario::Expectation>& expectations, const Outline& outline);

// `looks`: how often they are judged before more replications are no longer asked for; the confidence of an
// expectation holds for all looks together. REQUIRES that the sample was asked what the expectations ask.
std::vector<Judged> judge(const std::vector<scenario::Expectation>& expectations, const Sample& sample,
                          const Outline& outline, unsigned looks = 1);

// The result of the finished replications, judged and estimated.
Experiment conclude(const Briefing& briefing, Findings findings, std::uint64_t asked, unsigned looks = 1);

}  // namespace sim::experiment
