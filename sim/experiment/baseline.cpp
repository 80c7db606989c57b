#include "sim/experiment/baseline.hpp"

#include "sim/experiment/result.hpp"
#include "sim/experiment/sample.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace sim::experiment {

using nlohmann::json;
using vocabulary::Exit;
using vocabulary::InputError;
using vocabulary::Problem;

namespace {

Problem unfit(const std::string& file, const std::string& what, const std::string& help) {
    return {{file, 0, 0}, "E601", what, "a result as written by -o x.json", help};
}

[[noreturn]] void refuse(const std::string& file, const std::string& what, const std::string& help) {
    throw InputError(Exit::input_data, unfit(file, what, help));
}

constexpr const char* result_schema = "ccesim.result/1";
constexpr const char* baseline_schema = "ccesim.baseline/1";
constexpr const char* how_to_write = "ccesim test --update-baseline writes it";

bool has_schema(const json& document, const char* schema) {
    return document.is_object() && document.value("schema", json{}) == json(schema);
}

json parsed(const scenario::Baseline& baseline) {
    json result = json::parse(baseline.content, nullptr, false);
    if (result.is_discarded()) refuse(baseline.file, "is no JSON document", how_to_write);
    if (!has_schema(result, result_schema) && !has_schema(result, baseline_schema))
        refuse(baseline.file, "is no result of schema ccesim.result/1 and no ccesim.baseline/1", how_to_write);
    return result;
}

std::string line_name(const std::string& scenario, const std::string& policy) {
    return scenario + "[" + policy + "]";
}

// The line of this scenario and policy; of another policy if there is no such.
json line_of(const std::string& file, const json& document, const Outline& now) {
    const json lines = document.value("results", json::object());
    if (!lines.is_object()) refuse(file, "has no results", how_to_write);
    const std::string wanted = line_name(now.scenario, now.policy);
    std::string found;
    for (const auto& [name, line] : lines.items())
        if (line.is_object() && line.value("scenario", json{}) == json(now.scenario) &&
            (found.empty() || name == wanted))
            found = name;
    if (found.empty())
        refuse(file, fmt::format("has no result of the scenario {}", vocabulary::quoted(now.scenario)),
               how_to_write);
    return lines[found];
}

// A line in the shape of a result, so that both are held to the same.
json as_result(const json& line) {
    return {{"manifest", {{"semantics_version", line.value("semantics", json{})}}},
            {"scenario", line.value("scenario", json{})},
            {"policy", line.value("policy", json{})},
            {"seed", line.value("seed", json{})},
            {"replications", 1U},
            {"simulated_seconds", line.value("seconds", json{})},
            {"per_replication", line.value("series", json::object())}};
}

void check_version(const std::string& file, const json& result) {
    const json manifest = result.value("manifest", json::object());
    const json version = manifest.is_object() ? manifest.value("semantics_version", json{}) : json{};
    if (version != json(semantics_version))
        refuse(file,
               fmt::format("comes from version {} of the model, this is version {}", version.dump(),
                           semantics_version),
               "run the baseline again with this ccesim");
}

std::string shown(const json& name) {
    return name.is_string() ? vocabulary::quoted(name.get<std::string>()) : "without a name";
}

// Of one replication; none if the file does not say.
std::optional<double> seconds_of(const json& result) {
    const json sum = result.value("simulated_seconds", json{});
    const json replications = result.value("replications", json{});
    if (!sum.is_number() || !replications.is_number_unsigned() || replications == json(0U)) return std::nullopt;
    return sum.get<double>() / replications.get<double>();
}

bool is_as_long(const json& result, kernel::Duration length) {
    constexpr double rounding = 1e-6;  // the file has seconds, and a sum of them
    const auto seconds = seconds_of(result);
    return seconds && std::abs(*seconds - kernel::seconds(length)) <= rounding;
}

std::string shown_length(const json& result) {
    const auto seconds = seconds_of(result);
    return seconds && *seconds >= 0 && *seconds < kernel::seconds(kernel::longest_run)
               ? vocabulary::text(kernel::rounded(*seconds))
               : "an unknown time";
}

void check_alike(const std::string& file, const json& result, const std::string& series, const Outline& now) {
    vocabulary::Problems problems;
    const json scenario = result.value("scenario", json{});
    if (scenario != json(now.scenario))
        problems.add(unfit(
            file,
            fmt::format("is of the scenario {}, this is {}", shown(scenario), vocabulary::quoted(now.scenario)),
            "results of two scenarios do not compare"));
    if (!is_as_long(result, now.length))
        problems.add(unfit(file,
                           fmt::format("simulates {} in each replication, this run {}", shown_length(result),
                                       vocabulary::text(now.length)),
                           "run the baseline again with this length"));
    if (result.contains("partial"))
        problems.add(unfit(file, "is of an interrupted run", "run the baseline to its end"));
    const json all = result.value("per_replication", json::object());
    if (!all.is_object() || !all.contains(series) || !all[series].is_array())
        problems.add(unfit(file, fmt::format("has no values of \"{}\"", series),
                           "write it from a scenario that expects the same: ccesim test --update-baseline"));
    if (!result.value("seed", json{}).is_number_integer()) problems.add(unfit(file, "has no seed", ""));
    problems.throw_if_any(Exit::input_data);
}

}  // namespace

