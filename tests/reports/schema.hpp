// A validator for as much of JSON Schema 2020-12 as docs/result.schema.json uses. A word it does not know is an
// error, so that the schema cannot promise what nobody checks.

#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace tests {

// Where and why `value` does not fit, a line each; empty if it fits.
std::vector<std::string> misfits(const nlohmann::json& schema, const nlohmann::json& value);

}  // namespace tests
