#include "sim/topology/graph.hpp"

// From here to the end of the file: g++ warns inside push_relabel after inlining, where no pragma around the
// include reaches.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>

#include <algorithm>
#include <iterator>

namespace sim::topology {

// vecS twice: the other containers order what they hold by address.

Blocks blocks(std::size_t nodes, const std::vector<Tie>& ties) {
    using Numbered = boost::property<boost::edge_index_t, std::size_t>;
    using Graph =
        boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property, Numbered>;
    Graph graph(nodes);
    for (std::size_t i = 0; i < ties.size(); ++i) boost::add_edge(ties[i].one, ties[i].other, i, graph);
    Blocks found;
    found.of.resize(ties.size());
    const auto number = boost::get(boost::edge_index, graph);
    std::vector<Graph::vertex_descriptor> articulations;
    boost::biconnected_components(graph, boost::make_iterator_property_map(found.of.begin(), number),
                                  std::back_inserter(articulations));
    for (const auto node : articulations) found.articulations.push_back(static_cast<std::uint32_t>(node));
    std::sort(found.articulations.begin(), found.articulations.end());
    return found;
}

std::int64_t max_flow(std::size_t nodes, const std::vector<Arc>& arcs, std::uint32_t source,
                      std::uint32_t sink) {
    using Plain = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
    struct Pipe {
        std::int64_t capacity = 0, left = 0;
        Plain::edge_descriptor back;
    };
    using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, Pipe>;
    Graph graph(nodes);
    for (const Arc& arc : arcs) {
        const auto there = boost::add_edge(arc.from, arc.to, Pipe{arc.capacity, 0, {}}, graph).first;
        const auto back = boost::add_edge(arc.to, arc.from, Pipe{}, graph).first;
        graph[there].back = back;
        graph[back].back = there;
    }
    return boost::push_relabel_max_flow(graph, source, sink, boost::get(&Pipe::capacity, graph),
                                        boost::get(&Pipe::left, graph), boost::get(&Pipe::back, graph),
                                        boost::get(boost::vertex_index, graph));
}

}  // namespace sim::topology
