// Gateways: their trunks, what TLS makes of them, and which appliances reach the carrier.

#include "sim/topology/fleet.hpp"
#include "sim/topology/holds.hpp"
#include "sim/vocabulary/kinds.hpp"

#include <algorithm>

namespace sim::topology {

using vocabulary::index;
namespace record = vocabulary::record;

namespace {

template <class Of>
auto* to(Of& these, ApplianceId appliance) {
    const auto found =
        std::find_if(these.begin(), these.end(), [appliance](const auto& one) { return one.to == appliance; });
    return found == these.end() ? nullptr : &*found;
}

}  // namespace

// Each side trusts the root of the other's certificate.
bool Fleet::knows(const Gateway& gateway, ApplianceId appliance) const {
    const Authority& authority = appliances_[appliance].authority;
    const auto mediation =
        std::find_if(authority.servers.begin(), authority.servers.end(),
                     [](const Issued& one) { return one.role == Part::mediation_certificate; });
    const std::uint32_t key = roots_[mediation->by].key;
    const auto is_trusted = [&](RootId root) {
        return roots_[root].key == key && roots_[root].until > simulation_.now();
    };
    const bool by_gateway = std::any_of(gateway.roots.begin(), gateway.roots.end(), is_trusted);
    return by_gateway &&
           (!gateway.certificate || roots_[*gateway.certificate].key == roots_[authority.root].key);
}

// TLS asks for trust when it connects. What is connected stays so, whatever becomes of the certificates.
void Fleet::connect(const Gateway& gateway, Connection& connection) const {
    connection.up = true;
    connection.cause = kernel::no_cause;
    if (!gateway.tls) return;
    const GatewayHold* hold = gateway.held(GatewayPart::trust, connection.to);
    const bool known = knows(gateway, connection.to);
    connection.up = connection.trusted && hold == nullptr && known;
    if (hold != nullptr)
        connection.cause = hold->cause;
    else if (!known)
        connection.cause = appliances_[connection.to].authority.changed;
}

// Whoever lays a trunk installs the root of its appliance.
void Fleet::introduce(Gateway& gateway, ApplianceId appliance) const {
    const RootId root = appliances_[appliance].authority.root;
    if (std::find(gateway.roots.begin(), gateway.roots.end(), root) == gateway.roots.end())
        gateway.roots.push_back(root);
}

const GatewayHold* Gateway::held(GatewayPart part) const {
    for (const GatewayHold& hold : holds)
        if (hold.part == part && !hold.to) return &hold;
    return nullptr;
}

const GatewayHold* Gateway::held(GatewayPart part, ApplianceId to) const {
    for (const GatewayHold& hold : holds)
        if (hold.part == part && hold.to.value_or(to) == to &&
            std::find(hold.mended.begin(), hold.mended.end(), to) == hold.mended.end())
            return &hold;
    return nullptr;
}

const Connection* Gateway::refused(ApplianceId appliance) const {
    const Connection* connection = to(connections, appliance);
    return connection != nullptr && !connection->up ? connection : nullptr;
}

unsigned Gateway::priority_of(ApplianceId appliance) const {
    const Trunk* trunk = to(trunks, appliance);
    return trunk != nullptr ? trunk->priority : 0;
}

bool Gateway::leads_to(ApplianceId appliance) const {
    const bool by_pool = names_pool || held(GatewayPart::targets) != nullptr;
    if (!by_pool) return to(trunks, appliance) != nullptr;
    return held(GatewayPart::place) == nullptr && held(GatewayPart::trunk, appliance) == nullptr;
}

GatewayId Fleet::add_gateway(SiteId site, unsigned channels, bool reroute_on_5xx, bool tls) {
    Gateway gateway;
    gateway.site = site;
    gateway.channels = channels;
    gateway.reroute_on_5xx = reroute_on_5xx;
    gateway.tls = tls;
    const GatewayId id = gateways_.add(std::move(gateway));
    sites_[site].gateways.push_back(id);
    lay_trunks(id);
    return id;
}

void Fleet::set_trunks(GatewayId id, const TrunkList& list) {
    Gateway& gateway = gateways_[id];
    gateway.configured = list.trunks;
    gateway.names_pool = list.names_pool;
    gateway.connections.clear();  // they are made anew, with the trust that the list says
    changed(id);
}

void Fleet::set_carries(GatewayId id, vocabulary::NumberClasses classes) {
    gateways_[id].carries = classes;
}

// What the scenario says, or one to each appliance of the site; then what faults have made of it.
std::vector<Trunk> Fleet::trunks_of(const Gateway& gateway) const {
    const GatewayHold* elsewhere = gateway.held(GatewayPart::place);
    const std::vector<ApplianceId>& near =
        sites_[elsewhere != nullptr ? *elsewhere->site : gateway.site].appliances;
    std::vector<Trunk> trunks;
    if (elsewhere == nullptr)
        for (const ConfiguredTrunk& line : gateway.configured) trunks.push_back(line.trunk);
    if (trunks.empty())
        for (const ApplianceId id : near) trunks.push_back(Trunk{id, 1});
    // The pool's name is that of every appliance; which one it leads to is decided once, by the first in the
    // file.
    if (gateway.held(GatewayPart::targets) != nullptr && !near.empty()) trunks = {Trunk{near.front(), 1}};
    std::stable_sort(trunks.begin(), trunks.end(),
                     [](const Trunk& one, const Trunk& other) { return one.priority < other.priority; });
    trunks.erase(std::remove_if(
                     trunks.begin(), trunks.end(),
                     [&](const Trunk& trunk) { return gateway.held(GatewayPart::trunk, trunk.to) != nullptr; }),
                 trunks.end());
    if (gateway.held(GatewayPart::priorities) != nullptr)
        for (std::size_t place = 0; place < trunks.size(); ++place)
            trunks[place].priority = static_cast<unsigned>(place + 1);
    return trunks;
}

// Links that are no longer anybody's are forgotten; new ones connect.
void Fleet::lay_trunks(GatewayId id) {
    Gateway& gateway = gateways_[id];
    gateway.trunks = trunks_of(gateway);
    std::vector<Connection> before;
    before.swap(gateway.connections);
    const auto is_trusted = [&](ApplianceId appliance) {
        return std::none_of(
            gateway.configured.begin(), gateway.configured.end(),
            [&](const ConfiguredTrunk& line) { return line.trunk.to == appliance && !line.trusted; });
    };
    const auto know = [&](ApplianceId appliance) {
        if (to(gateway.connections, appliance) != nullptr) return;
        const Connection* known = to(before, appliance);
        gateway.connections.push_back(
            known != nullptr ? *known : Connection{appliance, is_trusted(appliance), true, kernel::no_cause});
        if (known != nullptr) return;
        introduce(gateway, appliance);
        connect(gateway, gateway.connections.back());
    };
    for (const ApplianceId appliance : sites_[gateway.site].appliances) know(appliance);
    for (const Trunk& trunk : gateway.trunks) know(trunk.to);
}

// Its Mediation is back, and so all its trunks connect anew.
void Fleet::connect_anew(ApplianceId id) {
    for (std::size_t number = 0; number < gateways_.size(); ++number) {
        Gateway& gateway = gateways_[static_cast<GatewayId>(number)];
        Connection* connection = gateway.tls ? to(gateway.connections, id) : nullptr;
        if (connection == nullptr) continue;
        connect(gateway, *connection);
        touched_gateways_.push_back(static_cast<GatewayId>(number));
    }
}

bool Fleet::strike(GatewayId id, GatewayHold hold, Reason reason) {
    Gateway& gateway = gateways_[id];
    const auto is_same = [&](const GatewayHold& other) {
        return other.part == hold.part && is_same_fault(other, hold) && (!other.to || other.to == hold.to);
    };
    if (std::any_of(gateway.holds.begin(), gateway.holds.end(), is_same)) return false;
    hold.cause = simulation_.cause();
    gateway.holds.push_back(hold);
    const bool dies = hold.part == GatewayPart::power && gateway.alive;
    if (dies) {
        gateway.alive = false;
        gateway.died_at = gateway.changed_at = simulation_.now();
        gateway.down = Down{reason, simulation_.cause()};
    }
    // At the start of a run nothing has connected yet.
    if (hold.part == GatewayPart::trust && simulation_.now() == kernel::start_of_run)
        for (Connection& connection : gateway.connections) connect(gateway, connection);
    changed(id);
    return true;
}

void Fleet::release(GatewayId id, std::uint32_t fault) {
    Gateway& gateway = gateways_[id];
    const auto found = std::find_if(gateway.holds.begin(), gateway.holds.end(),
                                    [fault](const GatewayHold& hold) { return hold.fault == fault; });
    if (found == gateway.holds.end()) return;
    const GatewayPart part = found->part;
    gateway.holds.erase(found);
    const GatewayHold* other = gateway.held(part);
    const bool returns = part == GatewayPart::power && other == nullptr;
    if (returns) {
        gateway.alive = true;
        gateway.changed_at = simulation_.now();
    } else if (part == GatewayPart::power) {
        gateway.down.cause = other->cause;
    }
    for (Connection& connection : gateway.connections)
        if (returns || !connection.up) connect(gateway, connection);
    changed(id);
}

// One fault of trust is over, at the trunks that `covers` names. Whatever was down for it connects at once.
template <class Covers>
void Fleet::mend_trust(GatewayId id, FaultId fault, Covers covers) {
    Gateway& gateway = gateways_[id];
    const auto is_over = [&](GatewayHold& hold) {
        if (hold.id != fault) return false;
        bool left = false;
        for (const Connection& connection : gateway.connections) {
            if (hold.to.value_or(connection.to) != connection.to) continue;
            if (covers(connection.to))
                hold.mended.push_back(connection.to);
            else if (std::find(hold.mended.begin(), hold.mended.end(), connection.to) == hold.mended.end())
                left = true;
        }
        return !left;
    };
    for (auto hold = gateway.holds.begin(); hold != gateway.holds.end();) {
        if (!is_over(*hold)) {
            ++hold;
            continue;
        }
        simulation_.record(record::fault_cleared, hold->place, static_cast<std::int64_t>(fault));
        hold = gateway.holds.erase(hold);
    }
    for (Connection& connection : gateway.connections)
        if (!connection.up) connect(gateway, connection);
    changed(id);
}

void Fleet::trust(GatewayId id, RootId root) {
    Gateway& gateway = gateways_[id];
    if (std::find(gateway.roots.begin(), gateway.roots.end(), root) == gateway.roots.end())
        gateway.roots.push_back(root);
    const auto has_it = [&](ApplianceId appliance) {
        return roots_[appliances_[appliance].authority.root].key == roots_[root].key;
    };
    for (Connection& connection : gateway.connections)
        if (has_it(connection.to)) connection.trusted = true;
    mend_trust(id, FaultId::cce_root_not_on_gateway, has_it);
}

void Fleet::certify(GatewayId id, RootId by) {
    gateways_[id].certificate = by;
    mend_trust(id, FaultId::gateway_cert_bad_name, [](ApplianceId) { return true; });
}

void Fleet::trust_gateways(ApplianceId id) {
    for (std::size_t number = 0; number < gateways_.size(); ++number)
        if (to(gateways_[static_cast<GatewayId>(number)].connections, id) != nullptr)
            mend_trust(static_cast<GatewayId>(number), FaultId::gateway_root_not_on_ms,
                       [id](ApplianceId appliance) { return appliance == id; });
}

void Fleet::changed(GatewayId id) {
    lay_trunks(id);
    touched_gateways_.push_back(id);
    for (const ApplianceId appliance : sites_[gateways_[id].site].appliances) changed(appliance, Reason::none);
}

// Over at least one gateway of its site, in both directions. A site without gateways has nothing to reach.
bool Fleet::reaches_the_carrier(ApplianceId id) const {
    const std::vector<GatewayId>& all = sites_[appliances_[id].site].gateways;
    return all.empty() || std::any_of(all.begin(), all.end(), [&](GatewayId gateway) {
               const Gateway& way = gateways_[gateway];
               return way.alive && way.held(GatewayPart::circuits) == nullptr && way.leads_to(id) &&
                      way.refused(id) == nullptr;
           });
}

std::vector<GatewayId> Fleet::take_touched_gateways() {
    std::vector<GatewayId> touched;
    touched.swap(touched_gateways_);
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    return touched;
}

}  // namespace sim::topology
