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

    // A drain and nothing else: no maintenance, and the services go on until whoever asked stops them. At the
    // limit calls are cut by stopping the services, or new ones are let in again. REQUIRES: not draining.
    struct Alone {
        std::optional<Duration> limit;
        bool cuts = false;
    };
    void drain(ApplianceId id, Alone how);
    void give_up(ApplianceId id);  // whoever asked is gone
    // A drain of either kind is under way.
    bool is_draining(ApplianceId id) const { return states_[vocabulary::index(id)].draining; }

    // Events of this room. services_stopped: the appliance is out now. The first two tell how a drain that was
    // nothing else has ended: whether it is over, or its limit has passed without cutting; nothing, of others.
    std::optional<bool> empty(ApplianceId id);
    std::optional<bool> limit_reached(ApplianceId id);
    void services_stopped(ApplianceId id);

    // When it entered maintenance the last time.
    Instant entered_at(ApplianceId id) const { return states_[vocabulary::index(id)].since; }

    std::uint64_t drains_with_calls() const { return drains_with_calls_; }

private:
    struct State {
        bool draining = false;
        std::optional<Alone> alone;
        Instant since{};
        kernel::Ticket limit{};
        kernel::Ticket stop{};
    };
    void begin_draining(ApplianceId id, std::optional<Duration> limit);
    State& state(ApplianceId id) { return states_[vocabulary::index(id)]; }

    kernel::Simulation& simulation_;
    topology::Fleet& fleet_;
    calls::CallPlane& calls_;
    DrainTimes times_;
    std::vector<State> states_;  // by appliance
    std::uint64_t drains_with_calls_ = 0;
};

}  // namespace sim::maintenance
