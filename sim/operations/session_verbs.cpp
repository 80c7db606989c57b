// The way to the tenant from an administrator's computer, the accounts of its directory, and which of them are
// the objects of Mediations. Cmdlets of scripts need no session of their own: a script has one.

#include "sim/operations/verb_rows.hpp"
#include "sim/vocabulary/letters.hpp"

#include <algorithm>
#include <array>

namespace sim::operations {

using vocabulary::FaultId;
using vocabulary::Part;
using vocabulary::same_word;

namespace {

// --- sessions

std::string session_name(const Session& session) {
    return "Session" + std::to_string(session.id);
}

std::string administrator_of(const Command& command) {
    for (const char* parameter : {"UserName", "Credential"})
        if (is_given(command, parameter)) return text_of(command, parameter);
    return "admin";
}

// A window that was closed without Remove-PSSession keeps its shell until it expires (S2).
std::string refuses_session(const Estate& estate, const Command& command) {
    const std::vector<Session> open = estate.tenancy.sessions();
    const std::string administrator = administrator_of(command);
    const auto own = std::count_if(open.begin(), open.end(), [&](const Session& session) {
        return same_word(session.administrator, administrator);
    });
    if (static_cast<std::size_t>(own) >= sessions_of_administrator_max)
        return "The maximum number of concurrent shells for this user has been exceeded: 3 are open.";
    if (open.size() >= sessions_of_tenant_max)
        return "The maximum number of concurrent shells for this tenant has been exceeded: 20 are open.";
    return "";
}

std::string open_session(Estate& estate, const Command& command, Answer& answer) {
    if (std::string why = refuses_session(estate, command); !why.empty()) return why;
    const Session session = estate.tenancy.open_session(administrator_of(command));
    answer.push_back({{"Id", session.id},
                      {"Name", session_name(session)},
                      {"Administrator", session.administrator},
                      {"State", "Opened"}});
    return "";
}

std::vector<Session>::iterator session_of(Tenancy& tenancy, const Command& command) {
    const auto* id = given<std::int64_t>(command, "Id");
    const std::string name = text_of(command, "Session");
    return std::find_if(tenancy.all_sessions.begin(), tenancy.all_sessions.end(), [&](const Session& session) {
        return id != nullptr ? session.id == *id
                             : same_word(session_name(session), name) || std::to_string(session.id) == name;
    });
}

bool is_open(const Estate& estate, const Session& session) {
    return session.reconnects || estate.simulation.now() < session.opened + session_lives;
}

std::string refuses_no_session(const Estate& estate, const Command& command) {
    return session_of(estate.tenancy, command) == estate.tenancy.all_sessions.end()
               ? "There is no such session."
               : "";
}

std::string refuses_import(const Estate& estate, const Command& command) {
    if (std::string why = refuses_no_session(estate, command); !why.empty()) return why;
    const Session& session = *session_of(estate.tenancy, command);
    if (!is_open(estate, session)) return "The session is broken: it was open for longer than 60 minutes.";
    const auto& all = estate.tenancy.all_sessions;
    const bool clobbers = std::any_of(all.begin(), all.end(), [&](const Session& other) {
        return other.imported && other.id != session.id &&
               same_word(other.administrator, session.administrator);
    });
    if (clobbers && !vocabulary::has_flag(command, "AllowClobber"))
        return "The cmdlets of another session are imported already: -AllowClobber replaces them.";
    return "";
}

std::string import_session(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_import(estate, command); !why.empty()) return why;
    session_of(estate.tenancy, command)->imported = true;
    return "";
}

std::string get_sessions(Estate& estate, const Command&, Answer& answer) {
    for (const Session& session : estate.tenancy.all_sessions)
        answer.push_back({{"Id", session.id},
                          {"Name", session_name(session)},
                          {"Administrator", session.administrator},
                          {"State", is_open(estate, session) ? "Opened" : "Broken"}});
    return "";
}

std::string remove_session(Estate& estate, const Command& command, Answer&) {
    const auto session = session_of(estate.tenancy, command);
    if (session == estate.tenancy.all_sessions.end()) return refuses_no_session(estate, command);
    estate.tenancy.all_sessions.erase(session);
    return "";
}

std::string reconnect(Estate& estate, const Command&, Answer&) {
    estate.tenancy.reconnects = true;
    for (Session& session : estate.tenancy.all_sessions)
        session.reconnects = session.reconnects || is_open(estate, session);
    return "";
}

std::string sign_in(Estate&, const Command& command, Answer& answer) {
    answer.push_back({{"Administrator", administrator_of(command)}});
    return "";
}

std::string connect_directory(Estate& estate, const Command&, Answer&) {
    estate.tenancy.directory_session = true;
    return "";
}

// --- objects of Mediations

// What faults have made of the account, as if somebody had typed it.
void absorb(Account& account, const topology::Appliance& appliance) {
    for (const topology::Hold& hold : appliance.holds) {
        if (hold.part != Part::hybrid_object) continue;
        if (hold.id == FaultId::hybrid_ms_object_missing) account.fqdn.clear();
        if (hold.id == FaultId::hybrid_ms_object_licensed) account.licensed = true;
        if (hold.id == FaultId::hybrid_ms_object_wrong_edge) account.edge_fqdn = "edge.invalid";
    }
}

const TenantAppliance* appliance_with(const Estate& estate, const std::string& fqdn) {
    for (const TenantAppliance& one : estate.tenancy.appliances)
        if (!fqdn.empty() && same_word(one.fqdn, fqdn)) return &one;
    return nullptr;
}

Account as_it_is(const Estate& estate, Account account) {
    const TenantAppliance* of = appliance_with(estate, account.fqdn);
    if (of != nullptr && of->appliance) absorb(account, estate.fleet.appliances()[*of->appliance]);
    return account;
}

std::optional<FaultId> wrong_with(const Estate& estate, const TenantAppliance& object) {
    const Account* account = estate.tenancy.account_of(object.fqdn);
    if (account == nullptr || account->department.empty()) return FaultId::hybrid_ms_object_missing;
    if (account->licensed) return FaultId::hybrid_ms_object_licensed;
    const SiteId site = estate.fleet.appliances()[*object.appliance].site;
    const std::string& edge = estate.tenancy.sites_at_start[vocabulary::index(site)].real_edge_fqdn;
    if (!same_word(account->edge_fqdn, edge)) return FaultId::hybrid_ms_object_wrong_edge;
    return std::nullopt;
}

// Changes an account as it is by now, and has the fleet know what that means for the Mediations it was and is
// for.
template <class Change>
void change(Estate& estate, Account& account, Change how) {
    const std::string before = account.fqdn;
    account = as_it_is(estate, account);
    how(account);
    for (const std::string& fqdn : {before, account.fqdn}) {
        const TenantAppliance* object = appliance_with(estate, fqdn);
        if (object != nullptr && object->appliance)
            estate.fleet.write_hybrid_object(*object->appliance, wrong_with(estate, *object));
    }
}

bool is_known(const Estate& estate, const Account& account) {
    return account.known_from && *account.known_from <= estate.simulation.now();
}

std::string refuses_object(const Estate& estate, const Command& command) {
    const std::string name = text_of(command, "Identity");
    const Account* account = estate.tenancy.account(name);
    if (account == nullptr || !is_known(estate, *account))
        return "Management object not found for identity \"" + name + "\".";
    if (as_it_is(estate, *account).licensed)
        return "The account \"" + name + "\" has a licence: the object of a Mediation Server must have none.";
    const Account* other = estate.tenancy.account_of(text_of(command, "Fqdn"));
    if (other != nullptr && other != account && !as_it_is(estate, *other).fqdn.empty())
        return "The Mediation Server has an object already: \"" + other->display_name + "\".";
    return "";
}

std::string set_object(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_object(estate, command); !why.empty()) return why;
    const std::string fqdn = text_of(command, "Fqdn");
    for (Account& other : estate.tenancy.accounts)  // one whose object is missing
        if (same_word(other.fqdn, fqdn)) other.fqdn = as_it_is(estate, other).fqdn;
    change(estate, *estate.tenancy.account(text_of(command, "Identity")), [&](Account& account) {
        account.fqdn = fqdn;
        account.edge_fqdn = text_of(command, "AccessProxyExternalFqdn");
    });
    return "";
}

