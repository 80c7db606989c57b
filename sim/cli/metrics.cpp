#include "sim/experiment/metrics.hpp"

#include "sim/cli/commands.hpp"
#include "sim/cli/outputs.hpp"

#include "reports/table.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace sim::cli {

using experiment::Better;
using experiment::Estimator;
using experiment::Metric;
using vocabulary::Exit;

namespace {

std::string text(Estimator estimator) {
    switch (estimator) {
        case Estimator::mean:
            return "mean";
        case Estimator::ratio:
            return "ratio of sums";
        case Estimator::worst:
            return "extreme";
    }
    return "?";
}

std::string text(Better better) {
    return better == Better::lower ? "lower" : "higher";
}

std::string scopes(const Metric& metric) {
    if (metric.by_site && metric.by_direction) return "site, direction";
    return metric.by_site ? "site" : metric.by_direction ? "direction" : "-";
}

std::vector<Metric> asked(const std::string& name) {
    if (name.empty()) return experiment::metric_catalogue();
    if (const Metric* metric = experiment::find_metric(name)) return {*metric};
    std::vector<std::string> names;
    for (const Metric& metric : experiment::metric_catalogue()) names.push_back(metric.name);
    throw vocabulary::InputError(Exit::command_line,
                                 vocabulary::Problem{{},
                                                     "E503",
                                                     fmt::format("no metric \"{}\"{}", vocabulary::shown(name),
                                                                 vocabulary::did_you_mean(name, names)),
                                                     "",
                                                     "ccesim metrics lists them"});
}

std::string as_table(const std::vector<Metric>& metrics) {
    using reports::Align;
    reports::Table table({{"metric", Align::left},
                          {"unit", Align::left},
                          {"scopes", Align::left},
                          {"estimator", Align::left},
                          {"better", Align::left},
                          {"meaning", Align::left}});
    for (const Metric& metric : metrics)
        table.add({metric.name, metric.unit, scopes(metric), text(metric.estimator), text(metric.better),
                   metric.meaning});
    return table.text();
}

std::string as_json(const std::vector<Metric>& metrics) {
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const Metric& metric : metrics)
        rows.push_back({{"name", metric.name},
                        {"unit", metric.unit},
                        {"by_site", metric.by_site},
                        {"by_direction", metric.by_direction},
                        {"estimator", text(metric.estimator)},
                        {"better", text(metric.better)},
                        {"meaning", metric.meaning}});
    return nlohmann::ordered_json{{"schema", "ccesim.metrics/1"}, {"metrics", rows}}.dump(2) + "\n";
}

}  // namespace

Exit metrics(const Options& options) {
    const std::vector<Metric> metrics = asked(options.name);
    print(options.json ? as_json(metrics) : as_table(metrics));
    return Exit::done;
}

}  // namespace sim::cli
