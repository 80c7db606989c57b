// What the tenant holds of each appliance: its registration, its status, its deployment, its maintenance flag.

#include "sim/operations/verb_rows.hpp"
#include "sim/vocabulary/letters.hpp"

#include <algorithm>
#include <array>

namespace sim::operations {

using topology::TenantStatus;
using vocabulary::same_word;

namespace {

std::string no_appliance(const std::string& identity) {
    return "Cannot find the hybrid PSTN appliance \"" + identity + "\".";
}

// The product's words, in the order of topology::Action and topology::Progress.
constexpr std::array<const char*, 4> actions{"Deploy", "BitsUpdate", "OsUpdate", "Remove"};
constexpr std::array<const char*, 3> progresses{"Started", "Finished", "Error"};

// REQUIRES one of them.
template <std::size_t n>
std::size_t number_in(const std::array<const char*, n>& words, const std::string& word) {
    const auto found =
        std::find_if(words.begin(), words.end(), [&](const char* one) { return same_word(one, word); });
    return static_cast<std::size_t>(found - words.begin());
}

TenantStatus status_of(const std::string& word) {
    for (const TenantStatus status : {TenantStatus::running, TenantStatus::maintenance, TenantStatus::error})
        if (same_word(word, text(status))) return status;
    return TenantStatus::none;
}

std::string refuses_known(const Estate& estate, const Command& command) {
    const std::string identity = text_of(command, "Identity");
    return estate.tenancy.appliance(identity) != nullptr ? "" : no_appliance(identity);
}

Object shown(const Estate& estate, const TenantAppliance& object) {
    Object values{{"Identity", object.identity},
                  {"Name", object.name},
                  {"SiteName", object.site},
                  {"MediationServerIPAddress", object.ip},
                  {"MediationServerFqdn", object.fqdn}};
    std::string status = object.status, version = object.version;
    bool maintenance_mode = object.maintenance_mode;
    std::string action = object.action, deployment = object.deployment;
    if (object.appliance) {
        const topology::Appliance& truth = estate.fleet.appliances()[*object.appliance];
        status = text(truth.status);
        if (version.empty()) version = text(truth.version);
        maintenance_mode = truth.maintenance_mode;
        action = actions[static_cast<std::size_t>(truth.deployment.action)];
        deployment = progresses[static_cast<std::size_t>(truth.deployment.progress)];
        if (estate.patching.works_on(*object.appliance)) {
            action = "OsUpdate";
            deployment = "Started";
        }
    }
    values.insert(values.end(), {{"Status", status},
                                 {"Version", version},
                                 {"MaintenanceMode", maintenance_mode},
                                 {"DeploymentAction", action},
                                 {"DeploymentStatus", deployment},
                                 {"Error", object.error},
                                 {"MediationServerGruu", object.gruu},
                                 {"ConfigurationSnapshot", object.snapshot}});
    return values;
}

std::string refuses_get(const Estate& estate, const Command& command) {
    if (is_given(command, "Identity")) {
        if (std::string why = refuses_known(estate, command); !why.empty()) return why;
    }
    const std::string name = text_of(command, "Name");
    return name.empty() || estate.tenancy.appliance(name) != nullptr ? "" : no_appliance(name);
}

std::string get(Estate& estate, const Command& command, Answer& answer) {
    const std::string identity = text_of(command, "Identity"), name = text_of(command, "Name"),
                      site = text_of(command, "SiteName"), filter = text_of(command, "Filter");
    for (const TenantAppliance& object : estate.tenancy.appliances) {
        if (!identity.empty() && !same_word(object.identity, identity) && !same_word(object.name, identity))
            continue;
        if (is_like(object.name, name) && is_like(object.site, site) && is_like(object.name, filter))
            answer.push_back(shown(estate, object));
    }
    return "";
}

// Name, FQDN and IP must each be its own (3B-8).
std::string clash(const Estate& estate, const Command& command) {
    const std::string name = text_of(command, "Name"), fqdn = text_of(command, "MediationServerFqdn"),
                      ip = text_of(command, "MediationServerIPAddress");
    for (const TenantAppliance& other : estate.tenancy.appliances) {
        if (same_word(other.name, name))
            return "An appliance with the name \"" + name + "\" is registered already.";
        if (same_word(other.fqdn, fqdn))
            return "The Mediation Server FQDN \"" + fqdn + "\" is that of the appliance \"" + other.name +
                   "\".";
        if (other.ip == ip)
            return "The Mediation Server IP address " + ip + " is that of the appliance \"" + other.name +
                   "\".";
    }
    return "";
}

std::string refuses_register(const Estate& estate, const Command& command) {
    const std::string site = text_of(command, "SiteName");
    if (estate.tenancy.site(site) == nullptr) return "Cannot find the hybrid PSTN site \"" + site + "\".";
    return clash(estate, command);
}

// An appliance of the fleet whose registration was taken away is itself again, by its name.
std::string do_register(Estate& estate, const Command& command, Answer& answer) {
    if (std::string why = refuses_register(estate, command); !why.empty()) return why;
    TenantAppliance object;
    object.name = text_of(command, "Name");
    object.site = estate.tenancy.site(text_of(command, "SiteName"))->name;
    object.ip = text_of(command, "MediationServerIPAddress");
    object.fqdn = text_of(command, "MediationServerFqdn");
    for (const TenantAppliance& one : estate.tenancy.appliances_at_start)
        if (same_word(one.name, object.name) && estate.tenancy.appliance_of(*one.appliance) == nullptr)
            object.appliance = one.appliance;
    if (object.appliance) estate.fleet.set_registered(*object.appliance, true);
    answer.push_back(shown(estate, estate.tenancy.add_appliance(std::move(object))));
    return "";
}

// A registration that is in use is not taken away in passing.
std::string refuses_unregister(const Estate& estate, const Command& command) {
    if (std::string why = refuses_known(estate, command); !why.empty()) return why;
    const TenantAppliance& object = *estate.tenancy.appliance(text_of(command, "Identity"));
    const bool runs =
        object.appliance && estate.fleet.appliances()[*object.appliance].status == TenantStatus::running;
    if (runs && !vocabulary::has_flag(command, "Force"))
        return "The appliance \"" + object.name + "\" is Running: removing its registration needs -Force.";
    return "";
}

// It serves calls as before; its management service reports no more and has no updates to start.
std::string unregister(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_unregister(estate, command); !why.empty()) return why;
    take_registration(estate, *estate.tenancy.appliance(text_of(command, "Identity")));
    return "";
}

std::string set(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_known(estate, command); !why.empty()) return why;
    TenantAppliance& object = *estate.tenancy.appliance(text_of(command, "Identity"));
    if (is_given(command, "MediationServerGruu")) object.gruu = text_of(command, "MediationServerGruu");
    const auto* mode = given<bool>(command, "MaintenanceMode");
    if (mode == nullptr) return "";
    object.maintenance_mode = *mode;
    if (object.appliance) estate.fleet.set_maintenance_mode(*object.appliance, *mode);
    return "";
}

