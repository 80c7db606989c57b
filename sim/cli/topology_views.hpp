// The ways of calls through a fleet, for people, for programs and for Graphviz.

#pragma once

#include "sim/topology/network.hpp"
#include "sim/vocabulary/tally.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sim::cli {

struct TopologyView {
    std::string scenario;
    const topology::Survey& survey;    // of calls of either direction
    const topology::Survey& outbound;  // of these alone
    const topology::Survey& inbound;
    std::vector<vocabulary::Misconfigured> configured;
    std::optional<vocabulary::SiteId> site;  // none: all
    unsigned gone = 3;                       // appliances, at most
};

std::string topology_text(const TopologyView& view);
std::string topology_json(const TopologyView& view);
std::string topology_dot(const TopologyView& view);

}  // namespace sim::cli
