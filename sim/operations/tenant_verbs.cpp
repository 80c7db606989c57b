// The tenant's own settings: hybrid configuration, federation, media bypass, dial plans of voicemail.

#include "sim/operations/verb_rows.hpp"
#include "sim/vocabulary/letters.hpp"

#include <algorithm>
#include <array>

namespace sim::operations {

using topology::TenantPart;
using vocabulary::same_word;

namespace {

// There is one object of each of these, and it is called Global.
std::string refuses_other(const Estate&, const Command& command) {
    const std::string name = text_of(command, "Identity");
    return name.empty() || same_word(name, "Global") ? "" : "Cannot find the configuration \"" + name + "\".";
}

bool is_right(const Estate& estate, TenantPart part) {
    return estate.fleet.tenant().held(part) == nullptr;
}

// An FQDN that no Edge has is taken all the same, and leads nowhere.
void write_peer_destination(Estate& estate, const std::string& fqdn) {
    estate.tenancy.peer_destination = fqdn;
    const TenantSite* site = fqdn.empty() ? nullptr : estate.tenancy.site_with_edge(fqdn);
    const std::optional<SiteId> id = site == nullptr ? std::nullopt : site->site;
    estate.tenancy.in_force_after(estate.times.tenant_replication,
                                  [&estate, id] { estate.fleet.write_peer_destination(id); });
}

void write(Estate& estate, TenantPart part, bool right) {
    estate.tenancy.in_force_after(estate.times.tenant_replication,
                                  [&estate, part, right] { estate.fleet.write(part, right); });
}

std::string set_hybrid(Estate& estate, const Command& command, Answer&) {
    if (is_given(command, "PeerDestination"))
        write_peer_destination(estate, text_of(command, "PeerDestination"));
    if (const auto* on_premises = given<bool>(command, "UseOnPremDialPlan"))
        write(estate, TenantPart::dial_plan, !*on_premises);
    if (is_given(command, "HybridConfigServiceInternalUrl"))
        estate.tenancy.service_url_internal = text_of(command, "HybridConfigServiceInternalUrl");
    if (is_given(command, "HybridConfigServiceExternalUrl"))
        estate.tenancy.service_url_external = text_of(command, "HybridConfigServiceExternalUrl");
    return "";
}

// As written; where a fault has written something else, as that has.
std::string peer_destination(const Estate& estate) {
    const topology::TenantHold* hold = estate.fleet.tenant().held(TenantPart::peer_destination);
    if (hold == nullptr || hold->fault == topology::by_setting) return estate.tenancy.peer_destination;
    return hold->site ? estate.tenancy.sites_at_start[vocabulary::index(*hold->site)].edge_fqdn : "";
}

std::string get_hybrid(Estate& estate, const Command&, Answer& answer) {
    answer.push_back({{"Identity", "Global"},
                      {"PeerDestination", peer_destination(estate)},
                      {"UseOnPremDialPlan", !is_right(estate, TenantPart::dial_plan)},
                      {"HybridConfigServiceInternalUrl", estate.tenancy.service_url_internal},
                      {"HybridConfigServiceExternalUrl", estate.tenancy.service_url_external}});
    return "";
}

std::string set_federation(Estate& estate, const Command& command, Answer&) {
    if (const auto* shared = given<bool>(command, "SharedSipAddressSpace"))
        write(estate, TenantPart::shared_sip_space, *shared);
    return "";
}

// --- media bypass: settings are made first, then put into use

std::string new_bypass(Estate& estate, const Command& command, Answer& answer) {
    const auto* always = given<bool>(command, "AlwaysBypass");
    const auto* enabled = given<bool>(command, "Enabled");
    estate.tenancy.bypass_made = always != nullptr && *always && enabled != nullptr && *enabled;
    answer.push_back(
        {{"AlwaysBypass", always != nullptr && *always}, {"Enabled", enabled != nullptr && *enabled}});
    return "";
}

std::string refuses_bypass(const Estate& estate, const Command& command) {
    if (std::string why = refuses_other(estate, command); !why.empty()) return why;
    if (is_given(command, "MediaBypassSettings") && !estate.tenancy.bypass_made)
        return "There are no settings to use: New-CsNetworkMediaBypassConfiguration makes them.";
    return "";
}

std::string set_bypass(Estate& estate, const Command& command, Answer&) {
    if (!is_given(command, "MediaBypassSettings")) return "";
    estate.tenancy.in_force_after(estate.times.media_bypass_takes, [&estate, on = *estate.tenancy.bypass_made] {
        estate.calls.set_media_bypass(on);
    });
    return "";
}

std::string get_bypass(Estate& estate, const Command&, Answer& answer) {
    answer.push_back({{"Identity", "Global"}, {"MediaBypassEnabled", estate.calls.media_bypass()}});
    return "";
}

// --- voicemail of 1.3.8

bool has(const std::vector<std::string>& names, const std::string& name) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& one) { return same_word(one, name); });
}

std::string refuses_dial_plan(const Estate& estate, const Command& command) {
    const std::string name = text_of(command, "Identity");
    return has(estate.tenancy.dial_plans, name) ? "A dial plan \"" + name + "\" exists already." : "";
}

std::string new_dial_plan(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_dial_plan(estate, command); !why.empty()) return why;
    estate.tenancy.dial_plans.push_back(text_of(command, "Identity"));
    return "";
}

std::string get_dial_plans(Estate& estate, const Command& command, Answer& answer) {
    for (const std::string& name : estate.tenancy.dial_plans)
        if (is_like(name, text_of(command, "Identity"))) answer.push_back({{"Identity", name}});
    return "";
}

std::string refuses_mailbox(const Estate& estate, const Command& command) {
    const std::string name = text_of(command, "Identity");
    if (!estate.tenancy.people().named(name))
        return "Management object not found for identity \"" + name + "\".";
    if (estate.tenancy.dial_plans.empty()) return "There is no dial plan: New-CsOnlineUMDialplan creates one.";
    return has(estate.tenancy.mailboxes, name) ? "The user has voicemail already." : "";
}

std::string enable_mailbox(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_mailbox(estate, command); !why.empty()) return why;
    estate.tenancy.mailboxes.push_back(text_of(command, "Identity"));
    return "";
}

constexpr std::array rows{
    Verb{CmdletId::set_cs_tenant_hybrid_configuration, refuses_other, nullptr, tenant_takes, set_hybrid},
    Verb{CmdletId::get_cs_tenant_hybrid_configuration, refuses_other, nullptr, tenant_takes, get_hybrid},
    Verb{CmdletId::set_cs_tenant_federation_configuration, refuses_other, nullptr, tenant_takes,
         set_federation},
    Verb{CmdletId::new_cs_network_media_bypass_configuration, nothing_against, nullptr, tenant_takes,
         new_bypass},
    Verb{CmdletId::set_cs_network_configuration, refuses_bypass, nullptr, tenant_takes, set_bypass},
    Verb{CmdletId::get_cs_network_configuration, refuses_other, nullptr, tenant_takes, get_bypass},
    Verb{CmdletId::new_cs_online_um_dialplan, refuses_dial_plan, nullptr, tenant_takes, new_dial_plan},
    Verb{CmdletId::get_cs_online_um_dialplan, nothing_against, nullptr, tenant_takes, get_dial_plans},
    Verb{CmdletId::enable_cs_online_um_mailbox, refuses_mailbox, nullptr, tenant_takes, enable_mailbox},
};

}  // namespace

std::span<const Verb> tenant_verbs() {
    return rows;
}

}  // namespace sim::operations
