// Cut sets, single points of failure and spare capacity: of small networks whose answers were found by hand,
// and of random ones whose answers are found by trying everything.

#include "sim/topology/network.hpp"
#include "sim/kernel/math.hpp"
#include "sim/topology/graph.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <set>
#include <string>

using namespace sim::topology;
using sim::vocabulary::index;

namespace {

constexpr SiteId first{0};
constexpr SiteId second{1};

// Nodes are letters, and a set of them is a word; common causes are capitals. A site's users are small 'u' or
// 'v'.
struct Sketch {
    Network network;

    explicit Sketch(const std::string& letters) {
        for (const char letter : letters)
            network.nodes.add({letter == 'u' || letter == 'v' ? NodeKind::users : NodeKind::host,
                               std::string(1, letter),
                               {},
                               {}});
    }
    NodeId node(char letter) const {
        for (std::size_t i = 0; i < network.nodes.size(); ++i)
            if (network.nodes[static_cast<NodeId>(i)].name[0] == letter) return static_cast<NodeId>(i);
        throw std::invalid_argument("no such node");
    }
    std::vector<NodeId> nodes(const std::string& letters) const {
        std::vector<NodeId> found;
        for (const char letter : letters) found.push_back(node(letter));
        return found;
    }
    Sketch& links(const std::string& words) {  // "ua ab ac"
        for (std::size_t i = 0; i + 1 < words.size(); i += 3)
            network.links.push_back({node(words[i]), node(words[i + 1])});
        return *this;
    }
    Sketch& way(char users, const std::string& carriers, const std::string& appliances = "",
                double erlangs = 0) {
        Way way{"site", erlangs, node(users), nodes(carriers), {}};
        for (const NodeId host : nodes(appliances)) way.appliances.push_back({host});
        network.ways.add(way);
        return *this;
    }
    Sketch& cause(char name, const std::string& takes) {
        network.causes.add({std::string(1, name), nodes(takes)});
        return *this;
    }
    Sketch& fits(char letter, unsigned calls) {
        network.nodes[node(letter)].calls_max = calls;
        return *this;
    }

    std::string word(const CutSet& set) const {
        std::string letters;
        for (const Element& element : set)
            letters += std::holds_alternative<NodeId>(element)
                           ? network.nodes[std::get<NodeId>(element)].name
                           : network.causes[std::get<CommonCauseId>(element)].name;
        return letters;
    }
    std::string words(const std::vector<CutSet>& sets) const {
        std::string all;
        for (const CutSet& set : sets) all += (all.empty() ? "" : " ") + word(set);
        return all;
    }
    std::string word(const std::vector<NodeId>& nodes) const {
        return word(CutSet(nodes.begin(), nodes.end()));
    }

    std::string cuts(SiteId site = first) const { return words(Survey(network).cut_sets(site)); }
    std::string tenant() const { return words(Survey(network).tenant_cut_sets()); }
    std::string articulations(SiteId site = first) const { return word(Survey(network).articulations(site)); }
    std::string on_the_way(SiteId site = first) const { return word(Survey(network).on_the_way(site)); }
    std::string calls(unsigned gone, SiteId site = first) const {
        std::string all;
        for (const Spare& row : Survey(network).spare(site, gone))
            all += (all.empty() ? "" : " ") + std::to_string(row.calls);
        return all;
    }
};

}  // namespace

TEST_CASE("of a chain each node is a single point of failure", "[topology]") {
    Sketch chain("uabc");
    chain.links("ua ab bc").way('u', "c");
    CHECK(chain.cuts() == "a b c");
    CHECK(chain.articulations() == "abc");
}

TEST_CASE("a way does not turn back over a link that leads one way", "[topology]") {
    // From c the way leads on to t, and from b to c none.
    Sketch detour("uabct");
    detour.links("ua ab cb ct").way('u', "t");
    CHECK(detour.cuts() == "a b c t");
    for (Link& link : detour.network.links) link.one_way = true;
    CHECK(detour.cuts().empty());
    CHECK(detour.on_the_way().empty());
    detour.network.links.push_back({detour.node('a'), detour.node('c'), true});
    CHECK(detour.cuts() == "a c t");
    CHECK(detour.on_the_way() == "uact");
}

