#include "sim/operations/verbs.hpp"

#include "sim/kernel/check.hpp"

#include <array>

namespace sim::operations {

namespace {

const topology::Appliance& appliance(const Estate& estate, const Command& command) {
    return estate.fleet.appliances()[*command.on];
}

template <class T>
std::optional<T> given(const Command& command, const char* name) {
    const auto found = command.arguments.find(name);
    if (found == command.arguments.end()) return std::nullopt;
    return std::get<T>(found->second);
}

constexpr const char* machines_unreachable = "the host cannot reach its virtual machines";

// --- Enter-CcUpdate, Exit-CcUpdate

std::string refuses_enter(const Estate& estate, const Command& command) {
    if (estate.fleet.is_blind(*command.on)) return machines_unreachable;
    if (appliance(estate, command).in_maintenance) return "the appliance is in maintenance mode already";
    return "";
}

// A limit means a drain.
void enter(Estate& estate, const Command& command) {
    const auto mode = given<std::string>(command, "mode");
    const auto limit = given<Duration>(command, "limit");
    const bool drains = limit.has_value() || (mode ? *mode == "drain" : estate.times.drains);
    estate.drains.enter(*command.on, maintenance::Stop{drains, limit});
}

std::optional<Duration> until_told(const Estate&, const Command&) {
    return std::nullopt;
}

std::string nothing_more(Estate&, const Command&, Answer&) {
    return "";
}

std::string refuses_exit(const Estate& estate, const Command& command) {
    if (estate.fleet.is_blind(*command.on)) return machines_unreachable;
    if (!appliance(estate, command).in_maintenance) return "the appliance is not in maintenance mode";
    return "";
}

std::optional<Duration> exit_takes(const Estate& estate, const Command&) {
    return estate.times.exit_takes;
}

std::string exit(Estate& estate, const Command& command, Answer&) {
    if (estate.fleet.is_blind(*command.on)) return machines_unreachable;
    if (!appliance(estate, command).in_maintenance) return "the appliance is not in maintenance mode";
    estate.drains.leave(*command.on);
    return "";
}

// --- Windows Update

std::string refuses_patch(const Estate& estate, const Command& command) {
    if (estate.fleet.is_blind(*command.on)) return machines_unreachable;
    return "";
}

void patch(Estate& estate, const Command& command) {
    estate.patching.begin(*command.on);
}

constexpr std::array verbs{
    Verb{CmdletId::enter_cc_update, refuses_enter, enter, until_told, nothing_more},
    Verb{CmdletId::exit_cc_update, refuses_exit, nullptr, exit_takes, exit},
    Verb{CmdletId::install_windows_update, refuses_patch, patch, until_told, nothing_more},
};

}  // namespace

const Verb& verb(CmdletId id) {
    for (const Verb& one : verbs)
        if (one.id == id) return one;
    SIM_CHECK(false && "a cmdlet that nobody carries out");
    return verbs.front();
}

}  // namespace sim::operations
