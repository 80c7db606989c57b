// Lists of holds, whatever they hold: who holds what, and letting go.

#pragma once

#include "sim/topology/fleet.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace sim::topology {

template <class Holds, class Part>
auto first_of(const Holds& holds, Part part) -> decltype(holds.data()) {
    for (const auto& hold : holds)
        if (hold.part == part) return &hold;
    return nullptr;
}

inline bool is_same_fault(const Held& one, const Held& other) {
    return one.id == other.id && one.place == other.place;
}

// The same fault holds the same part already.
template <class Hold>
bool is_held_by(const std::vector<Hold>& holds, const Hold& hold) {
    return std::any_of(holds.begin(), holds.end(), [&hold](const Hold& other) {
        return other.part == hold.part && is_same_fault(other, hold);
    });
}

// Takes the fault's hold out of the list, if there is one.
template <class Hold>
std::optional<Hold> taken_out(std::vector<Hold>& holds, std::uint32_t fault) {
    const auto found =
        std::find_if(holds.begin(), holds.end(), [fault](const Held& hold) { return hold.fault == fault; });
    if (found == holds.end()) return std::nullopt;
    const Hold hold = *found;
    holds.erase(found);
    return hold;
}

}  // namespace sim::topology
