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

const vocabulary::Version& Service::version_of(ApplianceId id) const {
    return vocabulary::version(fleet_.appliances()[id].version);
}

// How far attempt `number` (from 1) reaches.
topology::Fleet::Repair Service::repair_of(ApplianceId id, std::uint32_t number) const {
    using Repair = topology::Fleet::Repair;
    return number <= version_of(id).service_restarts ? Repair::services : Repair::everything;
}

bool Service::has_given_up(ApplianceId id) const {
    const unsigned limit = version_of(id).gives_up_after;
    return rules_.may_give_up && limit > 0 && hosts_[vocabulary::index(id)].attempts >= limit;
}

// Looks for what is bad; whoever does not still tells the tenant how things stand.
bool Service::watches(ApplianceId id) const {
    const topology::Appliance& appliance = fleet_.appliances()[id];
    return rules_.detects && version_of(id).detects() && appliance.has_ha_support() &&
           appliance.management_running && !appliance.in_maintenance && !appliance.maintenance_mode &&
           appliance.good(topology::Part::cached_credentials);
}

bool Service::would_see(ApplianceId id) const {
    const topology::Appliance& appliance = fleet_.appliances()[id];
    const Host& state = hosts_[vocabulary::index(id)];
    const bool blind = fleet_.is_blind(id);
    if (appliance.declared != TenantStatus::error) return blind || fleet_.looks_bad(id, version_of(id).watched);
    if (appliance.seen_from_outside_only) return !blind;
    const bool climbs = state.attempt != kernel::no_ticket || state.draining || state.gave_up;
    return !climbs;
}

void Service::settle(const std::vector<ApplianceId>& appliances) {
    for (const ApplianceId id : appliances) {
        const topology::Appliance& appliance = fleet_.appliances()[id];
        Host& state = host(id);
        const bool watched = watches(id);
        if (!watched) {
            simulation_.cancel(state.attempt);
            if (state.draining) state.left_draining = true;
            if (appliance.in_maintenance) state.left_draining = false;  // whose drain it is now
            state.draining = false;
            state.gave_up = false;
        }
        const bool would_report =
            appliance.management_running && appliance.is_untold() && fleet_.can_report(id);
        if (!would_report && !watched) {
            simulation_.cancel(state.probe);
        } else if (state.probe == kernel::no_ticket && (would_report || would_see(id))) {
            state.probe = simulation_.schedule(next_probe(state), Rank::timer, kind::probe, subject_of(id));
        }
    }
}

void Service::started(ApplianceId id) {
    Host& state = host(id);
    simulation_.cancel(state.probe);
    simulation_.cancel(state.attempt);
    ++state.starts;
    state.attempts = 0;  // a restart begins the ladder anew
    state.gave_up = false;
    draw_phase(state);
    settle({id});
}

void Service::probe(ApplianceId id) {
    Host& state = host(id);
    state.probe = kernel::no_ticket;
    const topology::Appliance& appliance = fleet_.appliances()[id];
    if (appliance.is_untold() && fleet_.can_report(id)) fleet_.report(id);
    if (!watches(id)) return;
    const bool was_blind = appliance.declared == TenantStatus::error && appliance.seen_from_outside_only;
    if (was_blind && !fleet_.is_blind(id)) fleet_.declare(id, TenantStatus::running);
    if (appliance.declared == TenantStatus::error) {
        if (!was_blind && state.attempt == kernel::no_ticket && !state.draining && !state.gave_up)
            schedule_attempt(id, rules_.first_attempt_after);
    } else if (fleet_.is_blind(id)) {
        find_blind(id);
    } else if (fleet_.looks_bad(id, version_of(id).watched)) {
        detect(id);
    }
}

// It cannot stop what it cannot reach: the tenant reads Error, and calls go on.
void Service::find_blind(ApplianceId id) {
    simulation_.record(record::found_blind, subject_of(id));
    fleet_.declare(id, TenantStatus::error, true);
}

void Service::detect(ApplianceId id) {
    Host& state = host(id);
    ++state.outages;
    state.attempts = 0;
    state.draws = 0;
    simulation_.record(record::detected, subject_of(id));
    fleet_.declare(id, TenantStatus::error);
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
    const bool starts_machines = repair_of(id, host(id).attempts + 1) == topology::Fleet::Repair::everything;
    const Duration boots = starts_machines ? fleet_.time_to_boot(id) : Duration{};
    const Duration takes = rules_.attempt_takes ? *rules_.attempt_takes : boots + rules_.service_start;
    host(id).boots = boots;
    host(id).attempt = simulation_.schedule_in(takes, Rank::timer, kind::attempt_ends, subject_of(id));
}

void Service::attempt_ends(ApplianceId id) {
    Host& state = host(id);
    state.attempt = kernel::no_ticket;
    // A machine that stopped meanwhile has to boot as well.
    const Duration boots = fleet_.time_to_boot(id);
    if (!rules_.attempt_takes && boots > state.boots &&
        repair_of(id, state.attempts + 1) == topology::Fleet::Repair::everything) {
        state.attempt =
            simulation_.schedule_in(boots - state.boots, Rank::timer, kind::attempt_ends, subject_of(id));
        state.boots = boots;
        return;
    }
    ++state.attempts;
    const double luck = state.attempt_luck.uniform(state.outages, state.draws++);
    const topology::Fleet::Repair reach = repair_of(id, state.attempts);
    const bool succeeds = fleet_.can_be_cleared(id, reach) && luck < rules_.recovery_success;
    if (succeeds) {
        simulation_.record(record::recovered, subject_of(id), state.attempts);
        fleet_.bring_up(id, reach);
        if (state.left_draining) fleet_.set_draining(id, false);
        state.left_draining = false;
        fleet_.declare(id, TenantStatus::running);
        return;
    }
    simulation_.record(record::attempt_failed, subject_of(id), state.attempts);
    if (has_given_up(id)) {
        state.gave_up = true;
        simulation_.record(record::cannot_recover, subject_of(id), state.attempts);
    } else {
        schedule_attempt(id, attempt_interval(state.attempts + 1));
    }
}

}  // namespace sim::management
