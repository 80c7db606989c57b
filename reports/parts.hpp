// Parts that several reports have in common.

#pragma once

#include "sim/experiment/result.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace reports {

// "set boot_host=12m\n", or nothing where nothing was set; and "41 values assumed: …".
std::string set_text(const sim::experiment::Outline& outline);
std::string assumed_text(const sim::experiment::Outline& outline);

nlohmann::ordered_json value(const std::optional<double>& number);  // null for none
nlohmann::ordered_json expectations_json(const std::vector<sim::experiment::Judged>& expectations);
nlohmann::ordered_json metrics_json(
    const std::vector<std::pair<std::string, sim::experiment::Estimate>>& metrics);
nlohmann::ordered_json manifest_json(const sim::experiment::Outline& outline, std::uint64_t replications);

// The document as bytes. A name that is not UTF-8 must not cost the report.
std::string dumped(const nlohmann::ordered_json& document);

}  // namespace reports
