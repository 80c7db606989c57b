#include "lua/binding/commands.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lua::binding {

using sim::vocabulary::Argument;
using sim::vocabulary::Cmdlet;
using sim::vocabulary::CmdletId;
using sim::vocabulary::CmdletParameter;
using sim::vocabulary::Command;
using sim::vocabulary::Console;
using sim::vocabulary::quoted;
using sim::vocabulary::Takes;

namespace {

// Things of ours stand for their names.
std::string name_or_text(const Value& value) {
    const Handle* held = handle_at(value.state(), value.index());
    if (held == nullptr) return value.text();
    const std::string name = name_of(Session::of(value.state()).plan.scenario, *held);
    if (name.empty()) value.wrong("must be a text, or a thing that has a name");
    return name;
}

std::vector<std::string> texts(const Value& value) {
    std::vector<std::string> all;
    for (const Value& one : value.one_or_list()) all.push_back(name_or_text(one));
    return all;
}

// The names in the table that stands at `index`, in order. Others than texts are an error.
std::vector<std::string> names_in(lua_State* L, const Value& table) {
    std::vector<std::string> names;
    if (!table.given()) return names;
    if (!table.is_table()) table.wrong("must be a table");
    lua_pushnil(L);
    while (lua_next(L, table.index()) != 0) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING) table.wrong("must have names only", "", "E107");
        names.emplace_back(lua_tostring(L, -1));
    }
    std::sort(names.begin(), names.end());
    return names;
}

// { add = "Night" } in the place of a list.
std::optional<sim::vocabulary::Change> change_of(const Value& value) {
    using sim::vocabulary::Change;
    lua_State* L = value.state();
    const std::vector<std::string> keys = names_in(L, value);
    if (keys.empty()) return std::nullopt;
    if (keys.size() > 1) value.wrong("must have one of add, remove and replace", "", "E107");
    lua_getfield(L, value.index(), keys.front().c_str());
    const Value names(L, lua_gettop(L), value.of(), quoted(keys.front()), value.path());
    static const std::vector<std::string> ways{"add", "remove", "replace"};
    const auto way = std::find(ways.begin(), ways.end(), keys.front());
    if (way == ways.end()) value.wrong("must have one of add, remove and replace", "", "E107");
    return Change{static_cast<Change::How>(way - ways.begin()), texts(names)};
}

// As a script has it; the catalogue knows what becomes of it.
Argument argument_of(const CmdletParameter& parameter, const Value& value) {
    lua_State* L = value.state();
    if (parameter.takes == Takes::duration) return value.duration();
    if (value.is_table()) {
        if (parameter.takes == Takes::changes && lua_rawlen(L, value.index()) == 0)
            if (const auto change = change_of(value)) return *change;
        return texts(value);
    }
    if (lua_isboolean(L, value.index())) return value.boolean();
    if (lua_isinteger(L, value.index())) return static_cast<std::int64_t>(lua_tointeger(L, value.index()));
    return name_or_text(value);
}

std::vector<std::string> keys_of(const Cmdlet& cmdlet) {
    std::vector<std::string> all{"on"};
    for (const CmdletParameter& parameter : cmdlet.parameters) all.emplace_back(parameter.name);
    if (cmdlet.id == CmdletId::enter_cc_update) all.insert(all.end(), {"mode", "limit"});
    return all;
}

bool needs_a_host(const Cmdlet& cmdlet) {
    return cmdlet.at == Console::host || cmdlet.at == Console::machine;
}

// What the product has no parameter for: how Enter-CcUpdate takes an appliance out (decision 20).
void read_stop(const std::string& name, const Value& value, Command& command) {
    if (name == "mode") {
        command.arguments["Immediate"] = value.choice({"drain", "immediate"}) == 1;
    } else {
        command.arguments["Limit"] = value.duration();
    }
}

}  // namespace

const Cmdlet& cmdlet_of(const Value& name) {
    if (!name.is_text()) name.wrong(R"(must be the name of a cmdlet, such as "Enter-CcUpdate")");
    const std::string written = name.text();
    if (const Cmdlet* found = sim::vocabulary::cmdlet_named(written)) return *found;
    std::vector<std::string> names;
    for (const Cmdlet& one : sim::vocabulary::cmdlets()) names.emplace_back(one.name);
    name.refuse("E108", fmt::format("no cmdlet {}{}", quoted(written), existing(written, names).hint),
                "ccesim cmdlets lists them");
}

Command command_of(const Cmdlet& cmdlet, const Value& rest) {
    lua_State* L = rest.state();
    Command command;
    command.cmdlet = cmdlet.id;
    const std::vector<std::string> known = keys_of(cmdlet);
    for (const std::string& name : names_in(L, rest)) {
        lua_getfield(L, rest.index(), name.c_str());
        std::vector<std::string> path = rest.path();
        path.push_back(name);
        const Value value(L, lua_gettop(L), rest.of(), quoted(name), path);
        const CmdletParameter* parameter = parameter_named(cmdlet, name);
        if (name == "on") {
            command.on = ApplianceId{
                value.handle(Kind::appliance, "must be an appliance, such as site.appliances[1]").index};
        } else if (cmdlet.id == CmdletId::enter_cc_update && (name == "mode" || name == "limit")) {
            read_stop(name, value, command);
        } else if (parameter != nullptr) {
            if (const auto why = add(command, name, argument_of(*parameter, value))) value.refuse("E107", *why);
        } else {
            value.refuse("E104",
                         fmt::format("it has no parameter {}{}", quoted(name),
                                     sim::vocabulary::did_you_mean(name, known)),
                         fmt::format("it has: {}", fmt::join(known, ", ")));
        }
    }
    if (needs_a_host(cmdlet) && !command.on)
        Value(L, rest.index(), rest.of(), R"("on")", rest.path())
            .refuse("E105", R"("on" is missing)", "must be an appliance: where it is typed");
    if ((cmdlet.at == Console::tenant || cmdlet.at == Console::desk) && command.on)
        rest.refuse("E107", R"(it is not typed at a host)", R"(must not have "on")");
    if (has_flag(command, "Immediate") && command.arguments.count("Limit") != 0)
        rest.refuse("E107", R"("limit" is how long to drain, and mode = "immediate" does not)");
    return command;
}

ProgramId add_program(lua_State* L, int index, bool each_site) {
    Session& session = Session::of(L);
    session.charge(100);
    lua_pushvalue(L, index);
    session.plan.functions.push_back(luaL_ref(L, LUA_REGISTRYINDEX));
    return session.plan.scenario.programs.add({each_site, session.place()});
}

}  // namespace lua::binding
