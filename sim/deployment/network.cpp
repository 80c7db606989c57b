#include "sim/deployment/network.hpp"

#include "sim/deployment/build.hpp"
#include "sim/deployment/run.hpp"

#include <algorithm>

namespace sim::deployment {

namespace {

using scenario::ApplianceId;
using scenario::GatewayId;
using scenario::Scenario;
using scenario::SiteId;
using topology::Network;
using topology::Node;
using topology::NodeId;
using topology::NodeKind;
using topology::Way;
using vocabulary::Direction;
using vocabulary::FaultId;
using vocabulary::index;

class Draft {
public:
    Draft(const Scenario& scenario, std::optional<Direction> direction)
        : scenario_(scenario), direction_(direction) {
        cloud_ = network_.nodes.add(Node{NodeKind::cloud, "cloud", {}, {}});
        appliances_.resize(scenario.appliances.size());
        edges_.resize(scenario.appliances.size());
        mediations_.resize(scenario.appliances.size());
        carriers_.resize(scenario.gateways.size());
        gateways_.resize(scenario.gateways.size());
        for (std::size_t i = 0; i < scenario.sites.size(); ++i) add_site(static_cast<SiteId>(i));
        for (std::size_t i = 0; i < scenario.gateways.size(); ++i) join_afar(static_cast<GatewayId>(i));
        auto cause = scenario.common_causes.begin();
        for (const std::vector<faults::Taken>& members : build_common_causes(scenario))
            add_cause((cause++)->name, members);
    }

    Network take() { return std::move(network_); }

private:
    NodeId add(NodeKind kind, std::string name, SiteId site, std::optional<unsigned> calls_max = {}) {
        return network_.nodes.add(Node{kind, std::move(name), calls_max, site});
    }
    // Ways never lead back: a call crosses one Mediation and one gateway.
    void join(NodeId one, NodeId other) { network_.links.push_back({one, other, true}); }

    void add_site(SiteId id) {
        const scenario::Site& site = scenario_.sites[id];
        Way way;
        way.site = site.name;
        way.erlangs = busy_hour_erlangs(scenario_, id);
        way.users = add(NodeKind::users, "users of " + site.name, id);
        const NodeId provider = add(NodeKind::provider, "Internet provider of " + site.name, id);
        providers_.push_back(provider);
        if (!is_configured(FaultId::shared_sip_space_false, vocabulary::TheTenant{})) join(way.users, cloud_);
        join(cloud_, provider);
        for (const ApplianceId appliance : site.appliances) {
            way.appliances.push_back(add_appliance(appliance));
            if (!is_configured(FaultId::srv_missing, id)) join(provider, way.appliances.back().front());
        }
        for (const GatewayId gateway : site.gateways) {
            way.carriers.push_back(add_gateway(gateway));
            for (std::size_t i = 0; i < site.appliances.size(); ++i)
                if (is_joined(gateway, site.appliances[i]))
                    join(way.appliances[i].back(), gateways_[index(gateway)]);
        }
        network_.ways.add(std::move(way));
    }

    bool is_configured(FaultId id, const vocabulary::FaultPlace& on) const {
        return std::any_of(
            scenario_.configured.begin(), scenario_.configured.end(),
            [&](const scenario::Configured& one) { return one.fault.id == id && one.fault.on == on; });
    }

    // The line that the scenario has for it, if it lists the gateway's trunks.
    static const scenario::Trunk* trunk_of(const scenario::Gateway& gateway, ApplianceId to) {
        const auto found = std::find_if(gateway.trunks.begin(), gateway.trunks.end(),
                                        [to](const scenario::Trunk& trunk) { return trunk.to == to; });
        return found == gateway.trunks.end() ? nullptr : &*found;
    }

    // Inbound: by a trunk that can come up, as the gateway lists them. Outbound: the cloud finds the Edge by
    // name, and its Mediation calls any gateway of its own site that trusts it, with a trunk back or without.
    bool is_joined(GatewayId id, ApplianceId to) const {
        const scenario::Gateway& gateway = scenario_.gateways[id];
        const scenario::Trunk* trunk = trunk_of(gateway, to);
        if ((trunk != nullptr && !trunk->trusted) || gateway.channels == 0) return false;
        const SiteId site = scenario_.appliances[to].site;
        const bool is_near = site == gateway.site;
        const bool inbound = trunk != nullptr || (gateway.trunks.empty() && is_near);
        const bool outbound = is_near && !is_configured(FaultId::edge_a_record_missing, site) &&
                              !is_configured(FaultId::edge_a_record_incomplete, to);
        return (inbound && direction_ != Direction::outbound) || (outbound && direction_ != Direction::inbound);
    }

    // Trunks that lead to appliances of other sites.
    void join_afar(GatewayId id) {
        const scenario::Gateway& gateway = scenario_.gateways[id];
        for (const scenario::Trunk& trunk : gateway.trunks)
            if (scenario_.appliances[trunk.to].site != gateway.site && is_joined(id, trunk.to))
                join(mediations_[index(trunk.to)], gateways_[index(id)]);
    }

    // Host, Edge and Mediation, one behind the other: calls need the power, then the two machines.
    std::vector<NodeId> add_appliance(ApplianceId id) {
        const scenario::Appliance& appliance = scenario_.appliances[id];
        const NodeId host = add(NodeKind::host, appliance.name + " host", appliance.site);
        const NodeId edge = add(NodeKind::edge, appliance.name + " edge", appliance.site);
        const NodeId mediation =
            add(NodeKind::mediation, appliance.name + " mediation", appliance.site, appliance.calls_max);
        join(host, edge);
        join(edge, mediation);
        appliances_[index(id)] = host;
        edges_[index(id)] = edge;
        mediations_[index(id)] = mediation;
        return {host, edge, mediation};
    }

    // The gateway's carrier.
    NodeId add_gateway(GatewayId id) {
        const scenario::Gateway& gateway = scenario_.gateways[id];
        const NodeId node = add(NodeKind::gateway, gateway.name, gateway.site, gateway.channels);
        const NodeId carrier = add(NodeKind::carrier, "carrier of " + gateway.name, gateway.site);
        join(node, carrier);
        gateways_[index(id)] = node;
        carriers_[index(id)] = carrier;
        return carrier;
    }

    // What a fault takes out of the way: without its line to the Internet a host's Edge is cut from the cloud.
    NodeId taken(FaultId as, ApplianceId id) const {
        return as == FaultId::host_crash ? appliances_[index(id)] : edges_[index(id)];
    }
    NodeId taken(FaultId as, GatewayId id) const {
        return as == FaultId::carrier_lost ? carriers_[index(id)] : gateways_[index(id)];
    }
    NodeId taken(FaultId, SiteId id) const { return providers_[index(id)]; }

    void add_cause(const std::string& name, const std::vector<faults::Taken>& members) {
        topology::CommonCause made;
        made.name = name;
        for (const faults::Taken& member : members)
            made.takes.push_back(std::visit([&](auto id) { return taken(member.as, id); }, member.what));
        network_.causes.add(std::move(made));
    }

    const Scenario& scenario_;
    const std::optional<Direction> direction_;  // that calls may take; none: either
    Network network_;
    NodeId cloud_{};
    std::vector<NodeId> appliances_, edges_, mediations_, gateways_, carriers_, providers_;
};

}  // namespace

Network network_of(const Scenario& scenario, std::optional<vocabulary::Direction> direction) {
    return Draft(scenario, direction).take();
}

}  // namespace sim::deployment
