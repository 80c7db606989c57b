// How the cut sets are found. Not by trying all sets: of sixteen appliances with three parts each there are
// twenty thousand threes, a site. Instead: take any open way. Whatever cuts the site must have an element on
// it, so try each of them, and in what is left take an open way again, three times at most. A way has some six
// elements, so a site takes a few hundred looks, however many appliances it has. Nothing is missed, because
// every cut set has an element on every way; what is found and not minimal is thrown out at the end.
//
// Example: users ─ a ─ { b | c } ─ carrier. The first way is a, b. Losing a cuts; losing b leaves a, c. There a
// is known to cut alone, so only c is tried: {b, c}. Counter-example: {a, b} cuts, too, and is not minimal.

#include "sim/topology/network.hpp"

#include "sim/kernel/check.hpp"
#include "sim/kernel/math.hpp"
#include "sim/topology/graph.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>

namespace sim::topology {

using vocabulary::index;

namespace {

using Numbers = std::vector<std::uint32_t>;  // of nodes of a part
using Part = Survey::Part;

constexpr std::int64_t boundless = std::int64_t{1} << 40;  // more calls than any fleet has

template <class T>
void sort_once(std::vector<T>& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

template <class T>
bool has(const std::vector<T>& ascending, const T& value) {
    return std::binary_search(ascending.begin(), ascending.end(), value);
}

// An open way from the source of the part to its sink; both ends are left out.
std::optional<Numbers> open_way(const Part& part, const std::vector<unsigned>& down) {
    if (down[part.source] > 0) return std::nullopt;
    constexpr std::uint32_t nowhere = UINT32_MAX;
    Numbers from(part.nodes.size() + 1, nowhere), queue{part.source};
    from[part.source] = part.source;
    for (std::size_t next = 0; next < queue.size() && from[part.sink()] == nowhere; ++next)
        for (const std::uint32_t node : part.neighbours[queue[next]]) {
            if (from[node] != nowhere || (node != part.sink() && down[node] > 0)) continue;
            from[node] = queue[next];
            queue.push_back(node);
        }
    if (from[part.sink()] == nowhere) return std::nullopt;
    Numbers way;
    for (std::uint32_t node = from[part.sink()]; node != part.source; node = from[node]) way.push_back(node);
    return way;
}

// --- cut sets

bool comes_before(const CutSet& one, const CutSet& other) {
    return one.size() != other.size() ? one.size() < other.size() : one < other;
}

bool contains(const CutSet& set, const CutSet& part) {
    return std::includes(set.begin(), set.end(), part.begin(), part.end());
}

bool contains_any(const CutSet& set, const std::vector<CutSet>& parts) {
    return std::any_of(parts.begin(), parts.end(), [&](const CutSet& part) { return contains(set, part); });
}

// Those that contain none of the others, small ones first.
std::vector<CutSet> minimal(std::vector<CutSet> sets) {
    std::sort(sets.begin(), sets.end(), comes_before);
    std::vector<CutSet> kept;
    for (CutSet& set : sets)
        if (!contains_any(set, kept)) kept.push_back(std::move(set));
    return kept;
}

class CutSearch {
public:
    CutSearch(const Network& network, const Part& part)
        : network_(network), part_(part), down_(part.nodes.size(), 0) {
        for (std::uint32_t node = 0; node < part.sink(); ++node)
            for (const CommonCauseId cause : part.taken_by[node]) taken_[cause].push_back(node);
    }

    std::vector<CutSet> all() {
        if (!open_way(part_, down_)) return {};
        grow(1);
        for (const CutSet& set : found_) singles_.insert(set.front());
        grow(cut_order_max);
        return minimal({found_.begin(), found_.end()});
    }

private:
    void grow(std::size_t most) {
        const auto way = open_way(part_, down_);
        if (!way) {
            found_.insert(chosen_);
            return;
        }
        if (chosen_.size() == most) return;
        for (const Element& element : elements_on(*way)) {
            if (singles_.contains(element)) continue;
            const auto place = std::lower_bound(chosen_.begin(), chosen_.end(), element) - chosen_.begin();
            chosen_.insert(chosen_.begin() + place, element);
            for (const std::uint32_t node : taken_by(element)) ++down_[node];
            grow(most);
            for (const std::uint32_t node : taken_by(element)) --down_[node];
            chosen_.erase(chosen_.begin() + place);
        }
    }

    std::set<Element> elements_on(const Numbers& way) const {
        std::set<Element> elements;
        for (const std::uint32_t node : way) {
            const NodeId id = part_.nodes[node];
            if (network_.nodes[id].kind != NodeKind::users) elements.insert(id);
            elements.insert(part_.taken_by[node].begin(), part_.taken_by[node].end());
        }
        return elements;
    }

    Numbers taken_by(const Element& element) const {
        if (const auto* cause = std::get_if<CommonCauseId>(&element)) return taken_.at(*cause);
        return {*part_.find(std::get<NodeId>(element))};
    }

    const Network& network_;
    const Part& part_;
    std::map<CommonCauseId, Numbers> taken_;
    std::vector<unsigned> down_;  // by how many of the chosen
    CutSet chosen_;
    std::set<Element> singles_;
    std::set<CutSet> found_;
};

// What takes one of `before` and one of `next`, in as few elements as that needs.
std::vector<CutSet> unions(const std::vector<CutSet>& before, const std::vector<CutSet>& next) {
    std::vector<CutSet> both;
    for (const CutSet& one : before) {
        if (contains_any(one, next)) {
            both.push_back(one);
            continue;
        }
        for (const CutSet& other : next) {
            CutSet joined;
            std::set_union(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(joined));
            if (joined.size() <= cut_order_max) both.push_back(std::move(joined));
        }
    }
    return minimal(std::move(both));
}

// --- spare capacity

// How many calls fit through a part at once, with some of its nodes gone.
class Plumbing {
public:
    // Each node is two, joined by an arc of its capacity; arc i is that of node i.
    Plumbing(const Network& network, const Part& part)
        : nodes_(2 * part.nodes.size() + 1), source_(2 * part.source), sink_(2 * part.sink()) {
        for (std::uint32_t node = 0; node < part.sink(); ++node) {
            const auto limit = network.nodes[part.nodes[node]].calls_max;
            arcs_.push_back({2 * node, 2 * node + 1, limit ? std::int64_t{*limit} : boundless});
        }
        for (std::uint32_t node = 0; node < part.sink(); ++node)
            for (const std::uint32_t next : part.neighbours[node])
                arcs_.push_back({2 * node + 1, 2 * next, boundless});
    }

    std::int64_t calls_without(const Numbers& gone) const {
        std::vector<Arc> arcs = arcs_;
        for (const std::uint32_t node : gone) arcs[node].capacity = 0;
        return max_flow(nodes_, arcs, source_, sink_);
    }

private:
    std::size_t nodes_;
    std::uint32_t source_, sink_;
    std::vector<Arc> arcs_;
};

// Appliances of one capacity that hang between the same nodes are like one another: it does not matter which of
// them is gone, only how many. What they are alike in, node by node.
using Likeness = std::vector<std::int64_t>;

// Those that a node leads to, and those that lead to it.
Numbers around(const Part& part, std::uint32_t node) {
    Numbers nodes = part.neighbours[node];
    for (std::uint32_t other = 0; other < part.neighbours.size(); ++other)
        if (std::find(part.neighbours[other].begin(), part.neighbours[other].end(), node) !=
            part.neighbours[other].end())
            nodes.push_back(other);
    sort_once(nodes);
    return nodes;
}

Likeness likeness(const Network& network, const Part& part, const std::vector<NodeId>& appliance) {
    enum : std::int64_t { off_the_way = -1, none = -2, within = -3 };
    Likeness words;
    for (const NodeId id : appliance) {
        const auto node = part.find(id);
        if (!node) {
            words.push_back(off_the_way);
            continue;
        }
        const auto limit = network.nodes[id].calls_max;
        words.push_back(limit ? std::int64_t{*limit} : none);
        const std::size_t begin = words.size();
        for (const std::uint32_t next : around(part, *node)) {
            const auto own = next == part.sink()
                                 ? appliance.end()
                                 : std::find(appliance.begin(), appliance.end(), part.nodes[next]);
            words.push_back(own == appliance.end() ? next : within - (own - appliance.begin()));
        }
        std::sort(words.begin() + static_cast<std::ptrdiff_t>(begin), words.end());
        words.push_back(none);
    }
    return words;
}

class WorstLoss {
public:
    WorstLoss(const Network& network, const Part& part, const Way& way) : plumbing_(network, part) {
        std::map<Likeness, Numbers> hosts;
        for (const std::vector<NodeId>& appliance : way.appliances) {
            const auto host = part.find(appliance.front());
            if (host) hosts[likeness(network, part, appliance)].push_back(*host);
        }
        for (auto& [alike, numbers] : hosts) classes_.push_back(std::move(numbers));
    }

    unsigned appliances() const {
        std::size_t sum = 0;
        for (const Numbers& hosts : classes_) sum += hosts.size();
        return static_cast<unsigned>(sum);
    }

    // The least that any `count` appliances leave. REQUIRES count <= appliances().
    std::int64_t calls_left(unsigned count) {
        least_ = boundless;
        lose(0, count);
        return least_;
    }

private:
    void lose(std::size_t first_class, std::size_t count) {
        if (count == 0) {
            least_ = std::min(least_, plumbing_.calls_without(gone_));
            return;
        }
        if (first_class == classes_.size()) return;
        const Numbers& hosts = classes_[first_class];
        const std::size_t before = gone_.size();
        for (std::size_t n = 0; n <= std::min(count, hosts.size()); ++n) {
            if (n > 0) gone_.push_back(hosts[n - 1]);
            lose(first_class + 1, count - n);
        }
        gone_.resize(before);
    }

    Plumbing plumbing_;
    std::vector<Numbers> classes_;
    Numbers gone_;
    std::int64_t least_ = boundless;
};

// --- parts

// Each way gets a sink behind its carriers and a tie from there back to its users. Then a node lies on a way
// from the one to the other exactly if it shares a ring, and so a block, with that tie. All ways at once: they
// may share blocks then that they do not have alone, so this gives candidates, and none too few.
std::vector<std::vector<NodeId>> candidates(const Network& network) {
    std::vector<Tie> ties;
    for (const Link& link : network.links)  // either way: that, too, gives none too few
        ties.push_back({vocabulary::subject_of(link.one), vocabulary::subject_of(link.other)});
    std::vector<std::size_t> ways_back;
    auto sink = static_cast<std::uint32_t>(network.nodes.size());
    for (const Way& way : network.ways) {
        for (const NodeId carrier : way.carriers) ties.push_back({vocabulary::subject_of(carrier), sink});
        ways_back.push_back(ties.size());
        ties.push_back({vocabulary::subject_of(way.users), sink++});
    }
    const std::vector<std::size_t> block_of = blocks(sink, ties).of;
    std::vector<std::vector<NodeId>> members(ties.size());  // there are no more blocks than ties
    for (std::size_t i = 0; i < ties.size(); ++i)
        for (const std::uint32_t node : {ties[i].one, ties[i].other})
            if (node < network.nodes.size()) members[block_of[i]].push_back(NodeId{node});
    std::vector<std::vector<NodeId>> found;
    for (const std::size_t way_back : ways_back) {
        found.push_back(members[block_of[way_back]]);
        sort_once(found.back());
    }
    return found;
}

std::vector<Tie> ties_of(const Part& part) {
    std::vector<Tie> ties;
    for (std::uint32_t node = 0; node <= part.sink(); ++node)
        for (const std::uint32_t next : part.neighbours[node])
            ties.push_back({std::min(node, next), std::max(node, next)});
    std::sort(ties.begin(), ties.end(), [](const Tie& a, const Tie& b) {
        return std::pair{a.one, a.other} < std::pair{b.one, b.other};
    });
    ties.erase(std::unique(ties.begin(), ties.end(),
                           [](const Tie& a, const Tie& b) { return a.one == b.one && a.other == b.other; }),
               ties.end());
    return ties;
}

// By node: whether steps lead there from this one, itself included.
std::vector<bool> led_to(const std::vector<Numbers>& steps, std::uint32_t from) {
    std::vector<bool> seen(steps.size(), false);
    Numbers queue{from};
    seen[from] = true;
    for (std::size_t next = 0; next < queue.size(); ++next)
        for (const std::uint32_t node : steps[queue[next]]) {
            if (seen[node]) continue;
            seen[node] = true;
            queue.push_back(node);
        }
    return seen;
}

// The nodes of a part that lie on a way through it, and its source in any case. A node in the block of the tie
// back may still be one that no steps from the users lead to, or none from it to the sink.
std::vector<NodeId> crossed(const Part& part) {
    std::vector<Numbers> back(part.neighbours.size());
    for (std::uint32_t node = 0; node <= part.sink(); ++node)
        for (const std::uint32_t next : part.neighbours[node]) back[next].push_back(node);
    std::vector<Numbers> steps = part.neighbours;
    steps[part.sink()].clear();  // nothing goes on behind the carriers
    const std::vector<bool> from_users = led_to(steps, part.source);
    const std::vector<bool> to_carriers = led_to(back, part.sink());
    const auto is_on_a_way = [&](std::uint32_t node) {
        return node == part.source || (from_users[node] && to_carriers[node]);
    };
    std::vector<Tie> ties = ties_of(part);
    ties.push_back({part.source, part.sink()});
    const std::vector<std::size_t> block_of = blocks(part.nodes.size() + 1, ties).of;
    std::vector<NodeId> nodes;
    for (std::size_t i = 0; i < ties.size(); ++i)
        for (const std::uint32_t node : {ties[i].one, ties[i].other})
            if (block_of[i] == block_of.back() && node != part.sink() && is_on_a_way(node))
                nodes.push_back(part.nodes[node]);
    sort_once(nodes);
    return nodes;
}

// What the parts are made from, by node.
struct Surroundings {
    std::vector<std::vector<NodeId>> neighbours;
    std::vector<std::vector<CommonCauseId>> taken_by;

    explicit Surroundings(const Network& network)
        : neighbours(network.nodes.size()), taken_by(network.nodes.size()) {
        for (const Link& link : network.links) {
            SIM_CHECK(link.one != link.other);
            neighbours[index(link.one)].push_back(link.other);
            if (!link.one_way) neighbours[index(link.other)].push_back(link.one);
        }
        for (std::size_t i = 0; i < network.causes.size(); ++i)
            for (const NodeId node : network.causes[static_cast<CommonCauseId>(i)].takes)
                taken_by[index(node)].push_back(static_cast<CommonCauseId>(i));
        for (auto& nodes : neighbours) sort_once(nodes);
        for (auto& causes : taken_by) sort_once(causes);
    }
};

Part assemble(const Surroundings& around, const Way& way, std::vector<NodeId> nodes) {
    Part part;
    part.nodes = std::move(nodes);
    part.neighbours.resize(part.nodes.size() + 1);
    for (std::uint32_t node = 0; node < part.sink(); ++node) {
        for (const NodeId next : around.neighbours[index(part.nodes[node])])
            if (const auto number = part.find(next)) part.neighbours[node].push_back(*number);
        part.taken_by.push_back(around.taken_by[index(part.nodes[node])]);
    }
    std::vector<NodeId> carriers = way.carriers;
    sort_once(carriers);
    for (const NodeId carrier : carriers) {
        const auto number = part.find(carrier);
        if (!number) continue;
        part.neighbours[*number].push_back(part.sink());
        part.neighbours[part.sink()].push_back(*number);
    }
    part.source = *part.find(way.users);
    return part;
}

}  // namespace

std::string_view text(NodeKind kind) {
    static constexpr std::array<std::string_view, 8> names{"users", "cloud",     "provider", "host",
                                                           "edge",  "mediation", "gateway",  "carrier"};
    return names[static_cast<std::size_t>(kind)];
}

bool is_outside(NodeKind kind) {
    return kind == NodeKind::cloud || kind == NodeKind::provider || kind == NodeKind::carrier;
}

std::optional<std::uint32_t> Survey::Part::find(NodeId id) const {
    const auto place = std::lower_bound(nodes.begin(), nodes.end(), id);
    if (place == nodes.end() || *place != id) return std::nullopt;
    return static_cast<std::uint32_t>(place - nodes.begin());
}

Survey::Survey(Network network) : network_(std::move(network)) {
    const Surroundings around(network_);
    const auto of_way = candidates(network_);
    for (std::size_t i = 0; i < network_.ways.size(); ++i) {
        const Way& way = network_.ways[static_cast<SiteId>(i)];
        parts_.add(assemble(around, way, crossed(assemble(around, way, of_way[i]))));
    }
}

std::vector<SiteId> Survey::reachable(const std::vector<NodeId>& down) const {
    std::vector<NodeId> lost = down;
    sort_once(lost);
    std::vector<SiteId> sites;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        const Part& part = parts_[static_cast<SiteId>(i)];
        std::vector<unsigned> is_down;
        for (const NodeId node : part.nodes) is_down.push_back(has(lost, node) ? 1 : 0);
        if (open_way(part, is_down)) sites.push_back(static_cast<SiteId>(i));
    }
    return sites;
}

std::vector<NodeId> Survey::on_the_way(SiteId site) const {
    const Part& part = parts_[site];
    return open_way(part, std::vector<unsigned>(part.nodes.size(), 0)) ? part.nodes : std::vector<NodeId>{};
}

std::vector<NodeId> Survey::articulations(SiteId site) const {
    const Part& part = parts_[site];
    std::vector<NodeId> nodes;
    for (const std::uint32_t node : blocks(part.nodes.size() + 1, ties_of(part)).articulations)
        if (network_.nodes[part.nodes[node]].kind != NodeKind::users) nodes.push_back(part.nodes[node]);
    return nodes;
}

std::vector<CutSet> Survey::cut_sets(SiteId site) const {
    return CutSearch(network_, parts_[site]).all();
}

std::vector<CutSet> Survey::tenant_cut_sets() const {
    const std::vector<SiteId> sites = reachable();
    if (sites.empty()) return {};
    std::vector<CutSet> sets{{}};  // nothing takes no site
    for (const SiteId site : sites) sets = unions(sets, cut_sets(site));
    return sets;
}

std::vector<Spare> Survey::spare(SiteId site, unsigned gone_max) const {
    const Way& way = network_.ways[site];
    WorstLoss worst(network_, parts_[site], way);
    std::vector<Spare> rows;
    for (unsigned gone = 0; gone <= std::min(gone_max, worst.appliances()); ++gone) {
        const std::int64_t calls = worst.calls_left(gone);
        const double blocking =
            calls == boundless ? 0 : kernel::erlang_b(static_cast<unsigned>(calls), way.erlangs);
        rows.push_back({gone, static_cast<std::uint64_t>(calls), way.erlangs, blocking});
    }
    return rows;
}

}  // namespace sim::topology
