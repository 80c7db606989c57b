#include "sim/operations/verb_rows.hpp"

#include <array>

namespace sim::operations {

namespace {

std::string refuses_enter(const Estate& estate, const Command& command) {
    if (estate.fleet.is_blind(*command.on)) return machines_unreachable;
    if (appliance(estate, command).in_maintenance) return "the appliance is in maintenance mode already";
    if (!appliance(estate, command).deployment.installed) return no_machines;
    if (estate.drains.is_draining(*command.on)) return "the appliance is being drained already";
    return "";
}

// A limit means a drain.
void enter(Estate& estate, const Command& command) {
    const auto* at_once = given<bool>(command, "Immediate");
    const auto* limit = given<Duration>(command, "Limit");
    maintenance::Stop stop;
    stop.drain = limit != nullptr || (at_once != nullptr ? !*at_once : estate.times.drains);
    if (limit != nullptr) stop.limit = *limit;
    estate.drains.enter(*command.on, stop);
}

std::string refuses_exit(const Estate& estate, const Command& command) {
    if (estate.fleet.is_blind(*command.on)) return machines_unreachable;
    if (!appliance(estate, command).in_maintenance) return "the appliance is not in maintenance mode";
    if (!appliance(estate, command).deployment.installed) return no_machines;
    return "";
}

std::optional<Duration> exit_takes(const Estate& estate, const Command&) {
    return estate.times.exit_takes;
}

std::string exit(Estate& estate, const Command& command, Answer&) {
    if (const std::string why = refuses_exit(estate, command); !why.empty()) return why;
    estate.drains.leave(*command.on);
    return "";
}

constexpr std::array rows{
    Verb{CmdletId::enter_cc_update, refuses_enter, enter, until_told, nothing_more},
    Verb{CmdletId::exit_cc_update, refuses_exit, nullptr, exit_takes, exit},
};

}  // namespace

std::span<const Verb> drain_verbs() {
    return rows;
}

}  // namespace sim::operations
