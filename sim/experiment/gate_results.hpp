// What became of gates, as plain data: all that reports of them read.

#pragma once

#include "sim/experiment/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sim::experiment {

// About how many replications would decide an expectation that n have left undecided: the interval shrinks
// with the root of their number. Two digits that count; nothing if it is not known, or what was seen is the
// target itself.
std::optional<std::uint64_t> needed(const Judged& judged, std::uint64_t n);

struct Trouble {  // why a scenario could not be tested to its end
    vocabulary::Exit exit{};
    std::string what;         // the lines that a person reads
    vocabulary::Place place;  // of the first problem, as a path from where the user stands
};

struct Gate {          // one scenario
    std::string file;  // as it was named or found
    std::string scenario, policy;
    std::uint64_t seed = 0;
    std::uint64_t replications = 0;  // that were judged
    std::size_t looks = 1;           // that could have happened
    bool out_of_time = false;
    std::vector<Judged> expectations;  // none: nothing is expected, or something was wrong
    std::optional<Trouble> wrong;
    std::string again;  // a command line that runs the same replications

    vocabulary::Exit exit(bool undecided_ok) const;
};

struct Gates {
    std::vector<Gate> all;                    // in the order in which they were run
    std::uint64_t found = 0;                  // scenarios
    std::optional<vocabulary::Exit> stopped;  // by which signal; then some of them were not run
    bool undecided_ok = false;                // undecided expectations do not count

    std::uint64_t count(Verdict verdict) const;  // of expectations
    // The gravest of all gates. Vacuous if none of them expects anything: a gate that sees nothing must not
    // open.
    vocabulary::Exit exit() const;
};

}  // namespace sim::experiment
