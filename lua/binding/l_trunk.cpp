// The trunks of a gateway, where they are not one to each Mediation of its site.

#include "lua/binding/api.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/values.hpp"

namespace lua::binding {

namespace {

int trunk(lua_State* L) {
    Session& session = Session::of(L);
    session.charge(100);
    const Value whole = argument(L, 1, "cce.trunk");
    const Table table(whole, "trunk");
    TrunkSaid said;
    said.place = session.place();
    said.from = GatewayId{table.needed("from", "must be a gateway, such as site.gateways[1]")
                              .handle(Kind::gateway, "must be a gateway, such as site.gateways[1]")
                              .index};
    const Value to = table["to"];
    const Value target = table["target"];
    if (to.given() && target.given())
        target.refuse("E109", R"("to" and "target" both say where the trunk leads)", "",
                      "an appliance is enough: its Mediation Server is meant");
    if (target.given())
        said.to = target.text();
    else
        said.to = ApplianceId{
            table.needed("to", R"(must be an appliance, or target = "FQDN or IP of a Mediation Server")")
                .handle(Kind::appliance, "must be an appliance, such as site.appliances[1]")
                .index};
    if (const Value priority = table["priority"]; priority.given())
        said.priority = static_cast<unsigned>(priority.whole(1, trunk_priority_max));
    if (const Value trusted = table["trusted"]; trusted.given()) said.trusted = trusted.boolean();
    session.plan.trunks.push_back(std::move(said));
    return 0;
}

}  // namespace

std::vector<Entry> trunk_functions() {
    return {{"trunk", guarded<trunk>}};
}

}  // namespace lua::binding
