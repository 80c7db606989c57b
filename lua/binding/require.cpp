// `require`, ours: the library itself, and modules below the scenario's folder ("policies.night" is
// policies/night.lua). Text only, each run once, none outside the folder.

#include "lua/binding/api.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/values.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lua::binding {

using sim::vocabulary::InputError;
using sim::vocabulary::quoted;

namespace {

constexpr const char* modules_key = "ccesim.modules";
constexpr const char* name_form =
    R"(must be "ccesim" or a module below the scenario's folder, such as "policies.night")";

// Words of letters, digits, "_" and "-", joined by single dots.
bool is_module_name(const std::string& name) {
    bool word = false;
    for (const char c : name) {
        const bool letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (!letter && (c != '.' || !word)) return false;
        word = letter;
    }
    return word;
}

std::string read_module(Session& session, const Value& name, const std::string& path) {
    try {
        return session.read_input(path);
    } catch (const InputError& unreadable) {
        name.refuse(
            "E115",
            fmt::format("there is no module {}: {}", quoted(name.text()), unreadable.problems().front().what),
            name_form);
    }
}

int require(lua_State* L) {
    Session& session = Session::of(L);
    session.charge(1000);
    const Value argument_1 = argument(L, 1, "require");
    if (!argument_1.is_text()) argument_1.wrong(name_form);
    const std::string name = argument_1.text();
    if (!is_module_name(name)) argument_1.wrong(name_form, "", "E115");
    lua_settop(L, 1);
    lua_getfield(L, LUA_REGISTRYINDEX, modules_key);
    if (lua_getfield(L, 2, name.c_str()) != LUA_TNIL) return 1;
    if (session.inside != nullptr)
        argument_1.refuse("E152", "require works before time begins only",
                          "must be called by the script itself");
    if (!session.plan.modules_loading.insert(name).second)
        argument_1.refuse("E115", fmt::format("the module {} requires itself", quoted(name)), "",
                          "directly, or through what it requires");
    if (name == "ccesim") {
        push_api(L);
    } else {
        std::string path = name;
        std::replace(path.begin(), path.end(), '.', '/');
        path += ".lua";
        session.push_chunk(L, path, read_module(session, argument_1, path));
        lua_call(L, 0, 1);
        if (lua_isnil(L, -1)) lua_pushboolean(L, 1);
    }
    session.plan.modules_loading.erase(name);
    lua_pushvalue(L, -1);
    lua_setfield(L, 2, name.c_str());
    return 1;
}

}  // namespace

void add_require(lua_State* L) {
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, modules_key);
    lua_pushcfunction(L, guarded<require>);
    lua_setfield(L, -2, "require");
}

}  // namespace lua::binding
