// A new version of an appliance (UPG): the software is downloaded, the appliance registered anew, a set of
// machines of the new version built beside the one that serves, calls drained from the old set, the network
// moved to the new one. The old set stays beside it, switched off.
//
// What is done next follows from how the appliance is found, so an upgrade that broke off is taken up where it
// was left. Each step is what an operator would type, and it fails for the same reasons; until the last step
// nothing of it touches a call.

#pragma once

#include "sim/maintenance/releases.hpp"
#include "sim/topology/fleet.hpp"
#include "sim/vocabulary/command.hpp"

#include <optional>
#include <vector>

namespace sim::maintenance {

class Upgrading {
public:
    Upgrading(topology::Fleet& fleet, const Releases& releases);

    // Something newer than what runs is out. A set of it that has been built and laid aside is somebody's
    // decision, and is left alone.
    bool is_wanted(ApplianceId id) const;

    // To what is out now. The tenant reads BitsUpdate from here on (ps:Set-CsCceApplianceDeploymentStatus).
    void begin(ApplianceId id);
    // What is to be typed at its host now; nothing when the new version runs.
    std::optional<vocabulary::Command> next(ApplianceId id) const;
    void ends(ApplianceId id, bool well);

private:
    vocabulary::Command typed(ApplianceId id, vocabulary::CmdletId cmdlet, const char* flag = nullptr) const;
    vocabulary::Command uninstall(ApplianceId id, vocabulary::Build which) const;

    topology::Fleet& fleet_;
    const Releases& releases_;
    std::vector<vocabulary::Build> target_;  // by appliance
};

}  // namespace sim::maintenance
