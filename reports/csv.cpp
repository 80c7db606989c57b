#include "reports/csv.hpp"

#include "sim/kernel/fingerprint.hpp"
#include "sim/vocabulary/problems.hpp"

#include <fmt/core.h>

namespace reports {

using sim::experiment::Experiment;
using sim::experiment::Replication;
using sim::experiment::Sighting;

std::string csv_cell(const std::string& text) {
    std::string cell = sim::vocabulary::shown(text);
    if (!cell.empty() && std::string("=+-@").find(cell.front()) != std::string::npos) cell.insert(0, "'");
    if (cell.find_first_of(",\"") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

std::string csv_head() {
    return "experiment,scenario,policy,replication,site,metric,value,unit\n";
}

std::string csv_rows(const Cell& cell, const std::function<void(const Take&)>& rows) {
    const std::string name = fmt::format("{},{},{}", sim::kernel::hex(cell.fingerprint),
                                         csv_cell(cell.outline.scenario), csv_cell(cell.outline.policy));
    std::string out;
    rows([&](const Replication& row) {
        for (const Sighting& seen : sim::experiment::sightings(row))
            out +=
                fmt::format("{},{},{},{},{},{}\n", name, row.number, csv_cell(seen.site.value_or("(all)")),
                            seen.metric, seen.value ? fmt::format("{}", *seen.value) : "", csv_cell(seen.unit));
    });
    return out;
}

std::string csv(const Experiment& experiment, const std::function<void(const Take&)>& rows) {
    return csv_head() + csv_rows({experiment.fingerprint(), experiment.outline}, rows);
}

}  // namespace reports
