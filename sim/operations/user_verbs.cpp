// The tenant's users: where their calls leave, what they may. Cmdlets take one of them by name, or all whose
// site it was in the file: "users of ams", or "ams" alone, as in a pipe from Get-CsOnlineUser.
//
// What is written for all of them replaces what was written for one.

#include "sim/operations/verb_rows.hpp"
#include "sim/vocabulary/letters.hpp"

#include <algorithm>
#include <array>

namespace sim::operations {

using vocabulary::same_word;

namespace {

constexpr std::string_view users_of = "users of ";
constexpr std::string_view no_site_words[]{"no site", "(no site)"};

// One user, or a whole group.
struct Who {
    CohortId group{};
    std::optional<People::One> one;
};

std::string group_name(const Estate& estate, CohortId group) {
    const auto site = estate.tenancy.people().site_of(group);
    return std::string{users_of} + (site ? estate.names.sites[vocabulary::index(*site)] : "no site");
}

std::optional<CohortId> group_named(const Estate& estate, std::string_view name) {
    if (name.size() > users_of.size() && same_word(name.substr(0, users_of.size()), users_of))
        name.remove_prefix(users_of.size());
    for (const std::string_view words : no_site_words)
        if (same_word(name, words)) return estate.tenancy.people().users_of(std::nullopt);
    for (std::size_t site = 0; site < estate.names.sites.size(); ++site)
        if (same_word(estate.names.sites[site], name))
            return estate.tenancy.people().users_of(static_cast<SiteId>(site));
    return std::nullopt;
}

std::optional<Who> who(const Estate& estate, const Command& command) {
    const std::string identity = text_of(command, "Identity");
    if (const auto one = estate.tenancy.people().named(identity)) return Who{one->group, one};
    if (const auto group = group_named(estate, identity)) return Who{*group, std::nullopt};
    return std::nullopt;
}

std::string refuses_unknown(const Estate& estate, const Command& command) {
    if (who(estate, command)) return "";
    return "Management object not found for identity \"" + text_of(command, "Identity") + "\".";
}

// --- what stands written now

std::optional<SiteId> site_of(const Estate& estate, const Who& who) {
    const topology::UserGroup& users = estate.fleet.users()[who.group];
    const topology::OneUser* alone = who.one ? users.alone_of(who.one->caller) : nullptr;
    return alone != nullptr && alone->moved ? alone->assigned : users.site();
}

bool may_dial_abroad(const Estate& estate, const Who& who) {
    const topology::UserGroup& users = estate.fleet.users()[who.group];
    const topology::OneUser* alone = who.one ? users.alone_of(who.one->caller) : nullptr;
    if (alone != nullptr && alone->international) return *alone->international;
    if (users.held(topology::UserPart::international) != nullptr) return false;
    if (users.international) return *users.international;
    return !who.one || estate.tenancy.people().may_dial_abroad(*who.one);
}

bool has_voice(const Estate& estate, const Who& who) {
    const topology::UserGroup& users = estate.fleet.users()[who.group];
    const topology::OneUser* alone = who.one ? users.alone_of(who.one->caller) : nullptr;
    if (alone != nullptr && alone->voice) return *alone->voice;
    if (who.one && !estate.tenancy.people().has_voice(who.group, who.one->number) &&
        !users.was_given_voice(who.one->caller))
        return false;
    return users.held(topology::UserPart::voice) == nullptr;
}

std::string name_of(const Estate& estate, const Who& whose) {
    return whose.one ? estate.tenancy.people().name(*whose.one) : group_name(estate, whose.group);
}

std::string site_name(const Estate& estate, std::optional<SiteId> site) {
    return site ? estate.names.sites[vocabulary::index(*site)] : "";
}

// --- settings

std::string refuses_settings(const Estate& estate, const Command& command) {
    if (std::string why = refuses_unknown(estate, command); !why.empty()) return why;
    const std::string name = text_of(command, "HybridPSTNSite");
    if (name.empty()) return "";
    const TenantSite* site = estate.tenancy.site(name);
    if (site == nullptr) return "Cannot find the hybrid PSTN site \"" + name + "\".";
    if (!site->site) return "The hybrid PSTN site \"" + name + "\" has no appliance.";
    return "";
}

void assign(Estate& estate, const Who& who, std::optional<SiteId> site) {
    if (who.one)
        estate.fleet.assign(who.group, who.one->caller, site);
    else
        estate.fleet.assign(who.group, site);
}

void allow_abroad(Estate& estate, const Who& who, bool allowed) {
    if (who.one)
        estate.fleet.set_international(who.group, who.one->caller, allowed);
    else
        estate.fleet.set_international(who.group, allowed);
}

void enable_voice(Estate& estate, const Who& who, bool enabled) {
    if (who.one)
        estate.fleet.set_voice(who.group, who.one->caller, enabled);
    else
        estate.fleet.set_voice(who.group, enabled);
}

std::string set_settings(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_settings(estate, command); !why.empty()) return why;
    const Who whose = *who(estate, command);
    if (is_given(command, "HybridPSTNSite")) {
        const std::string name = text_of(command, "HybridPSTNSite");
        const std::optional<SiteId> site = name.empty() ? std::nullopt : estate.tenancy.site(name)->site;
        estate.tenancy.in_force_after(estate.times.tenant_replication,
                                      [&estate, whose, site] { assign(estate, whose, site); });
    }
    if (const auto* allowed = given<bool>(command, "AllowInternationalCalls"))
        estate.tenancy.in_force_after(estate.times.tenant_replication, [&estate, whose, allowed = *allowed] {
            allow_abroad(estate, whose, allowed);
        });
    return "";
}

std::string get_settings(Estate& estate, const Command& command, Answer& answer) {
    const Who whose = *who(estate, command);
    answer.push_back({{"Identity", name_of(estate, whose)},
                      {"HybridPSTNSite", site_name(estate, site_of(estate, whose))},
                      {"AllowInternationalCalls", may_dial_abroad(estate, whose)}});
    return "";
}

std::string grant(Estate& estate, const Command& command, Answer&) {
    const Who whose = *who(estate, command);
    const std::string policy = text_of(command, "PolicyName");  // $null: the global one, which allows them (S3)
    const bool allowed = policy.empty() || same_word(policy, "InternationalCallsAllowed");
    estate.tenancy.in_force_after(estate.times.tenant_replication,
                                  [&estate, whose, allowed] { allow_abroad(estate, whose, allowed); });
    return "";
}

std::string refuses_user(const Estate& estate, const Command& command) {
    if (std::string why = refuses_unknown(estate, command); !why.empty()) return why;
    const Who whose = *who(estate, command);
    const auto* voice = given<bool>(command, "EnterpriseVoiceEnabled");
    if (voice != nullptr && *voice && estate.tenancy.people().with_voice(whose.group) == 0)
        return "Nobody among the " + group_name(estate, whose.group) +
               " has voice from the start: the scenario's traffic does not say how they would call.";
    return "";
}

std::string set_user(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_user(estate, command); !why.empty()) return why;
    const Who whose = *who(estate, command);
    if (const auto* voice = given<bool>(command, "EnterpriseVoiceEnabled"))
        estate.tenancy.in_force_after(estate.times.tenant_replication, [&estate, whose, enabled = *voice] {
            enable_voice(estate, whose, enabled);
        });
    UserNote& note = estate.tenancy.notes[name_of(estate, whose)];
    if (const auto* voicemail = given<bool>(command, "HostedVoiceMail")) note.hosted_voice_mail = *voicemail;
    if (is_given(command, "OnPremLineURI")) note.line_uri = text_of(command, "OnPremLineURI");
    return "";
}

