// What exists and what state it is in: hosts, their machines, cards, rules and services, the gateways and their
// trunks, the sites' lines and names, the tenant's settings, who may call where - and what follows from that
// alone: which way a call could go, and whether an appliance is ready.
//
// Rooms above change the state through the verbs below and never ask each other; each verb notes what it
// touched, so that calls can be settled before time moves on. The fleet knows no call.
//
// Start-up is physics and lives here: a host boots, then its machines one after another in the order AD, CMS,
// Mediation, Edge; the services of Mediation and CMS do not start without their directory.
//
// So are the ends of certificates. A link that stands does not look at the date: a role whose certificate has
// ended fails when it starts or connects the next time, and nobody watches (S0: no version does).

#pragma once

#include "sim/kernel/simulation.hpp"
#include "sim/topology/deployment.hpp"
#include "sim/vocabulary/fault_ids.hpp"
#include "sim/vocabulary/ids.hpp"
#include "sim/vocabulary/machines.hpp"
#include "sim/vocabulary/numbers.hpp"
#include "sim/vocabulary/outcomes.hpp"
#include "sim/vocabulary/parts.hpp"
#include "sim/vocabulary/versions.hpp"

#include <array>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sim::topology {

using kernel::Duration;
using kernel::Instant;
using vocabulary::ApplianceId;
using vocabulary::Build;
using vocabulary::CohortId;
using vocabulary::FaultId;
using vocabulary::GatewayId;
using vocabulary::Machine;
using vocabulary::Part;
using vocabulary::Parts;
using vocabulary::Reason;
using vocabulary::SiteId;
using vocabulary::VersionId;

// What the tenant was last told. It keeps the last report: a dead host reads Running.
// None: registered, and not deployed; or not registered at all.
enum class TenantStatus : std::uint8_t { running, maintenance, error, none };

enum class Power : std::uint8_t { off, starting, on };

// The number of holds that no fault has struck: somebody has written a setting that does what a fault does.
inline constexpr std::uint32_t by_setting = ~0U;

// That an active fault holds something down. What it holds is said by the kinds of holds below.
struct Held {
    std::uint32_t fault = 0;   // the active fault, by its owner's number; or by_setting
    FaultId id{};              // what it is called
    std::uint32_t place = 0;   // the number of what was struck: two common causes are two faults
    kernel::RecordId cause{};  // out of what it was struck
};

// Something of an appliance.
struct Hold : Held {
    Part part{};
    bool clearable = false;  // a recovery attempt can clear it; otherwise only its own end does, or a hand
    bool by_hand = false;    // somebody can put it right at a console: it has no end of its own
    unsigned calls_max = 0;  // media_ports: how many calls there are ports for
};

struct BootTimes {
    Duration host{};
    std::array<Duration, 4> machine{};  // by Machine

    Duration operator[](Machine m) const { return machine[static_cast<std::size_t>(m)]; }
};

// Why something does not carry calls, and out of which record that grew.
struct Down {
    Reason reason = Reason::none;
    kernel::RecordId cause{};
};

// The TLS links of one role.
struct Links {
    bool stand = true;  // its services run and it is connected: links are made whenever this becomes true
    bool work = true;   // every certificate they ask for was good then, or has been renewed since
};

// A root certificate of a CA. One that was renewed has the same key and another end; whoever trusts either of
// them trusts what that key has signed.
enum class RootId : std::uint32_t {};
struct Root {
    std::uint32_t key = 0;
    Instant until = kernel::never;
};

// A server certificate of a role.
struct Issued {
    Part role{};
    RootId by{};
    std::optional<std::uint32_t> leaked = {};  // its private key is in wrong hands, by this fault
};

// The CA on an appliance's AD machine, and what it has issued.
struct Authority {
    RootId root{};
    std::vector<Issued> servers;            // in use, one for each of the server certificates, in their order
    std::vector<Issued> legacy;             // superseded; they lie there until somebody removes them
    kernel::RecordId changed{};             // out of what the CA or its certificates last became others
    std::string edge_file, mediation_file;  // where the external certificates lie; empty: as installed
};