Past read_baseline(const scenario::Expectation& expectation, const Outline& now) {
    const std::string& file = expectation.baseline->file;
    json result = parsed(*expectation.baseline);
    if (has_schema(result, baseline_schema)) result = as_result(line_of(file, result, now));
    check_version(file, result);
    const std::string name = series_name(expectation.metric, expectation.scope);
    check_alike(file, result, name, now);
    const json policy = result.value("policy", json{});
    Past past{result["seed"].get<std::uint64_t>(), policy.is_string() ? policy.get<std::string>() : "", {}};
    for (const json& value : result["per_replication"][name])
        past.values.push_back(value.is_number() ? std::optional(value.get<double>()) : std::nullopt);
    return past;
}

namespace {

json series_of(const std::string& file, const std::vector<scenario::Expectation>& expectations,
               const Sample& sample) {
    json series = json::object();
    for (const scenario::Expectation& expectation : expectations) {
        if (!expectation.baseline || expectation.baseline->file != file) continue;
        json values = json::array();
        for (const auto& seen : sample.looks(*find_metric(expectation.metric), expectation.scope))
            values.push_back(seen ? json(seen->value()) : json());
        series[series_name(expectation.metric, expectation.scope)] = values;
    }
    return series;
}

std::string dumped(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string updated_baseline(const std::string& now, const std::string& file,
                             const std::vector<scenario::Expectation>& expectations, const Outline& outline,
                             const Sample& sample) {
    json lines = json::object();
    if (!now.empty()) {
        const json document = json::parse(now, nullptr, false);
        if (!has_schema(document, baseline_schema) || !document.value("results", json{}).is_object())
            refuse(file, "is no ccesim.baseline/1: it is not overwritten", "another name, or move it away");
        lines = document["results"];
    }
    lines[line_name(outline.scenario, outline.policy)] = {
        {"scenario", outline.scenario},   {"policy", outline.policy},
        {"seed", outline.seed},           {"seconds", kernel::seconds(outline.length)},
        {"semantics", semantics_version}, {"series", series_of(file, expectations, sample)}};
    std::string text = fmt::format("{{\n  \"schema\": \"{}\",\n  \"results\": {{\n", baseline_schema);
    std::size_t left = lines.size();
    for (const auto& [name, line] : lines.items())
        text += fmt::format("    {}: {}{}\n", dumped(name), dumped(line), --left > 0 ? "," : "");
    return text + "  }\n}\n";
}

}  // namespace sim::experiment
