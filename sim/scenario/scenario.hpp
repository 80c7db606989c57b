// A scenario as plain data: what exists, who calls whom, what is planned, what breaks, and what is expected of
// it.
//
// Nothing here acts. The Lua binding and the importers fill it, validate() checks it as a whole, deployment
// builds a world from it. Two equal scenarios give the same bytes, so all that can change an answer is in here.

#pragma once

#include "sim/kernel/time.hpp"
#include "sim/kernel/variates.hpp"
#include "sim/scenario/parameters.hpp"
#include "sim/vocabulary/command.hpp"
#include "sim/vocabulary/fault.hpp"
#include "sim/vocabulary/ids.hpp"
#include "sim/vocabulary/machines.hpp"
#include "sim/vocabulary/numbers.hpp"
#include "sim/vocabulary/outcomes.hpp"
#include "sim/vocabulary/problems.hpp"
#include "sim/vocabulary/purposes.hpp"
#include "sim/vocabulary/versions.hpp"
#include "sim/vocabulary/window.hpp"
#include "sim/vocabulary/zone.hpp"

#include <array>
#include <bitset>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace sim::scenario {

using kernel::Duration;
using kernel::Instant;
using vocabulary::ApplianceId;
using vocabulary::CohortId;
using vocabulary::CommonCauseId;
using vocabulary::CrewId;
using vocabulary::GatewayId;
using vocabulary::Place;
using vocabulary::ProgramId;
using vocabulary::SiteId;
using vocabulary::Table;
using vocabulary::WindowId;

enum class Hardware : std::uint8_t { large, small };  // HardwareType=Normal, HardwareType=Minimum

// Simultaneous calls through one appliance, by hardware (PLAN).
constexpr unsigned calls_max(Hardware hardware) {
    return hardware == Hardware::large ? 500 : 50;
}

inline constexpr unsigned appliances_per_site_max = 16;  // from version 2.0 (PLAN)
inline constexpr unsigned sites_per_tenant_max = 200;    // PLAN
using vocabulary::media_ports_per_call;
using vocabulary::MonthlyByDate;
using vocabulary::MonthlyByWeekday;
using vocabulary::update_windows_max;
using vocabulary::Weekly;
using vocabulary::Window;

inline constexpr std::size_t thing_name_max =
    64;  // bytes, of sites, appliances, gateways, policies, causes, crews

// Beyond these a plan holds a typing error, or would not end.
inline constexpr double erlangs_max = 1e6;          // of the users of one site
inline constexpr double call_mean_min = 1;          // seconds
inline constexpr double expected_calls_max = 1e10;  // of one replication
inline constexpr unsigned redial_tries_max = 100;

struct Appliance {
    std::string name;  // the host's computer name
    SiteId site{};
    Hardware hardware = Hardware::large;
    unsigned calls_max = 500;  // by hardware, or fewer if the media port range allows fewer
    vocabulary::VersionId version = vocabulary::newest_version;  // that runs
    std::optional<vocabulary::VersionId> backup_version;         // of a second, switched-off set of machines
    bool fast_failover = true;  // EnableFastFailoverTimer: a gateway that is silent for 10 s is given up
    std::string mediation_fqdn;
    std::string mediation_ip;
    std::string mediation_pool;  // its FQDN, the same for all appliances of the tenant; "": no file says
    Place place;
};

enum class Protocol : std::uint8_t { tcp, tls };

inline constexpr unsigned trunk_priority_max = 100;

struct Trunk {  // from a gateway to the Mediation of an appliance
    ApplianceId to{};
    unsigned priority = 1;  // inbound calls try lower numbers first, equal ones in turn
    bool trusted = true;    // TLS: each side knows the other's root certificate
    bool by_pool = false;   // it names the Mediation pool, which leads to the first appliance of the site
    Place place;
};

struct Gateway {
    std::string name;  // its FQDN, or its IP address
    SiteId site{};
    std::string ip;
    unsigned port = 5060;
    Protocol protocol = Protocol::tcp;
    unsigned channels = 0;               // circuits to the carrier; 0 until the scenario says
    std::optional<bool> reroute_on_5xx;  // hunts on after a 5xx; none: the parameter of that name
    std::vector<Trunk> trunks;           // none: one to each Mediation of its site, all alike
    // LocalRoute: which numbers outbound calls may leave by (PLAN, SITES).
    vocabulary::NumberClasses carries = vocabulary::NumberClasses::all();
    Place place;
};

