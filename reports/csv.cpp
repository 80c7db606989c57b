#include "reports/csv.hpp"

#include "sim/experiment/metrics.hpp"
#include "sim/kernel/fingerprint.hpp"

#include <fmt/core.h>

namespace reports {

using sim::experiment::Experiment;
using sim::experiment::Metric;
using sim::experiment::Replication;
using sim::scenario::MetricScope;

std::string csv_cell(const std::string& text) {
    std::string cell = text;
    if (!cell.empty() && std::string("=+-@\t\r").find(cell.front()) != std::string::npos) cell.insert(0, "'");
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

namespace {

void add_row(std::string& out, const std::string& start, const std::string& site, const Metric& metric,
             const Replication& row, const MetricScope& scope) {
    const auto seen = metric.look(row, scope);
    const std::string value = seen ? fmt::format("{}", seen->value()) : "";
    out += fmt::format("{},{},{},{},{}\n", start, csv_cell(site), metric.name, value, csv_cell(metric.unit));
}

}  // namespace

std::string csv(const Experiment& experiment) {
    const std::string name =
        fmt::format("{},{},{}", sim::kernel::hex(experiment.fingerprint()),
                    csv_cell(experiment.outline.scenario), csv_cell(experiment.outline.policy));
    std::string out = "experiment,scenario,policy,replication,site,metric,value,unit\n";
    for (const Replication& row : experiment.replications) {
        const std::string start = fmt::format("{},{}", name, row.number);
        for (const Metric& metric : sim::experiment::metric_catalogue()) {
            add_row(out, start, "(all)", metric, row, {});
            if (!metric.by_site) continue;
            for (const auto& site : row.sites)
                add_row(out, start, site.name, metric, row, {site.name, false, {}});
        }
    }
    return out;
}

}  // namespace reports
