// What stands in the tenant: sites, registered appliances, update windows, accounts, sessions - all that the
// tenant's cmdlets show and change -, and what of it is written and not in force yet.
//
// What calls ask about - where users are assigned, what they may, whether a domain is shared - stands in the
// fleet. Here is what only people read, and the names by which they speak of it.

#pragma once

#include "sim/kernel/simulation.hpp"
#include "sim/maintenance/openings.hpp"
#include "sim/maintenance/updates.hpp"
#include "sim/vocabulary/purposes.hpp"
#include "sim/vocabulary/window.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sim::operations {

using kernel::Duration;
using kernel::Instant;
using vocabulary::ApplianceId;
using vocabulary::CohortId;
using vocabulary::SiteId;

// The users of the tenant, who are as many as they are: asked for by name, never copied.
class People {
public:
    struct One {
        CohortId group{};
        std::size_t number = 0;    // in the group
        std::uint32_t caller = 0;  // first those with voice from the start, then the others
    };

    virtual ~People() = default;
    virtual std::optional<One> named(std::string_view principal) const = 0;
    virtual std::size_t size(CohortId group) const = 0;
    virtual bool has_voice(CohortId group, std::size_t number) const = 0;  // from the start
    virtual std::uint32_t with_voice(CohortId group) const = 0;            // how many have it from the start
    virtual std::string name(const One& one) const = 0;
    virtual bool may_dial_abroad(const One& one) const = 0;  // from the start
    // Whose site this was in the file; none: those without a site.
    virtual std::optional<CohortId> users_of(std::optional<SiteId> site) const = 0;
    virtual std::optional<SiteId> site_of(CohortId group) const = 0;
};

struct TenantSite {
    std::string name, edge_fqdn;
    std::optional<SiteId> site;  // none: made meanwhile, and nothing stands there
    std::string real_edge_fqdn;  // of the Edges that stand there
    bool auto_update = true;     // where nothing stands; else the fleet knows
    std::vector<std::string> os_windows, bits_windows;
};

struct TenantAppliance {
    std::string identity, name, site, ip, fqdn;
    std::optional<ApplianceId> appliance;  // none: registered by hand, and nothing stands there
    std::string version, error;            // as somebody wrote them
    std::string gruu, snapshot;
    // Where nothing stands; else the fleet knows.
    bool maintenance_mode = false;
    std::string status = "None", action = "Deploy", deployment = "Started";
};

struct TenantWindow {
    std::string name;
    vocabulary::Window window;
};

// An account of the online directory; one for each Mediation from the start (RB-6).
struct Account {
    std::string principal, display_name, department;
    bool licensed = false;
    std::optional<Instant> known_from;  // licensed for long enough that the tenant knows it
    std::string fqdn, edge_fqdn;        // of the Mediation whose object it is; empty: of none
};

// Of users, what is shown and does nothing to calls: numbers stay where they are, and voicemail answers.
struct UserNote {
    bool hosted_voice_mail = true;
    std::string line_uri;
};

struct Session {
    std::int64_t id = 0;
    std::string administrator;
    Instant opened{};
    bool reconnects = false;
    bool imported = false;
};

// What stands there before the run.
struct TenancyPlan {
    struct Window {  // of a site, as the updates have it
        SiteId site{};
        std::string window;
        vocabulary::Purposes purposes;
        std::uint32_t row = 0;
    };
    std::vector<TenantSite> sites;
    std::vector<TenantAppliance> appliances;
    std::vector<TenantWindow> windows;
    std::vector<Account> accounts;
    std::string peer_destination;
    bool updates = true;  // somebody updates in windows
};

// Of the number-th that is registered: the tenant gives a GUID.
std::string appliance_identity(std::uint32_t number);

inline constexpr std::size_t sessions_of_administrator_max = 3;      // S2
inline constexpr std::size_t sessions_of_tenant_max = 20;            // S2
inline constexpr Duration session_lives = std::chrono::minutes{60};  // S2; longer where it reconnects

class Tenancy {
public:
    // People, openings and updates outlive this.
    Tenancy(kernel::Simulation& simulation, maintenance::Updates& updates, const People& people,
            const maintenance::Openings& openings, TenancyPlan plan);

    const People& people() const { return people_; }
    const maintenance::Openings& openings() const { return openings_; }

    // In force after `delay`; what was written before comes before. A cause of its own: that of who wrote it.
    void in_force_after(Duration delay, std::function<void()> change);
    void takes_effect(std::uint32_t row);  // event of this room

    // By name, as people write it: in any case. Null: there is none.
    TenantSite* site(std::string_view name);
    const TenantSite* site(std::string_view name) const;
    const TenantSite* site_with_edge(std::string_view fqdn) const;
    TenantAppliance* appliance(std::string_view identity_or_name);
    const TenantAppliance* appliance(std::string_view identity_or_name) const;
    const TenantAppliance* appliance_of(ApplianceId id) const;  // null: it is not registered
    TenantWindow* window(std::string_view name);
    const TenantWindow* window(std::string_view name) const;
    Account* account(std::string_view principal_or_display_name);
    const Account* account(std::string_view principal_or_display_name) const;
    const Account* account_of(std::string_view mediation_fqdn) const;

    // One more, with an identity of its own.
    const TenantAppliance& add_appliance(TenantAppliance appliance);
    // What is registered of it was as at the start, or is to be so again.
    const TenantAppliance& at_start(ApplianceId id) const;

    // What the updates know already.
    void adopt(std::vector<TenancyPlan::Window> in_use) { in_use_ = std::move(in_use); }
    // The windows that a site names are those in which it is updated, from their next opening on.
    void lay_windows(const TenantSite& site);
    // The window has changed: all who name it.
    void lay_window(const std::string& window);

    // Sessions that are open now.
    std::vector<Session> sessions() const;
    Session open_session(const std::string& administrator);

    std::vector<TenantSite> sites;
    const std::vector<TenantSite> sites_at_start;
    std::vector<TenantAppliance> appliances;
    const std::vector<TenantAppliance> appliances_at_start;
    std::vector<TenantWindow> windows;
    std::vector<Account> accounts;
    std::vector<Session> all_sessions;               // closed ones are taken out, expired ones are not
    bool reconnects = false;                         // sessions opened from now on
    bool directory_session = false;                  // Connect-MsolService was typed
    std::optional<bool> bypass_made;                 // New-CsNetworkMediaBypassConfiguration: enabled
    std::vector<std::string> dial_plans, mailboxes;  // of voicemail (1.3.8)
    std::map<std::string, UserNote> notes;           // by user, or by group
    std::string service_url_internal, service_url_external;
    std::string peer_destination;  // as it was written

private:
    bool opens(SiteId site, const std::string& window, vocabulary::Purposes purposes) const;

    kernel::Simulation& simulation_;
    maintenance::Updates& updates_;
    const People& people_;
    const maintenance::Openings& openings_;
    std::vector<TenancyPlan::Window> in_use_;
    bool updates_run_;
    std::vector<std::function<void()>> changes_;
    std::int64_t sessions_opened_ = 0;
    std::uint32_t identities_given_ = 0;
};

}  // namespace sim::operations
