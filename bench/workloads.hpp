// The workloads that are timed, as plain plans: the same rooms, ledger, causes and fingerprint as any run.

#pragma once

#include "sim/scenario/scenario.hpp"

namespace bench {

struct Fleet {
    unsigned sites = 1;
    unsigned appliances = 1;  // of each site
    unsigned calls_max = 500;
    double erlangs = 480;  // of each site
    double outbound_share = 1;
    unsigned users = 1000;  // of each site
    sim::kernel::Law length;
    sim::kernel::Duration lasts{};
};
sim::scenario::Scenario plan_of(const Fleet& fleet);

// One appliance of 500 lines, 480 erlangs offered, exponential calls of 180 s: the plain loss system.
sim::scenario::Scenario loss_system(sim::kernel::Duration lasts);

// The largest tenant that the product allows, patched in a weekly window of this length by the management
// services, drained for half an hour at most. Nobody calls.
sim::scenario::Scenario patched_year(std::chrono::hours window);

}  // namespace bench
