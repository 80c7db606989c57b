#include "sim/experiment/findings.hpp"

namespace sim::experiment {

void Findings::add(const Replication& row) {
    sample_.add(row);
    if (done_.empty())
        sum_ = sum_of(row);
    else
        add_to(sum_, row);
    done_.push_back({row.number, row.fingerprint});
    for (const auto& missed : row.missed_windows) missed_windows_.push_back({row.number, missed});
    for (const auto& refused : row.refused_cmdlets) refused_cmdlets_.push_back({row.number, refused});
}

void Findings::move_to(Experiment& experiment) {
    experiment.done = std::move(done_);
    experiment.sum = std::move(sum_);
    experiment.missed_windows = std::move(missed_windows_);
    experiment.refused_cmdlets = std::move(refused_cmdlets_);
}

}  // namespace sim::experiment
