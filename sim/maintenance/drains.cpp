#include "sim/maintenance/drains.hpp"

#include "sim/vocabulary/kinds.hpp"

namespace sim::maintenance {

using kernel::Rank;
using topology::TenantStatus;
using vocabulary::Reason;
using vocabulary::subject_of;
namespace kind = vocabulary::kind;
namespace record = vocabulary::record;

Drains::Drains(kernel::Simulation& simulation, topology::Fleet& fleet, calls::CallPlane& calls,
               DrainTimes times)
    : simulation_(simulation),
      fleet_(fleet),
      calls_(calls),
      times_(times),
      states_(fleet.appliances().size()) {}

void Drains::enter(ApplianceId id, Stop stop) {
    const topology::Appliance& appliance = fleet_.appliances()[id];
    SIM_CHECK(!appliance.in_maintenance);
    if (appliance.ready && fleet_.sites()[appliance.site].ready == 1)
        simulation_.record(record::last_appliance_drained, subject_of(id));
    fleet_.set_in_maintenance(id, true);
    fleet_.declare(id, TenantStatus::maintenance);
    State& now = state(id);
    now = State{};
    now.since = simulation_.now();
    if (!stop.drain) {
        now.stop = simulation_.schedule_in(times_.immediate_takes, Rank::timer, kind::services_stopped,
                                           subject_of(id));
        return;
    }
    begin_draining(id, stop.limit);
}

void Drains::begin_draining(ApplianceId id, std::optional<Duration> limit) {
    State& now = state(id);
    simulation_.record(record::drain_started, subject_of(id), calls_.busy(id));
    if (calls_.busy(id) > 0) ++drains_with_calls_;
    now.draining = true;
    fleet_.set_draining(id, true);
    if (limit) now.limit = simulation_.schedule_in(*limit, Rank::timer, kind::drain_limit, subject_of(id));
    calls_.tell_when_empty(id);
}

void Drains::drain(ApplianceId id, Alone how) {
    State& now = state(id);
    SIM_CHECK(!now.draining);
    const topology::Appliance& appliance = fleet_.appliances()[id];
    if (appliance.ready && fleet_.sites()[appliance.site].ready == 1)
        simulation_.record(record::last_appliance_drained, subject_of(id));
    now.alone = how;
    if (!appliance.in_maintenance) now.since = simulation_.now();
    begin_draining(id, how.limit);
}

void Drains::give_up(ApplianceId id) {
    State& now = state(id);
    if (now.draining && !now.alone) return;
    simulation_.cancel(now.limit);
    now.draining = false;
    now.alone.reset();
    if (!fleet_.appliances()[id].in_maintenance) fleet_.set_draining(id, false);
}

std::optional<bool> Drains::empty(ApplianceId id) {
    State& now = state(id);
    if (!now.draining) return std::nullopt;
    now.draining = false;
    simulation_.cancel(now.limit);
    simulation_.record(record::drain_ended, subject_of(id), (simulation_.now() - now.since).count());
    if (now.alone) {
        now.alone.reset();
        return true;
    }
    now.stop =
        simulation_.schedule_in(times_.service_stop, Rank::timer, kind::services_stopped, subject_of(id));
    return std::nullopt;
}

std::optional<bool> Drains::limit_reached(ApplianceId id) {
    State& now = state(id);
    now.limit = kernel::no_ticket;
    now.draining = false;
    const std::optional<Alone> alone = now.alone;
    now.alone.reset();
    if (alone && !alone->cuts) {
        fleet_.set_draining(id, false);
        return false;
    }
    simulation_.record(record::drain_cut, subject_of(id), calls_.busy(id));
    fleet_.stop_services(id, Reason::drain_cut);
    if (alone) return true;
    now.stop =
        simulation_.schedule_in(times_.service_stop, Rank::timer, kind::services_stopped, subject_of(id));
    return std::nullopt;
}

void Drains::services_stopped(ApplianceId id) {
    State& now = state(id);
    now.stop = kernel::no_ticket;
    if (fleet_.appliances()[id].automatic)
        fleet_.stop_services(id, Reason::stopped_by_operator);  // not cut already
    fleet_.set_draining(id, false);
}

void Drains::leave(ApplianceId id) {
    SIM_CHECK(fleet_.appliances()[id].in_maintenance);
    State& now = state(id);
    simulation_.cancel(now.limit);
    simulation_.cancel(now.stop);
    now = State{};
    fleet_.set_draining(id, false);
    fleet_.set_in_maintenance(id, false);
    fleet_.start_services(id);
    fleet_.declare(id, TenantStatus::running);
}

}  // namespace sim::maintenance