std::string get_objects(Estate& estate, const Command& command, Answer& answer) {
    const std::string name = text_of(command, "Identity"), fqdn = text_of(command, "Fqdn");
    for (const Account& one : estate.tenancy.accounts) {
        const Account account = as_it_is(estate, one);
        if (account.fqdn.empty() || !is_like(account.fqdn, fqdn)) continue;
        if (!is_like(account.display_name, name)) continue;
        answer.push_back({{"Identity", account.display_name},
                          {"Fqdn", account.fqdn},
                          {"AccessProxyExternalFqdn", account.edge_fqdn},
                          {"Warning", account.licensed ? "The account has a licence." : ""}});
    }
    return "";
}

// --- accounts

std::string refuses_disconnected(const Estate& estate, const Command&) {
    return estate.tenancy.directory_session
               ? ""
               : "There is no session to the directory: Connect-MsolService opens one.";
}

std::string refuses_account(const Estate& estate, const Command& command) {
    if (std::string why = refuses_disconnected(estate, command); !why.empty()) return why;
    const std::string name = text_of(command, "UserPrincipalName");
    return estate.tenancy.account(name) != nullptr ? "" : "User not found: " + name + ".";
}

std::string refuses_new_account(const Estate& estate, const Command& command) {
    if (std::string why = refuses_disconnected(estate, command); !why.empty()) return why;
    const std::string name = text_of(command, "UserPrincipalName");
    if (estate.tenancy.account(name) != nullptr) return "A user with the name \"" + name + "\" exists already.";
    return "";
}

