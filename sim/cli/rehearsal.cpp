#include "sim/cli/rehearsal.hpp"

#include "sim/cli/plan.hpp"
#include "sim/deployment/run.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <variant>

namespace sim::cli {

using deployment::LeftOut;
using scenario::Scenario;
using vocabulary::Place;
using vocabulary::Problem;
using vocabulary::quoted;
using vocabulary::shown;

namespace {

constexpr kernel::Duration longer_min = std::chrono::hours{24 * 31};  // a monthly window comes round
constexpr std::size_t appliances_told_max = 3;

bool same_line(const Place& one, const Place& other) {
    return one.file == other.file && one.line == other.line;
}

// What one program, or one cmdlet of the plan, leaves behind, and under which policies it does so.
struct Finding {
    Place place;
    const char* who = "";  // "program", "runbook" or "cmdlet"
    std::string appliances;
    std::string policies;

    bool is_like(const Finding& other) const {
        return same_line(place, other.place) && appliances == other.appliances;
    }
};

bool enters(const scenario::CmdletAction& action) {
    return action.cmdlet == vocabulary::CmdletId::enter_cc_update;
}

bool may_take_out(const scenario::Incident& incident) {
    const auto* cmdlet = std::get_if<scenario::CmdletAction>(&incident.action);
    return std::holds_alternative<scenario::RunbookAction>(incident.action) ||
           (cmdlet != nullptr && enters(*cmdlet));
}

bool has_anything_to_try(const Scenario& scenario) {
    return std::any_of(scenario.incidents.begin(), scenario.incidents.end(), may_take_out) ||
           std::any_of(scenario.policies.begin(), scenario.policies.end(),
                       [](const scenario::Policy& policy) { return !policy.programs.empty(); });
}

Place place_of(const Scenario& scenario, const LeftOut& out) {
    if (out.by) return scenario.programs[*out.by].place;
    for (const scenario::Incident& incident : scenario.incidents) {
        const auto* cmdlet = std::get_if<scenario::CmdletAction>(&incident.action);
        if (cmdlet != nullptr && enters(*cmdlet) && cmdlet->on == out.appliance && incident.at == out.since)
            return incident.place;
    }
    return {};
}

const char* who(const Scenario& scenario, const LeftOut& out) {
    if (!out.by) return "cmdlet";
    const bool is_runbook = std::any_of(
        scenario.incidents.begin(), scenario.incidents.end(), [&](const scenario::Incident& incident) {
            const auto* runbook = std::get_if<scenario::RunbookAction>(&incident.action);
            return runbook != nullptr && runbook->program == *out.by;
        });
    return is_runbook ? "runbook" : "program";
}

std::string told(const Scenario& scenario, const LeftOut& out) {
    return fmt::format("{} from {} on", shown(scenario.appliances[out.appliance].name),
                       vocabulary::utc_text(scenario.calendar(), out.since));
}

// A finding a program, however many appliances it has left out.
std::vector<Finding> findings_of(const Scenario& scenario, const std::string& policy,
                                 const std::vector<LeftOut>& all) {
    std::vector<Finding> findings;
    std::vector<std::size_t> appliances;
    for (const LeftOut& out : all) {
        const Place place = place_of(scenario, out);
        std::size_t row = 0;
        while (row < findings.size() && !same_line(findings[row].place, place)) ++row;
        if (row == findings.size()) {
            findings.push_back({place, who(scenario, out), "", quoted(policy)});
            appliances.push_back(0);
        }
        if (appliances[row]++ < appliances_told_max)
            findings[row].appliances += (findings[row].appliances.empty() ? "" : ", ") + told(scenario, out);
    }
    for (std::size_t row = 0; row < findings.size(); ++row)
        if (appliances[row] > appliances_told_max)
            findings[row].appliances += fmt::format(" and {} more", appliances[row] - appliances_told_max);
    return findings;
}

void merge(std::vector<Finding>& all, std::vector<Finding> found) {
    for (Finding& one : found) {
        const auto same =
            std::find_if(all.begin(), all.end(), [&](const Finding& other) { return other.is_like(one); });
        if (same == all.end())
            all.push_back(std::move(one));
        else
            same->policies += ", " + one.policies;
    }
}

Problem warning(const Finding& finding) {
    return {finding.place, "W218",
            fmt::format("by policy {} this {} leaves in maintenance: {}", finding.policies, finding.who,
                        finding.appliances),
            "must be followed by Exit-CcUpdate", "until it is typed, nothing brings the services back"};
}

Problem unplayed(const std::string& policy, const vocabulary::InputError& error) {
    Problem problem = error.problems().front();
    problem.what = fmt::format("policy {} cannot be played without calls and failures: {}: {}", quoted(policy),
                               problem.code, problem.what);
    problem.code = "W219";
    return problem;
}

}  // namespace

Rehearsal rehearse(const Scenario& scenario, const Options& options) {
    if (!has_anything_to_try(scenario)) return {};
    const kernel::Duration longer = std::max(longer_min, scenario.length);
    Rehearsal rehearsal;
    std::vector<Finding> findings;
    for (const scenario::Policy& policy : scenario.policies) {
        try {
            const auto programs = cli::programs(scenario, policy, options);
            merge(findings,
                  findings_of(scenario, policy.name,
                              deployment::left_out(scenario, policy, {chosen_seed(scenario, options), 1},
                                                   longer, programs.get())));
        } catch (const vocabulary::InputError& error) {
            rehearsal.warnings.push_back(unplayed(policy.name, error));
        }
    }
    const bool is_whole = rehearsal.warnings.empty();
    for (const Finding& finding : findings) rehearsal.warnings.push_back(warning(finding));
    rehearsal.text =
        fmt::format("Played once by each policy, without calls and failures, and {} beyond the end: {}.\n",
                    vocabulary::text(longer),
                    !findings.empty() ? "Exit-CcUpdate is missing, as the warnings say"
                    : is_whole        ? "who is taken out by Enter-CcUpdate comes back by Exit-CcUpdate"
                                      : "not all of it could be played, as the warnings say");
    return rehearsal;
}

}  // namespace sim::cli