TEST_CASE("two ways side by side fall only together", "[topology]") {
    Sketch pair("uabcd");
    pair.links("ua ab ac bd cd").way('u', "d");
    CHECK(pair.cuts() == "a d bc");
    CHECK(pair.articulations() == "ad");
}

TEST_CASE("a bridge between two ways spares them some of the sets", "[topology]") {
    // u - a - b - t and u - c - d - t, and x between a and d: a and d do not cut, for c - d is no way without
    // d.
    Sketch ladder("uabcdtx");
    ladder.links("ua ab bt uc cd dt ax xd").way('u', "t");
    CHECK(ladder.cuts() == "t ac ad bd bcx");
    CHECK(ladder.articulations() == "t");
}

TEST_CASE("any carrier will do", "[topology]") {
    Sketch fork("uabc");
    fork.links("ua ab ac").way('u', "bc");
    CHECK(fork.cuts() == "a bc");
}

TEST_CASE("cut sets of more than three are not looked for", "[topology]") {
    Sketch wide("uabcdt");
    wide.links("ua ub uc ud at bt ct dt").way('u', "t");
    CHECK(wide.cuts() == "t");
    Sketch three("uabct");
    three.links("ua ub uc at bt ct").way('u', "t");
    CHECK(three.cuts() == "t abc");
}

TEST_CASE("a dead end is not on the way", "[topology]") {
    Sketch house("uabct");
    house.links("ua at ab bc ac").way('u', "t");
    CHECK(house.on_the_way() == "uat");
    CHECK(house.cuts() == "a t");
}

TEST_CASE("users never fail, even where others' calls would cross them", "[topology]") {
    Sketch odd("uvat");
    odd.links("uv va at").way('u', "t");
    CHECK(odd.cuts() == "a t");
    CHECK(odd.articulations() == "at");
}

TEST_CASE("a common cause counts as one", "[topology]") {
    Sketch rack("uabct");
    rack.links("ua ub uc at bt ct").way('u', "t").cause('R', "ab");
    CHECK(rack.cuts() == "t cR abc");
    rack.cause('S', "bc");
    CHECK(rack.cuts() == "t aS cR RS abc");
    rack.cause('T', "abc");
    CHECK(rack.cuts() == "t T aS cR RS abc");
}

TEST_CASE("a cause is no part of a set that does without it", "[topology]") {
    Sketch rack("uabt");
    rack.links("ua ab bt").way('u', "t").cause('R', "ab");
    CHECK(rack.cuts() == "a b t R");
}

TEST_CASE("the tenant is gone when every site is", "[topology]") {
    Sketch two("uvcabst");
    two.links("uc vc ca cb as bt").way('u', "s").way('v', "t");
    CHECK(two.cuts(first) == "c a s");
    CHECK(two.cuts(second) == "c b t");
    CHECK(two.tenant() == "c ab at bs st");
    two.cause('R', "ab");
    CHECK(two.tenant() == "c R ab at bs st");
}

TEST_CASE("a site that cannot be reached has no cut sets, and the tenant is gone without it", "[topology]") {
    Sketch two("uvcast");
    two.links("uc ca as").way('u', "s").way('v', "t");
    CHECK(two.cuts(second).empty());
    CHECK(two.on_the_way(second).empty());
    CHECK(two.tenant() == "c a s");
    CHECK(Survey(two.network).reachable() == std::vector<SiteId>{first});
    CHECK(two.calls(3, second) == "0");
}

TEST_CASE("what is down decides which sites are reachable", "[topology]") {
    Sketch two("uvcabst");
    two.links("uc vc ca cb as bt").way('u', "s").way('v', "t");
    const Survey survey(two.network);
    CHECK(survey.reachable() == std::vector<SiteId>{first, second});
    CHECK(survey.reachable(two.nodes("ta")).empty());
    CHECK(survey.reachable(two.nodes("b")) == std::vector<SiteId>{first});
    CHECK(survey.reachable(two.nodes("u")) == std::vector<SiteId>{second});
}

