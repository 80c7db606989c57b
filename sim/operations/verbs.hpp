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

#include <array>
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
    std::vector<std::string> sites, appliances, gateways, common_causes;
    std::vector<std::string> edges;       // by site: the FQDN of its Access Edges
    std::vector<std::string> mediations;  // by appliance: the FQDN of its Mediation
};

struct CertificateTimes {
    Duration reset{};    // of a CA
    Duration renewal{};  // of certificates
    Duration files{};    // copied, exported, deleted
    Duration gateway{};  // somebody installs one there
    Duration servers_last{}, ca_lasts{}, external_lasts{};
};

// Who is asked for a change that no cmdlet makes.
enum class Asked : std::uint8_t { name, settings, firewall, on_site, carrier };

struct Times {  // parameters of the scenario
    Duration exit_takes{};
    Duration tenant_takes{};        // of a tenant cmdlet
    Duration tenant_replication{};  // until its settings are in force for calls
    Duration provisioning_takes{};  // until the tenant knows an account that was licensed
    Duration media_bypass_takes{};  // until a change of media bypass is in force
    Duration service_stop{};
    Duration service_start{};
    Duration shows{};    // what a cmdlet takes that only shows or notes something
    Duration by_hand{};  // a file, a package, a setting that somebody puts right
    Duration register_takes{};
    Duration publish_takes{};
    Duration switch_takes{};  // from the end of the drain until the machines are off
    Duration drain_limit{};   // of Switch-CcVersion and Uninstall-CcAppliance
    Duration install_large{};
    Duration install_small{};
    Duration convert_takes{};
    Duration download_takes{};
    std::array<Duration, 5> change{};  // by Asked
    bool drains = true;                // Enter-CcUpdate, unless it is told
    CertificateTimes certificates;
};

// All that a cmdlet can reach.
struct Estate {
    kernel::Simulation& simulation;
    topology::Fleet& fleet;
    calls::CallPlane& calls;
    faults::Injector& injector;
    maintenance::Drains& drains;
    maintenance::Patching& patching;
    const maintenance::Releases& releases;
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

    enum class Manner : std::uint8_t {
        plain,
        looks,  // changes nothing, and nothing is in its way but a host that is off
        alone,  // none other of this manner runs on the appliance meanwhile
    };
    Manner manner = Manner::plain;
    bool needs_host = false;  // of those that may be typed anywhere
    // Where it has several steps: step `number`, from 0, is over. How long the next one takes; none: that was
    // the last.
    std::optional<Duration> (*goes_on)(Estate&, const Command&, unsigned number) = nullptr;
    // What is to be left tidy when it has begun and ends with an error.
    void (*breaks_off)(Estate&, const Command&) = nullptr;
};

// The product's word: "Running".
std::string text(topology::TenantStatus status);

// Null for a cmdlet that is in the catalogue and has nothing to act on here.
const Verb* verb(CmdletId id);

}  // namespace sim::operations
