// The ways of calls through a fleet, for people, for programs and for Graphviz.

#pragma once

#include "sim/topology/network.hpp"

#include <optional>
#include <string>

namespace sim::cli {

struct TopologyView {
    std::string scenario;
    const topology::Survey& survey;
    std::optional<vocabulary::SiteId> site;  // none: all
    unsigned gone = 3;                       // appliances, at most
};

std::string topology_text(const TopologyView& view);
std::string topology_json(const TopologyView& view);
std::string topology_dot(const TopologyView& view);

}  // namespace sim::cli
