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
using vocabulary::FaultId;
using vocabulary::index;

class Draft {
public:
    explicit Draft(const Scenario& scenario) : scenario_(scenario) {
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
    void join(NodeId one, NodeId other) { network_.links.push_back({one, other}); }

    void add_site(SiteId id) {
        const scenario::Site& site = scenario_.sites[id];
        Way way;
        way.site = site.name;
        way.erlangs = busy_hour_erlangs(scenario_, id);
        way.users = add(NodeKind::users, "users of " + site.name, id);
        const NodeId provider = add(NodeKind::provider, "Internet provider of " + site.name, id);
        providers_.push_back(provider);
        join(way.users, cloud_);
        join(cloud_, provider);
        for (const ApplianceId appliance : site.appliances) {
            way.appliances.push_back(add_appliance(appliance));
            join(provider, way.appliances.back().front());
        }
        for (const GatewayId gateway : site.gateways) {
            way.carriers.push_back(add_gateway(gateway));
            for (std::size_t i = 0; i < site.appliances.size(); ++i)
                if (is_joined(gateway, site.appliances[i]))
                    join(way.appliances[i].back(), gateways_[index(gateway)]);
        }
        network_.ways.add(std::move(way));
    }

    // By a trunk that can come up, as the gateway lists them.
    bool is_joined(GatewayId id, ApplianceId to) const {
        const scenario::Gateway& gateway = scenario_.gateways[id];
        if (gateway.trunks.empty()) return scenario_.appliances[to].site == gateway.site;
        return std::any_of(gateway.trunks.begin(), gateway.trunks.end(),
                           [to](const scenario::Trunk& trunk) { return trunk.to == to && trunk.trusted; });
    }

    // Trunks that lead to appliances of other sites.
    void join_afar(GatewayId id) {
        const scenario::Gateway& gateway = scenario_.gateways[id];
        for (const scenario::Trunk& trunk : gateway.trunks)
            if (trunk.trusted && scenario_.appliances[trunk.to].site != gateway.site)
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
    Network network_;
    NodeId cloud_{};
    std::vector<NodeId> appliances_, edges_, mediations_, gateways_, carriers_, providers_;
};

}  // namespace

Network network_of(const Scenario& scenario) {
    return Draft(scenario).take();
}

}  // namespace sim::deployment