struct Site {
    std::string name;
    std::string edge_fqdn;  // name and external Access Edge FQDN together are the identity of a site
    vocabulary::Zone zone;
    bool zone_given = false;
    std::vector<ApplianceId> appliances;  // in order of registration
    std::vector<GatewayId> gateways;
    // The day its appliances were installed, from which their server certificates and their CAs count
    // (certificates.hpp); none: unsaid, and they are renewed in time.
    std::optional<std::chrono::year_month_day> installed;
    // The last day of the Edges' external certificate, by the site's clock; none: after any run.
    std::optional<std::chrono::year_month_day> edge_certificate;
    std::optional<ApplianceId> directory_on;  // whose host carries the Site Directory; none: the first one
    Place place;
};

struct User {
    std::string name;  // UserPrincipalName
    bool voice_enabled = true;
    bool international = true;
};

// Takes several things at once: a rack, a power feed, a carrier that two gateways share, a subnet.
enum class CauseKind : std::uint8_t { power, carrier, network };
struct CommonCause {
    std::string name;
    // An appliance stands for its host, a site for its Internet provider.
    std::vector<std::variant<ApplianceId, GatewayId, SiteId>> members;
    Place place;
    CauseKind kind = CauseKind::power;
};

// The users who share a site in the export; those without one share the nameless cohort.
struct Cohort {
    std::optional<SiteId> site;  // none: they exit at PeerDestination
    std::vector<User> users;
};

// The shape of a week: for each weekday (0 = Sunday) the intensity of each slot, relative to the mean intensity
// of the busy hour of an average weekday. Slots cover whole days, all of one length.
struct Profile {
    Duration slot = std::chrono::minutes{5};
    std::array<std::vector<double>, 7> days;  // each 24 h / slot values, none negative
};

struct Redial {          // whoever was lost may call again
    double share = 0;    // of lost callers who try again
    Duration delay{};    // mean of an exponential wait
    unsigned tries = 1;  // at most
};

// What the users of one cohort do, all given.
struct Traffic {
    CohortId cohort{};
    Profile profile;     // floor already in
    double erlangs = 0;  // offered in the busy hour of an average day, both directions
    kernel::Law length;  // of a conversation
    double day_level_cv = 0;
    double outbound_share = 0.5;     // the rest is inbound
    double external_share = 0;       // of clients outside the corporate network
    double international_share = 0;  // of outbound calls
    double emergency_share = 0;      // of outbound calls
    double escalation_share = 0;     // of calls that become a conference
    std::optional<Redial> redial;
    Place place;
};

struct UpdatePlan {  // a site may be patched in this window
    SiteId site{};
    WindowId window{};
    vocabulary::Purposes purposes;
    Place place;
};

// The patches of Windows that the vendor publishes. Without such a calendar every update finds something.
struct Releases {
    std::vector<Instant> patches;  // ascending
    double bad_share = 0;          // of patches
    kernel::Law bad_shows =
        kernel::exponential_law(std::chrono::hours{6});  // after the patching, on each appliance
    Duration bad_lasts = std::chrono::hours{8};          // until it is mended
    Place place;
};

// New versions of the product. Without such a calendar none comes out in the run.
struct BitsReleases {
    std::vector<Instant> out;            // ascending
    std::optional<kernel::Law> between;  // instead of `out`: they come out again and again
    double bad_share = 0;                // of versions
    kernel::Law bad_shows =
        kernel::exponential_law(std::chrono::hours{6});  // after the switch, on each appliance
    Duration bad_lasts = std::chrono::hours{8};          // until it is mended
    Place place;
};

// A function of the script that is run inside time: once for each site, or once for all.
struct Program {
    bool each_site = false;
    Place place;
};

enum class UpdateKind : std::uint8_t { one_at_a_time, reboot_in_place, never, program };
struct UpdatePolicy {
    UpdateKind kind = UpdateKind::one_at_a_time;
    // Given: drained, whatever the parameter enter_update_mode says. None: as that says; a drain then takes as
    // long as its last call.
    std::optional<Duration> drain_limit;
};
enum class RecoveryPolicy : std::uint8_t {
    builtin_2_0,    // detection and the endless ladder
    builtin_1_4_1,  // the ladder of that release, which gives up; of later ones, the endless ladder
    none,           // 1.3.8: neither detection nor recovery
};
struct Policy {
    std::string name;
    UpdatePolicy update;
    RecoveryPolicy recovery = RecoveryPolicy::builtin_2_0;
    std::vector<ProgramId> programs;  // those of its update and of its recovery
    Place place;
};

