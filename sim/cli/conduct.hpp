// From what was typed to replications in a store: the part that run, compare, sweep, solve and test share.

#pragma once

#include "sim/cli/options.hpp"
#include "sim/experiment/agenda.hpp"
#include "sim/experiment/workers.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sim::cli {

// Which cells a briefing makes with these options. Workers and their parent ask it alike.
using Cells = std::function<std::vector<experiment::Cell>(const experiment::Briefing&)>;

// The policy that was asked for, else the first.
std::vector<experiment::Cell> one_policy(const experiment::Briefing& briefing);

// Workers do what the agenda says; warnings, what the script printed, and progress go to stderr. `total`: rows
// to come, for the progress line; 0: unknown.
experiment::Gathered conduct(const Options& options, const Cells& cells, experiment::Agenda& agenda,
                             std::uint64_t total);

// The one output that is a result file; nothing if none is.
std::optional<std::string> result_file(const Options& options);
// The others.
std::vector<std::string> reports_asked(const Options& options);

// The store of this experiment: the result file that was asked for, or one that goes with the process.
experiment::Store store_for(const Options& options);

// Tells which replications were given up, and how each comes back. Exit defect if there are any.
vocabulary::Exit tell_given_up(const Options& options, const experiment::Store& store);

// Files first: a terminal that hangs up must not cost them. All are tried; the first failure is told by the
// others'. `formatted` makes what belongs into a file of that ending.
vocabulary::Exit publish(const Options& options,
                         const std::function<std::string(const std::string&)>& formatted,
                         const std::function<std::string(bool colour)>& text);

}  // namespace sim::cli
