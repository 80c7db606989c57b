// What a script has said so far. It may say things in any order, so what depends on other things - zones,
// defaults, calendar times - is kept as said and settled at the end (finish.cpp).

#pragma once

#include "lua/binding/load.hpp"
#include "lua/binding/moments.hpp"
#include "lua/binding/sandbox.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace lua::binding {

using namespace sim::scenario;  // the plan is made of its words
using sim::kernel::Law;
using sim::vocabulary::Place;
using sim::vocabulary::Problem;

class Inside;  // programs.hpp

struct Unassigned {};
using Callers = std::variant<SiteId, Unassigned>;

struct TrafficSaid {
    std::vector<Callers> at;  // empty: everyone
    std::optional<Profile> profile;
    std::optional<double> erlangs, erlangs_per_user;
    std::optional<Law> length;
    std::optional<double> day_level_cv, outbound_share, external_share, international_share, emergency_share,
        escalation_share, night_floor;
    std::optional<Redial> redial;
    std::map<std::string, Place> given;  // by the parameter's key
    Place place;
};

struct PeerSaid {  // by cce.estate or by cce.tenant
    std::string name;
    std::string by;
    Place place;
};

struct ZoneSaid {
    SiteId site{};
    std::string name;
    Place place;
};

struct WindowSaid {
    Window window;
    std::optional<WindowId> id;  // once a site uses it: the tenant has it once, however many sites it serves
};

struct InstalledSaid {
    SiteId site{};
    Place place;
};

struct TrunkSaid {
    GatewayId from{};
    std::variant<ApplianceId, std::string> to;  // the name of what it leads to is settled at the end
    unsigned priority = 1;
    std::optional<bool> trusted;
    Place place;
};

struct UpdateSaid {  // value of cce.one_at_a_time and its like
    UpdateKind kind = UpdateKind::one_at_a_time;
    std::optional<Duration> drain;  // not said: without limit
};

struct ReleasesSaid {
    bool on_patch_tuesdays = false;
    std::vector<std::chrono::year_month_day> days;
    Releases releases;
};
struct BitsSaid {
    std::vector<std::chrono::year_month_day> days;
    BitsReleases releases;
};

struct PolicySaid {
    std::string name;
    UpdateSaid update;
    RecoveryPolicy recovery = RecoveryPolicy::builtin_2_0;
    std::vector<ProgramId> programs;
    Place place;
};

using Action = std::variant<FaultAction, CmdletAction, RunbookAction>;

struct IncidentSaid {
    When when;
    std::string written;  // as the script wrote it
    Action action;
    Place place;
};

struct ExpectationSaid {
    Expectation expectation;
    bool has_relation = false;
};

struct RunSaid {
    std::chrono::year_month_day from{};
    Duration length{};
    std::optional<std::uint64_t> seed;
    Place place;
};

// A value that a script holds by handle. One that nothing ever uses was forgotten, and the end says so.
template <class T>
struct Held {
    T value;
    const char* call;  // that made it: "cce.lognormal"
    Place place;
    bool used = false;

    const T& use() {
        used = true;
        return value;
    }
};

struct HalfSaid {  // cce.site "x" and cce.policy "x", until their table follows
    std::string what;
    Place place;
    bool is_whole = false;
};

struct Plan {
    Scenario scenario;                   // what needs no settling
    std::set<std::uint32_t> sites_said;  // by cce.site
    std::optional<Place> estate;
    std::optional<Place> tenant;
    std::optional<PeerSaid> peer_destination;
    std::set<std::uint32_t> crews_used;
    std::vector<ZoneSaid> zones;
    std::vector<InstalledSaid> installed;
    std::vector<TrunkSaid> trunks;
    std::vector<TrafficSaid> traffic;
    std::optional<ReleasesSaid> releases;
    std::optional<BitsSaid> bits;
    std::vector<PolicySaid> policies;
    std::vector<IncidentSaid> incidents;
    std::vector<ExpectationSaid> expectations;
    std::optional<RunSaid> run;

    // Values that a script holds by handle.
    std::vector<Held<Law>> laws;
    std::vector<Held<WindowSaid>> windows;
    std::vector<Held<UpdateSaid>> updates;
    std::vector<Held<RecoveryPolicy>> recoveries;
    std::vector<Held<ProgramId>> programs;
    std::vector<Held<Action>> actions;
    std::vector<int> functions;  // of scenario.programs, as references in Lua's registry
    std::vector<HalfSaid> half_said;

    std::set<std::string> modules_loading;
    std::map<std::string, Profile> profiles;  // by file name
};

void add_require(lua_State* L);  // require.cpp

// One load: the sandbox, what came in, what has been said.
struct Session final : Sandbox {
    explicit Session(const Request& asked) : Sandbox(asked.limits, asked.print, add_require), request(asked) {}

    static Session& of(lua_State* L) { return static_cast<Session&>(Sandbox::of(L)); }

    std::string read_input(const std::string& path);  // and takes its hash into the plan

    const Request request;
    Plan plan;
    Inside* inside = nullptr;  // none before time begins
};

// Settles what was kept as said, and checks the whole.
Scenario finish(Session& session);

}  // namespace lua::binding
