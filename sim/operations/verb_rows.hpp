// The rows of the table of verbs, a file a group, and what they share.

#pragma once

#include "sim/operations/verbs.hpp"

#include <span>

namespace sim::operations {

std::span<const Verb> drain_verbs();        // Enter-CcUpdate, Exit-CcUpdate
std::span<const Verb> host_verbs();         // the product's other cmdlets at a host, but for certificates
std::span<const Verb> deployment_verbs();   // of them, those that deploy, switch and register
std::span<const Verb> certificate_verbs();  // the product's certificates and its CA
std::span<const Verb> tenant_verbs();       // the tenant's settings, sites, appliances and users
std::span<const Verb> windows_verbs();      // services, machines, network cards, rules
std::span<const Verb> repair_verbs();       // files, packages and settings; what somebody is asked to change
std::span<const Verb> look_verbs();         // what shows the state of Windows and of the network

inline constexpr const char* machines_unreachable = "the host cannot reach its virtual machines";
inline constexpr const char* no_machines = "there are no virtual machines of the appliance on this host";

// Where the command is typed. REQUIRES command.on.
const topology::Appliance& appliance(const Estate& estate, const Command& command);

std::string nothing_against(const Estate& estate, const Command& command);

// For `takes`.
std::optional<Duration> takes_to_show(const Estate& estate, const Command& command);
std::optional<Duration> takes_by_hand(const Estate& estate, const Command& command);
// The world says when it is over.
std::optional<Duration> until_told(const Estate& estate, const Command& command);
// For `ends`: all is done already.
std::string nothing_more(Estate& estate, const Command& command, Answer& answer);

// Inside which machine the command is typed; none: at the host, or at somebody's own computer.
std::optional<vocabulary::Machine> inside(const Command& command);
std::string name_of(const Estate& estate, ApplianceId id);
// Host and site reach the Internet.
bool is_online(const Estate& estate, ApplianceId id);
const std::string* text_in(const Command& command, const std::string& parameter);  // null: not given

}  // namespace sim::operations