TEST_CASE("as many calls fit as the narrowest places let through together", "[topology]") {
    // a 4 and b 7 side by side, each to both of s 5 and t 3: eleven could come in, eight can go out.
    Sketch site("uabst");
    site.links("ua ub as at bs bt").way('u', "st", "ab");
    site.fits('a', 4).fits('b', 7).fits('s', 5).fits('t', 3);
    CHECK(site.calls(0) == "8");
    CHECK(site.calls(1) == "8 4");    // b is the one to miss
    CHECK(site.calls(9) == "8 4 0");  // there are no more than two
}

TEST_CASE("the worst two need not hold the worst one", "[topology]") {
    // a and b stand in for each other before s, so c alone is missed most. Without a and b only c's four are
    // left.
    Sketch site("uabcst");
    site.links("ua ub uc as bs ct").way('u', "st", "abc");
    site.fits('a', 5).fits('b', 5).fits('c', 4).fits('s', 5);
    CHECK(site.calls(3) == "9 5 4 0");
}

TEST_CASE("where channels are scarce the larger appliance is missed all the same", "[topology]") {
    Sketch site("uabct");
    site.links("ua ub uc at bt ct").way('u', "t", "abc");
    site.fits('a', 50).fits('b', 500).fits('c', 500).fits('t', 400);
    CHECK(site.calls(3) == "400 400 50 0");
}

TEST_CASE("blocking stands beside the calls that still fit", "[topology]") {
    Sketch site("uabt");
    site.links("ua ub at bt").way('u', "t", "ab", 30);
    site.fits('a', 20).fits('b', 20);
    const auto rows = Survey(site.network).spare(first, 3);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].blocking == sim::kernel::erlang_b(40, 30));
    CHECK(rows[1].calls == 20);
    CHECK(rows[1].blocking == sim::kernel::erlang_b(20, 30));
    CHECK(rows[2].gone == 2);
    CHECK(rows[2].blocking == 1);
}

