// What somebody does at a console: stops and starts, detaches and connects, puts settings right, deploys a set
// of machines and takes one away.

#include "sim/topology/fleet.hpp"
#include "sim/topology/holds.hpp"
#include "sim/vocabulary/kinds.hpp"

#include <algorithm>

namespace sim::topology {

using vocabulary::part_of;
using vocabulary::subject_of;
namespace record = vocabulary::record;

bool Fleet::mend(ApplianceId id, Parts parts, std::initializer_list<FaultId> but) {
    Appliance& appliance = at(id);
    std::vector<Hold> over;
    for (auto hold = appliance.holds.begin(); hold != appliance.holds.end();) {
        const bool is_spared = std::find(but.begin(), but.end(), hold->id) != but.end();
        if (!hold->by_hand || is_spared || !parts.has(hold->part)) {
            ++hold;
            continue;
        }
        over.push_back(*hold);
        hold = appliance.holds.erase(hold);
    }
    for (const Hold& hold : over) {
        simulation_.record(record::fault_cleared, subject_of(id), static_cast<std::int64_t>(hold.id));
        settle_part(id, hold.part);
    }
    if (!over.empty()) changed(id, Reason::none);
    for (const Hold& hold : over) blame_others(id, hold.cause);
    for (const Part part : parts)
        if (holds(appliance, part)) return false;
    return true;
}

void Fleet::put_off(ApplianceId id, Parts parts, Reason reason) {
    Appliance& appliance = at(id);
    appliance.put_off = appliance.put_off | parts;
    for (const Part part : parts) {
        if (vocabulary::is_machine(part)) {
            lose_machine(id, vocabulary::machine_of(part));
        } else if (vocabulary::is_service(part)) {
            appliance.started.set(part, false);
        } else {
            settle_part(id, part);
        }
    }
    changed(id, reason);
}

bool Fleet::put_on(ApplianceId id, Parts parts) {
    Appliance& appliance = at(id);
    const bool free = mend(id, parts);
    appliance.put_off = appliance.put_off - parts;
    for (const Part part : parts) {
        settle_part(id, part);
        if (!vocabulary::is_service(part) || holds(appliance, part)) continue;
        // Also where services are Manual: somebody wants this one.
        const Machine machine = vocabulary::machine_of(part);
        if (appliance.on(machine) && finds_what_it_needs(id, machine)) appliance.started.set(part, true);
    }
    start_what_waited(id);
    changed(id, Reason::none);
    return free;
}

void Fleet::stop_management(ApplianceId id) {
    at(id).management_running = false;
    changed(id, Reason::none);
}

void Fleet::set_media_ports(ApplianceId id, unsigned calls) {
    at(id).ports_given_for = calls;
    mend(id, Parts{Part::media_ports});
    settle_part(id, Part::media_ports);
    changed(id, Reason::none);
}

void Fleet::mend_gateways(SiteId id, GatewayPart part) {
    for (const GatewayId gateway : sites_[id].gateways) {
        std::vector<GatewayHold> over;
        for (const GatewayHold& hold : gateways_[gateway].holds)
            if (hold.part == part && hold.by_hand) over.push_back(hold);
        for (const GatewayHold& hold : over) {
            simulation_.record(record::fault_cleared, subject_of(gateway), static_cast<std::int64_t>(hold.id));
            release(gateway, hold.fault);
        }
    }
}

SiteFiles Fleet::files(SiteId id, const std::string& path) const {
    const auto found = sites_[id].files.find(path);
    return found == sites_[id].files.end() ? SiteFiles{} : found->second;
}

void Fleet::set_script_version(ApplianceId id, Build version) {
    at(id).script_version = version;
    changed(id, Reason::none);
}

bool Fleet::lock_site(ApplianceId id) {
    std::optional<ApplianceId>& lock = sites_[appliances_[id].site].lock;
    if (lock && *lock != id) return false;
    lock = id;
    return true;
}

void Fleet::unlock_site(ApplianceId id) {
    std::optional<ApplianceId>& lock = sites_[appliances_[id].site].lock;
    if (lock == id) lock.reset();
}

// Whatever was wrong with machines that are no more. What has an end of its own is told then; of the rest this
// is the end.
void Fleet::forget_holds_of_the_set(ApplianceId id) {
    Appliance& appliance = at(id);
    mend(id, vocabulary::of_one_set);
    std::erase_if(appliance.holds, [](const Hold& hold) { return vocabulary::of_one_set.has(hold.part); });
    for (const Part part : vocabulary::of_one_set) settle_part(id, part);
}

void Fleet::remove_machines(ApplianceId id, Reason reason) {
    Appliance& appliance = at(id);
    if (appliance.host == Power::on) simulation_.cancel(appliance.boot);
    appliance.machine.fill(Power::off);
    appliance.started = {};
    appliance.draining = false;
    appliance.deployment.installed = false;
    appliance.deployment.deleted = {};
    appliance.put_off = (appliance.put_off - vocabulary::of_one_set) | vocabulary::every_machine;
    forget_holds_of_the_set(id);
    simulation_.record(record::machines_removed, subject_of(id), number(appliance.version));
    changed(id, reason);
}

void Fleet::remove_backup(ApplianceId id) {
    Appliance& appliance = at(id);
    SIM_CHECK(appliance.backup_version.has_value());
    simulation_.record(record::machines_removed, subject_of(id), number(*appliance.backup_version));
    appliance.backup_version.reset();
    appliance.backup_holds.clear();
}

void Fleet::install_machines(ApplianceId id, Build version) {
    Appliance& appliance = at(id);
    SIM_CHECK(!appliance.deployment.installed);
    appliance.version = version;
    appliance.deployment.installed = true;
    appliance.put_off = appliance.put_off - vocabulary::of_one_set;
    for (const Part part : vocabulary::of_one_set) settle_part(id, part);
    appliance.automatic = true;
    if (appliance.host == Power::on) appliance.machine.fill(Power::on);
    simulation_.record(record::machines_installed, subject_of(id), number(version));
    for (const Machine machine : vocabulary::machines) start_services_of(id, machine);
    changed(id, Reason::none);
}

}  // namespace sim::topology
