// What each fault takes away, as data: the part it holds down, and how calls die of that.

#pragma once

#include "sim/topology/fleet.hpp"
#include "sim/vocabulary/fault.hpp"

#include <optional>

namespace sim::faults {

using topology::GatewayPart;
using topology::SitePart;
using topology::TenantPart;
using topology::UserPart;
using vocabulary::Fault;
using vocabulary::FaultId;
using vocabulary::Part;
using vocabulary::Reason;

template <class PartOf>
struct Effect {
    PartOf part{};
    Reason reason = Reason::none;  // of the calls that are cut off
};

// Nothing, where a fault does not strike there.
std::optional<Effect<Part>> effect_on_appliance(const Fault& fault);
std::optional<Effect<GatewayPart>> effect_on_gateway(FaultId id);
std::optional<Effect<SitePart>> effect_on_site(const Fault& fault);
std::optional<UserPart> effect_on_users(FaultId id);
std::optional<TenantPart> effect_on_tenant(FaultId id);

// What only shows when somebody types a cmdlet, or is over for the machines at once.
bool holds_nothing(FaultId id);

// Strikes one host and is true of every host of its site: all keep the same password.
bool strikes_each_of_the_site(FaultId id);

// What a name was changed to is known when the old record has expired.
bool acts_through_names(FaultId id);

// Holds nothing: the certificates work on, and should be replaced.
bool is_of_working_certificates(FaultId id);

}  // namespace sim::faults
