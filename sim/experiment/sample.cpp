#include "sim/experiment/sample.hpp"

#include "sim/kernel/check.hpp"

#include <algorithm>

namespace sim::experiment {

using scenario::MetricScope;

Sample::Sample(std::vector<scenario::Expectation> expectations) : expectations_(std::move(expectations)) {
    for (const Metric& metric : metric_catalogue()) ask(metric.name, {});
}

void Sample::ask(const std::string& metric, const MetricScope& scope) {
    if (!by_name_.emplace(series_name(metric, scope), columns_.size()).second) return;
    const Metric* known = find_metric(metric);
    SIM_CHECK(known != nullptr);  // the binding asks the catalogue before it makes an expectation
    columns_.push_back({known, scope, {}});
}

void Sample::ask(const std::vector<std::string>& sites) {
    sites_ = sites;
    for (const scenario::Expectation& expectation : expectations_) {
        const MetricScope& scope = expectation.scope;
        if (!scope.per_site) {
            ask(expectation.metric, scope);
            continue;
        }
        for (const std::string& site : sites) ask(expectation.metric, {site, false, scope.direction});
        ask("attempts", {vocabulary::no_site, false, scope.direction});
    }
}

std::vector<double> Sample::figures(const Replication& row) {
    if (sites_.empty()) ask(site_names(row));
    std::vector<double> all;
    all.reserve(2 * columns_.size());
    for (const Column& column : columns_) {
        const Seen seen = column.metric->look(row, column.scope).value_or(Seen{0, 0});
        all.push_back(seen.above);
        all.push_back(seen.below);
    }
    return all;
}

void Sample::add(const Replication& row) {
    add(row.number, site_names(row), figures(row));
}

void Sample::add(std::uint64_t number, const std::vector<std::string>& sites,
                 const std::vector<double>& figures) {
    SIM_CHECK(numbers_.empty() || numbers_.back() < number);
    if (sites_.empty()) ask(sites);
    SIM_CHECK(sites_ == sites && figures.size() == 2 * columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i)
        columns_[i].seen.push_back({figures[2 * i], figures[2 * i + 1]});
    numbers_.push_back(number);
}

const Sample::Column& Sample::column(const Metric& metric, const MetricScope& scope) const {
    const auto found = by_name_.find(series_name(metric.name, scope));
    SIM_CHECK(found != by_name_.end());
    return columns_[found->second];
}

std::vector<MetricScope> Sample::spread(const MetricScope& scope) const {
    if (!scope.per_site) return {scope};
    std::vector<MetricScope> scopes;
    const auto is_called = [&](const MetricScope& here) {
        const auto& seen = column(*find_metric("attempts"), here).seen;
        return std::any_of(seen.begin(), seen.end(), [](const Seen& one) { return one.above > 0; });
    };
    for (const std::string& site : sites_) {
        const MetricScope here{site, false, scope.direction};
        if (site != vocabulary::no_site || is_called(here)) scopes.push_back(here);
    }
    return scopes;
}

std::vector<std::optional<Seen>> Sample::looks(const Metric& metric, const MetricScope& scope) const {
    std::vector<std::optional<Seen>> worst(size());
    for (const MetricScope& one : spread(scope)) {
        const std::vector<Seen>& seen = column(metric, one).seen;
        for (std::size_t i = 0; i < seen.size(); ++i)
            if (seen[i].below > 0 && (!worst[i] || worse(metric, seen[i].value(), worst[i]->value())))
                worst[i] = seen[i];
    }
    return worst;
}

Estimate Sample::estimate(const Metric& metric, const MetricScope& scope, double confidence) const {
    Estimate worst{{}, {}, {}, confidence, 0, metric.unit};
    for (const MetricScope& one : spread(scope)) {
        std::vector<Seen> seen = column(metric, one).seen;
        std::erase_if(seen, [](const Seen& nothing) { return !(nothing.below > 0); });
        const Estimate here = experiment::estimate(metric, seen, confidence);
        if (here.value && (!worst.value || worse(metric, *here.value, *worst.value))) worst = here;
    }
    return worst;
}

std::vector<std::string> site_names(const Replication& row) {
    std::vector<std::string> names;
    for (const vocabulary::SiteRow& site : row.sites) names.push_back(site.name);
    return names;
}

std::string series_name(const std::string& metric, const MetricScope& scope) {
    const std::string words = text(scope);
    return words.empty() ? metric : metric + " (" + words + ")";
}

}  // namespace sim::experiment
