// What exists and what state it is in: hosts, their four machines, their services, the gateways - and what
// follows from that alone: which way a call could go, and whether an appliance is ready.
//
// Rooms above change the state through the verbs below and never ask each other; each verb notes which
// appliances and gateways it touched, so that calls can be settled before time moves on. The fleet knows no
// call.
//
// Start-up is physics and lives here: a host boots, then its machines one after another in the order AD, CMS,
// Mediation, Edge, because Mediation and CMS do not start without their directory.

#pragma once

#include "sim/kernel/simulation.hpp"
#include "sim/vocabulary/ids.hpp"
#include "sim/vocabulary/machines.hpp"
#include "sim/vocabulary/outcomes.hpp"

#include <array>
#include <optional>
#include <vector>

namespace sim::topology {

using kernel::Duration;
using kernel::Instant;
using vocabulary::ApplianceId;
using vocabulary::GatewayId;
using vocabulary::Machine;
using vocabulary::Reason;
using vocabulary::SiteId;

// The services whose loss calls feel. An Edge without its Access Edge, or a Mediation without either of its
// two, carries no signalling.
enum class Service : std::uint8_t { edge_rtcsrv, med_rtcsrv, med_medsvc };
inline constexpr std::array services{Service::edge_rtcsrv, Service::med_rtcsrv, Service::med_medsvc};
constexpr Machine machine_of(Service service) {
    return service == Service::edge_rtcsrv ? Machine::edge : Machine::mediation;
}

// What the tenant was last told. It keeps the last report: a dead host reads Running.
enum class TenantStatus : std::uint8_t { none, running, maintenance, error };

enum class Power : std::uint8_t { off, starting, on };

// Something an active fault holds down.
enum class Held : std::uint8_t { host, machine, service, management };
struct Hold {
    std::uint32_t fault = 0;  // the active fault, by its owner's number
    std::uint8_t id = 0;      // what the record of its end says
    Held what{};
    std::uint8_t which = 0;  // Machine or Service
    bool clearable = false;  // a recovery attempt can clear it; otherwise only its own end does
};

struct BootTimes {
    Duration host{};
    std::array<Duration, 4> machine{};  // by Machine

    Duration operator[](Machine m) const { return machine[static_cast<std::size_t>(m)]; }
};

// Why one side of an appliance does not carry calls, and out of which record that grew.
struct Down {
    Reason reason = Reason::none;
    kernel::RecordId cause{};
};

struct Appliance {
    SiteId site{};
    unsigned calls_max = 500;

    Power host = Power::on;
    std::uint32_t host_losses = 0;  // how often the host has gone down, planned or not
    std::array<Power, 4> machine{Power::on, Power::on, Power::on, Power::on};
    std::array<bool, 3> started{true, true, true};  // by Service
    bool automatic = true;  // start type of the services; Manual after detection and in maintenance
    bool management_running = true;
    bool draining = false;        // Mediation answers 503 to new calls
    bool in_maintenance = false;  // between Enter-CcUpdate and Exit-CcUpdate; suppresses detection
    TenantStatus status = TenantStatus::running;
    kernel::RecordId reported{};  // out of what the last status was reported
    std::vector<Hold> holds;

    // Derived, kept up to date by the fleet:
    bool edge_alive = true;
    bool mediation_alive = true;
    bool ready = true;
    Down edge_down, mediation_down;

    kernel::Ticket boot{};  // of the host or of the next machine

    bool on(Machine m) const { return machine[static_cast<std::size_t>(m)] == Power::on; }
    bool runs(Service s) const { return started[static_cast<std::size_t>(s)]; }
};

struct Gateway {
    SiteId site{};
    unsigned channels = 0;
    bool reroute_on_5xx = false;  // hunts on after the 5xx of a Mediation without its Edge
    bool alive = true;
    Down down;
    Instant died_at{};        // the last time; means nothing before `down` has a reason
    Instant changed_at{};     // when it last died or came back
    std::uint32_t fault = 0;  // what keeps it down
};

struct Site {
    std::vector<ApplianceId> appliances;  // by registration
    std::vector<GatewayId> gateways;
    unsigned appliances_needed = 0;
    // How long exactly k appliances were ready, k = 0 … all.
    std::vector<Duration> ready_for;
    unsigned ready = 0;
    unsigned ready_min = 0;
    Instant ready_since{};
};

class Fleet {
public:
    Fleet(kernel::Simulation& simulation, BootTimes boots) : simulation_(simulation), boots_(boots) {}

