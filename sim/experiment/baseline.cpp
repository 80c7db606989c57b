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

json parsed(const scenario::Baseline& baseline) {
    json result = json::parse(baseline.content, nullptr, false);
    if (result.is_discarded()) refuse(baseline.file, "is no JSON document", "");
    if (!result.is_object() || result.value("schema", json{}) != json("ccesim.result/1"))
        refuse(baseline.file, "is no result of schema ccesim.result/1", "");
    return result;
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
                           "write it from a scenario that expects the same"));
    if (!result.value("seed", json{}).is_number_integer()) problems.add(unfit(file, "has no seed", ""));
    problems.throw_if_any(Exit::input_data);
}

}  // namespace

Past read_baseline(const scenario::Expectation& expectation, const Outline& now) {
    const std::string& file = expectation.baseline->file;
    const json result = parsed(*expectation.baseline);
    check_version(file, result);
    const std::string name = series_name(expectation.metric, expectation.scope);
    check_alike(file, result, name, now);
    const json policy = result.value("policy", json{});
    Past past{result["seed"].get<std::uint64_t>(), policy.is_string() ? policy.get<std::string>() : "", {}};
    for (const json& value : result["per_replication"][name])
        past.values.push_back(value.is_number() ? std::optional(value.get<double>()) : std::nullopt);
    return past;
}

}  // namespace sim::experiment