std::string set_status(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_known(estate, command); !why.empty()) return why;
    TenantAppliance& object = *estate.tenancy.appliance(text_of(command, "Identity"));
    object.status = text_of(command, "Status");
    if (is_given(command, "Version")) object.version = text_of(command, "Version");
    if (is_given(command, "Error")) object.error = text_of(command, "Error");
    if (is_given(command, "ConfigurationSnapshot")) object.snapshot = text_of(command, "ConfigurationSnapshot");
    if (object.appliance) estate.fleet.write_status(*object.appliance, status_of(object.status));
    return "";
}

std::string set_deployment(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_known(estate, command); !why.empty()) return why;
    TenantAppliance& object = *estate.tenancy.appliance(text_of(command, "Identity"));
    const std::string action = text_of(command, "Action"), deployment = text_of(command, "Status");
    if (object.appliance) {
        topology::Deployment& truth = estate.fleet.deployment(*object.appliance);
        truth.action = static_cast<topology::Action>(number_in(actions, action));
        truth.progress = static_cast<topology::Progress>(number_in(progresses, deployment));
    }
    object.action = action;
    object.deployment = deployment;
    if (is_given(command, "Version")) object.version = text_of(command, "Version");
    object.error = text_of(command, "Error");
    return "";
}

// Nobody reads it: the appliance's configuration is what the simulation takes it to be.
std::string set_replication(Estate& estate, const Command& command, Answer&) {
    return refuses_known(estate, command);
}

std::string is_deprecated(const Estate&, const Command& command) {
    return std::string{vocabulary::cmdlet(command.cmdlet).name} +
           " is deprecated and does nothing: Register-CcAppliance and Unregister-CcAppliance complete by "
           "themselves.";
}

constexpr std::array rows{
    Verb{CmdletId::get_cs_hybrid_pstn_appliance, refuses_get, nullptr, tenant_takes, get},
    Verb{CmdletId::register_cs_hybrid_pstn_appliance, refuses_register, nullptr, tenant_takes, do_register},
    Verb{CmdletId::set_cs_hybrid_pstn_appliance, refuses_known, nullptr, tenant_takes, set},
    Verb{CmdletId::unregister_cs_hybrid_pstn_appliance, refuses_unregister, nullptr, tenant_takes, unregister},
    Verb{CmdletId::set_cs_cce_appliance_status, refuses_known, nullptr, tenant_takes, set_status},
    Verb{CmdletId::set_cs_cce_appliance_deployment_status, refuses_known, nullptr, tenant_takes,
         set_deployment},
    Verb{CmdletId::set_cs_cce_appliance_configuration_replication_status, refuses_known, nullptr, tenant_takes,
         set_replication},
    Verb{CmdletId::complete_cs_cce_appliance_registration, is_deprecated, nullptr, tenant_takes, nothing_more},
    Verb{CmdletId::complete_cs_cce_appliance_unregistration, is_deprecated, nullptr, tenant_takes,
         nothing_more},
};

}  // namespace

void take_registration(Estate& estate, const TenantAppliance& object) {
    if (object.appliance) {
        estate.fleet.set_registered(*object.appliance, false);
        estate.fleet.set_maintenance_mode(*object.appliance, false);
    }
    auto& all = estate.tenancy.appliances;
    all.erase(all.begin() + (&object - all.data()));
}

std::span<const Verb> appliance_object_verbs() {
    return rows;
}

}  // namespace sim::operations
