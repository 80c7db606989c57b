// The tenant as the plan has it: its users by name, its windows by the clocks of the sites, and what stands in
// it before the run.

#pragma once

#include "sim/operations/tenancy.hpp"
#include "sim/scenario/scenario.hpp"

#include <map>
#include <string>
#include <vector>

namespace sim::deployment {

// Asks the plan, which must outlive it.
class UsersOfPlan final : public operations::People {
public:
    explicit UsersOfPlan(const scenario::Scenario& scenario) : scenario_(scenario) {}

    std::optional<One> named(std::string_view principal) const override;
    std::size_t size(scenario::CohortId group) const override;
    bool has_voice(scenario::CohortId group, std::size_t number) const override;
    std::uint32_t with_voice(scenario::CohortId group) const override;
    std::string name(const One& one) const override;
    bool may_dial_abroad(const One& one) const override;
    std::optional<scenario::CohortId> users_of(std::optional<scenario::SiteId> site) const override;
    std::optional<scenario::SiteId> site_of(scenario::CohortId group) const override;

private:
    const scenario::Scenario& scenario_;
};

class ClocksOfPlan final : public maintenance::Openings {
public:
    explicit ClocksOfPlan(const scenario::Scenario& scenario) : scenario_(scenario) {}

    std::vector<kernel::Instant> of(const vocabulary::Window& window, scenario::SiteId site,
                                    kernel::Instant after) const override;
    bool fits(const vocabulary::Window& window) const override;
    std::string text(const vocabulary::Window& window) const override;

private:
    const scenario::Scenario& scenario_;
};

// Windows of a scenario have no names; the tenant's are numbered: "Window1", …
std::string window_name(scenario::WindowId id);

operations::TenancyPlan tenancy_plan(const scenario::Scenario& scenario, const scenario::Policy& policy);

}  // namespace sim::deployment
