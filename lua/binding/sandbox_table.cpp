// Lists. They work on the table as it is, without metamethods, and long ones cost what they take.

#include "lua/binding/guard.hpp"
#include "lua/binding/library.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lua::binding {

namespace {

constexpr lua_Integer unpacked_max = 10'000;

[[noreturn]] void wrong(lua_State* L, const char* function, int index, const char* expected) {
    Sandbox::of(L).refuse("E106", fmt::format("{}: argument {} is {}", function, index, shown_value(L, index)),
                          expected);
}

lua_Integer length(lua_State* L, const char* function) {
    if (lua_type(L, 1) != LUA_TTABLE) wrong(L, function, 1, "must be a table");
    return static_cast<lua_Integer>(lua_rawlen(L, 1));
}

lua_Integer integer(lua_State* L, const char* function, int index, lua_Integer otherwise) {
    if (lua_isnoneornil(L, index)) return otherwise;
    int is_integer = 0;
    const lua_Integer value = lua_tointegerx(L, index, &is_integer);
    if (is_integer == 0) wrong(L, function, index, "must be an integer");
    return value;
}

void charge(lua_State* L, lua_Integer elements) {
    if (elements > 0) Sandbox::of(L).charge(static_cast<std::uint64_t>(elements));
}

int insert(lua_State* L) {
    const lua_Integer size = length(L, "table.insert");
    const bool at_end = lua_gettop(L) == 2;
    if (!at_end && lua_gettop(L) != 3)
        Sandbox::of(L).refuse("E106", "table.insert has 2 or 3 arguments",
                              "must be a table, perhaps a position, a value");
    const lua_Integer position = at_end ? size + 1 : integer(L, "table.insert", 2, size + 1);
    if (position < 1 || position > size + 1)
        wrong(L, "table.insert", 2, "must be a position in the list or just behind it");
    charge(L, size - position + 1);
    for (lua_Integer i = size; i >= position; --i) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, 1, i + 1);
    }
    lua_rawseti(L, 1, position);
    return 0;
}

int remove(lua_State* L) {
    const lua_Integer size = length(L, "table.remove");
    const lua_Integer position = integer(L, "table.remove", 2, size);
    if (size == 0) return 0;
    if (position < 1 || position > size) wrong(L, "table.remove", 2, "must be a position in the list");
    charge(L, size - position);
    lua_rawgeti(L, 1, position);
    for (lua_Integer i = position; i < size; ++i) {
        lua_rawgeti(L, 1, i + 1);
        lua_rawseti(L, 1, i);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, size);
    return 1;
}

int concat(lua_State* L) {
    const lua_Integer size = length(L, "table.concat");
    const bool separated = !lua_isnoneornil(L, 2);
    if (separated && lua_type(L, 2) != LUA_TSTRING) wrong(L, "table.concat", 2, "must be a text");
    const std::string separator = separated ? shown_value(L, 2) : "";
    const lua_Integer first = integer(L, "table.concat", 3, 1);
    const lua_Integer last = std::min(integer(L, "table.concat", 4, size), size);
    std::string all;
    for (lua_Integer i = std::max<lua_Integer>(first, 1); i <= last; ++i) {
        const int type = lua_rawgeti(L, 1, i);
        if (type != LUA_TSTRING && type != LUA_TNUMBER)
            Sandbox::of(L).refuse("E106",
                                  fmt::format("table.concat: element {} is {}", i, luaL_typename(L, -1)),
                                  "must be a text or a number");
        const std::size_t before = all.size();
        all += shown_value(L, -1);
        if (i < last) all += separator;
        Sandbox::of(L).charge(1 + (all.size() - before) / 16);
        lua_pop(L, 1);
    }
    lua_pushlstring(L, all.data(), all.size());
    return 1;
}

int pack(lua_State* L) {
    const int count = lua_gettop(L);
    charge(L, count);
    lua_createtable(L, count, 1);
    lua_insert(L, 1);
    for (int i = count; i >= 1; --i) lua_rawseti(L, 1, i);
    lua_pushinteger(L, count);
    lua_setfield(L, 1, "n");
    return 1;
}

