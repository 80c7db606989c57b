#include "lua/binding/api.hpp"

#include "lua/binding/guard.hpp"
#include "lua/binding/values.hpp"

#include <fmt/format.h>

namespace lua::binding {

namespace {

// What describes a scenario.
std::vector<Entry> describing() {
    std::vector<Entry> all;
    for (const auto& group : {site_functions(), trunk_functions(), tenant_functions(), common_cause_functions(),
                              crew_functions(), traffic_functions(), law_functions(), update_functions(),
                              incident_functions(), expect_functions(), run_functions(), program_functions()})
        all.insert(all.end(), group.begin(), group.end());
    return all;
}

// Upvalues: the function, its name. A scenario is described before time begins; afterwards nothing may be
// added.
int before_time(lua_State* L) {
    if (Session::of(L).inside != nullptr)
        Session::of(L).refuse(
            "E152", fmt::format("cce.{} works before time begins only", lua_tostring(L, lua_upvalueindex(2))),
            "must not be called by a policy or a runbook");
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void push_before_time(lua_State* L, const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) {
        lua_pushcfunction(L, entry.function);
        lua_pushstring(L, entry.name);
        lua_pushcclosure(L, guarded<before_time>, 2);
        lua_setfield(L, -2, entry.name);
    }
}

}  // namespace

std::vector<Entry> api() {
    std::vector<Entry> all = describing();
    const std::vector<Entry> inside = inside_functions();
    all.insert(all.end(), inside.begin(), inside.end());
    return all;
}

const std::map<std::string, std::vector<std::string>>& keys() {
    static const std::map<std::string, std::vector<std::string>> all{
        {"estate", {"appliances", "users", "peer_destination", "version"}},
        {"site",
         {"zone", "channels", "reroute_on_5xx", "appliances", "size", "gateways", "users", "edge", "version",
          "tls", "installed", "edge_certificate", "directory_on", "backup_version", "hybrid_objects",
          "a_record", "srv_records", "routes"}},
        {"tenant", {"peer_destination", "shared_sip_address_space", "use_on_prem_dial_plan"}},
        {"crew", {"people"}},
        {"trunk", {"from", "to", "target", "priority", "trusted"}},
        {"common_cause", {"takes", "kind"}},
        {"traffic",
         {"at", "profile", "erlangs_per_user", "erlangs", "length", "mean", "day_level_cv", "outbound_share",
          "external_share", "international_share", "emergency_share", "escalation_share", "night_floor",
          "redial"}},
        {"redial", {"share", "delay", "tries"}},
        {"lognormal", {"mean", "cv"}},
        {"exponential", {"mean"}},
        {"fixed", {"mean"}},
        {"weibull", {"mean", "shape"}},
        {"hyperexponential", {"mean", "cv"}},
        {"uniform", {"mean"}},
        {"update", {"at", "window", "purpose"}},
        {"releases", {"patches", "bits", "bad_share", "bad_shows", "bad_lasts"}},
        {"one_at_a_time", {"drain"}},
        {"reboot_in_place", {}},
        {"never", {}},
        {"builtin_2_0", {}},
        {"builtin_1_4_1", {}},
        {"no_recovery", {}},
        {"policy", {"update", "recovery"}},
        {"fault", {"on", "machine", "lasts", "to", "site", "share", "ports", "port"}},
        {"failures",
         {"fault", "on", "machine", "between", "lasts", "to", "site", "share", "ports", "port", "repaired_by"}},
        {"expect", {"site", "per", "direction"}},
        {"at_most", {"confidence"}},
        {"at_least", {"confidence"}},
        {"when", {"at_least"}},
        {"no_worse_than", {"by", "confidence"}},
        {"run", {"from", "length", "seed"}},
    };
    return all;
}

void push_api(lua_State* L) {
    push_functions(L, inside_functions());
    push_before_time(L, describing());
    push_handle(L, Kind::unassigned, 0);
    lua_setfield(L, -2, "unassigned");
    seal(L, "cce");
}

}  // namespace lua::binding
