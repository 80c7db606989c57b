// The settings of the tenant as its administrators left them.

#include "lua/binding/api.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/settings.hpp"

#include <fmt/format.h>

namespace lua::binding {

using sim::vocabulary::FaultId;

namespace {

// The value that a tenant set up for these appliances has; the other one is a fault from the start.
void give_setting(Plan& plan, const Value& said, bool right, FaultId id) {
    if (!said.given() || said.boolean() == right) return;
    FaultAction fault;
    fault.id = id;
    fault.on = sim::vocabulary::TheTenant{};
    plan.scenario.configured.push_back({fault, said.place()});
}

int tenant(lua_State* L) {
    Session& session = Session::of(L);
    Plan& plan = session.plan;
    session.charge(1000);
    const Value whole = argument(L, 1, "cce.tenant");
    const Table table(whole, "tenant");
    if (plan.tenant)
        whole.refuse("E109", "the tenant is described twice", "",
                     fmt::format("first at {}:{}", plan.tenant->file, plan.tenant->line));
    plan.tenant = session.place();
    if (const Value peer = table["peer_destination"]; peer.given()) give_peer_destination(plan, peer);
    give_setting(plan, table["shared_sip_address_space"], true, FaultId::shared_sip_space_false);
    give_setting(plan, table["use_on_prem_dial_plan"], false, FaultId::onprem_dialplan_true);
    return 0;
}

}  // namespace

std::vector<Entry> tenant_functions() {
    return {{"tenant", guarded<tenant>}};
}

}  // namespace lua::binding