int unpack(lua_State* L) {
    const lua_Integer size = length(L, "table.unpack");
    const lua_Integer first = integer(L, "table.unpack", 2, 1);
    const lua_Integer last = integer(L, "table.unpack", 3, size);
    if (first > last) return 0;
    const std::uint64_t count =
        static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first);  // less one
    if (count >= static_cast<std::uint64_t>(unpacked_max) ||
        lua_checkstack(L, static_cast<int>(count) + 1) == 0)
        Sandbox::of(L).refuse("E113", "table.unpack: too many values",
                              fmt::format("must be at most {}", unpacked_max));
    charge(L, static_cast<lua_Integer>(count) + 1);
    for (std::uint64_t i = 0; i <= count; ++i) lua_rawgeti(L, 1, first + static_cast<lua_Integer>(i));
    return static_cast<int>(count) + 1;
}

// Is the value at stack index `a` to stand before the one at `b`?
bool before(lua_State* L, int a, int b) {
    if (lua_isnil(L, 2)) {
        Sandbox::of(L).charge(1);
        return lua_compare(L, a, b, LUA_OPLT) != 0;
    }
    lua_pushvalue(L, 2);
    lua_pushvalue(L, a);
    lua_pushvalue(L, b);
    lua_call(L, 2, 1);
    const bool result = lua_toboolean(L, -1) != 0;
    lua_pop(L, 1);
    return result;
}

// A stable merge sort of places, from runs of one upwards. Unlike Lua's it asks the same questions in every
// process, keeps equals in their order, and ends whatever the script's function answers.
std::vector<lua_Integer> sorted_places(lua_State* L, lua_Integer size) {
    std::vector<lua_Integer> from(static_cast<std::size_t>(size)), to(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) from[i] = static_cast<lua_Integer>(i + 1);
    const auto goes_first = [&](lua_Integer left, lua_Integer right) {
        lua_rawgeti(L, 3, left);
        lua_rawgeti(L, 3, right);
        const int top = lua_gettop(L);
        const bool right_first = before(L, top, top - 1);
        lua_settop(L, top - 2);
        return !right_first;
    };
    for (std::size_t width = 1; width < from.size(); width *= 2) {
        for (std::size_t start = 0; start < from.size(); start += 2 * width) {
            const std::size_t middle = std::min(start + width, from.size());
            const std::size_t end = std::min(start + 2 * width, from.size());
            std::size_t left = start, right = middle;
            for (std::size_t place = start; place < end; ++place) {
                const bool take_left = left < middle && (right >= end || goes_first(from[left], from[right]));
                to[place] = take_left ? from[left++] : from[right++];
            }
        }
        std::swap(from, to);
    }
    return from;
}

int sort(lua_State* L) {
    const lua_Integer size = length(L, "table.sort");
    lua_settop(L, 2);
    if (!lua_isnil(L, 2) && lua_type(L, 2) != LUA_TFUNCTION) wrong(L, "table.sort", 2, "must be a function");
    charge(L, 4 * size);
    lua_createtable(L, static_cast<int>(size),
                    0);  // the elements as they were: a function may change the table
    for (lua_Integer i = 1; i <= size; ++i) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, 3, i);
    }
    if (size > 1) {
        lua_rawgeti(L, 3, 1);
        if (before(L, 4, 4))
            Sandbox::of(L).refuse("E107", "table.sort: invalid order function", "must say false for equals");
        lua_settop(L, 3);
    }
    const std::vector<lua_Integer> places = sorted_places(L, size);
    for (lua_Integer i = 1; i <= size; ++i) {
        lua_rawgeti(L, 3, places[static_cast<std::size_t>(i - 1)]);
        lua_rawseti(L, 1, i);
    }
    return 0;
}

}  // namespace

void add_table(lua_State* L) {
    push_functions(L, {{"concat", guarded<concat>},
                       {"insert", guarded<insert>},
                       {"pack", guarded<pack>},
                       {"remove", guarded<remove>},
                       {"sort", guarded<sort>},
                       {"unpack", guarded<unpack>}});
    seal(L, "table");
    lua_setfield(L, -2, "table");
}

}  // namespace lua::binding