using FaultAction = vocabulary::Fault;
using CmdletAction = vocabulary::Command;
struct RunbookAction {
    ProgramId program{};
};
struct Incident {  // happens once, at a time the scenario names
    Instant at;
    std::variant<FaultAction, CmdletAction, RunbookAction> action;
    Place place;
};
// People who repair: each does one repair at a time, what failed first comes first.
struct Crew {
    std::string name;
    unsigned people = 1;
    Place place;
};
inline constexpr unsigned people_max = 1000;  // of a crew; beyond that it is a typing error

struct Failures {                      // happen again and again: the k-th failure is draw k on the calendar
    FaultAction fault;                 // `lasts` unset
    kernel::Law between;               // from one failure to the next
    std::optional<kernel::Law> lasts;  // none: until a recovery attempt clears it
    Place place;
    // `lasts` begins when somebody of it is free. None: at once. REQUIRES lasts
    std::optional<CrewId> repaired_by;
};

// Something set up wrong: what the fault of that name does holds from the first moment on, until
// somebody puts it right.
struct Configured {
    FaultAction fault;  // `lasts` unset
    Place place;
};

struct MetricScope {
    std::optional<std::string> site;  // only this site; vocabulary::no_site: the calls that reached none
    bool per_site = false;            // the worst site
    std::optional<vocabulary::Direction> direction;
};
enum class Relation : std::uint8_t { at_most, at_least, no_worse_than };
struct Precondition {
    std::string metric;
    std::uint64_t at_least = 1;
};
struct Baseline {
    std::string file;
    std::string content;  // read when the plan is made
    double by = 0;        // allowed worsening: in the metric's unit, or a share of the baseline's mean
    bool by_is_share = false;
};
struct Expectation {
    std::string metric;
    MetricScope scope;
    Relation relation = Relation::at_most;
    double target = 0;
    bool always =
        false;  // in every replication, not in the mean; of extremes over time: at every moment of each
    std::optional<double> confidence;
    std::optional<Precondition> when;
    std::optional<Baseline> baseline;
    Place place;
};

struct Scenario {
    std::string name;  // file name without folder and ending
    std::chrono::year_month_day from{};
    Duration length{};
    std::optional<std::uint64_t> seed;

    Table<SiteId, Site> sites;
    Table<ApplianceId, Appliance> appliances;
    Table<GatewayId, Gateway> gateways;
    Table<CohortId, Cohort> cohorts;
    Table<CommonCauseId, CommonCause> common_causes;
    std::optional<SiteId> peer_destination;

    std::vector<Traffic> traffic;     // at most one a cohort
    Table<WindowId, Window> windows;  // of the tenant
    std::vector<UpdatePlan> updates;
    std::optional<Releases> releases;
    std::optional<BitsReleases> bits_releases;
    Table<ProgramId, Program> programs;
    std::vector<Policy> policies;  // never empty: "default" if the scenario declares none
    std::vector<Incident> incidents;
    Table<CrewId, Crew> crews;
    std::vector<Failures> failures;
    std::vector<Configured> configured;
    std::vector<Expectation> expectations;

    Parameters parameters;
    std::map<std::string, Place> given;      // parameters that the scenario gives
    std::map<std::string, std::string> set;  // what --set overrode
    std::set<std::string> idle;              // parameters that nothing in this scenario asks

    std::map<std::string, std::string> inputs;  // file name as written -> XXH3 of its bytes, 16 hex digits
    std::string zone_data_version;
    std::vector<vocabulary::Problem> warnings;

    vocabulary::Calendar calendar() const { return {std::chrono::sys_days{from}}; }
};

// By whose clock people speak of what strikes there: the site of the place, of the first thing that a common
// cause takes; of the first site, where the tenant was registered, if the place belongs to none. REQUIRES a
// site.
const Site& clock_site(const Scenario& scenario, const vocabulary::FaultPlace& place);
// What a cmdlet or a runbook is about: the appliance it is typed at, else the tenant.
vocabulary::FaultPlace place_of(const CmdletAction& cmdlet);
vocabulary::FaultPlace place_of(const FaultAction& fault);
vocabulary::FaultPlace place_of(const RunbookAction& runbook);

// What only the whole shows: limits of the product, names that clash, traffic without channels. Throws
// InputError with all errors found; what is doubtful is added to `warnings`.
void validate(Scenario& scenario);

}  // namespace sim::scenario
