// What each cmdlet does: what it needs, how long it takes, what it changes, and what it says when it cannot.
// One row a cmdlet; the desk carries them out.
//
// A cmdlet checks before it begins, takes effect at its end - done steps remain -, and ends with an error if
// the place it runs on is lost meanwhile. Texts of refusals are those an operator reads at the console.

#pragma once

#include "sim/calls/call_plane.hpp"
#include "sim/faults/injector.hpp"
#include "sim/maintenance/drains.hpp"
#include "sim/maintenance/patching.hpp"
#include "sim/maintenance/updates.hpp"
#include "sim/operations/tenancy.hpp"
#include "sim/topology/fleet.hpp"
#include "sim/vocabulary/command.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sim::operations {

using kernel::Duration;
using vocabulary::ApplianceId;
using vocabulary::CmdletId;
using vocabulary::Command;

// What people call things. Of users: the site whose users they are, by its name.
struct Names {
    std::vector<std::string> sites, appliances, gateways;
};

struct Times {  // parameters of the scenario
    Duration exit_takes{};
    Duration tenant_takes{};        // of a tenant cmdlet
    Duration tenant_replication{};  // until its settings are in force for calls
    Duration provisioning_takes{};  // until the tenant knows an account that was licensed
    Duration media_bypass_takes{};  // until a change of media bypass is in force
    Duration service_stop{};
    Duration service_start{};
    bool drains = true;  // Enter-CcUpdate, unless it is told
};

// All that a cmdlet can reach.
struct Estate {
    kernel::Simulation& simulation;
    topology::Fleet& fleet;
    calls::CallPlane& calls;
    faults::Injector& injector;
    maintenance::Drains& drains;
    maintenance::Patching& patching;
    Tenancy& tenancy;
    Names names;
    Times times;
};

// What a Get- cmdlet answers: objects with named values.
using Value = std::variant<bool, std::int64_t, double, std::string>;
using Object = std::vector<std::pair<std::string, Value>>;
using Answer = std::vector<Object>;

struct Verb {
    CmdletId id;
    // Why it cannot begin; empty: nothing against it.
    std::string (*refuses)(const Estate&, const Command&);
    // What it does at once; null: nothing.
    void (*begins)(Estate&, const Command&);
    // How long until its end; none: until the world says that it is over.
    std::optional<Duration> (*takes)(const Estate&, const Command&);
    // What it does at its end; the text of an error, or empty.
    std::string (*ends)(Estate&, const Command&, Answer&);
};

// Null for a cmdlet that is in the catalogue and has nothing to act on here.
const Verb* verb(CmdletId id);

}  // namespace sim::operations
