// The CCE management service of each host: it looks at its appliance every 60 seconds, takes it offline as a
// whole when anything watched is bad, and tries to bring it back on a ladder of growing intervals.
//
// Probes are arithmetic: each host looks at its own phase of the minute, and a probe is an event only when
// something it would see has changed. A quiet year costs nothing. A fault at the very instant of a probe is
// seen by it, because faults come before timers.
//
// What is watched, and how far a recovery attempt reaches, is the version's (vocabulary/versions.hpp). A host
// that cannot look into its machines says Error and can do nothing else.
//
// The service dies with its host, and sees nothing while the appliance is in maintenance. What the tenant could
// not be told it tells as soon as it can, in maintenance too, and also where the version detects nothing.

#pragma once

#include "sim/calls/call_plane.hpp"
#include "sim/topology/fleet.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sim::management {

using kernel::Duration;
using kernel::Instant;
using vocabulary::ApplianceId;

inline constexpr Duration detection_period = std::chrono::seconds{60};  // S0, TRB: "checks every 60 seconds"
inline constexpr Duration attempt_interval_first = std::chrono::seconds{10};  // S0, TRB
inline constexpr Duration attempt_interval_max = std::chrono::hours{1};       // S0, TRB

// The wait before attempt `number` (from 1), from the end of the attempt before: 10, 10, 10, 20, 40 … 3600 s.
Duration attempt_interval(std::uint32_t number);

struct Rules {
    bool detects = true;                    // false: no appliance detects or recovers, whatever its version
    bool may_give_up = false;               // the ladder of release 1.4.1, where the version has it
    bool stops_at_once = true;              // on detection; false: drains first
    Duration first_attempt_after{};         // from the probe that detected
    double recovery_success = 1;            // of an attempt, once every cause is cleared or can be
    std::optional<Duration> attempt_takes;  // none: boot times of what is off, and the start of the services
    Duration service_start{};
};

class Service {
public:
    Service(kernel::Simulation& simulation, topology::Fleet& fleet, calls::CallPlane& calls, Rules rules,
            const std::vector<std::string>& appliance_names);

    // What these appliances would show a probe has changed.
    void settle(const std::vector<ApplianceId>& appliances);

    // Events of this room.
    void started(ApplianceId id);  // the service, after a stop, a restart or the boot of its host
    void probe(ApplianceId id);
    void attempt_begins(ApplianceId id);
    void attempt_ends(ApplianceId id);
    void drained(ApplianceId id);  // where detection drains before it stops the services

    // True while this room drains the appliance.
    bool is_draining(ApplianceId id) const { return hosts_[vocabulary::index(id)].draining; }

private:
    struct Host {
        kernel::Stream phase_luck;
        kernel::Stream attempt_luck;
        std::uint32_t starts = 0;    // of the service
        std::uint32_t outages = 0;   // detected so far
        std::uint32_t attempts = 0;  // in this outage, since the service started
        std::uint32_t draws = 0;     // attempts in this outage, whatever started
        Duration phase{};
        kernel::Ticket probe{};
        kernel::Ticket attempt{};  // its begin or its end
        bool draining = false;
        bool left_draining = false;  // by an outage that nobody watches any more; the next recovery ends it
        bool gave_up = false;
        Duration boots{};  // that the attempt under way reckons with
    };

    Host& host(ApplianceId id) { return hosts_[vocabulary::index(id)]; }
    Instant next_probe(const Host& host) const;
    void draw_phase(Host& host);
    void detect(ApplianceId id);
    void stop_services(ApplianceId id);
    void find_blind(ApplianceId id);
    const vocabulary::Version& version_of(ApplianceId id) const;
    topology::Fleet::Repair repair_of(ApplianceId id, std::uint32_t number) const;
    bool has_given_up(ApplianceId id) const;
    bool watches(ApplianceId id) const;
    bool would_see(ApplianceId id) const;
    void schedule_attempt(ApplianceId id, Duration wait);

    kernel::Simulation& simulation_;
    topology::Fleet& fleet_;
    calls::CallPlane& calls_;
    Rules rules_;
    std::vector<Host> hosts_;  // by appliance
};

}  // namespace sim::management
