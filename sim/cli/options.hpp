// What was typed, understood and checked. The only file that knows the option parser is options.cpp.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sim::cli {

enum class Command : std::uint8_t { answer, run, check, topology, metrics, faults, cmdlets };

struct Options {
    Command command = Command::answer;
    std::string answer;  // of --help and --version

    std::string file;                        // run, check, topology
    std::map<std::string, std::string> set;  // run, check, topology
    std::optional<std::uint64_t> seed;       // run; none: the scenario's, or 42
    std::uint64_t replications = 1;
    std::string policy;  // empty: the first declared
    unsigned jobs = 1;
    std::vector<std::string> outputs;
    bool force = false;
    bool quiet = false;
    bool no_progress = false;
    bool trust_script = false;

    std::string site;   // topology; empty: all
    unsigned gone = 3;  // topology: appliances a site does without, at most
    bool dot = false;   // topology

    std::string metric;  // metrics; empty: all
    std::string fault;   // faults; empty: all
    std::string cmdlet;  // cmdlets; empty: all
    bool json = false;   // metrics, faults, cmdlets, topology
};

inline constexpr std::uint64_t default_seed = 42;

// Throws InputError (exit command_line). Every option has an environment name too; what is typed wins.
Options read(int argc, const char* const* argv);

// The ending of an output file, "csv", "json" or "txt"; anything else is refused by read().
std::string ending(const std::string& path);

// A command line that does the same again, for a shell.
std::string again(const Options& options, std::uint64_t replications);

}  // namespace sim::cli
