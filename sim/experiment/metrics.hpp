// The metric catalogue: the one list of what can be asked of a result. Expectations, reports and
// gates read their figures through it and nowhere else.

#pragma once

#include "sim/experiment/result.hpp"
#include "sim/scenario/scenario.hpp"

#include <functional>
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
enum class Each : std::uint8_t {  // what a metric looks at one by one
    replication,
    attempt,  // below counts them
    moment,   // the value is the extreme over all moments of a replication
};

// What a metric saw in one replication: value = above / below. REQUIRES below > 0; where there is nothing to
// divide by there was nothing to see.
struct Seen {
    double above = 0;
    double below = 1;
    double value() const { return above / below; }
};

struct Metric {
    std::string name;
    std::string unit;      // "calls", "share", "appliances", "s", "min", "events", "calls per 10 000"
    std::string meaning;   // one clause
    bool by_site = false;  // may be asked with {site = ...} or {per = "site"}
    bool by_direction = false;
    Estimator estimator = Estimator::mean;
    Better better = Better::lower;
    // `scope` names one site or none; the worst of several sites is for those who ask (per_site is not read
    // here). Nothing is returned for "nothing was there to see": no attempt at that site, no such site. An
    // expectation that looked at nothing is vacuous.
    std::function<std::optional<Seen>(const Replication&, const scenario::MetricScope&)> look;
    Each each = Each::replication;
};

// The greatest value that the metric can have: 1 of a share, 10 000 of calls per 10 000. None: without end. The
// least is 0 of all.
std::optional<double> most_of(const Metric& metric);

const std::vector<Metric>& metric_catalogue();
const Metric* find_metric(const std::string& name);

// The metric is worse at a than at b.
bool worse(const Metric& metric, double a, double b);

// The estimate of what was seen, in the order of the replications; interval by the metric's estimator at
// `confidence`, kept within what the metric can be.
Estimate estimate(const Metric& metric, const std::vector<Seen>& seen, double confidence);

std::string text(const scenario::MetricScope& scope);  // "", "per site", "site Amsterdam, inbound"

}  // namespace sim::experiment