struct Appliance {
    SiteId site{};
    unsigned calls_max = 500;             // of the hardware
    unsigned media_ports_for = ~0u;       // how many calls there are media ports for
    Build version;                        // that runs
    std::optional<Build> backup_version;  // of a second set of machines, switched off
    Build script_version;                 // the newest installed: of its cmdlets and its service
    bool fast_failover = true;            // its Mediation gives a silent gateway up after 10 s

    Power host = Power::on;
    std::uint32_t host_losses = 0;  // how often the host has gone down, planned or not
    std::array<Power, 4> machine{Power::on, Power::on, Power::on, Power::on};
    Parts started = vocabulary::every_service;
    Parts broken;  // parts other than host, machines and services that are down, whatever the reason
    // What no fault holds: stopped, detached, disabled or not seen to, on purpose or out of forgetfulness. Only
    // a hand puts it right, or a recovery attempt what it reaches; services also start with their machine.
    Parts put_off;
    bool automatic = true;  // start type of the services; Manual after detection and in maintenance
    bool management_running = true;
    bool draining = false;          // Mediation answers 503 to new calls
    bool in_maintenance = false;    // between Enter-CcUpdate and Exit-CcUpdate; suppresses detection
    bool maintenance_mode = false;  // of that object: neither detection nor updates, while calls go on
    // Until when each certificate is good, by its number among them.
    std::array<Instant, vocabulary::certificate_count> valid_until;
    Authority authority;
    Links edge_links, mediation_links;
    TenantStatus declared = TenantStatus::running;  // by its management service
    TenantStatus status = TenantStatus::running;    // as the tenant was last told
    bool seen_from_outside_only = false;            // declared in Error because nobody could look inside
    kernel::RecordId reported{};                    // out of what the last status was declared
    std::vector<Hold> holds;
    std::vector<Hold> backup_holds;  // on the set that is switched off
    unsigned ports_given_for = ~0u;  // how many calls somebody has given media ports for
    Deployment deployment;

    // Derived, kept up to date by the fleet:
    bool edge_alive = true;       // signalling
    bool mediation_alive = true;  // signalling and media
    bool relay_carries = true;    // media of external clients
    bool relay_admits = true;     // new ones, too
    bool ready = true;            // all of it started, and calls would pass in both directions
    bool exposed = false;         // a key of its CA or of its server certificates is in wrong hands
    Down edge_down, mediation_down, relay_down;

    kernel::Ticket boot{};         // of the host or of the next machine
    kernel::Ticket certificate{};  // the next one to end

    Appliance() { valid_until.fill(kernel::never); }
    bool on(Machine m) const { return machine[static_cast<std::size_t>(m)] == Power::on; }
    bool good(Part part) const;
    bool good(Parts parts) const;
    // Its management service detects and recovers. S0: "HA support" is lost while the version that runs is not
    // that of the scripts; what that means is assumed.
    bool has_ha_support() const {
        return version == script_version && deployment.installed && deployment.registered;
    }
    // The tenant was not told what was declared last.
    bool is_untold() const { return status != declared; }
    // The cloud leaves it out: the tenant was told so, and it does not answer. A stale report alone takes
    // nobody out of service (S0: nothing on the way of a call depends on it).
    bool is_left_out() const {
        return status != TenantStatus::running && !seen_from_outside_only &&
               (!edge_alive || !mediation_alive || draining);
    }
};

// What of a gateway can be wrong.
enum class GatewayPart : std::uint8_t {
    power,
    circuits,    // to the carrier
    trunk,       // there is one to an appliance
    trust,       // TLS roots and names of a trunk, or of all; asked for when it connects
    targets,     // the trunks name servers, not the pool
    priorities,  // as they should be; else the first trunk comes first
    place,       // the trunks lead to the appliances of its own site
    delivery,    // the carrier delivers its numbers here
    patience,    // waits for destinations that are slow to answer
    transfers,   // understands REFER
};
struct GatewayHold : Held {
    GatewayPart part{};
    std::optional<ApplianceId> to;         // trunk, trust: of this trunk only
    std::optional<SiteId> site;            // place: whose appliances the trunks lead to
    double share = 0;                      // patience: of outbound calls
    bool by_hand = false;                  // somebody can put it right at a console: it has no end of its own
    std::vector<ApplianceId> mended = {};  // trust: these trunks are right again, the others are not
};

