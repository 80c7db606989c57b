// How long to go on: replications are added until an interval is as narrow as was asked for (Chow and Robbins
// 1965; Law, Simulation Modeling and Analysis).
//
// An interval that may stop the run when it happens to be narrow covers a little less often than it says. So it
// is looked at only after blocks of replications, and not before there are enough to know the spread.

#pragma once

#include "sim/experiment/interval.hpp"

#include <cstddef>

namespace sim::experiment {

struct Precision {
    double within = 0;       // half the width of the interval; > 0
    bool relative = false;   // as a share of the true value: 0.05 for -+ 5 %
    std::size_t first = 10;  // replications before the first look
    std::size_t block = 10;  // looks lie at its multiples
};

// The next number of replications at which to look, above n.
std::size_t next_look(std::size_t n, const Precision& wanted);

// Of an interval with one end further away, that end counts. An open one is never precise; one that holds 0 is
// never precise as a share.
bool is_precise(const Interval& interval, const Precision& wanted);

}  // namespace sim::experiment
