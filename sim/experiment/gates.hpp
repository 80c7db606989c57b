// Gates: scenarios that are run until what they expect is decided, and what became of each.
//
// Where an expectation has a confidence, replications are added until every interval lies on one side of its
// target or the budget ends. It is looked at after 10, 20, 40 … and nowhere else, and the doubt is shared over
// all looks that could happen (see judge), so that stopping at a verdict one likes does not make it a lie. A
// verdict of "vacuous" is certain when the budget is spent: what was not seen yet may come.

#pragma once

#include "sim/experiment/agenda.hpp"
#include "sim/experiment/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sim::experiment {

struct Budget {
    std::optional<std::uint64_t> exactly;  // replications; none: as many as the verdicts need
    std::uint64_t most = 160;              // of those that are added
};

// After how many replications the expectations are judged, ascending; one where none has a confidence.
std::vector<std::uint64_t> looks(const std::vector<scenario::Expectation>& expectations, const Budget& budget);

// Runs the scenario's policy from look to look. Where nothing is expected nothing is run.
class GateAgenda : public FixedAgenda {
public:
    // `is_time_left`: asked before more replications are.
    GateAgenda(Store& store, Cells cells, Budget budget, std::function<bool()> is_time_left);

    void open(const Briefing& briefing) override;
    // No look was taken that would have been, for want of time.
    bool out_of_time() const { return out_of_time_; }

private:
    void all_there() override;
    bool decided() const;

    Budget budget_;
    std::function<bool()> is_time_left_;
    std::vector<std::uint64_t> looks_;
    std::size_t look_ = 0;
    bool out_of_time_ = false;
};

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