// To the Mediation of an appliance. Inbound calls try trunks of the lowest number first, equal ones in turn.
struct Trunk {
    ApplianceId to{};
    unsigned priority = 1;
};

// Between a gateway and a Mediation that know each other; calls of both directions use it. With TLS each side
// must trust the other when it connects: at the start, when Mediation or gateway come back, and when what kept
// it down is mended. Until then what is up stays up.
struct Connection {
    ApplianceId to{};
    bool trusted = true;  // as configured
    bool up = true;
    kernel::RecordId cause{};  // of what refused it
};

struct ConfiguredTrunk {
    Trunk trunk;
    bool trusted = true;
};
struct TrunkList {
    std::vector<ConfiguredTrunk> trunks;  // each appliance at most once
    bool names_pool = false;              // the name of the pool, not of a server, stands in one of them
};

struct Gateway {
    SiteId site{};
    unsigned channels = 0;
    bool reroute_on_5xx = false;  // hunts on after the 5xx of a Mediation without its Edge
    bool tls = false;
    bool alive = true;
    Down down;
    Instant died_at{};     // the last time; means nothing before `down` has a reason
    Instant changed_at{};  // when it last died or came back
    std::vector<GatewayHold> holds;
    std::vector<ConfiguredTrunk> configured;  // none: one to each appliance of its site, all alike
    bool names_pool = false;
    vocabulary::NumberClasses carries = vocabulary::NumberClasses::all();  // LocalRoute: what may leave here
    std::vector<RootId> roots;          // it trusts; whoever lays a trunk installs the root of its appliance
    std::optional<RootId> certificate;  // its own comes from this CA; none: from one that everybody trusts

    // Derived, kept up to date by the fleet:
    std::vector<Trunk> trunks;            // in the order of their priorities
    std::vector<Connection> connections;  // to each appliance of its site, and to each that a trunk leads to

    const GatewayHold* held(GatewayPart part) const;
    const GatewayHold* held(GatewayPart part, ApplianceId to) const;  // of this trunk
    const Connection* refused(ApplianceId appliance) const;           // if its last connect failed
    unsigned priority_of(ApplianceId appliance) const;
    // Inbound calls reach it by one of the trunks. The name of the pool is that of every appliance.
    bool leads_to(ApplianceId appliance) const;
};

enum class SitePart : std::uint8_t {
    provider,     // its line to the Internet
    sip_port,     // 5061 open towards the cloud
    media_ports,  // open for external clients
    address,      // the A record of its Edges
    services,     // SRV records that its Edges look up
    share,        // the Site Directory opens
    folder,       // it is the site's alone
    order,        // its appliances were installed one after another
    auto_update,  // EnableAutoUpdate
    windows,      // update windows of its own
    routing,      // the tenant's routing knows it
};
struct SiteHold : Held {
    SitePart part{};
};

struct Site {
    std::vector<ApplianceId> appliances;  // by registration
    std::vector<GatewayId> gateways;
    std::optional<ApplianceId> directory_on;  // whose host carries the Site Directory; the first, unless said
    unsigned appliances_needed = 0;
    std::optional<ApplianceId> lock;         // who deploys or updates; one at a time (CcLockFile)
    std::map<std::string, SiteFiles> files;  // by the path of the directory; "" is the default
    std::vector<SiteHold> holds;
    std::optional<RootId> ca_backup;    // in the Site Directory; what an appliance takes its root from
    std::optional<SiteId> overflow_to;  // what if: an outbound call that no appliance here takes leaves there
    // How long exactly k appliances were ready, k = 0 … all.
    std::vector<Duration> ready_for;
    unsigned ready = 0;
    unsigned ready_min = 0;
    Instant ready_since{};

    const SiteHold* held(SitePart part) const;
};

