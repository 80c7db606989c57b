// Normal numbers from the kernel's streams: what a metric would show if its laws were those of the text books.

#pragma once

#include "sim/experiment/comparison.hpp"
#include "sim/kernel/random.hpp"
#include "sim/kernel/variates.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tests {

// The r-th standard normal number of one name in one experiment.
class Noise {
public:
    Noise(std::uint64_t experiment, const std::string& name) : stream_({experiment, 1}, name, "noise") {}
    double operator()(std::uint64_t r) const { return sim::kernel::normal(stream_.uniform(r)); }

private:
    sim::kernel::Stream stream_;
};

// Policies that share a luck of deviation `common` and have one of deviation `own` each.
class Policies {
public:
    Policies(std::uint64_t experiment, std::vector<double> means, double own, double common)
        : means_(std::move(means)), own_(own), common_(common), luck_(experiment, "all") {
        for (std::size_t i = 0; i < means_.size(); ++i) noises_.emplace_back(experiment, std::to_string(i));
    }

    double value(std::size_t policy, std::uint64_t r) const {
        return means_[policy] + common_ * luck_(r) + own_ * noises_[policy](r);
    }
    std::vector<double> values(std::size_t policy, std::uint64_t replications) const {
        std::vector<double> data;
        for (std::uint64_t r = 1; r <= replications; ++r) data.push_back(value(policy, r));
        return data;
    }
    std::vector<sim::experiment::Response> responses(std::uint64_t replications) const {
        std::vector<sim::experiment::Response> all;
        for (std::size_t i = 0; i < means_.size(); ++i) {
            std::vector<sim::experiment::Seen> seen;
            for (const double x : values(i, replications)) seen.push_back({x, 1});
            all.push_back(sim::experiment::response(seen, sim::experiment::Estimator::mean));
        }
        return all;
    }

private:
    std::vector<double> means_;
    double own_, common_;
    Noise luck_;
    std::vector<Noise> noises_;
};

inline bool covers(const sim::experiment::Interval& interval, double truth) {
    return *interval.lo <= truth && truth <= *interval.hi;
}

inline double width(const sim::experiment::Interval& interval) {
    return *interval.hi - *interval.lo;
}

}  // namespace tests
