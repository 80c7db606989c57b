// A result as one long table for spreadsheets and data frames: every row describes itself.

#pragma once

#include "sim/experiment/result.hpp"

#include <functional>
#include <string>

namespace reports {

// experiment,scenario,policy,replication,site,metric,value,unit; site "(all)" for the whole tenant; nothing
// under value where there was nothing to see.
// `rows` gives all rows of the experiment, one after another.
using Take = std::function<void(const sim::experiment::Replication&)>;
std::string csv(const sim::experiment::Experiment& experiment, const std::function<void(const Take&)>& rows);

// The same of several cells: one head, then the rows of each.
struct Cell {
    std::uint64_t fingerprint = 0;
    sim::experiment::Outline outline;
};
std::string csv_head();
std::string csv_rows(const Cell& cell, const std::function<void(const Take&)>& rows);

// A name as one cell. What a spreadsheet would run as a formula gets a quote in front.
std::string csv_cell(const std::string& text);

}  // namespace reports