// What is written down about users, and about the tenant as a whole.
enum class UserPart : std::uint8_t { voice, assignment, international };
struct UserHold : Held {
    UserPart part{};
    double share = 1;            // voice: of the users, the first ones in the file
    std::optional<SiteId> site;  // assignment: where they are assigned instead; none: nowhere
};
// What was written for one of them alone, by a cmdlet. It stands until something is written for all. Callers
// are those who have voice in the file, in its order; after them the others.
struct OneUser {
    std::uint32_t caller = 0;
    std::optional<bool> voice, international;
    bool given_voice = false;  // once, whatever has become of it: she has a number, and is called
    bool moved = false;        // to `assigned`
    std::optional<SiteId> assigned;
    kernel::RecordId cause{};  // out of what it was written last
};
struct UserGroup {
    std::optional<SiteId> assigned;
    std::optional<bool> international;  // written for all; none: as the file says of each
    bool all_given_voice = false;       // also those without it in the file
    std::vector<UserHold> holds;
    std::vector<OneUser> alone;  // by caller

    const UserHold* held(UserPart part) const;
    const OneUser* alone_of(std::uint32_t caller) const;
    // By a cmdlet, ever. Of no matter for those who had voice from the start.
    bool was_given_voice(std::uint32_t caller) const;
    bool gave_voice_to_anyone() const;
    std::optional<SiteId> site() const;  // where they are assigned, as faults have left it
};

enum class TenantPart : std::uint8_t { peer_destination, shared_sip_space, dial_plan };
struct TenantHold : Held {
    TenantPart part{};
    std::optional<SiteId> site;  // peer_destination: the wrong one; none: unset
};
struct Tenant {
    std::optional<SiteId> peer_destination;
    std::vector<TenantHold> holds;

    const TenantHold* held(TenantPart part) const;
    std::optional<SiteId> exit_of_the_unassigned() const;
};

// A fault of certificates that work all the same: near their end, or their keys in wrong hands.
struct Concern : Held {
    ApplianceId on{};
    RootId root{};  // ca-expiring: this certificate; ca-compromised: its key
    Parts left;     // server-certs-expiring: those that are still the old ones
};

struct ExportedRoot {
    SiteId site{};
    std::string folder;
    RootId root{};
};

struct Exposure {
    Duration time{};
    Instant since{};
};

class Fleet {
public:
    Fleet(kernel::Simulation& simulation, BootTimes boots) : simulation_(simulation), boots_(boots) {}

    SiteId add_site(unsigned appliances_needed);
    ApplianceId add_appliance(SiteId site, unsigned calls_max, VersionId version = vocabulary::newest_version);
    GatewayId add_gateway(SiteId site, unsigned channels, bool reroute_on_5xx, bool tls = false);
    void set_trunks(GatewayId id, const TrunkList& list);  // REQUIRES a list that is not empty
    void set_carries(GatewayId id, vocabulary::NumberClasses classes);
    void set_fast_failover(ApplianceId id, bool on) { at(id).fast_failover = on; }
    void set_backup_version(ApplianceId id, Build version);  // REQUIRES another than the one that runs
    void set_directory_on(SiteId id, ApplianceId host) { sites_[id].directory_on = host; }
    CohortId add_users(std::optional<SiteId> assigned);
    void set_peer_destination(std::optional<SiteId> site) { tenant_.peer_destination = site; }

    // Settings, as the tenant's cmdlets write them: effective at once, and instead of what a fault wrote there.
    // Inbound calls do not ask where users are assigned.
    void assign(CohortId id, std::optional<SiteId> site);
    void set_voice(CohortId id, bool enabled);
    void set_international(CohortId id, bool allowed);
    void assign(CohortId id, std::uint32_t caller, std::optional<SiteId> site);
    void set_voice(CohortId id, std::uint32_t caller, bool enabled);
    void set_international(CohortId id, std::uint32_t caller, bool allowed);
    void write_peer_destination(std::optional<SiteId> site);
    void write(TenantPart part, bool right);           // REQUIRES another than peer_destination
    void write(SiteId id, SitePart part, bool right);  // REQUIRES auto_update, windows or routing
    void set_overflow(SiteId id, std::optional<SiteId> to);
    void set_maintenance_mode(ApplianceId id, bool on);
    void set_registered(ApplianceId id, bool registered);
    // What the tenant reads from now on, until the management service reports something else.
    void write_status(ApplianceId id, TenantStatus status);
    // The object of its Mediation is right, or wrong in one way.
    void write_hybrid_object(ApplianceId id, std::optional<FaultId> wrong);

