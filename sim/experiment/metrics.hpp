// The metric catalogue: the one list of what can be asked of a result (decisions 35). Expectations, reports and gates
// read their figures through it and nowhere else.

#pragma once

#include "sim/experiment/result.hpp"
#include "sim/scenario/scenario.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sim::experiment {

enum class Estimator : std::uint8_t {
    mean,   // a count or level a replication; the mean over replications, Student's t interval
    ratio,  // two sums; the ratio of the sums, jackknife interval
    worst,  // the extreme over the run; the mean of extremes - with always() the extreme of all
};
enum class Better : std::uint8_t { lower, higher };

// What a metric saw in one replication. For a ratio value = above / below; nothing if `below` is 0.
struct Seen {
    double above = 0;
    double below = 1;
};

struct Metric {
    std::string name;
    std::string unit;       // "calls", "share", "appliances", "s", "events"
    std::string meaning;    // one clause
    bool by_site = false;   // may be asked with {site = …} or {per = "site"}
    bool by_direction = false;
    Estimator estimator = Estimator::mean;
    Better better = Better::lower;
    // What there is to judge: an expectation that looked at nothing is vacuous. Nothing is returned for "nothing
    // was there to see" (no attempt at that site, no such site).
    std::optional<Seen> (*look)(const Replication&, const scenario::MetricScope&);
};

const std::vector<Metric>& metric_catalogue();
const Metric* find_metric(const std::string& name);

// The estimate over the replications; interval by the metric's estimator at `confidence`.
Estimate estimate(const Metric& metric, const scenario::MetricScope& scope, const std::vector<Replication>& rows,
                  double confidence = 0.95);

// Each expectation against what was seen (decisions 38).
std::vector<Judged> judge(const std::vector<scenario::Expectation>& expectations,
                          const std::vector<Replication>& rows, std::uint64_t seed);

}  // namespace sim::experiment
