// Gates: scenarios that are run until what they expect is decided.
//
// Where an expectation has a confidence, replications are added until every interval lies on one side of its
// target or the budget ends. It is looked at after 10, 20, 40 … and nowhere else, and the doubt is shared over
// all looks that could happen (see judge), so that stopping at a verdict one likes does not make it a lie. A
// verdict of "vacuous" is certain when the budget is spent: what was not seen yet may come.

#pragma once

#include "sim/experiment/agenda.hpp"
#include "sim/experiment/gate_results.hpp"

#include <cstdint>
#include <functional>
#include <optional>
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

}  // namespace sim::experiment
