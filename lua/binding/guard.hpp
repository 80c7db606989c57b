// The one door through which Lua calls us.
//
// Lua is linked as built by a C++ compiler: its errors are exceptions and run destructors. So inside a body
// objects may live, and Lua's own errors pass through it. Ours may not: Lua would catch them and throw away
// what they say. Here they are kept, and a Lua error goes on in their place. What is kept wins over whatever
// the script does next: pcall does not catch it, and whoever started the script throws it again.
//
// Never `catch (...)` in a body: it would swallow Lua's own errors. Never luaL_check*: its words are not ours.

#pragma once

#include "lua/binding/sandbox.hpp"

#include <lua.hpp>

#include <exception>

namespace lua::binding {

inline constexpr int raise = -1;  // returned by a body: raise what lies on top of the stack

template <int (*body)(lua_State*)>
int guarded(lua_State* L) {
    int results = raise;
    try {
        results = body(L);
    } catch (const std::exception&) {
        Sandbox::of(L).fail(std::current_exception());
        lua_settop(L, 0);
        lua_pushnil(L);
    }
    if (results == raise) return lua_error(L);  // no object of ours is alive here
    return results;
}

}  // namespace lua::binding
