// One world: every room built from one scenario, and the table that says which room owns which event.

#pragma once

#include "sim/calls/call_plane.hpp"
#include "sim/deployment/run.hpp"
#include "sim/deployment/tenancy.hpp"
#include "sim/faults/injector.hpp"
#include "sim/kernel/simulation.hpp"
#include "sim/maintenance/drains.hpp"
#include "sim/maintenance/patching.hpp"
#include "sim/maintenance/updates.hpp"
#include "sim/maintenance/upgrading.hpp"
#include "sim/management/service.hpp"
#include "sim/operations/desk.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/topology/fleet.hpp"
#include "sim/vocabulary/tally.hpp"

#include <string>
#include <vector>

namespace sim::deployment {

class World {
public:
    World(const scenario::Scenario& scenario, const scenario::Policy& policy, kernel::Luck luck,
          bool keep_journal, operations::Programs* programs = nullptr);

    World(const World&) = delete;
    World& operator=(const World&) = delete;

    calls::CallPlane& calls() { return calls_; }
    kernel::Journal& journal() { return simulation_.journal(); }

    // Lives the whole run, closes the books and adds up.
    vocabulary::Replication live();

    // To be asked after it. Appliances that Enter-CcUpdate took out before `when`, out since then.
    std::vector<LeftOut> left_out(kernel::Instant when) const;

    // For the loop.
    void run_before(const kernel::Key& head, kernel::Instant end) { calls_.run_before(head, end); }
    void dispatch(const kernel::Event& event);

private:
    void hand_over(const kernel::Event& event);
    void settle();
    void let_programs_look();
    void appliance_empty(scenario::ApplianceId id);
    void services_stopped(scenario::ApplianceId id);
    void incident(std::uint32_t row);
    void act(const scenario::FaultAction& action);
    void act(const scenario::CmdletAction& action);
    void act(const scenario::RunbookAction& action);
    void patching_step_ends(scenario::ApplianceId id);
    void mediation_fails(scenario::ApplianceId id, kernel::Duration lasts);
    void note_changes(const std::vector<scenario::ApplianceId>& appliances);

    void schedule_incidents();
    void add_windows(const scenario::Policy& policy);
    void add_crews();
    void add_failures();
    void configure();
    std::string luck_name(const vocabulary::Fault& fault) const;

    vocabulary::Replication tally();
    vocabulary::SiteRow site_row(std::size_t book);
    void add_losses(vocabulary::Replication& row);
    void add_missed_windows(vocabulary::Replication& row);
    void add_failed_cmdlets(vocabulary::Replication& row);
    void add_crew_rows(vocabulary::Replication& row);

    const scenario::Scenario& scenario_;
    std::vector<std::string> appliance_names_, gateway_names_;
    kernel::Simulation simulation_;
    topology::Fleet fleet_;
    calls::CallPlane calls_;
    faults::Injector injector_;
    management::Service management_;
    maintenance::Drains drains_;
    maintenance::Releases releases_;
    maintenance::Patching patching_;
    maintenance::Upgrading upgrading_;
    maintenance::Updates updates_;
    UsersOfPlan people_;
    ClocksOfPlan clocks_;
    operations::Tenancy tenancy_;
    operations::Desk desk_;
    operations::Programs* programs_;
    std::vector<scenario::SiteId> changed_sites_;  // since programs looked last
};

}  // namespace sim::deployment
