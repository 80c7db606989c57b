// Services as people call them: RTCMEDSRV on Mediation is a part of the appliance.

#pragma once

#include "sim/operations/verbs.hpp"
#include "sim/vocabulary/parts.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sim::operations {

struct ServiceName {
    vocabulary::Part part{};
    std::optional<vocabulary::Machine> machine;  // none: at the host
    std::string_view name;
    std::int64_t started = 0, stopped = 0;  // the ids of its events (OMS); 0: not known
};
std::span<const ServiceName> service_names();

// The service of this name; where no machine is said, the only one of that name. Null: none, or several.
const ServiceName* service_named(std::string_view name, std::optional<vocabulary::Machine> machine);

// What the product's own shell says of services that it does not find.
std::string no_service(const std::string& name);

}  // namespace sim::operations
