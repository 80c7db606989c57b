// What a script sees of our things: names, lists of things, methods - and an error for anything else.

#include "lua/binding/api.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/values.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lua::binding {

using sim::vocabulary::did_you_mean;
using sim::vocabulary::quoted;

namespace {

constexpr const char* handle_key = "ccesim.handle";
constexpr const char* list_key = "ccesim.list";
constexpr const char* methods_key = "ccesim.methods";

std::string shown_handle(const Scenario& scenario, const Handle& handle) {
    static constexpr const char* what[] = {"the site ",       "the appliance ",
                                           "the gateway ",    "the common cause ",
                                           "the crew ",       "cce.unassigned",
                                           "a law",           "a window",
                                           "a way to update", "a way to recover",
                                           "a program",       "an action",
                                           "an expectation",  "a run"};
    const std::string name = name_of(scenario, handle);
    return what[static_cast<std::size_t>(handle.kind)] + (name.empty() ? "" : quoted(name));
}

std::vector<std::string> fields_of(Kind kind) {
    std::vector<std::string> names;
    if (kind == Kind::site) names = {"name", "appliances", "gateways"};
    if (kind == Kind::appliance || kind == Kind::gateway || kind == Kind::common_cause || kind == Kind::crew)
        names = {"name"};
    if (kind == Kind::expectation) names = names_of(expectation_methods());
    return names;
}

int field_of_handle(lua_State* L) {
    Session& session = Session::of(L);
    const Handle& handle = *static_cast<const Handle*>(lua_touserdata(L, 1));
    const std::string field = shown_value(L, 2);
    if (push_state(L, handle, field)) return 1;
    std::vector<std::string> fields = fields_of(handle.kind);
    if (session.inside != nullptr)
        for (const std::string& state : state_fields(handle.kind)) fields.push_back(state);
    if (std::find(fields.begin(), fields.end(), field) == fields.end())
        session.refuse("E102",
                       fmt::format("{}: unknown name {}{}", shown_handle(session.plan.scenario, handle),
                                   quoted(field), did_you_mean(field, fields)),
                       "", fields.empty() ? "" : "there is: " + fmt::format("{}", fmt::join(fields, ", ")));
    if (handle.kind == Kind::expectation) {
        lua_getfield(L, LUA_REGISTRYINDEX, methods_key);
        lua_pushvalue(L, 2);
        lua_rawget(L, -2);
    } else if (field == "name") {
        const std::string name = name_of(session.plan.scenario, handle);
        lua_pushlstring(L, name.data(), name.size());
    } else {
        lua_getiuservalue(L, 1, field == "appliances" ? 1 : 2);
    }
    return 1;
}

int no_new_field(lua_State* L) {
    const Session& session = Session::of(L);
    const Handle* handle = handle_at(L, 1);
    session.refuse("E103",
                   fmt::format("{} cannot be changed",
                               handle == nullptr ? "this list" : shown_handle(session.plan.scenario, *handle)));
}

int text_of_handle(lua_State* L) {
    const std::string text =
        shown_handle(Session::of(L).plan.scenario, *static_cast<const Handle*>(lua_touserdata(L, 1)));
    lua_pushlstring(L, text.data(), text.size());
    return 1;
}

// A thing is itself, however often a script gets it. Only two of ours are ever compared so.
int is_same_thing(lua_State* L) {
    const Handle* one = handle_at(L, 1);
    const Handle* other = handle_at(L, 2);
    const bool same =
        one != nullptr && other != nullptr && one->kind == other->kind && one->index == other->index;
    lua_pushboolean(L, same);
    return 1;
}

int no_such_element(lua_State* L) {
    const Session& session = Session::of(L);
    const std::size_t size = lua_rawlen(L, 1);
    session.refuse("E108", fmt::format("there is no [{}] in this list", shown_value(L, 2)),
                   size == 0 ? "it is empty" : fmt::format("must be from 1 to {}", size));
}

void set_metatable(lua_State* L, const char* key, const std::vector<Entry>& metamethods) {
    push_functions(L, metamethods);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setfield(L, LUA_REGISTRYINDEX, key);
}

template <class Id>
void push_list(lua_State* L, Kind kind, const std::vector<Id>& ids) {
    lua_createtable(L, static_cast<int>(ids.size()), 0);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        push_handle(L, kind, sim::vocabulary::index(ids[i]));
        lua_rawseti(L, -2, static_cast<lua_Integer>(i + 1));
    }
    lua_getfield(L, LUA_REGISTRYINDEX, list_key);
    lua_setmetatable(L, -2);
}

}  // namespace

