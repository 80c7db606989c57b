#include "sim/cli/topology_views.hpp"

#include "reports/figures.hpp"
#include "reports/table.hpp"
#include "sim/vocabulary/problems.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace sim::cli {

using reports::Align;
using reports::dash;
using reports::grouped;
using reports::Table;
using topology::CutSet;
using topology::Element;
using topology::Network;
using topology::Node;
using topology::NodeId;
using topology::NodeKind;
using topology::Survey;
using vocabulary::CommonCauseId;
using vocabulary::shown;
using vocabulary::SiteId;

namespace {

std::vector<SiteId> sites_of(const TopologyView& view) {
    if (view.site) return {*view.site};
    std::vector<SiteId> sites;
    for (std::size_t i = 0; i < view.survey.network().ways.size(); ++i) sites.push_back(static_cast<SiteId>(i));
    return sites;
}

bool is_reachable(const Survey& survey, SiteId site) {
    const std::vector<SiteId> sites = survey.reachable();
    return std::find(sites.begin(), sites.end(), site) != sites.end();
}

// --- text

constexpr const char* how_to_read =
    R"(A call goes from the users through the cloud, the site's Internet provider, the host, the Edge and the
Mediation of an appliance, a gateway and its carrier. What is (outside) is not the planner's to mend.
A cut set takes a site when all of it is gone: one thing of each of its lines.
)";

std::string named(const Node& node) {
    return shown(node.name) + (is_outside(node.kind) ? " (outside)" : "");
}

std::string named(const Network& network, const Element& element) {
    if (const auto* cause = std::get_if<CommonCauseId>(&element))
        return shown(network.causes[*cause].name) + " (common cause)";
    return named(network.nodes[std::get<NodeId>(element)]);
}

std::string counted(std::size_t count, const std::string& thing) {
    return fmt::format("{} {}{}", grouped(count), thing, count == 1 ? "" : "s");
}

std::string on_the_way(const Survey& survey, SiteId site) {
    Table table({{"on the way", Align::left}, {"kind", Align::left}, {"calls\nat most"}});
    std::vector<NodeId> nodes = survey.on_the_way(site);
    std::stable_partition(nodes.begin(), nodes.end(), [&](NodeId id) {  // read from the users on
        return survey.network().nodes[id].kind == NodeKind::users;
    });
    for (const NodeId id : nodes) {
        const Node& node = survey.network().nodes[id];
        table.add(
            {named(node), std::string{text(node.kind)}, node.calls_max ? grouped(*node.calls_max) : dash});
    }
    return table.empty() ? "No way leads from its users to a carrier.\n" : table.text();
}

// Several cut sets in one: one alternative of each place makes one of them.
using Family = std::vector<std::vector<Element>>;

// Joins the families that differ in one place alone. Nine sets of "a part of this appliance and a part of that
// one" become three, then one.
std::vector<Family> joined_at(const std::vector<Family>& families, std::size_t place) {
    std::vector<Family> joined;
    for (const Family& family : families) {
        const auto differs_here_alone = [&](const Family& other) {
            for (std::size_t i = 0; i < family.size(); ++i)
                if (i != place && family[i] != other[i]) return false;
            return true;
        };
        const auto twin = std::find_if(joined.begin(), joined.end(), differs_here_alone);
        if (twin == joined.end())
            joined.push_back(family);
        else
            (*twin)[place].insert((*twin)[place].end(), family[place].begin(), family[place].end());
    }
    return joined;
}

std::string line_of(const Network& network, const Family& family) {
    std::string line;
    for (const std::vector<Element>& alternatives : family) {
        line += line.empty() ? "  " : "    and ";
        for (std::size_t i = 0; i < alternatives.size(); ++i)
            line += (i == 0                         ? ""
                     : i + 1 == alternatives.size() ? " or "
                                                    : ", ") +
                    named(network, alternatives[i]);
        line += "\n";
    }
    return line;
}

std::string of_order(const Network& network, const std::vector<CutSet>& sets, std::size_t order) {
    std::vector<Family> families;
    std::size_t count = 0;
    for (const CutSet& set : sets) {
        if (set.size() != order) continue;
        ++count;
        families.emplace_back();
        for (const Element& element : set) families.back().push_back({element});
    }
    std::string text = order == 1 ? "single points of failure: " : fmt::format("cut sets of {}: ", order);
    text += count == 0 ? "none\n" : grouped(count) + "\n";
    if (order > 1)
        for (std::size_t place = 0; place < order; ++place) families = joined_at(families, place);
    for (const Family& family : families) text += line_of(network, family);
    return text;
}