    SiteId add_site(unsigned appliances_needed);
    ApplianceId add_appliance(SiteId site, unsigned calls_max);
    GatewayId add_gateway(SiteId site, unsigned channels, bool reroute_on_5xx);

    const vocabulary::Table<SiteId, Site>& sites() const { return sites_; }
    const vocabulary::Table<ApplianceId, Appliance>& appliances() const { return appliances_; }
    const vocabulary::Table<GatewayId, Gateway>& gateways() const { return gateways_; }
    const BootTimes& boots() const { return boots_; }

    // Faults. A hold keeps its part down until it is released. `strike` is false, and does nothing, if the part
    // was down already: one cannot break what is broken.
    bool strike(ApplianceId id, Hold hold, Reason reason);
    bool strike(GatewayId id, std::uint32_t fault);
    // The fault is over. What it held comes back by itself if nothing else holds it and its start type is
    // Automatic: a host boots, a machine boots, a service starts.
    void release(ApplianceId id, std::uint32_t fault);
    void release(GatewayId id, std::uint32_t fault);

    // Recovery. True if nothing holds host, machine or service that an attempt could not clear.
    bool can_be_cleared(ApplianceId id) const;
    // Clears what is clearable, and has every machine and every service running at this instant, start type
    // Automatic, and taking calls. REQUIRES can_be_cleared and a running host.
    void bring_up(ApplianceId id);
    // How long the machines that are off take to boot, one after another.
    Duration time_to_boot(ApplianceId id) const;

    // Services. Stopped ones are Manual until started again; a restart of the machine does not start them.
    void stop_services(ApplianceId id, Reason reason);
    void start_services(
        ApplianceId id);  // those on running machines that nothing holds; the rest follow by booting
    void set_draining(ApplianceId id, bool draining);
    void set_in_maintenance(ApplianceId id, bool in_maintenance);
    void report(ApplianceId id, TenantStatus status);

    // Restarts, as an update does them: down now, up after the boot times.
    void restart_machine(ApplianceId id, Machine machine, Reason reason);
    void restart_host(ApplianceId id, Reason reason);
    void restart_management(ApplianceId id);

    // Events of this room.
    void host_booted(ApplianceId id);
    void machine_booted(ApplianceId id);

    // Something watched is bad: a machine off, or a service stopped on a running
    // one. What is starting is neither good nor bad yet.
    bool looks_bad(ApplianceId id) const;
    bool is_starting(ApplianceId id) const;

    // What changed since the last call, each once, by id; then the lists are empty.
    std::vector<ApplianceId> take_touched();
    std::vector<GatewayId> take_touched_gateways();

    // Closes the time integrals at the end of the run.
    void finish();
    Duration ready_time(ApplianceId id) const { return ready_time_[vocabulary::index(id)]; }

private:
    Appliance& at(ApplianceId id) { return appliances_[id]; }
    void changed(ApplianceId id, Reason reason);
    void count_ready(ApplianceId id, bool ready);
    void lose_host(ApplianceId id);
    void lose_machine(ApplianceId id, Machine machine);
    void start_next_machine(ApplianceId id);
    void start_services_of(ApplianceId id, Machine machine);
    template <class Matches>
    void clear(ApplianceId id, Matches matches);
    bool holds(const Appliance& appliance, Held what, std::uint8_t which = 0) const;

    kernel::Simulation& simulation_;
    BootTimes boots_;
    vocabulary::Table<SiteId, Site> sites_;
    vocabulary::Table<ApplianceId, Appliance> appliances_;
    vocabulary::Table<GatewayId, Gateway> gateways_;
    std::vector<Duration> ready_time_;
    std::vector<Instant> ready_since_;
    std::vector<ApplianceId> touched_;
    std::vector<bool> is_touched_;
    std::vector<GatewayId> touched_gateways_;
};

}  // namespace sim::topology