std::string name_of(const Scenario& scenario, const Handle& handle) {
    switch (handle.kind) {
        case Kind::site:
            return scenario.sites[SiteId{handle.index}].name;
        case Kind::appliance:
            return scenario.appliances[ApplianceId{handle.index}].name;
        case Kind::gateway:
            return scenario.gateways[GatewayId{handle.index}].name;
        case Kind::common_cause:
            return scenario.common_causes[CommonCauseId{handle.index}].name;
        case Kind::crew:
            return scenario.crews[CrewId{handle.index}].name;
        default:
            return "";
    }
}

void open_handles(lua_State* L) {
    set_metatable(L, handle_key,
                  {{"__eq", guarded<is_same_thing>},
                   {"__index", guarded<field_of_handle>},
                   {"__newindex", guarded<no_new_field>},
                   {"__tostring", guarded<text_of_handle>}});
    set_metatable(L, list_key, {{"__index", guarded<no_such_element>}, {"__newindex", guarded<no_new_field>}});
    push_functions(L, expectation_methods());
    lua_setfield(L, LUA_REGISTRYINDEX, methods_key);
}

void push_handle(lua_State* L, Kind kind, std::size_t index) {
    void* memory = lua_newuserdatauv(L, sizeof(Handle), 2);
    *static_cast<Handle*>(memory) = Handle{kind, static_cast<std::uint32_t>(index)};
    lua_getfield(L, LUA_REGISTRYINDEX, handle_key);
    lua_setmetatable(L, -2);
}

void push_site(lua_State* L, SiteId id) {
    const Site& site = Session::of(L).plan.scenario.sites[id];
    push_handle(L, Kind::site, sim::vocabulary::index(id));
    push_list(L, Kind::appliance, site.appliances);
    lua_setiuservalue(L, -2, 1);
    push_list(L, Kind::gateway, site.gateways);
    lua_setiuservalue(L, -2, 2);
}

void push_sites(lua_State* L) {
    const auto count = static_cast<lua_Integer>(Session::of(L).plan.scenario.sites.size());
    lua_createtable(L, static_cast<int>(count), 0);
    for (lua_Integer i = 0; i < count; ++i) {
        push_site(L, static_cast<SiteId>(i));
        lua_rawseti(L, -2, i + 1);
    }
    lua_getfield(L, LUA_REGISTRYINDEX, list_key);
    lua_setmetatable(L, -2);
}

int push_half(lua_State* L, const std::string& call, lua_CFunction rest) {
    Session& session = Session::of(L);
    session.charge(100);
    std::vector<HalfSaid>& all = session.plan.half_said;
    lua_settop(L, 1);
    all.push_back({call + " " + quoted(shown_value(L, 1)), session.place(), false});
    lua_pushinteger(L, static_cast<lua_Integer>(all.size() - 1));
    lua_pushcclosure(L, rest, 2);
    return 1;
}

HalfSaid& half_said(lua_State* L) {
    return Session::of(L).plan.half_said[static_cast<std::size_t>(lua_tointeger(L, lua_upvalueindex(2)))];
}

const Handle* handle_at(lua_State* L, int index) {
    if (lua_type(L, index) != LUA_TUSERDATA || lua_getmetatable(L, index) == 0) return nullptr;
    lua_getfield(L, LUA_REGISTRYINDEX, handle_key);
    const bool ours = lua_rawequal(L, -1, -2) != 0;
    lua_pop(L, 2);
    return ours ? static_cast<const Handle*>(lua_touserdata(L, index)) : nullptr;
}

}  // namespace lua::binding