std::string cut_sets(const Network& network, const std::vector<CutSet>& sets) {
    std::string text;
    for (std::size_t order = 1; order <= topology::cut_order_max; ++order)
        text += "\n" + of_order(network, sets, order);
    return text;
}

std::string share(double x) {
    return x > 0 && x < 1e-6 ? "< 0.0001 %" : fmt::format("{:.4g} %", 100 * x);
}

std::string spare(const TopologyView& view, SiteId site) {
    Table table({{"spare capacity:\nappliances gone"},
                 {"calls\nat most"},
                 {"busy hour\nerlangs"},
                 {"blocking\n(Erlang B)"}});
    for (const topology::Spare& row : view.survey.spare(site, view.gone))
        table.add({grouped(row.gone), grouped(row.calls), fmt::format("{:.4g}", row.erlangs),
                   row.erlangs > 0 ? share(row.blocking) : dash});
    return table.text();
}

std::vector<Element> singles(const std::vector<CutSet>& sets) {
    std::vector<Element> elements;
    for (const CutSet& set : sets)
        if (set.size() == 1) elements.push_back(set.front());
    return elements;
}

// What takes the calls of one direction and not all of them.
std::string one_direction(const TopologyView& view, const Survey& of, const char* name, SiteId site) {
    if (!is_reachable(of, site)) return fmt::format("\n{} calls: no way is open to them\n", name);
    const Network& network = view.survey.network();
    const std::vector<Element> of_both = singles(view.survey.cut_sets(site));
    std::string lines;
    for (const Element& element : singles(of.cut_sets(site)))
        if (std::find(of_both.begin(), of_both.end(), element) == of_both.end())
            lines += fmt::format("  {}\n", named(network, element));
    return lines.empty() ? "" : fmt::format("\n{} calls alone also fall with one of\n{}", name, lines);
}

std::string directions(const TopologyView& view, SiteId site) {
    return one_direction(view, view.outbound, "outbound", site) +
           one_direction(view, view.inbound, "inbound", site);
}

std::string configured(const TopologyView& view) {
    if (view.configured.empty()) return "";
    Table table({{"configured wrong", Align::left}, {"on", Align::left}, {"said at", Align::left}});
    for (const vocabulary::Misconfigured& one : view.configured) table.add({one.fault, one.on, shown(one.at)});
    return "\n" + table.text() + "Ways that these close are left out.\n";
}

std::string site_text(const TopologyView& view, SiteId site) {
    const Network& network = view.survey.network();
    const topology::Way& way = network.ways[site];
    std::string text =
        fmt::format("\n{}   {}, {}\n\n", shown(way.site), counted(way.appliances.size(), "appliance"),
                    counted(way.carriers.size(), "gateway"));
    text += on_the_way(view.survey, site);
    if (!is_reachable(view.survey, site)) return text;
    text += cut_sets(network, view.survey.cut_sets(site));
    text += directions(view, site);
    return text + "\n" + spare(view, site);
}

// --- JSON

using Json = nlohmann::ordered_json;

Json json_of(const Network& network, const Element& element) {
    if (const auto* cause = std::get_if<CommonCauseId>(&element))
        return {{"name", shown(network.causes[*cause].name)}, {"kind", "common_cause"}, {"outside", false}};
    const Node& node = network.nodes[std::get<NodeId>(element)];
    return {{"name", shown(node.name)}, {"kind", text(node.kind)}, {"outside", is_outside(node.kind)}};
}

Json json_of(const Network& network, const std::vector<CutSet>& sets) {
    Json all = Json::array();
    for (const CutSet& set : sets) {
        Json elements = Json::array();
        for (const Element& element : set) elements.push_back(json_of(network, element));
        all.push_back(std::move(elements));
    }
    return all;
}

Json singles_json(const Network& network, const std::vector<CutSet>& sets) {
    Json all = Json::array();
    for (const Element& element : singles(sets)) all.push_back(json_of(network, element));
    return all;
}

Json direction_json(const Survey& of, SiteId site) {
    return {{"reachable", is_reachable(of, site)},
            {"single_points_of_failure", singles_json(of.network(), of.cut_sets(site))}};
}

Json site_json(const TopologyView& view, SiteId site) {
    const Network& network = view.survey.network();
    const std::vector<CutSet> sets = view.survey.cut_sets(site);
    Json capacity = Json::array();
    for (const topology::Spare& row : view.survey.spare(site, view.gone))
        capacity.push_back(
            {{"gone", row.gone}, {"calls", row.calls}, {"erlangs", row.erlangs}, {"blocking", row.blocking}});
    return {{"name", shown(network.ways[site].site)},
            {"reachable", is_reachable(view.survey, site)},
            {"single_points_of_failure", singles_json(network, sets)},
            {"cut_sets", json_of(network, sets)},
            {"outbound", direction_json(view.outbound, site)},
            {"inbound", direction_json(view.inbound, site)},
            {"capacity", std::move(capacity)}};
}

