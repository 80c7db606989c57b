#include "lua/binding/settings.hpp"

#include "lua/binding/library.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace lua::binding {

using sim::vocabulary::FaultId;
using sim::vocabulary::FaultPlace;
using sim::vocabulary::quoted;

namespace {

void configure(Plan& plan, FaultId id, FaultPlace on, const Place& place) {
    FaultAction fault;
    fault.id = id;
    fault.on = on;
    plan.scenario.configured.push_back({fault, place});
}

std::vector<std::string> appliance_names(const Scenario& scenario, SiteId id) {
    std::vector<std::string> names;
    for (const ApplianceId appliance : scenario.sites[id].appliances)
        names.push_back(scenario.appliances[appliance].name);
    return names;
}

// The object that stands for a Mediation in the tenant's directory.
void give_hybrid_objects(Plan& plan, SiteId id, const Value& said) {
    static const std::vector<std::string> words{"present", "missing", "licensed", "wrong-edge"};
    static constexpr std::array faults{FaultId::hybrid_ms_object_missing, FaultId::hybrid_ms_object_licensed,
                                       FaultId::hybrid_ms_object_wrong_edge};
    give_each(
        said, appliance_names(plan.scenario, id), "appliance", [&](std::size_t number, const Value& value) {
            const std::size_t word = value.choice(words);
            if (word > 0)
                configure(plan, faults[word - 1], plan.scenario.sites[id].appliances[number], value.place());
        });
}

// Whose Edges the DNS A record of the site names.
void give_a_record(Plan& plan, SiteId id, const Value& said) {
    if (!said.given()) return;
    constexpr const char* a_list =
        R"(must be a list of appliances, such as { "ams-cce-1" }; { } if there is no record)";
    if (!said.is_table()) said.wrong(a_list);
    lua_State* L = said.state();
    lua_pushnil(L);
    const bool is_empty = lua_next(L, said.index()) == 0;
    if (!is_empty) lua_pop(L, 2);
    if (is_empty) {
        configure(plan, FaultId::edge_a_record_missing, id, said.place());
        return;
    }
    if (lua_rawlen(L, said.index()) == 0) said.wrong(a_list);
    const std::vector<std::string> names = appliance_names(plan.scenario, id);
    std::vector<bool> is_named(names.size(), false);
    for (const Value& one : said.one_or_list()) {
        const std::string name = one.text();
        const std::size_t number = number_of(one, name, names, "appliance");
        if (is_named[number]) one.refuse("E109", fmt::format("it names {} twice", quoted(name)));
        is_named[number] = true;
    }
    for (std::size_t i = 0; i < names.size(); ++i)
        if (!is_named[i])
            configure(plan, FaultId::edge_a_record_incomplete, plan.scenario.sites[id].appliances[i],
                      said.place());
}

}  // namespace

std::vector<std::pair<std::string, Value>> by_name(const Value& said, const std::string& noun) {
    lua_State* L = said.state();
    std::set<std::string> names;
    lua_pushnil(L);
    while (lua_next(L, said.index()) != 0) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            said.wrong(fmt::format("must be one value for each {0}, or a table by {0} name", noun));
        names.insert(shown_value(L, -1));
    }
    const std::string key = said.path().empty() ? "" : "." + said.path().back();
    std::vector<std::pair<std::string, Value>> all;
    for (const std::string& name : names) {
        std::vector<std::string> path = said.path();
        path.push_back(name);
        lua_pushlstring(L, name.data(), name.size());
        lua_rawget(L, said.index());
        all.emplace_back(name, Value(L, lua_gettop(L), said.of() + key, quoted(name), path));
    }
    return all;
}

std::size_t number_of(const Value& value, const std::string& name, const std::vector<std::string>& names,
                      const std::string& noun) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
        const Existing others = existing(name, names);
        value.refuse("E108", fmt::format("unknown {} {}{}", noun, quoted(name), others.hint), others.list);
    }
    return static_cast<std::size_t>(found - names.begin());
}

void give_peer_destination(Plan& plan, const Value& peer) {
    const std::string name = peer.text();
    if (const auto& before = plan.peer_destination; before && before->name != name)
        peer.refuse("E138",
                    fmt::format("it is {}, and {} at {}:{} says {}", quoted(name), before->by,
                                before->place.file, before->place.line, quoted(before->name)),
                    "must be said once, or the same");
    plan.peer_destination = {name, peer.of(), peer.place()};
}

void give_settings(Plan& plan, SiteId id, const Table& table) {
    give_hybrid_objects(plan, id, table["hybrid_objects"]);
    give_a_record(plan, id, table["a_record"]);
    if (const Value srv = table["srv_records"]; srv.given() && !srv.boolean())
        configure(plan, FaultId::srv_missing, id, srv.place());
}

}  // namespace lua::binding
