// The way of a call through the fleet that a scenario describes, as topology sees it.
//
// Each gateway has a carrier of its own: no file says whose circuits it has. Where two gateways end at one
// carrier, a common cause of both says so.

#pragma once

#include "sim/scenario/scenario.hpp"
#include "sim/topology/network.hpp"

namespace sim::deployment {

topology::Network network_of(const scenario::Scenario& scenario);

}  // namespace sim::deployment
