// The way of a call as a network, and what can be said of it before anything has happened: what is reachable,
// which few things take a site when they are gone, and how many calls are left when appliances are.
//
//     users ─ cloud ─ provider ─ host ─ Edge ─ Mediation ─ gateway ─ carrier
//                              └ host ─ Edge ─ Mediation ┘
//
// A site is reachable as long as nodes that are up lead from its users to one of its carriers. A *cut set* is
// things whose loss together ends that; it is minimal if no part of it does. A *common cause* takes several
// nodes at once and counts as one thing. Users do not fail: without them nobody would ask.
//
// Which network this is, is said by whoever fills it: nothing here knows how a site is built, only that links
// join nodes. All answers are in the order of the numbers.

#pragma once

#include "sim/vocabulary/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sim::topology {

using vocabulary::CommonCauseId;
using vocabulary::SiteId;

enum class NodeId : std::uint32_t {};

enum class NodeKind : std::uint8_t { users, cloud, provider, host, edge, mediation, gateway, carrier };
std::string_view text(NodeKind kind);  // "mediation"

// Not the planner's to mend or to double: the cloud, the Internet provider, the carrier.
bool is_outside(NodeKind kind);

struct Node {
    NodeKind kind{};
    std::string name;                   // as people read it: "sea-cce-1 edge"
    std::optional<unsigned> calls_max;  // none: as many as come
    std::optional<SiteId> site;         // none: of the whole tenant
};

struct Link {
    NodeId one{}, other{};
    bool one_way = false;  // ways lead from one to other, and not back
};

struct CommonCause {
    std::string name;
    std::vector<NodeId> takes;
};

// From the users of a site to its carriers.
struct Way {
    std::string site;
    double erlangs = 0;  // offered in the busy hour
    NodeId users{};
    std::vector<NodeId> carriers;
    // The nodes of each appliance, its host first: with that, all of it is gone.
    std::vector<std::vector<NodeId>> appliances;
};

struct Network {
    vocabulary::Table<NodeId, Node> nodes;
    std::vector<Link> links;
    vocabulary::Table<SiteId, Way> ways;
    vocabulary::Table<CommonCauseId, CommonCause> causes;
};

// One thing that fails: nodes come before causes, then the lower number.
using Element = std::variant<NodeId, CommonCauseId>;
using CutSet = std::vector<Element>;  // ascending

inline constexpr std::size_t cut_order_max = 3;

// What is left of a site's calls when the appliances that it misses most are gone.
struct Spare {
    unsigned gone = 0;
    std::uint64_t calls = 0;  // simultaneous ones that still fit; 2^40 where nothing on the way has a limit
    double erlangs = 0;       // offered in the busy hour
    double blocking = 0;      // of these, by Erlang's formula
};

// The answers. Keeps the network it is asked about, and for each site the part of it that its calls can cross.
class Survey {
public:
    // REQUIRES that links, ways and causes name nodes of the network, and no link joins a node to itself.
    explicit Survey(Network network);

    const Network& network() const { return network_; }

    // The sites that still are, with these nodes down.
    std::vector<SiteId> reachable(const std::vector<NodeId>& down = {}) const;

    // The nodes that lie on some way from the users of the site to a carrier of it. In a network where some
    // links lead one way and others do not, there may be more.
    std::vector<NodeId> on_the_way(SiteId site) const;

    // Those of them without which there is none: the articulation points of its part of the network. Where
    // links lead one way, there may be more of these nodes; the cut sets of one element have them all.
    std::vector<NodeId> articulations(SiteId site) const;

    // The minimal cut sets of at most three elements, small ones first. None if the site is not reachable
    // anyway. The sets of one element are its single points of failure.
    std::vector<CutSet> cut_sets(SiteId site) const;

    // Those of the tenant: they take every site that is reachable.
    std::vector<CutSet> tenant_cut_sets() const;

    // For 0, 1, … gone_max appliances gone, or until the site has no more. Gone are always those whose loss
    // together leaves the least.
    std::vector<Spare> spare(SiteId site, unsigned gone_max) const;

    // The part of the network between the users of a site and its carriers, in small numbers of its own. The
    // carriers lead on to one sink behind them, whose number is that of the nodes.
    struct Part {
        std::vector<NodeId> nodes;                           // ascending
        std::vector<std::vector<std::uint32_t>> neighbours;  // by node, and of the sink
        std::vector<std::vector<CommonCauseId>> taken_by;    // by node
        std::uint32_t source = 0;

        std::uint32_t sink() const { return static_cast<std::uint32_t>(nodes.size()); }
        std::optional<std::uint32_t> find(NodeId id) const;
    };

private:
    Network network_;
    vocabulary::Table<SiteId, Part> parts_;
};

}  // namespace sim::topology
