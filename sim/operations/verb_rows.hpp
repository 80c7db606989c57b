// The rows of the table of verbs, a file a group, and what they share.

#pragma once

#include "sim/operations/verbs.hpp"

#include <span>

namespace sim::operations {

std::span<const Verb> drain_verbs();        // Enter-CcUpdate, Exit-CcUpdate
std::span<const Verb> host_verbs();         // the product's other cmdlets at a host, but for certificates
std::span<const Verb> certificate_verbs();  // the product's certificates and its CA
std::span<const Verb> tenant_verbs();       // the tenant's settings, sites, appliances and users
std::span<const Verb> windows_verbs();      // what is done to Windows, Hyper-V, DNS and cables, not to the product

inline constexpr const char* machines_unreachable = "the host cannot reach its virtual machines";

// Where the command is typed. REQUIRES command.on.
const topology::Appliance& appliance(const Estate& estate, const Command& command);

// For `takes`: the world says when it is over.
std::optional<Duration> until_told(const Estate& estate, const Command& command);
// For `ends`: all is done already.
std::string nothing_more(Estate& estate, const Command& command, Answer& answer);

}  // namespace sim::operations