// The tenant learns of an account once it is licensed, and after a while (S3: up to an hour).
void license(Estate& estate, Account& account, bool licensed) {
    account.licensed = licensed;
    if (licensed && !account.known_from)
        account.known_from = estate.simulation.now() + estate.times.provisioning_takes;
    if (!licensed && !is_known(estate, account)) account.known_from.reset();
}

std::string new_account(Estate& estate, const Command& command, Answer&) {
    if (std::string why = refuses_new_account(estate, command); !why.empty()) return why;
    Account account;
    account.principal = text_of(command, "UserPrincipalName");
    account.display_name = text_of(command, "DisplayName");
    if (is_given(command, "LicenseAssignment")) license(estate, account, true);
    estate.tenancy.accounts.push_back(account);
    return "";
}

std::string refuses_get_account(const Estate& estate, const Command& command) {
    return is_given(command, "UserPrincipalName") ? refuses_account(estate, command)
                                                  : refuses_disconnected(estate, command);
}

std::string get_accounts(Estate& estate, const Command& command, Answer& answer) {
    const Account* one = is_given(command, "UserPrincipalName")
                             ? estate.tenancy.account(text_of(command, "UserPrincipalName"))
                             : nullptr;
    for (const Account& account : estate.tenancy.accounts) {
        if (one != nullptr && &account != one) continue;
        answer.push_back({{"UserPrincipalName", account.principal},
                          {"DisplayName", account.display_name},
                          {"Department", account.department},
                          {"IsLicensed", as_it_is(estate, account).licensed}});
    }
    return "";
}

std::string refuses_set_account(const Estate& estate, const Command& command) {
    if (std::string why = refuses_account(estate, command); !why.empty()) return why;
    const bool acts = is_given(command, "Department") || is_given(command, "StrongAuthenticationRequirements");
    return acts ? "" : "Of an account only -Department and -StrongAuthenticationRequirements are simulated.";
}

// Who must prove himself twice matters to the TenantAdmin of a host only: its fault waits for that.
std::string set_account(Estate& estate, const Command& command, Answer&) {
    if (!is_given(command, "Department")) return "";
    change(estate, *estate.tenancy.account(text_of(command, "UserPrincipalName")), [&](Account& account) {
        const std::string department = text_of(command, "Department");
        account.department = same_word(department, "HybridMediationServer") ? department : "";
    });
    return "";
}

std::string set_license(Estate& estate, const Command& command, Answer&) {
    change(estate, *estate.tenancy.account(text_of(command, "UserPrincipalName")), [&](Account& account) {
        if (is_given(command, "RemoveLicenses")) license(estate, account, false);
        if (is_given(command, "AddLicenses")) license(estate, account, true);
    });
    return "";
}

constexpr std::array rows{
    Verb{CmdletId::new_cs_online_session, refuses_session, nullptr, tenant_takes, open_session},
    Verb{CmdletId::new_ps_session, refuses_session, nullptr, tenant_takes, open_session},
    Verb{CmdletId::import_ps_session, refuses_import, nullptr, tenant_takes, import_session},
    Verb{CmdletId::get_ps_session, nothing_against, nullptr, tenant_takes, get_sessions},
    Verb{CmdletId::remove_ps_session, refuses_no_session, nullptr, tenant_takes, remove_session},
    Verb{CmdletId::enable_cs_online_session_for_reconnection, nothing_against, nullptr, tenant_takes,
         reconnect},
    Verb{CmdletId::get_cs_web_ticket, nothing_against, nullptr, tenant_takes, sign_in},
    Verb{CmdletId::set_cs_hybrid_mediation_server, refuses_object, nullptr, tenant_takes, set_object},
    Verb{CmdletId::get_cs_hybrid_mediation_server, nothing_against, nullptr, tenant_takes, get_objects},
    Verb{CmdletId::connect_msol_service, nothing_against, nullptr, tenant_takes, connect_directory},
    Verb{CmdletId::get_msol_user, refuses_get_account, nullptr, tenant_takes, get_accounts},
    Verb{CmdletId::new_msol_user, refuses_new_account, nullptr, tenant_takes, new_account},
    Verb{CmdletId::set_msol_user, refuses_set_account, nullptr, tenant_takes, set_account},
    Verb{CmdletId::set_msol_user_license, refuses_account, nullptr, tenant_takes, set_license},
};

}  // namespace

std::span<const Verb> session_verbs() {
    return rows;
}

}  // namespace sim::operations
