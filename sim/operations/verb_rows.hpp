// The rows of the table of verbs, a file a group, and what they share.

#pragma once

#include "sim/operations/verbs.hpp"

#include <span>

namespace sim::operations {

std::span<const Verb> drain_verbs();             // Enter-CcUpdate, Exit-CcUpdate
std::span<const Verb> host_verbs();              // the product's other cmdlets at a host, but for certificates
std::span<const Verb> certificate_verbs();       // the product's certificates and its CA
std::span<const Verb> tenant_verbs();            // the tenant's own settings
std::span<const Verb> site_verbs();              // its sites and update windows
std::span<const Verb> appliance_object_verbs();  // its objects of appliances
std::span<const Verb> user_verbs();              // its users
std::span<const Verb> session_verbs();           // the ways to it, and the accounts of its directory
std::span<const Verb> windows_verbs();  // what is done to Windows, Hyper-V, DNS and cables, not to the product

inline constexpr const char* machines_unreachable = "the host cannot reach its virtual machines";

// Where the command is typed. REQUIRES command.on.
const topology::Appliance& appliance(const Estate& estate, const Command& command);

// For `takes`: the world says when it is over.
std::optional<Duration> until_told(const Estate& estate, const Command& command);
std::optional<Duration> tenant_takes(const Estate& estate, const Command& command);
// For `refuses`: nothing stands against it.
std::string never_refuses(const Estate& estate, const Command& command);
// The text given for the parameter; empty: none, or $null.
std::string text_of(const Command& command, const std::string& parameter);
bool is_given(const Command& command, const std::string& parameter);
// "sea*": what the filter of a Get- leaves over. An empty one leaves all.
bool is_like(std::string_view name, std::string_view pattern);
std::string joined(const std::vector<std::string>& names);  // "a, b"
// For `ends`: all is done already.
std::string nothing_more(Estate& estate, const Command& command, Answer& answer);

}  // namespace sim::operations
