// One cmdlet as somebody types it. Plain data, the same in a scenario and in the world.

#pragma once

#include "sim/kernel/time.hpp"
#include "sim/vocabulary/cmdlets.hpp"
#include "sim/vocabulary/ids.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace sim::vocabulary {

using Argument = std::variant<bool, std::int64_t, std::string, kernel::Duration, std::vector<std::string>>;

struct Command {
    CmdletId cmdlet{};
    std::optional<ApplianceId> on;              // at which host, or in whose machines
    std::map<std::string, Argument> arguments;  // by the parameter's name in the catalogue

    bool operator==(const Command&) const = default;
};

// As it would be typed: $true, 4h, a,b.
std::string text(const Argument& argument);

}  // namespace sim::vocabulary
