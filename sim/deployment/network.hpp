// The way of a call through the fleet that a scenario describes, as topology sees it.
//
// Each gateway has a carrier of its own: no file says whose circuits it has. Where two gateways end at one
// carrier, a common cause of both says so.
//
// What is configured wrong closes ways from the first moment on, and these are not drawn. What is wrong later,
// or ends one day, is not looked at.

#pragma once

#include "sim/scenario/scenario.hpp"
#include "sim/topology/network.hpp"
#include "sim/vocabulary/outcomes.hpp"

#include <optional>

namespace sim::deployment {

// Ways that calls of the direction may take; without one, of either.
topology::Network network_of(const scenario::Scenario& scenario,
                             std::optional<vocabulary::Direction> direction = std::nullopt);

}  // namespace sim::deployment