    const vocabulary::Table<SiteId, Site>& sites() const { return sites_; }
    const vocabulary::Table<ApplianceId, Appliance>& appliances() const { return appliances_; }
    const vocabulary::Table<GatewayId, Gateway>& gateways() const { return gateways_; }
    const vocabulary::Table<CohortId, UserGroup>& users() const { return users_; }
    const Tenant& tenant() const { return tenant_; }
    const BootTimes& boots() const { return boots_; }

    // Faults. A hold keeps its part down until it is released; a part that several faults hold is down until
    // the last one lets go. `strike` is false, and does nothing, where the same fault holds the part already,
    // or where it is down and nothing holds it: stopped on purpose, or waiting for another part. What is
    // starting can be struck.
    bool strike(ApplianceId id, Hold hold, Reason reason);
    bool strike(GatewayId id, GatewayHold hold, Reason reason);
    bool strike(SiteId id, SiteHold hold, Reason reason);
    bool strike(CohortId id, UserHold hold);
    bool strike(TenantHold hold);
    // The fault is over. What it held comes back by itself if nothing else holds it and its start type is
    // Automatic: a host boots, a machine boots, a service starts.
    void release(ApplianceId id, std::uint32_t fault);
    void release(GatewayId id, std::uint32_t fault);
    void release(SiteId id, std::uint32_t fault);
    void release(CohortId id, std::uint32_t fault);
    void release_tenant(std::uint32_t fault);

    // Recovery. What one attempt reaches for.
    enum class Repair : std::uint8_t {
        services,    // restarts services, and nothing else
        everything,  // attaches cards, starts machines in order, enables rules, starts services
    };
    // True if an attempt would leave nothing of what it needs down.
    bool can_be_cleared(ApplianceId id, Repair repair = Repair::everything) const;
    // Clears what is clearable, and has every service - and machine - running at this instant, start type
    // Automatic. A drain goes on. REQUIRES can_be_cleared and a running host.
    void bring_up(ApplianceId id, Repair repair = Repair::everything);
    // How long the machines that are off take to boot, one after another.
    Duration time_to_boot(ApplianceId id) const;

    // Services. Stopped ones are Manual until started again; a restart of the machine does not start them.
    void stop_services(ApplianceId id, Reason reason);
    void start_services(
        ApplianceId id);  // those on running machines that nothing holds; the rest follow by booting
    void set_draining(ApplianceId id, bool draining);
    void set_in_maintenance(ApplianceId id, bool in_maintenance);

    // The management service says how things stand. The tenant hears it if the host reaches the tenant and may
    // write there; else it keeps what it was told before.
    void declare(ApplianceId id, TenantStatus status, bool seen_from_outside_only = false);
    bool can_report(ApplianceId id) const;
    void report(ApplianceId id);  // again, what was declared last. REQUIRES can_report

    // Restarts, as an update does them: down now, up after the boot times.
    void restart_machine(ApplianceId id, Machine machine, Reason reason);
    void restart_host(ApplianceId id, Reason reason);
    void restart_management(ApplianceId id);

    // Powers the running machines off and boots the other set in its usual order. What held a machine, a card,
    // a rule or a service stays with its set. The services of a set that is brought in start by themselves and
    // take calls. REQUIRES a backup version.
    void switch_sets(ApplianceId id, Reason reason);

    // --- a hand at a console (hands.cpp)

