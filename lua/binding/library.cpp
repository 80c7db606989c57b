#include "lua/binding/library.hpp"

#include "lua/binding/guard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace lua::binding {

namespace {

// The environment's words that Lua has and we do not, and what helps; empty: no more to say.
const std::map<std::string, std::string>& left_out() {
    static const std::string outside = "a scenario reaches no clock, file or process";
    static const std::string luck = "luck is the simulation's: describe a law, such as cce.lognormal";
    static const std::string libm = "its last bits differ between machines";
    static const std::map<std::string, std::string> words{
        {"_G", ""},
        {"collectgarbage", ""},
        {"coroutine", ""},
        {"debug", ""},
        {"dofile", "use require"},
        {"io", outside},
        {"load", ""},
        {"loadfile", "use require"},
        {"os", outside},
        {"package", "use require"},
        {"utf8", ""},
        {"warn", "use print"},
        {"xpcall", "use pcall"},
        {"math.acos", libm},
        {"math.asin", libm},
        {"math.atan", libm},
        {"math.cos", libm},
        {"math.deg", libm},
        {"math.modf", "use math.floor"},
        {"math.pow", libm},
        {"math.rad", libm},
        {"math.random", luck},
        {"math.randomseed", luck},
        {"math.sin", libm},
        {"math.tan", libm},
        {"string.dump", ""},
        {"string.pack", ""},
        {"string.packsize", ""},
        {"string.unpack", ""},
        {"table.move", "use a loop"},
    };
    return words;
}

std::string qualified(const std::string& library, std::string_view name) {
    return library.empty() ? std::string(name) : fmt::format("{}.{}", library, name);
}

// Upvalues: the library's name, its table.
std::vector<std::string> names(lua_State* L, const std::string& library) {
    std::vector<std::string> all;
    lua_pushnil(L);
    while (lua_next(L, lua_upvalueindex(2)) != 0) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING) all.push_back(qualified(library, lua_tostring(L, -1)));
    }
    if (library.empty())
        for (std::string& name : Sandbox::of(L).declared()) all.push_back(std::move(name));
    std::sort(all.begin(), all.end());
    return all;
}

std::string upvalue_text(lua_State* L) {
    return lua_tostring(L, lua_upvalueindex(1));
}

int unknown_name(lua_State* L) {
    const Sandbox& sandbox = Sandbox::of(L);
    const std::string library = upvalue_text(L);
    const std::string name = qualified(library, shown_value(L, 2));
    if (const auto word = left_out().find(name); word != left_out().end())
        sandbox.refuse("E114", fmt::format("\"{}\" is not available in scenarios", name), "", word->second);
    const std::vector<std::string> known = names(L, library);
    // local a = f { key = a }: Lua knows the new name only after the statement.
    const bool comes_later = std::find(known.begin(), known.end(), name) != known.end();
    sandbox.refuse(
        "E102",
        fmt::format("unknown name {}{}", sim::vocabulary::quoted(name),
                    comes_later ? "" : sim::vocabulary::did_you_mean(name, known)),
        "", comes_later ? "a local is known from the statement after its own on, to the end of its block" : "");
}

int may_not_change(lua_State* L) {
    const Sandbox& sandbox = Sandbox::of(L);
    const std::string library = upvalue_text(L);
    const std::string name = sim::vocabulary::quoted(qualified(library, shown_value(L, 2)));
    if (!library.empty()) sandbox.refuse("E103", fmt::format("{} cannot be changed", name));
    const bool is_function = lua_type(L, 3) == LUA_TFUNCTION;
    sandbox.refuse("E103", fmt::format("{} is not a local", name), "",
                   fmt::format("write: local {}{}", is_function ? "function " : "", shown_value(L, 2)));
}

}  // namespace

void push_functions(lua_State* L, const std::vector<Entry>& entries) {
    lua_createtable(L, 0, static_cast<int>(entries.size()));
    add_functions(L, entries);
}

void add_functions(lua_State* L, const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) {
        lua_pushcfunction(L, entry.function);
        lua_setfield(L, -2, entry.name);
    }
}

void seal(lua_State* L, const char* name) {
    const int real = lua_absindex(L, -1);
    const auto push_closure = [&](lua_CFunction function) {
        lua_pushstring(L, name);
        lua_pushvalue(L, real);
        lua_pushcclosure(L, function, 2);
    };
    lua_newtable(L);  // of the real table: what is not there
    push_closure(guarded<unknown_name>);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, real);

    lua_newtable(L);  // what the script sees
    lua_newtable(L);
    lua_pushvalue(L, real);
    lua_setfield(L, -2, "__index");
    push_closure(guarded<may_not_change>);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_remove(L, real);
}

}  // namespace lua::binding