// --- Graphviz

std::string dot_quoted(const std::string& name) {
    std::string out = "\"";
    for (const char c : shown(name)) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

const char* style_of(NodeKind kind) {
    if (kind == NodeKind::users) return ", shape=ellipse";
    return is_outside(kind) ? ", style=dashed" : "";
}

std::string dot_node(const Network& network, std::size_t number) {
    const Node& node = network.nodes[static_cast<NodeId>(number)];
    std::string label = dot_quoted(node.name);
    if (node.calls_max) label.insert(label.size() - 1, fmt::format("\\n{} calls", *node.calls_max));
    return fmt::format("n{} [label={}{}];\n", number, label, style_of(node.kind));
}

class Drawing {
public:
    explicit Drawing(const TopologyView& view) : view_(view), network_(view.survey.network()) {}

    std::string text() {
        text_ = fmt::format("digraph {} {{\n  rankdir=LR;\n  node [shape=box];\n", dot_quoted(view_.scenario));
        nodes_of(std::nullopt, "  ");
        for (const SiteId site : sites_of(view_)) {
            text_ += fmt::format("  subgraph cluster_{} {{\n    label={};\n", vocabulary::index(site),
                                 dot_quoted(network_.ways[site].site));
            nodes_of(site, "    ");
            text_ += "  }\n";
        }
        links();
        causes();
        return text_ + "}\n";
    }

private:
    bool is_drawn(NodeId id) const {
        const auto& site = network_.nodes[id].site;
        return !view_.site || !site || site == view_.site;
    }

    void nodes_of(std::optional<SiteId> site, const char* indent) {
        for (std::size_t i = 0; i < network_.nodes.size(); ++i)
            if (network_.nodes[static_cast<NodeId>(i)].site == site) text_ += indent + dot_node(network_, i);
    }

    void links() {
        for (const topology::Link& link : network_.links)
            if (is_drawn(link.one) && is_drawn(link.other))
                text_ +=
                    fmt::format("  n{} -> n{};\n", vocabulary::index(link.one), vocabulary::index(link.other));
    }

    // Only those that take something drawn.
    void causes() {
        for (std::size_t i = 0; i < network_.causes.size(); ++i) {
            const topology::CommonCause& cause = network_.causes[static_cast<CommonCauseId>(i)];
            const auto drawn = [this](NodeId id) { return is_drawn(id); };
            if (std::none_of(cause.takes.begin(), cause.takes.end(), drawn)) continue;
            text_ += fmt::format("  c{} [label={}, shape=octagon];\n", i, dot_quoted(cause.name));
            for (const NodeId id : cause.takes)
                if (is_drawn(id))
                    text_ += fmt::format("  c{} -> n{} [style=dotted, constraint=false];\n", i,
                                         vocabulary::index(id));
        }
    }

    const TopologyView& view_;
    const Network& network_;
    std::string text_;
};

}  // namespace

std::string topology_text(const TopologyView& view) {
    const Network& network = view.survey.network();
    std::string text = fmt::format("{}   {}, {}\n", shown(view.scenario), counted(network.ways.size(), "site"),
                                   counted(network.causes.size(), "common cause"));
    text += how_to_read;
    text += configured(view);
    for (const SiteId site : sites_of(view)) text += site_text(view, site);
    if (view.survey.reachable().empty()) return text + "\nthe tenant: no site is reachable\n";
    return text + "\nthe tenant: what takes every site\n" + cut_sets(network, view.survey.tenant_cut_sets());
}

std::string topology_json(const TopologyView& view) {
    Json configured = Json::array();
    for (const vocabulary::Misconfigured& one : view.configured)
        configured.push_back({{"fault", one.fault}, {"on", one.on}, {"at", one.at}});
    Json sites = Json::array();
    for (const SiteId site : sites_of(view)) sites.push_back(site_json(view, site));
    const Json whole{{"schema", "ccesim.topology/1"},
                     {"scenario", shown(view.scenario)},
                     {"configured", std::move(configured)},
                     {"sites", std::move(sites)},
                     {"tenant", {{"cut_sets", json_of(view.survey.network(), view.survey.tenant_cut_sets())}}}};
    return whole.dump(2) + "\n";
}

std::string topology_dot(const TopologyView& view) {
    return Drawing(view).text();
}

}  // namespace sim::cli