    // Everything that holds these parts and can be put right by hand is over, but for faults called one of
    // `but`. False if something holds one of them still.
    bool mend(ApplianceId id, Parts parts, std::initializer_list<FaultId> but = {});
    void put_off(ApplianceId id, Parts parts, Reason reason);
    // Mends them too. Machines boot in their order; services and machines start as soon as they find what they
    // need. False if something holds one of them still.
    bool put_on(ApplianceId id, Parts parts);
    // Its directory answers, and of Mediation its CMS: services of the machine can start.
    bool finds_what_it_needs(ApplianceId id, Machine machine) const;
    void stop_management(ApplianceId id);
    void set_media_ports(ApplianceId id, unsigned calls);  // enough for so many calls
    // The same for all gateways of a site, whatever they are called there.
    void mend_gateways(SiteId id, GatewayPart part);

    Deployment& deployment(ApplianceId id) { return at(id).deployment; }
    SiteFiles& files(SiteId id, const std::string& path) { return sites_[id].files[path]; }
    // What lies there; nothing, if nobody ever put something there.
    SiteFiles files(SiteId id, const std::string& path) const;
    void set_script_version(ApplianceId id, Build version);  // of cmdlets and service
    bool lock_site(ApplianceId id);                          // false: another one deploys or updates
    void unlock_site(ApplianceId id);                        // if it is this one
    // The machines in use are no more; what lies beside them stays.
    void remove_machines(ApplianceId id, Reason reason);
    void remove_backup(ApplianceId id);
    // Four new machines, running, in the place of those that were removed. REQUIRES that they were.
    void install_machines(ApplianceId id, Build version);

    // New certificates, good until `until`; also the first ones, before the run. What held the old ones is
    // over, and links that failed for them are up at once. The end of the new ones is one event, if it falls
    // into the run. REQUIRES certificates.
    void renew(ApplianceId id, Parts certificates, Instant until);

    // What happens to certificates that still work, beside what strike() does: server-certs-expiring and
    // ca-expiring set their end to `ends_in` from now, server-certs-leaked and ca-compromised put keys into
    // wrong hands. False, and nothing happens, where it is so already. They are over when nothing of the site
    // bears what they struck any more - in use, laid aside or in the backup -, or by release().
    bool endanger(ApplianceId id, Held fault, Duration ends_in);

    // A new server certificate for each role, from the CA as it is now, until then or until the CA's end; the
    // old ones are laid aside. REQUIRES server certificates.
    void issue(ApplianceId id, Parts roles, Instant until);
    void remove_legacy(ApplianceId id, Parts roles);
    // A new certificate for the same key: each appliance has its own from then on, and any of them will do.
    void renew_ca(ApplianceId id, Instant until);
    // The CA is installed anew: with the root of the site's backup, if there is one, else with one that nobody
    // has seen before. The server certificates are revoked: no link is made with them.
    void reset_ca(ApplianceId id, Instant until);
    void backup_ca(ApplianceId id) { sites_[appliances_[id].site].ca_backup = appliances_[id].authority.root; }
    void remove_ca_backup(SiteId id);
    // Stops what runs of these machines' services and starts it again `takes` later; whoever is in maintenance
    // has nothing that runs.
    void restart_services(ApplianceId id, Parts machines, Duration takes, Reason reason);

    // The file of an exported root.
    void export_root(ApplianceId id, const std::string& folder);
    // The newest of that folder, or of that site if none is named.
    std::optional<RootId> exported(SiteId site, const std::string& folder) const;
    // The gateway trusts this root too. Trunks that are down for want of it try again.
    void trust(GatewayId id, RootId root);
    // A certificate of its own from this CA, with its own name in it; as above.
    void certify(GatewayId id, RootId by);
    // The appliance's Mediation trusts the certificates of all its gateways; as above.
    void trust_gateways(ApplianceId id);
    void set_external_file(ApplianceId id, Part certificate, const std::string& path);
    const Root& root(RootId id) const { return roots_[id]; }

    // Events of this room.
    void host_booted(ApplianceId id);
    void machine_booted(ApplianceId id);
    void certificates_end(ApplianceId id);
    void services_return(ApplianceId id);

