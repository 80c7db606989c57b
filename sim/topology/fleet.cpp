#include "sim/topology/fleet.hpp"

#include "sim/topology/holds.hpp"
#include "sim/vocabulary/kinds.hpp"

#include <algorithm>

namespace sim::topology {

using kernel::Rank;
using vocabulary::index;
using vocabulary::part_of;
using vocabulary::subject_of;
namespace kind = vocabulary::kind;
namespace record = vocabulary::record;

namespace {

// What signalling over the Edge, over Mediation, and media of external clients stand on.
constexpr Parts connected_edge{Part::host, Part::deployment,   Part::uplink,
                               Part::edge, Part::edge_corpnet, Part::edge_internet};
constexpr Parts edge_needs = connected_edge | Parts{Part::edge_rule, Part::edge_rtcsrv};
constexpr Parts relay_needs = connected_edge | Parts{Part::edge_rtcmediarelay, Part::edge_rtcmrauth};
constexpr Parts mediation_needs{
    Part::host,           Part::deployment,       Part::mediation,       Part::mediation_corpnet,
    Part::mediation_rule, Part::mediation_rtcsrv, Part::mediation_medsvc};

// CMS does not start without its directory, Mediation not without these two. The Edge stands outside the domain
// and needs nobody.
bool finds_what_it_needs(const Appliance& appliance, Machine machine) {
    if (machine == Machine::ad || machine == Machine::edge) return true;
    const bool has_directory =
        appliance.good(Parts{Part::ad, Part::ad_services, Part::ad_corpnet, vocabulary::corpnet_card(machine)});
    return has_directory &&
           (machine != Machine::mediation || appliance.good(Parts{Part::cms, Part::cms_corpnet}));
}

// The directory is a part of Windows: nobody makes it Manual.
bool starts_by_itself(const Appliance& appliance, Machine machine) {
    return appliance.automatic || machine == Machine::ad;
}

}  // namespace

bool Appliance::good(Part part) const {
    if (part == Part::host) return host == Power::on;
    if (part == Part::management) return management_running;
    if (vocabulary::is_machine(part)) return on(vocabulary::machine_of(part));
    if (vocabulary::is_service(part)) return started.has(part);
    return !broken.has(part);
}

bool Appliance::good(Parts parts) const {
    using vocabulary::every_machine, vocabulary::every_service;
    constexpr Parts of_a_kind = every_machine | every_service | Parts{Part::host, Part::management};
    const bool works = !((parts & every_service) - started).any() && !((parts - of_a_kind) & broken).any();
    if (!works) return false;
    for (const Part part : parts&(of_a_kind - every_service))
        if (!good(part)) return false;
    return true;
}

ApplianceId Fleet::add_appliance(SiteId site_id, unsigned calls_max, VersionId version) {
    Appliance appliance;
    appliance.site = site_id;
    appliance.calls_max = calls_max;
    appliance.version = Build{version};
    appliance.script_version = appliance.version;
    const ApplianceId id = appliances_.add(std::move(appliance));
    Site& site = sites_[site_id];
    site.appliances.push_back(id);
    if (!site.directory_on) site.directory_on = id;
    // What it was deployed from lies there still.
    SiteFiles& files = site.files[""];
    files.downloaded = std::max(files.downloaded.value_or(Build{version}), Build{version});
    files.base_disk = BaseDisk::ready;
    site.ready_for.push_back(Duration{});
    site.ready = site.ready_min = static_cast<unsigned>(site.appliances.size());
    ready_time_.push_back(Duration{});
    ready_since_.push_back(kernel::start_of_run);
    found_ca(id);
    is_touched_.push_back(false);
    for (const GatewayId gateway : site.gateways) lay_trunks(gateway);
    return id;
}

void Fleet::set_backup_version(ApplianceId id, Build version) {
    Appliance& appliance = at(id);
    SIM_CHECK(version != appliance.version);
    appliance.backup_version = version;
    appliance.script_version = std::max({version, appliance.version, appliance.script_version});
}

bool Fleet::holds(const Appliance& appliance, Part part) const {
    return first_of(appliance.holds, part) != nullptr;
}

bool Fleet::strike(ApplianceId id, Hold hold, Reason reason) {
    Appliance& appliance = at(id);
    hold.cause = simulation_.cause();
    if (holds(appliance, hold.part)) {
        if (is_held_by(appliance.holds, hold)) return false;
        appliance.holds.push_back(hold);
        settle_part(id, hold.part);
        changed(id, reason);
        return true;
    }
    const bool starts =
        hold.part == Part::host
            ? appliance.host == Power::starting
            : vocabulary::is_machine(hold.part) &&
                  appliance.machine[static_cast<std::size_t>(vocabulary::machine_of(hold.part))] ==
                      Power::starting;
    if (!appliance.good(hold.part) && !starts) return false;
    appliance.holds.push_back(hold);
    if (hold.part == Part::host) {
        lose_host(id);
    } else if (hold.part == Part::management) {
        appliance.management_running = false;
    } else if (vocabulary::is_machine(hold.part)) {
        lose_machine(id, vocabulary::machine_of(hold.part));
    } else if (vocabulary::is_service(hold.part)) {
        appliance.started.set(hold.part, false);
    } else {
        settle_part(id, hold.part);
    }
    changed(id, reason);
    return true;
}

// A part that neither boots nor starts is good again when nothing holds it.
void Fleet::settle_part(ApplianceId id, Part part) {
    Appliance& appliance = at(id);
    if (part == Part::host || part == Part::management || vocabulary::is_machine(part) ||
        vocabulary::is_service(part))
        return;
    appliance.broken.set(part, holds(appliance, part) || appliance.put_off.has(part));
    if (vocabulary::is_certificate(part)) {
        const auto is_trusted = [&](Machine role) {
            return !(appliance.broken & vocabulary::certificates_of(role)).any();
        };
        if (is_trusted(Machine::edge)) appliance.edge_links.work = true;
        if (is_trusted(Machine::mediation)) appliance.mediation_links.work = true;
    }
    if (part != Part::media_ports) return;
    appliance.media_ports_for = appliance.ports_given_for;
    for (const Hold& hold : appliance.holds)
        if (hold.part == part) appliance.media_ports_for = std::min(appliance.media_ports_for, hold.calls_max);
}

void Fleet::release(ApplianceId id, std::uint32_t fault) {
    Appliance& appliance = at(id);
    end_concern(id, fault);
    static_cast<void>(taken_out(appliance.backup_holds, fault));
    const std::optional<Hold> hold = taken_out(appliance.holds, fault);
    if (!hold) return;
    const bool is_free = !holds(appliance, hold->part);
    if (hold->part == Part::host && is_free) {
        appliance.host = Power::starting;
        appliance.boot = simulation_.schedule_in(boots_.host, Rank::repair, kind::host_booted, subject_of(id));
    } else if (hold->part == Part::management) {
        restart_management(id);
    }
    settle_part(id, hold->part);
    start_what_waited(id);
    changed(id, Reason::none);
    blame_others(id, hold->cause);
}

// One fault is over and a side is down all the same: what still holds something it needs is to blame from now
// on.
void Fleet::blame_others(ApplianceId id, kernel::RecordId ended) {
    Appliance& appliance = at(id);
    const auto blame = [&](bool alive, Down& down, Parts needs) {
        if (alive || down.cause != ended) return;
        for (const Hold& hold : appliance.holds)
            if (needs.has(hold.part)) down.cause = hold.cause;
        if (const SiteHold* provider = sites_[appliance.site].held(SitePart::provider);
            provider != nullptr && needs.has(Part::uplink) && down.cause == ended)
            down.cause = provider->cause;
    };
    // Where links stand, it is a certificate that fails them.
    blame(appliance.edge_alive, appliance.edge_down,
          appliance.edge_links.stand ? vocabulary::certificates_of(Machine::edge) : edge_needs);
    blame(appliance.mediation_alive, appliance.mediation_down,
          appliance.mediation_links.stand ? vocabulary::certificates_of(Machine::mediation) : mediation_needs);
    blame(appliance.relay_admits, appliance.relay_down, relay_needs);
}

// What the services that an attempt starts cannot do without, and how far the attempt reaches.
bool Fleet::can_be_cleared(ApplianceId id, Repair repair) const {
    const Appliance& appliance = appliances_[id];
    if (is_blind(id) || !appliance.deployment.installed || appliance.deployment.deleted.any()) return false;
    const Parts needed = vocabulary::version(appliance.version).watched | vocabulary::every_machine |
                         Parts{Part::ad_services, Part::ad_corpnet, Part::cms_corpnet, Part::mediation_corpnet};
    const Parts reach = repair == Repair::services ? vocabulary::every_service : vocabulary::all_parts();
    for (const Part part : needed) {
        if (appliance.good(part)) continue;
        if (!reach.has(part)) return false;
        for (const Hold& hold : appliance.holds)
            if (hold.part == part && !hold.clearable) return false;
    }
    return true;
}

void Fleet::bring_up(ApplianceId id, Repair repair) {
    Appliance& appliance = at(id);
    SIM_CHECK(appliance.host == Power::on && can_be_cleared(id, repair));
    clear(id, [repair](const Hold& hold) {
        return repair == Repair::everything || vocabulary::is_service(hold.part);
    });
    if (repair == Repair::everything) {
        const Parts reached = appliance.put_off & vocabulary::of_one_set;
        appliance.put_off = appliance.put_off - reached;
        for (const Part part : reached) settle_part(id, part);
        simulation_.cancel(appliance.boot);
        appliance.machine.fill(Power::on);
    }
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
    appliance.started =
        appliance.started & Parts{Part::ad_services};  // the directory is not the product's to stop
    appliance.automatic = false;
    simulation_.record(record::services_stopped, subject_of(id));
    changed(id, reason);
}

void Fleet::start_services(ApplianceId id) {
    Appliance& appliance = at(id);
    appliance.automatic = true;
    appliance.put_off = appliance.put_off - vocabulary::every_service;
    simulation_.record(record::services_started, subject_of(id));
    for (const Machine m : vocabulary::machines)
        if (appliance.on(m)) restart_services_of(id, m);
    changed(id, Reason::none);
}

// A service that merely stopped starts again with its machine, or when an operator or a recovery starts it.
void Fleet::restart_services_of(ApplianceId id, Machine machine) {
    const Appliance& appliance = appliances_[id];
    if (!appliance.on(machine) || !topology::finds_what_it_needs(appliance, machine)) return;
    clear(id, [machine](const Hold& hold) {
        return vocabulary::is_service(hold.part) && vocabulary::machine_of(hold.part) == machine;
    });
    start_services_of(id, machine);
}

// Those that nothing holds.
void Fleet::start_services_of(ApplianceId id, Machine machine) {
    Appliance& appliance = at(id);
    if (!appliance.on(machine) || !topology::finds_what_it_needs(appliance, machine)) return;
    for (const Part service : vocabulary::services_of(machine))
        if (!holds(appliance, service) && !appliance.put_off.has(service)) appliance.started.set(service, true);
}

void Fleet::restart_services(ApplianceId id, Parts machines, Duration takes, Reason reason) {
    Appliance& appliance = at(id);
    const Parts before = appliance.started;
    for (const Part machine : machines)
        appliance.started = appliance.started - vocabulary::services_of(vocabulary::machine_of(machine));
    if (appliance.started == before) return;
    changed(id, reason);
    simulation_.schedule_in(takes, Rank::repair, kind::services_return, subject_of(id));
}

// Unless they were stopped on purpose meanwhile.
void Fleet::services_return(ApplianceId id) {
    start_what_waited(id);
    changed(id, Reason::none);
}

// What is Automatic starts as soon as it finds what it needs: machines that are off, and on the others the
// services that nothing holds.
void Fleet::start_what_waited(ApplianceId id) {
    Appliance& appliance = at(id);
    start_next_machine(id);
    for (const Machine m : vocabulary::machines)
        if (starts_by_itself(appliance, m)) start_services_of(id, m);
}

// Ends the clearable faults among those that `matches` names.
template <class Matches>
void Fleet::clear(ApplianceId id, Matches matches) {
    std::vector<Hold>& active = at(id).holds;
    for (auto hold = active.begin(); hold != active.end();) {
        if (hold->clearable && matches(*hold)) {
            const Part part = hold->part;
            simulation_.record(record::fault_cleared, subject_of(id), static_cast<std::int64_t>(hold->id));
            hold = active.erase(hold);
            settle_part(id, part);
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

void Fleet::declare(ApplianceId id, TenantStatus status, bool seen_from_outside_only) {
    Appliance& appliance = at(id);
    appliance.declared = status;
    appliance.seen_from_outside_only = seen_from_outside_only;
    appliance.reported = simulation_.cause();
    if (can_report(id)) {
        report(id);
    } else {
        changed(id, Reason::none);
    }
}

bool Fleet::can_report(ApplianceId id) const {
    const Appliance& appliance = appliances_[id];
    return appliance.deployment.registered && appliance.host == Power::on &&
           appliance.good(Parts{Part::uplink, Part::tenant_credential, Part::cached_credentials}) &&
           sites_[appliance.site].held(SitePart::provider) == nullptr;
}

void Fleet::report(ApplianceId id) {
    SIM_CHECK(can_report(id));
    Appliance& appliance = at(id);
    appliance.status = appliance.declared;
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
    if (holds(appliance, Part::host)) return;
    appliance.host = Power::starting;
    appliance.boot = simulation_.schedule_in(boots_.host, Rank::repair, kind::host_booted, subject_of(id));
}

void Fleet::restart_management(ApplianceId id) {
    Appliance& appliance = at(id);
    if (appliance.host != Power::on || holds(appliance, Part::management)) return;
    if (!appliance.deployment.has_scripts) return;
    appliance.management_running = true;
    simulation_.record(record::management_started, subject_of(id));
    simulation_.schedule_in(Duration{}, Rank::repair, kind::management_started, subject_of(id));
}

void Fleet::switch_sets(ApplianceId id, Reason reason) {
    Appliance& appliance = at(id);
    SIM_CHECK(appliance.backup_version.has_value());
    std::swap(appliance.version, *appliance.backup_version);
    if (!appliance.deployment.installed) appliance.backup_version.reset();  // there was nothing to switch from
    appliance.deployment.installed = true;
    appliance.deployment.deleted = {};
    appliance.put_off = appliance.put_off - vocabulary::of_one_set;
    simulation_.record(record::sets_switched, subject_of(id), number(appliance.version));
    if (appliance.host == Power::on) simulation_.cancel(appliance.boot);  // of a machine of the old set
    appliance.machine.fill(Power::off);
    appliance.started = {};
    appliance.automatic = true;
    appliance.draining = false;
    std::vector<Hold> holds = std::move(appliance.backup_holds);
    appliance.backup_holds.clear();
    for (const Hold& hold : appliance.holds)
        (vocabulary::of_one_set.has(hold.part) ? appliance.backup_holds : holds).push_back(hold);
    appliance.holds = std::move(holds);
    for (const Part part : vocabulary::of_one_set) settle_part(id, part);
    start_next_machine(id);
    changed(id, reason);
}

void Fleet::lose_host(ApplianceId id) {
    Appliance& appliance = at(id);
    simulation_.cancel(appliance.boot);
    ++appliance.host_losses;
    appliance.host = Power::off;
    appliance.machine.fill(Power::off);
    appliance.started = {};
    appliance.management_running = false;
}

// A machine that was starting makes way for the next.
void Fleet::lose_machine(ApplianceId id, Machine machine) {
    Appliance& appliance = at(id);
    Power& power = appliance.machine[static_cast<std::size_t>(machine)];
    const bool was_starting = power == Power::starting;
    power = Power::off;
    appliance.started = appliance.started - vocabulary::services_of(machine);
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
        if (power != Power::off || holds(appliance, part_of(m)) || appliance.put_off.has(part_of(m))) continue;
        if (!topology::finds_what_it_needs(appliance, m)) continue;
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
        appliance.put_off = appliance.put_off - vocabulary::services_of(m);
        simulation_.record(record::machine_started, subject_of(id), static_cast<std::int64_t>(m));
        if (starts_by_itself(appliance, m)) restart_services_of(id, m);
    }
    start_what_waited(id);
    changed(id, Reason::none);
}

bool Fleet::finds_what_it_needs(ApplianceId id, Machine machine) const {
    return topology::finds_what_it_needs(appliances_[id], machine);
}

bool Fleet::is_starting(ApplianceId id) const {
    const Appliance& appliance = appliances_[id];
    return appliance.host == Power::starting ||
           std::any_of(appliance.machine.begin(), appliance.machine.end(),
                       [](Power power) { return power == Power::starting; });
}

bool Fleet::looks_bad(ApplianceId id, Parts watched) const {
    const Appliance& appliance = appliances_[id];
    const bool boots = is_starting(id);  // then machines that are off wait for their turn
    for (const Part part : watched) {
        if (appliance.good(part)) continue;
        if (!boots || holds(appliance, part)) return true;
        const bool waits = vocabulary::is_machine(part) ||
                           (vocabulary::is_service(part) && !appliance.on(vocabulary::machine_of(part)));
        if (!waits) return true;
    }
    return false;
}

// Which side fell, and why, is remembered for the calls that this costs.
void Fleet::note(bool& alive, bool now, Down& down, Reason reason) const {
    if (alive && !now) down = Down{reason, simulation_.cause()};
    alive = now;
}

// Works out what follows from the parts.
void Fleet::changed(ApplianceId id, Reason reason) {
    Appliance& appliance = at(id);
    const Site& site = sites_[appliance.site];
    const bool edge_connected = appliance.good(connected_edge) && site.held(SitePart::provider) == nullptr;
    const bool edge = make_links(appliance.edge_links, edge_connected && appliance.good(edge_needs), appliance,
                                 Machine::edge, appliance.edge_down);
    const bool mediation = make_links(appliance.mediation_links, appliance.good(mediation_needs), appliance,
                                      Machine::mediation, appliance.mediation_down);
    const bool relay_carries = edge_connected && site.held(SitePart::media_ports) == nullptr &&
                               appliance.good(Part::edge_rtcmediarelay);
    note(appliance.edge_alive, edge, appliance.edge_down, reason);
    const bool returns = mediation && !appliance.mediation_alive;
    note(appliance.mediation_alive, mediation, appliance.mediation_down, reason);
    if (returns) connect_anew(id);
    // Tokens may be gone long before the relay itself: what calls die of is the latter.
    if (appliance.relay_carries && !relay_carries) appliance.relay_admits = true;
    appliance.relay_carries = relay_carries;
    note(appliance.relay_admits, relay_carries && appliance.good(Part::edge_rtcmrauth), appliance.relay_down,
         reason);
    const bool ready = edge && mediation && reaches_the_carrier(id) && appliance.relay_admits &&
                       !appliance.draining &&
                       appliance.good(vocabulary::every_machine | vocabulary::every_service) &&
                       appliance.good(Part::address_record) && site.held(SitePart::address) == nullptr &&
                       site.held(SitePart::sip_port) == nullptr && site.held(SitePart::services) == nullptr;
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

void Fleet::finish() {
    for (Site& site : sites_) {
        site.ready_for[site.ready] += simulation_.end() - site.ready_since;
        site.ready_since = simulation_.end();
        for (const ApplianceId id : site.appliances)
            if (at(id).ready) ready_time_[index(id)] += simulation_.end() - ready_since_[index(id)];
    }
    for (std::size_t i = 0; i < appliances_.size(); ++i)
        if (at(static_cast<ApplianceId>(i)).exposed)
            exposures_[i].time += simulation_.end() - exposures_[i].since;
}

}  // namespace sim::topology
