#include "reports/parts.hpp"

#include "reports/figures.hpp"
#include "sim/vocabulary/problems.hpp"

#include <fmt/core.h>

namespace reports {

using sim::experiment::Estimate;
using sim::experiment::Judged;
using sim::experiment::Outline;
using sim::vocabulary::shown;
using Json = nlohmann::ordered_json;

Json value(const std::optional<double>& number) {
    return number ? Json(*number) : Json();
}

std::string set_text(const Outline& outline) {
    std::string set;
    for (const auto& [key, value] : outline.set)
        set += fmt::format("{}{}={}", set.empty() ? "set " : ", ", key, value);
    return set.empty() ? "" : shown(set) + "\n";
}

std::string assumed_text(const Outline& outline) {
    return outline.assumed.empty()
               ? "nothing assumed"
               : plural(outline.assumed.size(), "value") + " assumed: ccesim check FILE lists them";
}

Json expectations_json(const std::vector<Judged>& expectations) {
    Json out = Json::array();
    for (const auto& judged : expectations)
        out.push_back({{"metric", judged.metric},
                       {"scope", judged.scope},
                       {"relation", judged.relation},
                       {"target", judged.target},
                       {"always", judged.always},
                       {"seen", value(judged.seen)},
                       {"verdict", text(judged.verdict)},
                       {"at", judged.at},
                       {"lo", value(judged.lo)},
                       {"hi", value(judged.hi)},
                       {"confidence", value(judged.confidence)},
                       {"unit", judged.unit},
                       {"why", judged.why}});
    return out;
}

Json metrics_json(const std::vector<std::pair<std::string, Estimate>>& metrics) {
    Json out = Json::object();
    for (const auto& [name, estimate] : metrics)
        out[name] = {{"value", value(estimate.value)}, {"lo", value(estimate.lo)}, {"hi", value(estimate.hi)},
                     {"conf", estimate.confidence},    {"n", estimate.n},          {"unit", estimate.unit}};
    return out;
}

Json manifest_json(const Outline& outline, std::uint64_t replications) {
    return {{"semantics_version", sim::experiment::semantics_version},
            {"seed", outline.seed},
            {"replications", replications},
            {"policy", outline.policy},
            {"inputs", outline.inputs},
            {"zone_data_version", outline.zone_data_version},
            {"plan_hash", outline.plan_hash},
            {"assumed", outline.assumed},
            {"set", outline.set}};
}

std::string dumped(const Json& document) {
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace reports
