// Patching one appliance (UPG): on each machine in turn - AD, CMS, Mediation, Edge - install, restart, and
// restart again when the patch asks for it; then the host, whose restart takes the machines with it.
//
// It asks for no maintenance: whoever patches an appliance in production restarts it under running calls.

#pragma once

#include "sim/maintenance/releases.hpp"
#include "sim/topology/fleet.hpp"
#include "sim/vocabulary/machines.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sim::maintenance {

using kernel::Duration;
using vocabulary::ApplianceId;

struct PatchTimes {  // parameters of the scenario
    Duration machine_install{};
    Duration host_install{};
    double second_restart = 0;  // chance that a machine must restart twice
};

class Patching {
public:
    Patching(kernel::Simulation& simulation, topology::Fleet& fleet, Releases& releases, PatchTimes times,
             const std::vector<std::string>& appliance_names);

    // Where nothing is to be installed it only looks. `only`: this machine and nothing else. REQUIRES: not at
    // work there. It fails if a machine or the host is lost meanwhile, and leaves the appliance as it is then.
    void begin(ApplianceId id, std::optional<vocabulary::Machine> only = std::nullopt);
    // The last one was of all machines and the host.
    bool was_whole(ApplianceId id) const { return !jobs_[vocabulary::index(id)].only; }
    bool works_on(ApplianceId id) const { return jobs_[vocabulary::index(id)].step != Step::none; }

    // Event of this room. Tells how it ended, if that was the end: whether it went well.
    std::optional<bool> step_ends(ApplianceId id);

private:
    enum class Step : std::uint8_t {
        none,
        looking,
        installing_machine,
        restarting_machine,
        installing_host,
        restarting_host,
    };
    struct Job {
        Step step = Step::none;
        std::uint8_t machine = 0;
        bool restarted_twice = false;
        std::optional<vocabulary::Machine> only;
        std::uint32_t host_losses = 0;  // of the host when the step began
        std::uint64_t patches = 0;      // so far; names the luck
    };

    Job& job(ApplianceId id) { return jobs_[vocabulary::index(id)]; }
    void install(ApplianceId id);
    void restart(ApplianceId id);
    std::optional<bool> after_restart(ApplianceId id);
    void wait(ApplianceId id, Step step, Duration takes);
    bool stands(ApplianceId id) const;

    kernel::Simulation& simulation_;
    topology::Fleet& fleet_;
    Releases& releases_;
    PatchTimes times_;
    std::vector<kernel::Stream> luck_;  // by appliance
    std::vector<Job> jobs_;             // by appliance
};

}  // namespace sim::maintenance