TEST_CASE("blocks share no more than a node, and that node tears them apart", "[topology]") {
    const Blocks bow_tie = blocks(6, {{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {4, 2}, {4, 5}});
    CHECK(bow_tie.articulations == std::vector<std::uint32_t>{2, 4});
    CHECK(bow_tie.of[0] == bow_tie.of[2]);
    CHECK(bow_tie.of[3] == bow_tie.of[5]);
    CHECK(bow_tie.of[0] != bow_tie.of[3]);
    CHECK(bow_tie.of[6] != bow_tie.of[5]);
}

TEST_CASE("flow is what the narrowest cut lets through", "[topology]") {
    // From a textbook: 16 and 13 leave the source, 20 and 4 enter the sink, and 23 arrive.
    const std::vector<Arc> arcs{{0, 1, 16}, {0, 2, 13}, {1, 3, 12}, {2, 1, 4}, {3, 2, 9},
                                {2, 4, 14}, {4, 3, 7},  {3, 5, 20}, {4, 5, 4}};
    CHECK(max_flow(6, arcs, 0, 5) == 23);
    CHECK(max_flow(6, arcs, 5, 0) == 0);
}

namespace {

// Everything is tried, and nothing is clever.
class Tries {
public:
    explicit Tries(const Network& network) : network_(network) {
        for (std::size_t i = 0; i < network.nodes.size(); ++i)
            if (network.nodes[static_cast<NodeId>(i)].kind != NodeKind::users)
                elements_.emplace_back(static_cast<NodeId>(i));
        for (std::size_t i = 0; i < network.causes.size(); ++i)
            elements_.emplace_back(static_cast<CommonCauseId>(i));
    }

    bool reaches(SiteId site, const std::set<NodeId>& down) const {
        const Way& way = network_.ways[site];
        std::set<NodeId> seen;
        if (!down.contains(way.users)) seen.insert(way.users);
        for (std::size_t before = 0; before != seen.size();) {
            before = seen.size();
            for (const Link& link : network_.links) {
                if (seen.contains(link.one) && !down.contains(link.other)) seen.insert(link.other);
                if (!link.one_way && seen.contains(link.other) && !down.contains(link.one))
                    seen.insert(link.one);
            }
        }
        return std::any_of(way.carriers.begin(), way.carriers.end(),
                           [&](NodeId carrier) { return seen.contains(carrier); });
    }

    std::set<NodeId> taken_by(const CutSet& set) const {
        std::set<NodeId> nodes;
        for (const Element& element : set) {
            if (const auto* cause = std::get_if<CommonCauseId>(&element))
                nodes.insert(network_.causes[*cause].takes.begin(), network_.causes[*cause].takes.end());
            else
                nodes.insert(std::get<NodeId>(element));
        }
        return nodes;
    }

    // The minimal sets, of at most three, that take all of `sites`.
    std::vector<CutSet> cut_sets(const std::vector<SiteId>& sites) const {
        std::vector<CutSet> found;
        for (std::size_t order = 1; order <= cut_order_max; ++order) extend(found, sites, {}, 0, order);
        return found;
    }

    std::vector<SiteId> reachable() const {
        std::vector<SiteId> sites;
        for (std::size_t i = 0; i < network_.ways.size(); ++i)
            if (reaches(static_cast<SiteId>(i), {})) sites.push_back(static_cast<SiteId>(i));
        return sites;
    }

    // Whether some way without a turn leads through all of `trail` and then on over `id` to a carrier.
    bool leads_over(SiteId site, NodeId id, std::vector<NodeId>& trail) const {
        const NodeId here = trail.back();
        const auto& carriers = network_.ways[site].carriers;
        const auto was_here = [&](NodeId node) {
            return std::find(trail.begin(), trail.end(), node) != trail.end();
        };
        if (was_here(id) && std::find(carriers.begin(), carriers.end(), here) != carriers.end()) return true;
        for (const Link& link : network_.links) {
            if (link.one != here && (link.one_way || link.other != here)) continue;
            const NodeId next = link.one == here ? link.other : link.one;
            if (was_here(next)) continue;
            trail.push_back(next);
            const bool found = leads_over(site, id, trail);
            trail.pop_back();
            if (found) return true;
        }
        return false;
    }

private:
    void extend(std::vector<CutSet>& found, const std::vector<SiteId>& sites, const CutSet& chosen,
                std::size_t next, std::size_t order) const {
        if (chosen.size() == order) {
            const auto down = taken_by(chosen);
            const bool takes_all =
                std::none_of(sites.begin(), sites.end(), [&](SiteId site) { return reaches(site, down); });
            const bool is_minimal = std::none_of(found.begin(), found.end(), [&](const CutSet& smaller) {
                return std::includes(chosen.begin(), chosen.end(), smaller.begin(), smaller.end());
            });
            if (takes_all && is_minimal) found.push_back(chosen);
            return;
        }
        for (std::size_t i = next; i < elements_.size(); ++i) {
            CutSet longer = chosen;
            longer.push_back(elements_[i]);
            extend(found, sites, longer, i + 1, order);
        }
    }

    const Network& network_;
    std::vector<Element> elements_;
};

// Up to nine nodes, joined at random, all links one way or none; one or two sites, none to three common causes.
Sketch random_sketch(std::mt19937_64& dice, bool one_way) {
    const auto roll = [&dice](std::size_t sides) { return static_cast<std::size_t>(dice() % sides); };
    const std::string inner = std::string("abcdefghi").substr(0, 4 + roll(6));
    const std::string letters = "uv" + inner;
    Sketch sketch(letters);
    const std::size_t density = 2 + roll(4);
    for (std::size_t i = 0; i < letters.size(); ++i)
        for (std::size_t j = i + 1; j < letters.size(); ++j)
            if (roll(10) < density && letters[j] != 'v') sketch.links({letters[i], letters[j]});
    for (Link& link : sketch.network.links) link.one_way = one_way;
    for (const char letter : inner)
        if (roll(3) > 0) sketch.fits(letter, static_cast<unsigned>(1 + roll(9)));
    const auto some = [&](std::size_t count) {
        std::string chosen;
        for (std::size_t i = 0; i < count; ++i) chosen += inner[roll(inner.size())];
        return chosen;
    };
    const std::size_t sites = 1 + roll(2);
    for (std::size_t site = 0; site < sites; ++site) {
        std::string hosts = some(4);
        std::sort(hosts.begin(), hosts.end());
        hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
        const std::string carriers = some(1 + roll(2));
        sketch.way("uv"[site], carriers, hosts, 1);
    }
    for (std::size_t cause = roll(4); cause > 0; --cause) sketch.cause("ABC"[cause - 1], some(2 + roll(2)));
    return sketch;
}

constexpr std::uint64_t seeds = 400;

// Asks of each of `count` random networks.
template <class Ask>
void of_random_networks(std::uint64_t count, Ask ask, bool one_way = false) {
    for (std::uint64_t seed = 1; seed <= count; ++seed) {
        INFO("seed " << seed << (one_way ? ", one way" : ""));
        std::mt19937_64 dice(seed);
        const Sketch sketch = random_sketch(dice, one_way);
        ask(sketch, Survey(sketch.network));
    }
}

}  // namespace

TEST_CASE("the cut sets of random networks are those found by trying all sets", "[topology]") {
    std::size_t found = 0;
    const auto ask = [&](const Sketch& sketch, const Survey& survey) {
        const Tries tries(sketch.network);
        REQUIRE(survey.reachable() == tries.reachable());
        for (const SiteId site : tries.reachable()) {
            const auto sets = tries.cut_sets({site});
            found += sets.size();
            REQUIRE(sketch.words(survey.cut_sets(site)) == sketch.words(sets));
        }
        const auto whole =
            tries.reachable().empty() ? std::vector<CutSet>{} : tries.cut_sets(tries.reachable());
        REQUIRE(sketch.words(survey.tenant_cut_sets()) == sketch.words(whole));
    };
    of_random_networks(seeds, ask);
    of_random_networks(seeds, ask, true);
    CHECK(found > seeds);  // something was compared
}

TEST_CASE("the articulation points of random networks are the nodes that cut alone", "[topology]") {
    of_random_networks(seeds, [&](const Sketch& sketch, const Survey& survey) {
        for (const SiteId site : survey.reachable()) {
            CutSet alone;
            for (const CutSet& set : survey.cut_sets(site))
                if (set.size() == 1 && std::holds_alternative<NodeId>(set[0])) alone.push_back(set[0]);
            REQUIRE(sketch.word(survey.articulations(site)) == sketch.word(alone));
        }
    });
}

TEST_CASE("a node of a random network is on the way if a way without a turn leads over it", "[topology]") {
    const auto ask = [&](const Sketch& sketch, const Survey& survey) {
        const Tries tries(sketch.network);
        for (const SiteId site : survey.reachable()) {
            std::vector<NodeId> crossed;
            for (std::size_t i = 0; i < sketch.network.nodes.size(); ++i) {
                std::vector<NodeId> trail{sketch.network.ways[site].users};
                if (tries.leads_over(site, static_cast<NodeId>(i), trail))
                    crossed.push_back(static_cast<NodeId>(i));
            }
            REQUIRE(sketch.word(survey.on_the_way(site)) == sketch.word(crossed));
        }
    };
    of_random_networks(seeds / 4, ask);
    of_random_networks(seeds / 4, ask, true);
}

TEST_CASE("what random networks have left is the least that any appliances leave when they are gone",
          "[topology]") {
    const auto ask = [&](const Sketch& sketch, const Survey& survey) {
        for (const SiteId site : survey.reachable()) {
            const auto rows = survey.spare(site, 4);
            std::vector<NodeId> hosts;
            for (const auto& appliance : sketch.network.ways[site].appliances) {
                const auto way = survey.on_the_way(site);
                if (std::find(way.begin(), way.end(), appliance[0]) != way.end()) hosts.push_back(appliance[0]);
            }
            REQUIRE(rows.size() == hosts.size() + 1);
            std::vector<std::uint64_t> least(rows.size(), UINT64_MAX);
            for (std::size_t choice = 0; choice < (std::size_t{1} << hosts.size()); ++choice) {
                Network rest = sketch.network;
                std::size_t gone = 0;
                for (std::size_t i = 0; i < hosts.size(); ++i)
                    if ((choice >> i & 1) != 0) {
                        rest.nodes[hosts[i]].calls_max = 0;
                        ++gone;
                    }
                least[gone] = std::min(least[gone], Survey(rest).spare(site, 0)[0].calls);
            }
            for (const Spare& row : rows) REQUIRE(row.calls == least[row.gone]);
        }
    };
    of_random_networks(seeds, ask);
    of_random_networks(seeds, ask, true);
}
