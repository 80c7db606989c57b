#include "sim/topology/fleet.hpp"

#include "sim/vocabulary/kinds.hpp"

#include <algorithm>

namespace sim::topology {

using kernel::Rank;
using vocabulary::index;
using vocabulary::subject_of;
namespace kind = vocabulary::kind;
namespace record = vocabulary::record;

namespace {

// CMS does not start without its directory, Mediation not without these two. The Edge stands
// outside the domain and needs nobody.
bool finds_what_it_needs(const Appliance& appliance, Machine machine) {
    const bool has_directory = machine == Machine::ad || machine == Machine::edge || appliance.on(Machine::ad);
    return has_directory && (machine != Machine::mediation || appliance.on(Machine::cms));
}

bool holds_a_part(const Hold& hold, Held what, std::uint8_t which) {
    return hold.what == what && hold.which == which;
}

}  // namespace

SiteId Fleet::add_site(unsigned appliances_needed) {
    Site site;
    site.appliances_needed = appliances_needed;
    site.ready_for.assign(1, Duration{});
    return sites_.add(std::move(site));
}

ApplianceId Fleet::add_appliance(SiteId site_id, unsigned calls_max) {
    Appliance appliance;
    appliance.site = site_id;
    appliance.calls_max = calls_max;
    const ApplianceId id = appliances_.add(std::move(appliance));
    Site& site = sites_[site_id];
    site.appliances.push_back(id);
    site.ready_for.push_back(Duration{});
    site.ready = site.ready_min = static_cast<unsigned>(site.appliances.size());
    ready_time_.push_back(Duration{});
    ready_since_.push_back(kernel::start_of_run);
    is_touched_.push_back(false);
    return id;
}

GatewayId Fleet::add_gateway(SiteId site, unsigned channels, bool reroute_on_5xx) {
    Gateway gateway;
    gateway.site = site;
    gateway.channels = channels;
    gateway.reroute_on_5xx = reroute_on_5xx;
    const GatewayId id = gateways_.add(std::move(gateway));
    sites_[site].gateways.push_back(id);
    return id;
}

bool Fleet::holds(const Appliance& appliance, Held what, std::uint8_t which) const {
    return std::any_of(appliance.holds.begin(), appliance.holds.end(),
                       [&](const Hold& hold) { return holds_a_part(hold, what, which); });
}

bool Fleet::strike(ApplianceId id, Hold hold, Reason reason) {
    Appliance& appliance = at(id);
    bool effect = false;
    switch (hold.what) {
        case Held::host:
            effect = appliance.host != Power::off;
            break;
        case Held::machine:
            effect = appliance.machine[hold.which] != Power::off;
            break;
        case Held::service:
            effect = appliance.started[hold.which];
            break;
        case Held::management:
            effect = appliance.management_running;
            break;
    }
    if (!effect) return false;
    appliance.holds.push_back(hold);
    switch (hold.what) {
        case Held::host:
            lose_host(id);
            break;
        case Held::machine:
            lose_machine(id, static_cast<Machine>(hold.which));
            break;
        case Held::service:
            appliance.started[hold.which] = false;
            break;
        case Held::management:
            appliance.management_running = false;
            break;
    }
    changed(id, reason);
    return true;
}

bool Fleet::strike(GatewayId id, std::uint32_t fault) {
    Gateway& gateway = gateways_[id];
    if (!gateway.alive) return false;
    gateway.fault = fault;
    gateway.alive = false;
    gateway.died_at = gateway.changed_at = simulation_.now();
    gateway.down = Down{Reason::gateway_lost, simulation_.cause()};
    touched_gateways_.push_back(id);
    return true;
}

void Fleet::release(ApplianceId id, std::uint32_t fault) {
    Appliance& appliance = at(id);
    const auto found = std::find_if(appliance.holds.begin(), appliance.holds.end(),
                                    [fault](const Hold& hold) { return hold.fault == fault; });
    if (found == appliance.holds.end()) return;
    const Hold hold = *found;
    appliance.holds.erase(found);
    switch (hold.what) {
        case Held::host:
            appliance.host = Power::starting;
            appliance.boot =
                simulation_.schedule_in(boots_.host, Rank::repair, kind::host_booted, subject_of(id));
            break;
        case Held::machine:
            start_next_machine(id);
            break;
        case Held::service:
            if (appliance.automatic) start_services_of(id, machine_of(static_cast<Service>(hold.which)));
            break;
        case Held::management:
            restart_management(id);
            break;
    }
    changed(id, Reason::none);
}

void Fleet::release(GatewayId id, std::uint32_t fault) {
    Gateway& gateway = gateways_[id];
    if (gateway.alive || gateway.fault != fault) return;
    gateway.alive = true;
    gateway.changed_at = simulation_.now();
    touched_gateways_.push_back(id);
}

bool Fleet::can_be_cleared(ApplianceId id) const {
    const Appliance& appliance = appliances_[id];
    return std::all_of(appliance.holds.begin(), appliance.holds.end(),
                       [](const Hold& hold) { return hold.clearable || hold.what == Held::management; });
}

void Fleet::bring_up(ApplianceId id) {
    Appliance& appliance = at(id);
    SIM_CHECK(appliance.host == Power::on && can_be_cleared(id));
    clear(id, [](const Hold&) { return true; });
    simulation_.cancel(appliance.boot);
    appliance.machine.fill(Power::on);
    appliance.draining = false;  // of a detection that drained, and was cut short
    start_services(id);
}

Duration Fleet::time_to_boot(ApplianceId id) const {
    Duration sum{};
    for (const Machine m : vocabulary::machines)
        if (!appliances_[id].on(m)) sum += boots_[m];
    return sum;
}

void Fleet::stop_services(ApplianceId id, Reason reason) {
    Appliance& appliance = at(id);
    appliance.started.fill(false);
    appliance.automatic = false;
    simulation_.record(record::services_stopped, subject_of(id));
    changed(id, reason);
}

void Fleet::start_services(ApplianceId id) {
    Appliance& appliance = at(id);
    appliance.automatic = true;
    simulation_.record(record::services_started, subject_of(id));
    for (const Machine m : vocabulary::machines)
        if (appliance.on(m)) start_services_of(id, m);
    changed(id, Reason::none);
}

void Fleet::start_services_of(ApplianceId id, Machine machine) {
    Appliance& appliance = at(id);
    if (appliance.machine[static_cast<std::size_t>(machine)] != Power::on) return;
    // A service that merely stopped starts again with its machine, or when an operator or a recovery starts it.
    clear(id, [machine](const Hold& hold) {
        return hold.what == Held::service && machine_of(static_cast<Service>(hold.which)) == machine;
    });
    for (const Service s : services)
        if (machine_of(s) == machine && !holds(appliance, Held::service, static_cast<std::uint8_t>(s)))
            appliance.started[static_cast<std::size_t>(s)] = true;
}

// Ends the clearable faults among those that `matches` names.
template <class Matches>
void Fleet::clear(ApplianceId id, Matches matches) {
    std::vector<Hold>& active = at(id).holds;
    for (auto hold = active.begin(); hold != active.end();) {
        if (hold->clearable && matches(*hold)) {
            simulation_.record(record::fault_cleared, subject_of(id), hold->id);
            hold = active.erase(hold);
        } else {
            ++hold;
        }
    }
}

void Fleet::set_draining(ApplianceId id, bool draining) {
    at(id).draining = draining;
    changed(id, Reason::none);
}

void Fleet::set_in_maintenance(ApplianceId id, bool in_maintenance) {
    at(id).in_maintenance = in_maintenance;
    changed(id, Reason::none);
}

void Fleet::report(ApplianceId id, TenantStatus status) {
    at(id).status = status;
    at(id).reported = simulation_.cause();
    changed(id, Reason::none);
}

void Fleet::restart_machine(ApplianceId id, Machine machine, Reason reason) {
    lose_machine(id, machine);
    simulation_.record(record::machine_restarted, subject_of(id), static_cast<std::int64_t>(machine));
    changed(id, reason);
    start_next_machine(id);
}

void Fleet::restart_host(ApplianceId id, Reason reason) {
    Appliance& appliance = at(id);
    lose_host(id);
    simulation_.record(record::host_restarted, subject_of(id));
    changed(id, reason);
    if (holds(appliance, Held::host)) return;
    appliance.host = Power::starting;
    appliance.boot = simulation_.schedule_in(boots_.host, Rank::repair, kind::host_booted, subject_of(id));
}

void Fleet::restart_management(ApplianceId id) {
    Appliance& appliance = at(id);
    if (appliance.host != Power::on || holds(appliance, Held::management)) return;
    appliance.management_running = true;
    simulation_.record(record::management_started, subject_of(id));
    simulation_.schedule_in(Duration{}, Rank::repair, kind::management_started, subject_of(id));
}

void Fleet::lose_host(ApplianceId id) {
    Appliance& appliance = at(id);
    simulation_.cancel(appliance.boot);
    ++appliance.host_losses;
    appliance.host = Power::off;
    appliance.machine.fill(Power::off);
    appliance.started.fill(false);
    appliance.management_running = false;
}

// A machine that was starting makes way for the next.
void Fleet::lose_machine(ApplianceId id, Machine machine) {
    Appliance& appliance = at(id);
    Power& power = appliance.machine[static_cast<std::size_t>(machine)];
    const bool was_starting = power == Power::starting;
    power = Power::off;
    for (const Service s : services)
        if (machine_of(s) == machine) appliance.started[static_cast<std::size_t>(s)] = false;
    if (!was_starting) return;
    simulation_.cancel(appliance.boot);
    start_next_machine(id);
}

void Fleet::host_booted(ApplianceId id) {
    Appliance& appliance = at(id);
    appliance.boot = kernel::no_ticket;
    appliance.host = Power::on;
    simulation_.record(record::host_started, subject_of(id));
    restart_management(id);
    start_next_machine(id);
    changed(id, Reason::none);
}

// Machines start one after another: the next one that is off, not held, and finds what it needs. One that is
// starting already goes first.
void Fleet::start_next_machine(ApplianceId id) {
    Appliance& appliance = at(id);
    if (appliance.host != Power::on) return;
    for (const Machine m : vocabulary::machines)
        if (appliance.machine[static_cast<std::size_t>(m)] == Power::starting) return;
    for (const Machine m : vocabulary::machines) {
        Power& power = appliance.machine[static_cast<std::size_t>(m)];
        if (power != Power::off || holds(appliance, Held::machine, static_cast<std::uint8_t>(m))) continue;
        if (!finds_what_it_needs(appliance, m)) continue;
        power = Power::starting;
        appliance.boot = simulation_.schedule_in(boots_[m], Rank::repair, kind::machine_booted, subject_of(id));
        return;
    }
}

void Fleet::machine_booted(ApplianceId id) {
    Appliance& appliance = at(id);
    appliance.boot = kernel::no_ticket;
    for (const Machine m : vocabulary::machines) {
        Power& power = appliance.machine[static_cast<std::size_t>(m)];
        if (power != Power::starting) continue;
        power = Power::on;
        simulation_.record(record::machine_started, subject_of(id), static_cast<std::int64_t>(m));
        if (appliance.automatic) start_services_of(id, m);
    }
    start_next_machine(id);
    changed(id, Reason::none);
}

bool Fleet::is_starting(ApplianceId id) const {
    const Appliance& appliance = appliances_[id];
    return appliance.host == Power::starting ||
           std::any_of(appliance.machine.begin(), appliance.machine.end(),
                       [](Power power) { return power == Power::starting; });
}

bool Fleet::looks_bad(ApplianceId id) const {
    const Appliance& appliance = appliances_[id];
    const bool boots = is_starting(id);  // then machines that are off wait for their turn
    for (const Machine m : vocabulary::machines) {
        const Power power = appliance.machine[static_cast<std::size_t>(m)];
        if (power == Power::off && (!boots || holds(appliance, Held::machine, static_cast<std::uint8_t>(m))))
            return true;
    }
    for (const Service s : services)
        if (appliance.on(machine_of(s)) && !appliance.runs(s)) return true;
    return false;
}

// Works out what follows from the parts. Which side fell, and why, is remembered for the calls that this costs.
void Fleet::changed(ApplianceId id, Reason reason) {
    Appliance& appliance = at(id);
    const bool edge =
        appliance.host == Power::on && appliance.on(Machine::edge) && appliance.runs(Service::edge_rtcsrv);
    const bool mediation = appliance.host == Power::on && appliance.on(Machine::mediation) &&
                           appliance.runs(Service::med_rtcsrv) && appliance.runs(Service::med_medsvc);
    const bool ready =
        edge && mediation && appliance.on(Machine::ad) && appliance.on(Machine::cms) && !appliance.draining;
    if (appliance.edge_alive && !edge) appliance.edge_down = Down{reason, simulation_.cause()};
    if (appliance.mediation_alive && !mediation) appliance.mediation_down = Down{reason, simulation_.cause()};
    appliance.edge_alive = edge;
    appliance.mediation_alive = mediation;
    if (appliance.ready != ready) count_ready(id, ready);
    if (!is_touched_[index(id)]) {
        is_touched_[index(id)] = true;
        touched_.push_back(id);
    }
}

void Fleet::count_ready(ApplianceId id, bool ready) {
    Appliance& appliance = at(id);
    Site& site = sites_[appliance.site];
    const Instant now = simulation_.now();
    site.ready_for[site.ready] += now - site.ready_since;
    site.ready_since = now;
    if (ready) {
        ++site.ready;
        ready_since_[index(id)] = now;
    } else {
        --site.ready;
        site.ready_min = std::min(site.ready_min, site.ready);
        ready_time_[index(id)] += now - ready_since_[index(id)];
    }
    appliance.ready = ready;
}

std::vector<ApplianceId> Fleet::take_touched() {
    std::vector<ApplianceId> touched;
    touched.swap(touched_);
    std::sort(touched.begin(), touched.end());
    for (const ApplianceId id : touched) is_touched_[index(id)] = false;
    return touched;
}

std::vector<GatewayId> Fleet::take_touched_gateways() {
    std::vector<GatewayId> touched;
    touched.swap(touched_gateways_);
    std::sort(touched.begin(), touched.end());
    return touched;
}

void Fleet::finish() {
    for (Site& site : sites_) {
        site.ready_for[site.ready] += simulation_.end() - site.ready_since;
        site.ready_since = simulation_.end();
        for (const ApplianceId id : site.appliances)
            if (at(id).ready) ready_time_[index(id)] += simulation_.end() - ready_since_[index(id)];
    }
}

}  // namespace sim::topology
