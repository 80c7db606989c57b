#include "sim/scenario/scenario.hpp"

namespace sim::scenario {

namespace {

struct SiteOf {
    const Scenario& scenario;

    std::optional<SiteId> operator()(ApplianceId id) const { return scenario.appliances[id].site; }
    std::optional<SiteId> operator()(GatewayId id) const { return scenario.gateways[id].site; }
    std::optional<SiteId> operator()(SiteId id) const { return id; }
    std::optional<SiteId> operator()(CohortId id) const { return scenario.cohorts[id].site; }
    std::optional<SiteId> operator()(CommonCauseId id) const {
        const auto& members = scenario.common_causes[id].members;
        return members.empty() ? std::nullopt : std::visit(*this, members.front());
    }
    std::optional<SiteId> operator()(vocabulary::TheTenant) const { return std::nullopt; }
};

}  // namespace

const Site& clock_site(const Scenario& scenario, const vocabulary::FaultPlace& place) {
    return scenario.sites[std::visit(SiteOf{scenario}, place).value_or(SiteId{0})];
}

vocabulary::FaultPlace place_of(const FaultAction& fault) {
    return fault.on;
}

vocabulary::FaultPlace place_of(const CmdletAction& cmdlet) {
    if (cmdlet.on) return *cmdlet.on;
    return vocabulary::TheTenant{};
}

vocabulary::FaultPlace place_of(const RunbookAction&) {
    return vocabulary::TheTenant{};
}

}  // namespace sim::scenario