// What was written for one, or for all of them.
UserNote note_of(const Estate& estate, const Who& whose, const std::string& name) {
    const auto& notes = estate.tenancy.notes;
    for (const std::string& key : {name, group_name(estate, whose.group)})
        if (const auto found = notes.find(key); found != notes.end()) return found->second;
    return {};
}

Object shown(const Estate& estate, const Who& whose, const std::string& name) {
    const UserNote note = note_of(estate, whose, name);
    return {{"Identity", name},
            {"HostedVoiceMail", note.hosted_voice_mail},
            {"OnPremLineURI", note.line_uri},
            {"EnterpriseVoiceEnabled", has_voice(estate, whose)},
            {"HybridPSTNSite", site_name(estate, site_of(estate, whose))},
            {"VoiceRoutingPolicy",
             may_dial_abroad(estate, whose) ? "InternationalCallsAllowed" : "InternationalCallsDisallowed"}};
}

void show_all(const Estate& estate, CohortId group, const std::string& filter, Answer& answer) {
    const People& people = estate.tenancy.people();
    std::uint32_t with_voice = 0, without = people.with_voice(group);
    for (std::size_t number = 0; number < people.size(group); ++number) {
        const People::One one{group, number, people.has_voice(group, number) ? with_voice++ : without++};
        const std::string name = people.name(one);
        if (is_like(name, filter)) answer.push_back(shown(estate, {group, one}, name));
    }
}

std::string refuses_get_user(const Estate& estate, const Command& command) {
    return is_given(command, "Identity") ? refuses_unknown(estate, command) : "";
}

std::string get_user(Estate& estate, const Command& command, Answer& answer) {
    const std::string filter = text_of(command, "Filter");
    if (!is_given(command, "Identity")) {
        for (std::size_t group = 0; group < estate.fleet.users().size(); ++group)
            show_all(estate, static_cast<CohortId>(group), filter, answer);
        return "";
    }
    const Who whose = *who(estate, command);
    if (whose.one) {
        const std::string name = estate.tenancy.people().name(*whose.one);
        if (is_like(name, filter)) answer.push_back(shown(estate, whose, name));
    } else {
        show_all(estate, whose.group, filter, answer);
    }
    return "";
}

constexpr std::array rows{
    Verb{CmdletId::set_cs_user_pstn_settings, refuses_settings, nullptr, tenant_takes, set_settings},
    Verb{CmdletId::get_cs_user_pstn_settings, refuses_unknown, nullptr, tenant_takes, get_settings},
    Verb{CmdletId::set_cs_user, refuses_user, nullptr, tenant_takes, set_user},
    Verb{CmdletId::get_cs_online_user, refuses_get_user, nullptr, tenant_takes, get_user},
    Verb{CmdletId::grant_cs_voice_routing_policy, refuses_unknown, nullptr, tenant_takes, grant},
};

}  // namespace

std::span<const Verb> user_verbs() {
    return rows;
}

}  // namespace sim::operations
