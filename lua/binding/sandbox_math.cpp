// Arithmetic whose bits are the same on every machine, and no luck.

#include "lua/binding/guard.hpp"
#include "lua/binding/library.hpp"
#include "sim/kernel/math.hpp"

#include <fmt/format.h>

#include <cmath>

namespace lua::binding {

namespace {

double number_argument(lua_State* L, const char* function) {
    if (lua_type(L, 1) != LUA_TNUMBER)
        Sandbox::of(L).refuse("E106", fmt::format("{}: argument 1 is {}", function, luaL_typename(L, 1)),
                              "must be a number");
    return lua_tonumber(L, 1);
}

void need(lua_State* L, bool holds, const char* function, double x, const char* expected) {
    if (!holds) Sandbox::of(L).refuse("E107", fmt::format("{}: argument 1 is {}", function, x), expected);
}

int exp(lua_State* L) {
    lua_pushnumber(L, sim::kernel::exp(number_argument(L, "math.exp")));
    return 1;
}

int log(lua_State* L) {
    const double x = number_argument(L, "math.log");
    need(L, x > 0 && x < HUGE_VAL, "math.log", x, "must be more than 0");
    if (!lua_isnoneornil(L, 2))
        Sandbox::of(L).refuse("E106", "math.log has one argument", "", "divide by math.log(base)");
    lua_pushnumber(L, sim::kernel::log(x));
    return 1;
}

int sqrt(lua_State* L) {
    const double x = number_argument(L, "math.sqrt");
    need(L, x >= 0 && x < HUGE_VAL, "math.sqrt", x, "must be 0 or more");
    lua_pushnumber(L, sim::kernel::square_root(x));
    return 1;
}

}  // namespace

void add_math(lua_State* L) {
    push_functions(L, {{"exp", guarded<exp>}, {"log", guarded<log>}, {"sqrt", guarded<sqrt>}});
    luaL_requiref(L, "math", luaopen_math, 0);
    for (const char* exact : {"abs", "ceil", "floor", "fmod", "huge", "max", "maxinteger", "min", "mininteger",
                              "pi", "tointeger", "type", "ult"}) {
        lua_getfield(L, -1, exact);
        lua_setfield(L, -3, exact);
    }
    lua_pop(L, 1);
    seal(L, "math");
    lua_setfield(L, -2, "math");
}

}  // namespace lua::binding
