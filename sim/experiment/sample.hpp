// What the metrics saw in the finished replications of one cell: all that estimates and verdicts rest on.
//
// A row is some ten kilobytes, what the metrics saw in it is one. So the rows themselves need not be kept, and
// a stored sample is read without reading them.

#pragma once

#include "sim/experiment/metrics.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sim::experiment {

class Sample {
public:
    // What is asked: every metric of the whole tenant, and what the expectations ask beyond that.
    explicit Sample(std::vector<scenario::Expectation> expectations = {});

    // REQUIRES a number above the last, and the sites of the first row.
    void add(const Replication& row);
    // The same from what `figures` has told of that row. REQUIRES the sites of its cell.
    void add(std::uint64_t number, const std::vector<std::string>& sites, const std::vector<double>& figures);
    // Of one row: numerator and denominator for each question; a denominator of 0 means that there was nothing
    // to see.
    std::vector<double> figures(const Replication& row);

    const std::vector<std::uint64_t>& numbers() const { return numbers_; }
    std::size_t size() const { return numbers_.size(); }

    // The scopes that a scope stands for: with per_site one a site, and the row of calls without a site where
    // there were such calls; else itself.
    std::vector<scenario::MetricScope> spread(const scenario::MetricScope& scope) const;

    // What the metric saw in each replication; with per_site at the site where that replication was worst.
    // REQUIRES a question of this sample.
    std::vector<std::optional<Seen>> looks(const Metric& metric, const scenario::MetricScope& scope) const;

    // With per_site: of the site with the worst estimate.
    Estimate estimate(const Metric& metric, const scenario::MetricScope& scope, double confidence = 0.95) const;

private:
    struct Column {
        const Metric* metric;
        scenario::MetricScope scope;  // one site or none
        std::vector<Seen> seen;
    };
    void ask(const std::vector<std::string>& sites);
    void ask(const std::string& metric, const scenario::MetricScope& scope);
    const Column& column(const Metric& metric, const scenario::MetricScope& scope) const;

    std::vector<scenario::Expectation> expectations_;
    std::vector<std::string> sites_;
    std::vector<Column> columns_;
    std::map<std::string, std::size_t> by_name_;  // "calls_dropped (site Amsterdam)"
    std::vector<std::uint64_t> numbers_;
};

std::vector<std::string> site_names(const Replication& row);

// The key of a series: "calls_dropped", "attempts_served (per site)".
std::string series_name(const std::string& metric, const scenario::MetricScope& scope);

}  // namespace sim::experiment
