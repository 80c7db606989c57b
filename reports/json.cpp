#include "reports/json.hpp"

#include "reports/parts.hpp"
#include "reports/gates.hpp"
#include "sim/kernel/fingerprint.hpp"

#include <nlohmann/json.hpp>

namespace reports {

using sim::experiment::Experiment;
using sim::experiment::Gate;
using sim::experiment::Gates;
using sim::experiment::Replication;
using sim::experiment::Verdict;
using sim::kernel::Duration;
using sim::kernel::seconds;
using sim::vocabulary::Direction;
using sim::vocabulary::Ledger;
using sim::vocabulary::Outcome;
using sim::vocabulary::SiteRow;
using Json = nlohmann::ordered_json;

namespace {

Json ledger(const Ledger& ledger) {
    Json out{{"attempts", ledger.attempts().value}};
    for (Outcome outcome : sim::vocabulary::outcomes) out[std::string(text(outcome))] = ledger[outcome].value;
    return out;
}

Json by_direction(const std::array<Ledger, 2>& ledgers) {
    Json out;
    for (Direction direction : sim::vocabulary::directions)
        out[std::string(text(direction))] = ledger(ledgers[static_cast<std::size_t>(direction)]);
    return out;
}

std::array<Ledger, 2> all_directions(const Replication& sum) {
    std::array<Ledger, 2> all{};
    for (const SiteRow& site : sum.sites)
        for (std::size_t d = 0; d < all.size(); ++d) all[d] += site.by_direction[d];
    return all;
}

Json losses(const Replication& sum) {
    Json out = Json::array();
    for (const auto& loss : sum.losses)
        out.push_back({{"outcome", text(loss.outcome)},
                       {"reason", text(loss.reason)},
                       {"direction", text(loss.direction)},
                       {"site", loss.site},
                       {"appliance", loss.appliance.empty() ? Json() : Json(loss.appliance)},
                       {"group", loss.group.empty() ? Json() : Json(loss.group)},
                       {"calls", loss.calls.value}});
    return out;
}

Json availability(const SiteRow& site, Duration simulated) {
    const bool there_is = !site.appliances.empty() && simulated.count() > 0;
    const auto share = [&](Duration up) {
        return there_is ? Json(static_cast<double>(up.count()) / static_cast<double>(simulated.count()))
                        : Json();
    };
    return {{"one_ready", share(site.one_ready)},
            {"enough_ready", share(site.enough_ready)},
            {"appliances_needed", site.appliances_needed},
            {"appliances_ready_min", there_is ? Json(site.appliances_ready_min) : Json()}};
}

Json hours(const SiteRow& site) {
    Json out = Json::array();
    for (const auto& hour : site.hours)
        out.push_back(
            {{"attempts", hour.attempts.value}, {"blocked", hour.blocked.value}, {"lost", hour.lost.value}});
    return out;
}

Json appliances(const SiteRow& site) {
    Json out = Json::array();
    for (const auto& appliance : site.appliances)
        out.push_back({{"name", appliance.name},
                       {"calls_max", appliance.calls_max},
                       {"ready_seconds", seconds(appliance.ready)},
                       {"talk_seconds", seconds(appliance.talk)},
                       {"over_limit_seconds", seconds(appliance.over_limit)},
                       {"busy_max", appliance.busy_max}});
    return out;
}

Json gateways(const SiteRow& site) {
    Json out = Json::array();
    for (const auto& gateway : site.gateways)
        out.push_back({{"name", gateway.name},
                       {"channels", gateway.channels},
                       {"talk_seconds", seconds(gateway.talk)},
                       {"busy_max", gateway.busy_max}});
    return out;
}

Json sites(const Replication& sum) {
    Json out = Json::array();
    for (const SiteRow& site : sum.sites)
        out.push_back({{"name", site.name},
                       {"ledger", ledger(site.ledger())},
                       {"by_direction", by_direction(site.by_direction)},
                       {"availability", availability(site, sum.simulated)},
                       {"hours", hours(site)},
                       {"appliances", appliances(site)},
                       {"gateways", gateways(site)}});
    return out;
}

Json missed_windows(const Experiment& experiment) {
    Json out = Json::array();
    for (const auto& [replication, missed] : experiment.missed_windows)
        out.push_back({{"replication", replication},
                       {"site", missed.site},
                       {"appliance", missed.appliance},
                       {"opened", missed.opened},
                       {"reason", missed.reason}});
    return out;
}

// Nothing is named: null, as in the losses.
Json name(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

Json refused_cmdlets(const Experiment& experiment) {
    Json out = Json::array();
    for (const auto& [replication, refused] : experiment.refused_cmdlets)
        out.push_back({{"replication", replication},
                       {"at", refused.at},
                       {"cmdlet", refused.cmdlet},
                       {"site", name(refused.site)},
                       {"appliance", name(refused.appliance)},
                       {"reason", refused.reason}});
    return out;
}

Json configured(const Experiment& experiment) {
    Json out = Json::array();
    for (const auto& wrong : experiment.outline.configured)
        out.push_back({{"fault", wrong.fault}, {"on", wrong.on}, {"at", wrong.at}});
    return out;
}

Json crews(const Replication& sum) {
    Json out = Json::array();
    for (const auto& crew : sum.crews)
        out.push_back({{"name", crew.name},
                       {"people", crew.people},
                       {"repairs", crew.repairs},
                       {"waited", crew.waited},
                       {"waiting_max", crew.waiting_max},
                       {"wait_seconds", seconds(crew.wait)},
                       {"wait_seconds_max", seconds(crew.wait_max)},
                       {"busy_seconds", seconds(crew.busy)}});
    return out;
}

Json per_replication(const Experiment& experiment) {
    Json out = Json::object();
    for (const auto& [name, series] : experiment.per_replication) {
        Json values = Json::array();
        for (const auto& one : series) values.push_back(value(one));
        out[name] = values;
    }
    return out;
}

}  // namespace

std::string json(const Experiment& experiment) {
    const Replication& sum = experiment.sum;
    Json out{{"schema", "ccesim.result/1"},
             {"scenario", experiment.outline.scenario},
             {"policy", experiment.outline.policy},
             {"seed", experiment.outline.seed},
             {"replications", experiment.done.size()}};
    if (experiment.partial()) out["partial"] = {{"done", experiment.done.size()}, {"asked", experiment.asked}};
    out["fingerprint"] = sim::kernel::hex(experiment.fingerprint());
    out["simulated_seconds"] = seconds(sum.simulated);
    out["ledger"] = ledger(sum.ledger());
    out["by_direction"] = by_direction(all_directions(sum));
    out["degraded"] = sum.degraded.value;
    out["delayed"] = sum.delayed.value;
    out["emergency"] = {{"attempts", sum.emergency_attempts.value}, {"lost", sum.emergency_lost.value}};
    out["losses"] = losses(sum);
    out["sites"] = sites(sum);
    out["configured"] = configured(experiment);
    out["crews"] = crews(sum);
    out["missed_windows"] = missed_windows(experiment);
    out["refused_cmdlets"] = refused_cmdlets(experiment);
    out["expectations"] = expectations_json(experiment.expectations);
    out["metrics"] = metrics_json(experiment.metrics);
    out["per_replication"] = per_replication(experiment);
    out["manifest"] = manifest_json(experiment.outline, experiment.asked);
    return dumped(out);
}

namespace {

Json gate(const Gate& gate) {
    Json out{{"file", gate.file},           {"verdict", word(gate)}, {"scenario", name(gate.scenario)},
             {"policy", name(gate.policy)}, {"seed", gate.seed},     {"replications", gate.replications},
             {"looks", gate.looks}};
    if (gate.out_of_time) out["out_of_time"] = true;
    out["expectations"] = expectations_json(gate.expectations);
    for (std::size_t i = 0; i < gate.expectations.size(); ++i) {
        const auto more = sim::experiment::needed(gate.expectations[i], gate.replications);
        out["expectations"][i]["needs"] = more ? Json(*more) : Json();
    }
    if (gate.wrong)
        out["error"] = {{"exit", static_cast<int>(gate.wrong->exit)}, {"message", gate.wrong->what}};
    out["again"] = gate.again;
    return out;
}

}  // namespace

std::string json(const Gates& gates) {
    Json out{{"schema", "ccesim.test/1"},
             {"semantics_version", sim::experiment::semantics_version},
             {"exit", static_cast<int>(gates.exit())}};
    if (gates.stopped) out["partial"] = {{"done", gates.all.size()}, {"asked", gates.found}};
    for (const Verdict verdict : verdicts) out["counts"][std::string(text(verdict))] = gates.count(verdict);
    out["scenarios"] = Json::array();
    for (const Gate& one : gates.all) out["scenarios"].push_back(gate(one));
    return dumped(out);
}

}  // namespace reports
