// What an experiment leaves behind, as plain data: one row a replication, and the names they speak of.
//
// Rows cross a pipe from the worker that made them to the one process that writes, and reports read nothing else. So
// a result must say everything a report prints; no report looks at the model.

#pragma once

#include "sim/kernel/time.hpp"
#include "sim/vocabulary/outcomes.hpp"
#include "sim/vocabulary/problems.hpp"
#include "sim/vocabulary/units.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sim::experiment {

using kernel::Duration;
using vocabulary::Calls;
using vocabulary::Direction;
using vocabulary::Outcome;
using vocabulary::Reason;

inline constexpr int semantics_version = 1;  // of the model: other numbers for the same scenario and seed bump it
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
    Duration ready{};       // how long it was ready: every machine and service started, both directions would pass
    Duration talk{};        // call time carried
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
    std::string name;  // sorted by site id; the last is no_site
    std::array<Ledger, 2> by_direction{};  // indexed by Direction
    unsigned appliances_needed = 0;  // fewest that carry the busy hour with at most 1 % blocking (Erlang B)
    unsigned appliances_ready_min = 0;
    Duration one_ready{};     // at least one appliance ready
    Duration enough_ready{};  // at least appliances_needed ready
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

struct Replication {
    std::uint64_t number = 1;  // r, from 1
    std::uint64_t fingerprint = 0;
    Duration simulated{};
    std::vector<SiteRow> sites;
    std::vector<Loss> losses;  // no two of the same key; sorted
    Calls degraded;            // completed, but with no audio control for a while
    Calls redials;             // attempts that are second tries of lost callers
    Calls emergency_attempts, emergency_lost;
    Duration post_dial_delay{};   // over all attempts that were set up
    Calls delayed;                // attempts that paid a connect delay
    Duration lost_talk{};         // conversation cut off by drops: what was left of it
    std::map<std::string, std::uint64_t> events;  // how often things happened: "detections", "drains_with_calls", …
    std::vector<MissedWindow> missed_windows;

    Ledger ledger() const;
};

enum class Verdict : std::uint8_t { pass, fail, undecided, vacuous };
std::string_view text(Verdict verdict);

struct Judged {  // one expectation and what was seen
    std::string metric;
    std::string scope;     // "", "site Amsterdam", "per site", "inbound" …
    std::string relation;  // "<=", ">=", "no worse than"
    double target = 0;
    bool always = false;
    std::optional<double> confidence;
    std::optional<double> seen, lo, hi;  // none: there was nothing to see
    std::string unit;
    Verdict verdict{};
    std::string why;  // of vacuous and undecided; of a fail: "by 7"
    std::string at;   // "patch-night.lua:19", the file relative to the scenario's folder
};

struct Estimate {  // of one metric over the replications
    std::optional<double> value, lo, hi;  // lo and hi need two replications
    double confidence = 0.95;
    std::uint64_t n = 0;
    std::string unit;
};

// What is known before a replication runs: sent ahead by the first worker.
struct Outline {
    std::string scenario, policy;
    std::uint64_t seed = 42;
    std::vector<std::string> policies;
    // what can change the answer (decisions 33)
    std::map<std::string, std::string> inputs;   // name -> hash, the script and its modules too
    std::string zone_data_version;
    std::string plan_hash;                       // of the whole plan
    std::map<std::string, std::string> assumed;  // parameter -> value
    std::map<std::string, std::string> set;      // --set
    std::vector<vocabulary::Problem> warnings;
};

struct Experiment {
    Outline outline;
    std::vector<Replication> replications;  // by number
    std::uint64_t asked = 1;                // how many were wanted; more than there are: interrupted
    std::vector<Judged> expectations;
    std::vector<std::pair<std::string, Estimate>> metrics;  // in the order of the catalogue
    // metric -> one value a replication, in their order; what a baseline needs
    std::vector<std::pair<std::string, std::vector<std::optional<double>>>> per_replication;

    std::uint64_t fingerprint() const;       // XXH3 over (policy, r, digest) in order (decisions 31)
    vocabulary::Exit exit() const;           // of the verdicts, and of an interruption
};

}  // namespace sim::experiment
