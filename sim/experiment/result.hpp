// What an experiment leaves behind, as plain data: one row a replication, and the names they speak of.
//
// Rows cross a pipe from the worker that made them to the one process that writes, and reports read nothing
// else. So a result must say everything a report prints; no report looks at the model.

#pragma once

#include "sim/vocabulary/problems.hpp"
#include "sim/vocabulary/tally.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sim::experiment {

inline constexpr int semantics_version =
    1;  // of the model: other numbers for the same scenario and seed bump it
using vocabulary::Ledger;
using vocabulary::Replication;

enum class Verdict : std::uint8_t { pass, fail, undecided, vacuous };
std::string_view text(Verdict verdict);
vocabulary::Exit exit_of(Verdict verdict);

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

struct Estimate {                         // of one metric over the replications
    std::optional<double> value, lo, hi;  // lo and hi need two replications
    double confidence = 0.95;
    std::uint64_t n = 0;
    std::string unit;
};

// What is known before a replication runs: sent ahead by the first worker.
struct Outline {
    std::string scenario, policy;
    std::uint64_t seed = 42;
    vocabulary::Duration length{};  // of one replication
    // what can change the answer
    std::map<std::string, std::string> inputs;  // name -> hash, the script and its modules too
    std::string zone_data_version;
    std::string plan_hash;                              // of the whole plan
    std::map<std::string, std::string> assumed;         // parameter -> value
    std::map<std::string, std::string> set;             // --set
    std::vector<vocabulary::Misconfigured> configured;  // what is wrong from the first moment on
    std::vector<vocabulary::Problem> warnings;
};

// A replication that is finished, by its number.
struct Done {
    std::uint64_t number = 1;
    std::uint64_t fingerprint = 0;
};
// XXH3 over (policy, r, digest) in order; and over the fingerprints of several cells.
std::uint64_t fingerprint(const std::string& policy, const std::vector<Done>& done);
std::uint64_t fingerprint(const std::vector<std::uint64_t>& cells);

template <class What>
struct Befell {  // what happened in one replication
    std::uint64_t replication = 1;
    What what;
};

struct Experiment {  // of one cell
    Outline outline;
    std::vector<Done> done;   // by number
    std::uint64_t asked = 1;  // how many were wanted; more than there are: interrupted
    unsigned looks = 1;       // how often its expectations were judged at most
    Replication sum;          // of the finished ones
    std::vector<Befell<vocabulary::MissedWindow>> missed_windows;    // in the order of replications
    std::vector<Befell<vocabulary::RefusedCmdlet>> refused_cmdlets;  // likewise
    std::vector<Judged> expectations;
    std::vector<std::pair<std::string, Estimate>> metrics;  // in the order of the catalogue
    // metric -> one value a replication, in their order; what a baseline needs
    std::vector<std::pair<std::string, std::vector<std::optional<double>>>> per_replication;

    bool partial() const { return done.size() < asked; }
    std::uint64_t fingerprint() const { return experiment::fingerprint(outline.policy, done); }
    vocabulary::Exit exit() const;  // of the verdicts; partial counts as interrupted
};

// Adds a replication to a sum of others: counts and times added, extremes kept, rows and losses matched by
// name. Missed windows and refused cmdlets are left out: they belong to their replication.
void add_to(Replication& sum, const Replication& row);
// The first of a sum. Its number is 0.
Replication sum_of(Replication first);

// What a metric saw in one replication.
struct Sighting {
    std::string metric;
    std::optional<std::string> site;  // none: the whole tenant
    std::optional<double> value;      // none: there was nothing to see
    std::string unit;
};
// All metrics in the order of the catalogue; those counted by site are followed by each site's.
std::vector<Sighting> sightings(const Replication& row);

// How people read `always`: "always", that is at every moment of every replication, of extremes over time; "in
// every replication" of all other metrics.
std::string_view always_text(const std::string& metric);

// Of several results of one call the one that its exit code tells.
vocabulary::Exit gravest(vocabulary::Exit a, vocabulary::Exit b);

}  // namespace sim::experiment