    // Something of `watched` is bad: a machine off, a service stopped, a card off its switch, a rule disabled.
    // What is starting is neither good nor bad yet.
    bool looks_bad(ApplianceId id, Parts watched) const;
    // The host can neither look into its machines nor do anything there.
    bool is_blind(ApplianceId id) const {
        return appliances_[id].broken.has(Part::link) || appliances_[id].broken.has(Part::repair_path);
    }
    bool is_starting(ApplianceId id) const;
    // The Site Directory opens for those who may: the host that carries it runs, and nothing is wrong with the
    // share.
    bool has_directory(SiteId id) const;

    // What changed since the last call, each once, by id; then the lists are empty.
    std::vector<ApplianceId> take_touched();
    std::vector<GatewayId> take_touched_gateways();
    bool take_touched_users();  // also the tenant's settings, and names of sites

    // Closes the time integrals at the end of the run.
    void finish();
    Duration ready_time(ApplianceId id) const { return ready_time_[vocabulary::index(id)]; }
    Duration exposed_time(ApplianceId id) const { return exposures_[vocabulary::index(id)].time; }

private:
    Appliance& at(ApplianceId id) { return appliances_[id]; }
    template <class Holds, class PartOf>
    void forget(Holds& holds, PartOf part);
    OneUser& alone(CohortId id, std::uint32_t caller);
    void changed(ApplianceId id, Reason reason);
    void changed(SiteId id, SitePart part, Reason reason);
    void changed(GatewayId id);
    bool reaches_the_carrier(ApplianceId id) const;
    void schedule_end_of_certificates(ApplianceId id);
    void end_certificate(ApplianceId id, Part certificate, FaultId as);
    void found_ca(ApplianceId id);
    void revoke(ApplianceId id, Part certificate);
    bool is_compromised(RootId root) const { return keys_[roots_[root].key].has_value(); }
    bool is_exposed(const Issued& certificate) const;
    void settle_exposure(SiteId id);
    bool is_met(const Concern& concern) const;
    void end_concern(ApplianceId id, std::uint32_t fault);
    bool knows(const Gateway& gateway, ApplianceId appliance) const;
    void connect(const Gateway& gateway, Connection& connection) const;
    void introduce(Gateway& gateway, ApplianceId appliance) const;
    template <class Covers>
    void mend_trust(GatewayId id, FaultId fault, Covers covers);
    static bool make_links(Links& links, bool stand, const Appliance& appliance, Machine role, Down& down);
    std::vector<Trunk> trunks_of(const Gateway& gateway) const;
    void lay_trunks(GatewayId id);
    void connect_anew(ApplianceId id);
    void note(bool& alive, bool now, Down& down, Reason reason) const;
    void count_ready(ApplianceId id, bool ready);
    void lose_host(ApplianceId id);
    void lose_machine(ApplianceId id, Machine machine);
    void settle_part(ApplianceId id, Part part);
    void blame_others(ApplianceId id, kernel::RecordId ended);
    void start_next_machine(ApplianceId id);
    void restart_services_of(ApplianceId id, Machine machine);
    void start_services_of(ApplianceId id, Machine machine);
    void start_what_waited(ApplianceId id);
    void forget_holds_of_the_set(ApplianceId id);
    template <class Matches>
    void clear(ApplianceId id, Matches matches);
    bool holds(const Appliance& appliance, Part part) const;

    kernel::Simulation& simulation_;
    BootTimes boots_;
    vocabulary::Table<SiteId, Site> sites_;
    vocabulary::Table<ApplianceId, Appliance> appliances_;
    vocabulary::Table<GatewayId, Gateway> gateways_;
    vocabulary::Table<CohortId, UserGroup> users_;
    Tenant tenant_;
    std::vector<Duration> ready_time_;
    std::vector<Instant> ready_since_;
    vocabulary::Table<RootId, Root> roots_;
    std::vector<std::optional<std::uint32_t>> keys_;  // of CAs: by which fault they are in wrong hands
    std::vector<Concern> concerns_;
    std::vector<ExportedRoot> exported_;
    std::vector<Exposure> exposures_;  // by appliance
    std::vector<ApplianceId> touched_;
    std::vector<bool> is_touched_;
    std::vector<GatewayId> touched_gateways_;
    bool touched_users_ = false;
};

}  // namespace sim::topology
