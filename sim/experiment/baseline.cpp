#include "sim/experiment/baseline.hpp"

#include "sim/experiment/metrics.hpp"
#include "sim/experiment/result.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace sim::experiment {

using nlohmann::json;
using vocabulary::Exit;
using vocabulary::InputError;
using vocabulary::Problem;

namespace {

[[noreturn]] void refuse(const std::string& file, const std::string& what, const std::string& help) {
    throw InputError(Exit::input_data,
                     Problem{{file, 0, 0}, "E601", what, "a result as written by -o x.json", help});
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

}  // namespace

std::string series_name(const std::string& metric, const scenario::MetricScope& scope) {
    const std::string words = text(scope);
    return words.empty() ? metric : metric + " (" + words + ")";
}

Past read_baseline(const scenario::Expectation& expectation) {
    const std::string& file = expectation.baseline->file;
    const json result = parsed(*expectation.baseline);
    check_version(file, result);
    if (result.contains("partial")) refuse(file, "is of an interrupted run", "run the baseline to its end");
    const std::string name = series_name(expectation.metric, expectation.scope);
    const json series = result.value("per_replication", json::object());
    if (!series.is_object() || !series.contains(name) || !series[name].is_array())
        refuse(file, fmt::format("has no values of \"{}\"", name),
               "write it from a scenario that expects the same");
    const json seed = result.value("seed", json{});
    if (!seed.is_number_integer()) refuse(file, "has no seed", "");
    Past past{seed.get<std::uint64_t>(), {}};
    for (const json& value : series[name])
        past.values.push_back(value.is_number() ? std::optional(value.get<double>()) : std::nullopt);
    return past;
}

}  // namespace sim::experiment
