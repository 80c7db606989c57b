#include "sim/maintenance/patching.hpp"

#include "sim/vocabulary/kinds.hpp"

#include <algorithm>

namespace sim::maintenance {

using kernel::Rank;
using vocabulary::index;
using vocabulary::Machine;
using vocabulary::Reason;
using vocabulary::subject_of;
namespace kind = vocabulary::kind;

namespace {

constexpr Duration looks_for = std::chrono::minutes{5};  // for updates, and finds none (assumed)

}  // namespace

Patching::Patching(kernel::Simulation& simulation, topology::Fleet& fleet, Releases& releases, PatchTimes times,
                   const std::vector<std::string>& appliance_names)
    : simulation_(simulation),
      fleet_(fleet),
      releases_(releases),
      times_(times),
      jobs_(fleet.appliances().size()) {
    for (const std::string& name : appliance_names)
        luck_.emplace_back(simulation.luck(), name, "second restart");
}

void Patching::begin(ApplianceId id, std::optional<Machine> only) {
    SIM_CHECK(!works_on(id));
    job(id).only = only;
    if (!releases_.is_behind(id)) {
        wait(id, Step::looking, looks_for);
        return;
    }
    releases_.begins_to_patch(id);
    Job& work = job(id);
    ++work.patches;
    work.machine = static_cast<std::uint8_t>(only.value_or(Machine::ad));
    install(id);
}

void Patching::wait(ApplianceId id, Step step, Duration takes) {
    job(id).step = step;
    job(id).host_losses = fleet_.appliances()[id].host_losses;
    simulation_.schedule_in(takes, Rank::timer, kind::update_step_ends, subject_of(id));
}

void Patching::install(ApplianceId id) {
    job(id).restarted_twice = false;
    wait(id, Step::installing_machine, times_.machine_install);
}

void Patching::restart(ApplianceId id) {
    const auto machine = static_cast<Machine>(job(id).machine);
    fleet_.restart_machine(id, machine, Reason::restarted_in_place);
    wait(id, Step::restarting_machine, fleet_.boots()[machine]);
}

// The appliance is as the procedure left it: host up, and no machine that it is about lost to a fault
// meanwhile.
bool Patching::stands(ApplianceId id) const {
    const topology::Appliance& appliance = fleet_.appliances()[id];
    const std::optional<Machine> only = jobs_[index(id)].only;
    return appliance.host == topology::Power::on && appliance.host_losses == jobs_[index(id)].host_losses &&
           std::all_of(vocabulary::machines.begin(), vocabulary::machines.end(),
                       [&](Machine machine) { return (only && *only != machine) || appliance.on(machine); });
}

std::optional<bool> Patching::step_ends(ApplianceId id) {
    Job& work = job(id);
    const Step step = work.step;
    if (!stands(id)) {
        work.step = Step::none;
        return false;
    }
    switch (step) {
        case Step::installing_machine:
            restart(id);
            break;
        case Step::restarting_machine:
            return after_restart(id);
        case Step::installing_host: {
            fleet_.restart_host(id, Reason::restarted_in_place);
            Duration takes = fleet_.boots().host;
            for (const Machine machine : vocabulary::machines) takes += fleet_.boots()[machine];
            wait(id, Step::restarting_host, takes);
            break;
        }
        case Step::restarting_host:
            releases_.is_patched(id);
            work.step = Step::none;
            return true;
        case Step::looking:
            work.step = Step::none;
            return true;
        case Step::none:
            SIM_CHECK(false && "a step of no patching");
            break;
    }
    return std::nullopt;
}

std::optional<bool> Patching::after_restart(ApplianceId id) {
    Job& work = job(id);
    const double luck = luck_[index(id)].uniform(work.patches, work.machine);
    if (!work.restarted_twice && luck < times_.second_restart) {
        work.restarted_twice = true;
        restart(id);
    } else if (work.only) {
        work.step = Step::none;
        return true;
    } else if (++work.machine < vocabulary::machines.size()) {
        install(id);
    } else {
        wait(id, Step::installing_host, times_.host_install);
    }
    return std::nullopt;
}

}  // namespace sim::maintenance
