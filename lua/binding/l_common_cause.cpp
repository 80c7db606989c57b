// What goes together: a rack, a power line, a carrier that two gateways share.

#include "lua/binding/api.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/values.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lua::binding {

using sim::vocabulary::quoted;

namespace {

using Member = std::variant<ApplianceId, GatewayId, SiteId>;

constexpr const char* member_form = "must be an appliance, a gateway or a site, such as site.appliances[1]";

Member member_of(const Value& value) {
    const Handle* held = handle_at(value.state(), value.index());
    if (held != nullptr && held->kind == Kind::appliance) return ApplianceId{held->index};
    if (held != nullptr && held->kind == Kind::gateway) return GatewayId{held->index};
    if (held != nullptr && held->kind == Kind::site) return SiteId{held->index};
    value.wrong(member_form, value.is_table() ? "a list of a site's appliances is not one of them" : "");
}

std::string named(const Scenario& scenario, const Member& member) {
    if (const auto* appliance = std::get_if<ApplianceId>(&member))
        return "appliance " + quoted(scenario.appliances[*appliance].name);
    if (const auto* gateway = std::get_if<GatewayId>(&member))
        return "gateway " + quoted(scenario.gateways[*gateway].name);
    return "site " + quoted(scenario.sites[std::get<SiteId>(member)].name);
}

std::vector<Member> members_of(const Scenario& scenario, const Value& takes) {
    std::vector<Member> members;
    std::set<Member> seen;
    for (const Value& one : takes.one_or_list()) {
        const Member member = member_of(one);
        if (!seen.insert(member).second)
            one.refuse("E109", fmt::format("it takes {} twice", named(scenario, member)));
        members.push_back(member);
    }
    if (members.size() < 2)
        takes.refuse("E107", fmt::format("it takes {} only", named(scenario, members.front())),
                     "must take at least two", "what takes one alone is a fault of it");
    return members;
}

// Upvalues: the name, and the half that was said.
int common_cause_table(lua_State* L) {
    Session& session = Session::of(L);
    auto& causes = session.plan.scenario.common_causes;
    session.charge(1000);
    half_said(L).is_whole = true;
    CommonCause made;
    made.name = shown_value(L, lua_upvalueindex(1));
    const Value whole = argument(L, 1, "cce.common_cause " + quoted(made.name));
    const Table table(whole, "common_cause");
    const auto same = std::find_if(causes.begin(), causes.end(),
                                   [&](const CommonCause& cause) { return cause.name == made.name; });
    if (same != causes.end())
        whole.refuse("E109", "this common cause is given twice", "",
                     fmt::format("first at {}:{}", same->place.file, same->place.line));
    made.members = members_of(session.plan.scenario,
                              table.needed("takes", "must be a list of appliances, gateways and sites"));
    if (const Value kind = table["kind"]; kind.given())
        made.kind = static_cast<CauseKind>(kind.choice({"power", "carrier", "network"}));
    made.place = session.place();
    push_handle(L, Kind::common_cause, sim::vocabulary::index(causes.add(std::move(made))));
    return 1;
}

int common_cause(lua_State* L) {
    const Value name = argument(L, 1, "cce.common_cause");
    if (!name.is_text()) name.wrong(R"(must be a name: cce.common_cause "rack 7" { takes = { … } })");
    const std::string text = name.text();
    if (text.empty() || text.size() > thing_name_max)
        name.wrong(fmt::format("must have 1 to {} bytes", thing_name_max), "", "E107");
    return push_half(L, "cce.common_cause", guarded<common_cause_table>);
}

}  // namespace

std::vector<Entry> common_cause_functions() {
    return {{"common_cause", guarded<common_cause>}};
}

}  // namespace lua::binding
