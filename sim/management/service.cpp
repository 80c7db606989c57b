#include "sim/management/service.hpp"

#include "sim/vocabulary/kinds.hpp"

#include <algorithm>

namespace sim::management {

using kernel::Rank;
using topology::TenantStatus;
using vocabulary::Reason;
using vocabulary::subject_of;
namespace kind = vocabulary::kind;
namespace record = vocabulary::record;

Duration attempt_interval(std::uint32_t number) {
    Duration interval = attempt_interval_first;
    for (std::uint32_t n = 4; n <= number && interval < attempt_interval_max; ++n) interval *= 2;
    return std::min(interval, attempt_interval_max);
}

Service::Service(kernel::Simulation& simulation, topology::Fleet& fleet, calls::CallPlane& calls, Rules rules,
                 const std::vector<std::string>& appliance_names)
    : simulation_(simulation), fleet_(fleet), calls_(calls), rules_(rules) {
    for (const std::string& name : appliance_names) {
        Host host{kernel::Stream(simulation.luck(), name, "probe phase"),
                  kernel::Stream(simulation.luck(), name, "recovery attempt")};
        draw_phase(host);
        hosts_.push_back(host);
    }
}

void Service::draw_phase(Host& host) {
    const double u = host.phase_luck.uniform(host.starts);
    host.phase = Duration{static_cast<std::int64_t>(u * static_cast<double>(detection_period.count()))};
}

// The next instant of the host's minute grid, this one included.
Instant Service::next_probe(const Host& host) const {
    const Duration into = (simulation_.now() - kernel::start_of_run - host.phase) % detection_period;
    if (into == Duration{}) return simulation_.now();
    return simulation_.now() - into + (into > Duration{} ? detection_period : Duration{});
}

void Service::settle(const std::vector<ApplianceId>& appliances) {
    if (!rules_.detects) return;
    for (const ApplianceId id : appliances) {
        const topology::Appliance& appliance = fleet_.appliances()[id];
        Host& state = host(id);
        if (!appliance.management_running || appliance.in_maintenance) {
            simulation_.cancel(state.probe);
            simulation_.cancel(state.attempt);
            state.draining = false;
            continue;
        }
        const bool in_error = appliance.status == TenantStatus::error;
        const bool climbs = state.attempt != kernel::no_ticket || state.draining;
        const bool would_see = in_error ? !climbs : fleet_.looks_bad(id);
        if (would_see && state.probe == kernel::no_ticket)
            state.probe = simulation_.schedule(next_probe(state), Rank::timer, kind::probe, subject_of(id));
    }
}

void Service::started(ApplianceId id) {
    Host& state = host(id);
    simulation_.cancel(state.probe);
    simulation_.cancel(state.attempt);
    ++state.starts;
    state.attempts = 0;  // a restart begins the ladder anew
    draw_phase(state);
    settle({id});
}

void Service::probe(ApplianceId id) {
    Host& state = host(id);
    state.probe = kernel::no_ticket;
    if (fleet_.appliances()[id].status == TenantStatus::error) {
        schedule_attempt(id, rules_.first_attempt_after);
    } else if (fleet_.looks_bad(id)) {
        detect(id);
    }
}

void Service::detect(ApplianceId id) {
    Host& state = host(id);
    ++state.outages;
    state.attempts = 0;
    state.draws = 0;
    simulation_.record(record::detected, subject_of(id));
    fleet_.report(id, TenantStatus::error);
    if (rules_.stops_at_once) {
        stop_services(id);
    } else {
        state.draining = true;
        fleet_.set_draining(id, true);
        calls_.tell_when_empty(id);
    }
}

void Service::drained(ApplianceId id) {
    host(id).draining = false;
    fleet_.set_draining(id, false);
    stop_services(id);
}

void Service::stop_services(ApplianceId id) {
    fleet_.stop_services(id, Reason::offline_by_detection);
    schedule_attempt(id, rules_.first_attempt_after);
}

void Service::schedule_attempt(ApplianceId id, Duration wait) {
    host(id).attempt = simulation_.schedule_in(wait, Rank::timer, kind::attempt_begins, subject_of(id));
}

void Service::attempt_begins(ApplianceId id) {
    const Duration takes =
        rules_.attempt_takes ? *rules_.attempt_takes : fleet_.time_to_boot(id) + rules_.service_start;
    host(id).attempt = simulation_.schedule_in(takes, Rank::timer, kind::attempt_ends, subject_of(id));
}

void Service::attempt_ends(ApplianceId id) {
    Host& state = host(id);
    state.attempt = kernel::no_ticket;
    ++state.attempts;
    const double luck = state.attempt_luck.uniform(state.outages, state.draws++);
    const bool succeeds = fleet_.can_be_cleared(id) && luck < rules_.recovery_success;
    if (succeeds) {
        simulation_.record(record::recovered, subject_of(id), state.attempts);
        fleet_.bring_up(id);
        fleet_.report(id, TenantStatus::running);
    } else {
        simulation_.record(record::attempt_failed, subject_of(id), state.attempts);
        schedule_attempt(id, attempt_interval(state.attempts + 1));
    }
}

}  // namespace sim::management
