// What one replication adds up to, as plain rows: the ledger of its calls and the times of its sites.
//
// deployment fills them, experiment merges them, reports print them. They cross a pipe between processes, so
// they name things instead of pointing at them.

#pragma once

#include "sim/kernel/time.hpp"
#include "sim/vocabulary/outcomes.hpp"
#include "sim/vocabulary/units.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace sim::vocabulary {

using kernel::Duration;

inline constexpr const char* no_site = "(no site)";

// The seven outcomes. Attempts are their sum, exactly, in every line.
struct Ledger {
    std::array<Calls, 7> by_outcome{};  // indexed by Outcome

    Calls& operator[](Outcome outcome) { return by_outcome[static_cast<std::size_t>(outcome)]; }
    Calls operator[](Outcome outcome) const { return by_outcome[static_cast<std::size_t>(outcome)]; }
    Calls attempts() const;
    Calls lost() const;  // dropped, blocked, refused, failed, unreachable
    Ledger& operator+=(const Ledger& other);
    bool operator==(const Ledger&) const = default;
};

struct Loss {
    Outcome outcome{};
    Reason reason{};
    Direction direction{};
    std::string site;       // or no_site
    std::string appliance;  // empty: none took part
    std::string group;      // the users' site in the export; empty: none
    Calls calls;
};

struct ApplianceRow {
    std::string name;
    unsigned calls_max = 0;
    Duration ready{};  // how long it was ready: every machine and service started, both directions would pass
    Duration talk{};   // call time carried
    Duration over_limit{};  // with more calls than calls_max (over_limit = "count")
    std::uint64_t busy_max = 0;
};

struct GatewayRow {
    std::string name;
    unsigned channels = 0;
    Duration talk{};
    std::uint64_t busy_max = 0;
};

struct HourRow {  // of the local clock, over all days
    Calls attempts, blocked, lost;
};

struct SiteRow {
    std::string name;                      // sorted by site id; the last is no_site
    std::array<Ledger, 2> by_direction{};  // indexed by Direction
    unsigned appliances_needed = 0;  // fewest that carry the busy hour with at most 1 % blocking (Erlang B)
    unsigned appliances_ready_min = 0;
    Duration one_ready{};     // at least one appliance ready
    Duration enough_ready{};  // at least appliances_needed ready
    Duration exposed{};       // with a key of CA or server certificates in wrong hands, over its appliances
    std::array<HourRow, 24> hours{};
    std::vector<ApplianceRow> appliances;
    std::vector<GatewayRow> gateways;

    Ledger ledger() const;
};

struct MissedWindow {
    std::string site, appliance;
    std::string opened;  // UTC text
    std::string reason;
};

// A cmdlet of the plan that was turned down, or broke off: it changed nothing that it was typed for.
struct RefusedCmdlet {
    std::string at;  // UTC text
    std::string cmdlet;
    std::string site, appliance;  // empty: it names none
    std::string reason;
};

// A fault in force from the first moment on, because something is set up so.
struct Misconfigured {
    std::string fault;  // its name in the catalogue, and what else must be said
    std::string on;     // as people read it: "the tenant", "ams-cce-1"
    std::string at;     // where the scenario says so: "site.lua:12"
};

struct CrewRow {
    std::string name;
    unsigned people = 0;
    std::uint64_t repairs = 0;      // asked for, those that still waited at the end too
    std::uint64_t waited = 0;       // of them, those that found nobody free
    std::uint64_t waiting_max = 0;  // at once
    Duration wait{};                // added up; of those still waiting, until the end
    Duration wait_max{};
    Duration busy{};  // added up over the people
};

struct Replication {
    std::uint64_t number = 1;  // r, from 1
    std::uint64_t fingerprint = 0;
    Duration simulated{};
    std::vector<SiteRow> sites;
    std::vector<Loss> losses;  // no two of the same key; sorted
    Calls degraded;            // completed, but with no audio control for a while
    Calls escalations;         // calls that were to become a conference; beside the ledger
    Calls escalations_failed;  // the two-party call lives on
    Calls transfers_failed;    // by a gateway that answers REFER with an error; the call lives on
    Calls redials;             // attempts that are second tries of lost callers
    Calls emergency_attempts, emergency_lost;
    Duration post_dial_delay{};  // over all attempts that were set up
    Calls delayed;               // attempts that paid a connect delay
    Duration lost_talk{};        // conversation cut off by drops: what was left of it
    Duration unpatched{};        // how long appliances lacked the newest patch of Windows, all together
    Duration out_of_support{};   // how long they ran what is not supported any more, all together
    std::map<std::string, std::uint64_t>
        events;  // how often things happened: "detections", "drains_with_calls", …
    std::vector<MissedWindow> missed_windows;
    std::vector<RefusedCmdlet> refused_cmdlets;
    std::vector<CrewRow> crews;  // in the order of the plan

    Ledger ledger() const;
};

}  // namespace sim::vocabulary
