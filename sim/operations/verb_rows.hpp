// The rows of the table of verbs, a file a group, and what they share.

#pragma once

#include "sim/operations/verbs.hpp"

#include <span>

namespace sim::operations {

using vocabulary::given;

std::span<const Verb> drain_verbs();         // Enter-CcUpdate, Exit-CcUpdate
std::span<const Verb> host_verbs();          // the product's other cmdlets at a host, but for certificates
std::span<const Verb> deployment_verbs();    // of them, those that deploy, switch and register
std::span<const Verb> registration_verbs();  // and those that register, publish and make ready
std::span<const Verb> certificate_verbs();   // the product's certificates and its CA
std::span<const Verb> windows_verbs();       // services, machines, network cards, rules
std::span<const Verb> repair_verbs();        // files, packages and settings; what somebody is asked to change
std::span<const Verb> look_verbs();          // what shows the state of Windows and of the network
std::span<const Verb> tenant_verbs();        // the tenant's own settings
std::span<const Verb> site_verbs();          // its sites and update windows
std::span<const Verb> appliance_object_verbs();  // its objects of appliances
std::span<const Verb> user_verbs();              // its users
std::span<const Verb> session_verbs();           // the ways to it, and the accounts of its directory

inline constexpr const char* machines_unreachable = "the host cannot reach its virtual machines";
inline constexpr const char* no_machines = "there are no virtual machines of the appliance on this host";

// Where the command is typed. REQUIRES command.on.
const topology::Appliance& appliance(const Estate& estate, const Command& command);

// For `refuses`.
std::string nothing_against(const Estate& estate, const Command& command);

// For `takes`.
std::optional<Duration> takes_to_show(const Estate& estate, const Command& command);
std::optional<Duration> takes_by_hand(const Estate& estate, const Command& command);
// The world says when it is over.
std::optional<Duration> until_told(const Estate& estate, const Command& command);
std::optional<Duration> tenant_takes(const Estate& estate, const Command& command);
// The text given for the parameter; empty: none, or $null.
std::string text_of(const Command& command, const std::string& parameter);
bool is_given(const Command& command, const std::string& parameter);
// "sea*": what the filter of a Get- leaves over. An empty one leaves all.
bool is_like(std::string_view name, std::string_view pattern);
std::string joined(const std::vector<std::string>& names);  // "a, b"
// For `ends`: all is done already.
std::string nothing_more(Estate& estate, const Command& command, Answer& answer);

// Inside which machine the command is typed; none: at the host, or at somebody's own computer.
std::optional<vocabulary::Machine> inside(const Command& command);
std::string name_of(const Estate& estate, ApplianceId id);
// A version by the name that people write: one of the product's, or one that came out in the run.
std::optional<vocabulary::Build> build_named(const Estate& estate, const std::string& name);
vocabulary::SiteId site_of(const Estate& estate, const Command& command);
topology::SiteFiles files_of(const Estate& estate, const Command& command);
// Why the host does not reach the tenant, or the Site Directory; empty: it does.
std::string no_tenant(const Estate& estate, const Command& command);
std::string no_directory(const Estate& estate, const Command& command);
// Those that the product keeps at a host.
inline constexpr vocabulary::Parts host_credentials{
    vocabulary::Part::tenant_credential, vocabulary::Part::service_credential,
    vocabulary::Part::ca_backup_credential, vocabulary::Part::vm_credential,
    vocabulary::Part::domain_credential};
// Host and site reach the Internet.
bool is_online(const Estate& estate, ApplianceId id);
// A site that the tenant does not know is made by the first that registers there: with automatic updates, and
// without windows of its own (B-UPD).
void register_site(Estate& estate, vocabulary::SiteId id);
// The tenant does not know this one any more, nor what was written for it.
void take_registration(Estate& estate, const TenantAppliance& object);

}  // namespace sim::operations
