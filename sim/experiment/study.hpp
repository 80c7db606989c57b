// What one experiment asks, as plain data: which question, of which cells, in which replications.
//
// A cell is a policy at a point; replication r of each has the luck (seed, r), so that cells differ by what is
// asked and by nothing else. A point gives values to inputs of the script and to parameters; outside sweeps it
// is empty.

#pragma once

#include "sim/experiment/result.hpp"
#include "sim/scenario/scenario.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sim::experiment {

enum class Question : std::uint8_t { run, compare, sweep, solve };
std::string_view text(Question question);

enum class CellId : std::uint32_t {};
using Point = std::map<std::string, std::string>;  // input -> value, as --set takes it
struct Cell {
    std::string policy;
    Point point;
    bool operator==(const Cell&) const = default;
};

struct Work {  // for one worker: a replication of a cell
    CellId cell{};
    std::uint64_t replication = 1;
    auto operator<=>(const Work&) const = default;
};

// Numbers of replications, from 1; both included. REQUIRES first <= last.
struct Range {
    std::uint64_t first = 1;
    std::uint64_t last = 1;
    bool operator==(const Range&) const = default;
};
// Of several ranges the fewest that hold the same numbers, ascending.
std::vector<Range> joined(std::vector<Range> ranges);
std::uint64_t size(const std::vector<Range>& ranges);

// One part of n: of the replications those with (r - 1) mod count = index - 1.
struct Shard {
    std::uint64_t index = 1;
    std::uint64_t count = 1;
    bool is_whole() const { return count == 1; }
    bool takes(std::uint64_t replication) const { return (replication - 1) % count == index - 1; }
};

// What is known before a replication runs.
struct Briefing {
    Outline outline;  // of the first cell
    std::vector<scenario::Expectation> expectations;
    std::vector<std::string> policies;  // that the scenario declares
    std::vector<std::string> printed;   // what the script said
};

struct Study {
    Question question{};
    Briefing briefing;
    std::vector<Cell> cells;
    std::vector<Range> asked;  // of each cell
    std::map<std::string, std::string>
        rules;  // what else decides how many: "until_precision" -> "calls_lost ±5%"
};

// The outline of one cell of several.
Outline outline_of(const Study& study, CellId cell);

// Why two studies are not the same experiment, one clause each; empty: they are. Which replications are asked
// for, by whom and on how many processes makes no difference.
std::vector<std::string> differences(const Study& one, const Study& other);

// XXH3 over what makes an experiment this one.
std::uint64_t identity(const Study& study);

}  // namespace sim::experiment
