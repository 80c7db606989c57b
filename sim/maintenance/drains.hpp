// Taking an appliance out of service on purpose, and putting it back (Enter-CcUpdate, Exit-CcUpdate).
//
// A drain takes no new call and lets running calls finish; when the last one has ended the services stop. It
// may have a limit, after which the rest is cut. `immediate` lets the services stop when the cmdlet has run,
// and cuts what is up then. Either way the tenant reads Maintenance from the first moment, detection is
// suppressed, and the services are Manual: a forgotten Exit survives every reboot.

#pragma once

#include "sim/calls/call_plane.hpp"
#include "sim/topology/fleet.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace sim::maintenance {

using kernel::Duration;
using kernel::Instant;
using vocabulary::ApplianceId;

struct Stop {                       // how an appliance goes into maintenance
    bool drain = true;              // false: immediate
    std::optional<Duration> limit;  // of the drain; none: as long as its last call
};

struct DrainTimes {  // parameters of the scenario
    Duration service_stop{};
    Duration immediate_takes{};
};

class Drains {
public:
    Drains(kernel::Simulation& simulation, topology::Fleet& fleet, calls::CallPlane& calls, DrainTimes times);

    // REQUIRES: not in maintenance. Warns, in the journal, when this takes the site's last ready appliance.
    void enter(ApplianceId id, Stop stop);
    // Back to production at this instant: services Automatic and started, status Running. REQUIRES: in
    // maintenance.
    void leave(ApplianceId id);

    // Events of this room. services_stopped: the appliance is out now.
    void empty(ApplianceId id);
    void limit_reached(ApplianceId id);
    void services_stopped(ApplianceId id);

    // When it entered maintenance the last time.
    Instant entered_at(ApplianceId id) const { return states_[vocabulary::index(id)].since; }

    std::uint64_t drains_with_calls() const { return drains_with_calls_; }

private:
    struct State {
        bool draining = false;
        Instant since{};
        kernel::Ticket limit{};
        kernel::Ticket stop{};
    };
    State& state(ApplianceId id) { return states_[vocabulary::index(id)]; }

    kernel::Simulation& simulation_;
    topology::Fleet& fleet_;
    calls::CallPlane& calls_;
    DrainTimes times_;
    std::vector<State> states_;  // by appliance
    std::uint64_t drains_with_calls_ = 0;
};

}  // namespace sim::maintenance
