// The questions about a network that Boost.Graph answers, in plain numbers: its headers are heavy and stay in
// graph.cpp.
//
// Nodes are 0 … n-1. Ties and arcs may come in any order and more than once; every answer depends on the
// numbers alone, not on addresses.

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sim::topology {

struct Tie {
    std::uint32_t one = 0, other = 0;  // differ
};

struct Blocks {
    std::vector<std::size_t> of;               // by tie; two ties of one block lie on a common ring
    std::vector<std::uint32_t> articulations;  // nodes whose loss tears their component apart, ascending
};
Blocks blocks(std::size_t nodes, const std::vector<Tie>& ties);

struct Arc {
    std::uint32_t from = 0, to = 0;
    std::int64_t capacity = 0;
};
std::int64_t max_flow(std::size_t nodes, const std::vector<Arc>& arcs, std::uint32_t source,
                      std::uint32_t sink);

}  // namespace sim::topology
