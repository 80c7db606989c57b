// The parts of a world, made from the plan: each room gets plain values and knows no scenario.

#pragma once

#include "sim/calls/call_plane.hpp"
#include "sim/faults/injector.hpp"
#include "sim/maintenance/updates.hpp"
#include "sim/management/service.hpp"
#include "sim/operations/verbs.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/topology/fleet.hpp"

#include <string>
#include <vector>

namespace sim::deployment {

template <class Id, class Named>
std::vector<std::string> names_of(const vocabulary::Table<Id, Named>& table) {
    std::vector<std::string> names;
    for (const Named& element : table) names.push_back(element.name);
    return names;
}

topology::Fleet build_fleet(kernel::Simulation& simulation, const scenario::Scenario& scenario);
vocabulary::Table<calls::CohortId, calls::Cohort> build_cohorts(const scenario::Scenario& scenario);
calls::Rules call_rules(const scenario::Parameters& parameters);
management::Rules management_rules(const scenario::Parameters& parameters, scenario::RecoveryPolicy recovery);
maintenance::UpdateRules update_rules(const scenario::Parameters& parameters,
                                      const scenario::UpdatePolicy& policy);
maintenance::ReleasePlan release_plan(const scenario::Scenario& scenario);
maintenance::PatchTimes patch_times(const scenario::Parameters& parameters);
operations::Names operator_names(const scenario::Scenario& scenario);
operations::Times desk_times(const scenario::Parameters& parameters);
vocabulary::Table<scenario::CommonCauseId, std::vector<faults::Taken>> build_common_causes(
    const scenario::Scenario& scenario);
faults::Assumed fault_rules(const scenario::Parameters& parameters);

}  // namespace sim::deployment
