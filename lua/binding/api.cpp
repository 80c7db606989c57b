#include "lua/binding/api.hpp"

#include "lua/binding/values.hpp"

namespace lua::binding {

std::vector<Entry> api() {
    std::vector<Entry> all;
    for (const auto& group : {site_functions(), trunk_functions(), tenant_functions(), common_cause_functions(),
                              crew_functions(), traffic_functions(), law_functions(), update_functions(),
                              incident_functions(), expect_functions(), run_functions()})
        all.insert(all.end(), group.begin(), group.end());
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
        {"update", {"at", "window"}},
        {"one_at_a_time", {"drain"}},
        {"reboot_in_place", {}},
        {"never", {}},
        {"builtin_2_0", {}},
        {"builtin_1_4_1", {}},
        {"no_recovery", {}},
        {"policy", {"update", "recovery"}},
        {"fault", {"on", "machine", "lasts", "to", "site", "share", "ports", "port"}},
        {"cmdlet", {"on", "mode", "limit"}},
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
    push_functions(L, api());
    push_handle(L, Kind::unassigned, 0);
    lua_setfield(L, -2, "unassigned");
    seal(L, "cce");
}

}  // namespace lua::binding
