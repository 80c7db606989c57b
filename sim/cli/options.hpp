// What was typed, understood and checked. The only file that knows the option parser is options.cpp.

#pragma once

#include "sim/experiment/study.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sim::cli {

enum class Command : std::uint8_t {
    answer,
    run,
    compare,
    test,
    merge,
    report,
    check,
    topology,
    metrics,
    faults,
    cmdlets
};

struct Options {
    Command command = Command::answer;
    std::string answer;  // of --help and --version

    std::string file;                        // of all that want one: a scenario; report: a result
    std::vector<std::string> files;          // merge; test: folders too
    std::map<std::string, std::string> set;  // run, check, topology
    std::optional<std::uint64_t> seed;       // run; none: the scenario's, or 42
    std::vector<experiment::Range> replications{{1, 1}};
    experiment::Shard shard;
    std::string policy;  // empty: the first declared
    unsigned jobs = 1;
    std::vector<std::string> outputs;
    bool force = false;
    bool quiet = false;
    bool no_progress = false;
    bool trust_script = false;

    // test
    std::optional<std::uint64_t> exactly;      // replications; none: as many as the verdicts need
    std::uint64_t replications_max = 160;      // of those that they may need
    std::optional<kernel::Duration> time_max;  // after it no more are asked for
    bool undecided_ok = false;
    bool update_baseline = false;
    std::string format = "text";  // of standard output: "text", "github", or an ending

    std::string site;   // topology; empty: all
    unsigned gone = 3;  // topology: appliances a site does without, at most
    bool dot = false;   // topology

    std::string metric, debt;  // compare; empty: lost_per_10k and unpatched_days

    std::string name;   // metrics, faults, cmdlets; empty: all
    bool json = false;  // metrics, faults, cmdlets, topology
};

inline constexpr std::uint64_t default_seed = 42;

// Throws InputError (exit command_line). Every option has an environment name too; what is typed wins.
Options read(int argc, const char* const* argv);

// The ending of an output file: "csv", "json".
std::string ending(const std::string& path);
// It keeps the whole experiment; all others are reports.
bool is_result_file(const std::string& path);

// A command line that does the same again, for a shell.
std::string again(const Options& options, std::uint64_t replications);

}  // namespace sim::cli
