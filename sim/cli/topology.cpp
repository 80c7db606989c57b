#include "sim/cli/commands.hpp"
#include "sim/cli/model.hpp"
#include "sim/cli/outputs.hpp"
#include "sim/cli/plan.hpp"
#include "sim/cli/processes.hpp"
#include "sim/cli/topology_views.hpp"

#include "sim/deployment/network.hpp"

#include <fmt/core.h>

namespace sim::cli {

namespace {

std::optional<scenario::SiteId> chosen_site(const scenario::Scenario& scenario, const std::string& name) {
    if (name.empty()) return std::nullopt;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < scenario.sites.size(); ++i) {
        const auto id = static_cast<scenario::SiteId>(i);
        if (scenario.sites[id].name == name) return id;
        names.push_back(scenario.sites[id].name);
    }
    throw vocabulary::InputError(
        vocabulary::Exit::command_line,
        vocabulary::Problem{{},
                            "E505",
                            fmt::format("--site: the scenario has no site {}{}", vocabulary::quoted(name),
                                        vocabulary::did_you_mean(name, names)),
                            "",
                            "ccesim check lists them"});
}

std::string answer(const Options& options) {
    const scenario::Scenario scenario = load(options).scenario;
    const topology::Survey survey(deployment::network_of(scenario));
    const topology::Survey outbound(deployment::network_of(scenario, vocabulary::Direction::outbound));
    const topology::Survey inbound(deployment::network_of(scenario, vocabulary::Direction::inbound));
    const TopologyView view{
        scenario.name, survey, outbound, inbound, misconfigured(scenario), chosen_site(scenario, options.site),
        options.gone};
    if (options.dot) return topology_dot(view);
    return options.json ? topology_json(view) : topology_text(view);
}

}  // namespace

vocabulary::Exit topology(const Options& options) {
    watch_signals();
    ForkedProcesses processes;
    print(experiment::ask(processes, options.file, [&options] { return answer(options); }));
    return vocabulary::Exit::done;
}

}  // namespace sim::cli
