#include "sim/operations/verb_rows.hpp"

#include <array>

namespace sim::operations {

namespace {

std::string refuses_patch(const Estate& estate, const Command& command) {
    return estate.fleet.is_blind(*command.on) ? machines_unreachable : "";
}

// Machines one after another, then the host; whoever did not enter maintenance restarts them under running
// calls.
void patch(Estate& estate, const Command& command) {
    estate.patching.begin(*command.on);
}

constexpr std::array rows{
    Verb{CmdletId::install_windows_update, refuses_patch, patch, until_told, nothing_more},
};

}  // namespace

std::span<const Verb> windows_verbs() {
    return rows;
}

}  // namespace sim::operations
