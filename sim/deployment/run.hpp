// From a plan to what came of it: one policy, one replication.

#pragma once

#include "sim/calls/call_plane.hpp"
#include "sim/kernel/journal.hpp"
#include "sim/kernel/random.hpp"
#include "sim/operations/programs.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/vocabulary/tally.hpp"

#include <optional>
#include <vector>

namespace sim::deployment {

// What a scenario decides by programs of its own, for one replication; none where it has no program.
using Programs = operations::Programs;

struct Recording {  // what one wants to see besides the tally; looking changes nothing
    std::vector<kernel::Record>* journal = nullptr;
    std::vector<calls::CallRecord>* calls = nullptr;
};

// REQUIRES a validated scenario, and its programs if it has any. Throws BrokenInvariant for a defect of ours,
// and InputError for an error in a program.
vocabulary::Replication run(const scenario::Scenario& scenario, const scenario::Policy& policy,
                            kernel::Luck luck, Recording recording = {}, Programs* programs = nullptr);

// An appliance that Enter-CcUpdate has taken out of service for good: Exit-CcUpdate never comes.
struct LeftOut {
    vocabulary::ApplianceId appliance{};
    kernel::Instant since{};
    std::optional<vocabulary::ProgramId> by;  // none: a cmdlet that the plan types itself
};

// Plays the plan without calls and failures; what it says is to break at a given time breaks. In maintenance at
// its end may be who is only being patched, so time goes on for `longer`: who is still out then was left
// behind. REQUIRES and throws as run() does.
std::vector<LeftOut> left_out(const scenario::Scenario& scenario, const scenario::Policy& policy,
                              kernel::Luck luck, kernel::Duration longer, Programs* programs = nullptr);

// The fewest appliances of a site that carry its busy hour with at most 1 % blocking, all the site has if it
// takes more. Both directions, and those who exit there because they have no site.
unsigned appliances_needed(const scenario::Scenario& scenario, scenario::SiteId site);

// Offered in the busy hour of an average day at a site: its own users, and those who exit there.
double busy_hour_erlangs(const scenario::Scenario& scenario, scenario::SiteId site);

}  // namespace sim::deployment
