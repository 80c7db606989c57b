// What Lua calls its basic functions: the part that describes and cannot reach outside.

#include "lua/binding/guard.hpp"
#include "lua/binding/library.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace lua::binding {

namespace {

// Metamethods a script may give to its own tables. The others reach into Lua's memory management.
constexpr std::array metamethods{"__add",    "__band", "__bnot", "__bor",      "__bxor",     "__call",
                                 "__concat", "__div",  "__eq",   "__idiv",     "__index",    "__le",
                                 "__len",    "__lt",   "__mod",  "__mul",      "__newindex", "__pairs",
                                 "__shl",    "__shr",  "__sub",  "__tostring", "__unm"};
constexpr const char* original_key = "__metatable";

void need_table(lua_State* L, int index, const char* function) {
    if (lua_type(L, index) == LUA_TTABLE) return;
    Sandbox::of(L).refuse("E106",
                          fmt::format("{}: argument {} is {}", function, index, luaL_typename(L, index)),
                          "must be a table");
}

// Order of keys: integers, other numbers, texts by their bytes, false before true.
struct Key {
    int rank = 0;
    lua_Integer integer = 0;
    lua_Number number = 0;
    std::string_view text;

    friend bool operator<(const Key& a, const Key& b) {
        if (a.rank != b.rank) return a.rank < b.rank;
        if (a.rank == 1) return a.number < b.number;
        if (a.rank == 2) return a.text < b.text;
        return a.integer < b.integer;
    }
};

Key key_at(lua_State* L, int index) {
    switch (lua_type(L, index)) {
        case LUA_TNUMBER:
            if (lua_isinteger(L, index) != 0) return {0, lua_tointeger(L, index), 0, {}};
            return {1, 0, lua_tonumber(L, index), {}};
        case LUA_TSTRING: {
            std::size_t length = 0;
            const char* text = lua_tolstring(L, index, &length);
            return {2, 0, 0, {text, length}};  // the table keeps the text alive
        }
        case LUA_TBOOLEAN:
            return {3, lua_toboolean(L, index), 0, {}};
        default:
            Sandbox::of(L).refuse("E119", fmt::format("pairs: a key is a {}", luaL_typename(L, index)),
                                  "must be a number, a text or a boolean",
                                  "other keys have no order that is the same in each run");
    }
}

void push_key(lua_State* L, const Key& key) {
    if (key.rank == 0) lua_pushinteger(L, key.integer);
    if (key.rank == 1) lua_pushnumber(L, key.number);
    if (key.rank == 2) lua_pushlstring(L, key.text.data(), key.text.size());
    if (key.rank == 3) lua_pushboolean(L, static_cast<int>(key.integer));
}

std::vector<Key> keys_of(lua_State* L, int table) {
    std::vector<Key> keys;
    lua_pushnil(L);
    while (lua_next(L, table) != 0) {
        lua_pop(L, 1);
        keys.push_back(key_at(L, -1));
        if (keys.size() % 1024 == 0) Sandbox::of(L).charge(1024);
    }
    return keys;
}

// Upvalues: the keys in order, how many were taken.
int next_of_pairs(lua_State* L) {
    for (lua_Integer taken = lua_tointeger(L, lua_upvalueindex(2));;) {
        lua_pushinteger(L, ++taken);
        lua_replace(L, lua_upvalueindex(2));
        if (lua_rawgeti(L, lua_upvalueindex(1), taken) == LUA_TNIL) return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL) return 2;
        lua_pop(L, 2);  // removed on the way
    }
}

int pairs(lua_State* L) {
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    need_table(L, 1, "pairs");
    lua_settop(L, 1);
    std::vector<Key> keys = keys_of(L, 1);
    Sandbox::of(L).charge(20 * keys.size());
    std::sort(keys.begin(), keys.end());
    lua_createtable(L, static_cast<int>(keys.size()), 0);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        push_key(L, keys[i]);
        lua_rawseti(L, -2, static_cast<lua_Integer>(i + 1));
    }
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, guarded<next_of_pairs>, 2);
    lua_pushvalue(L, 1);
    return 2;
}

int next(lua_State* L) {
    need_table(L, 1, "next");
    lua_settop(L, 2);
    const std::vector<Key> keys = keys_of(L, 1);
    Sandbox::of(L).charge(keys.size() + 1);
    const bool from_start = lua_isnil(L, 2);
    const Key after = from_start ? Key{} : key_at(L, 2);
    const Key* first = nullptr;
    for (const Key& key : keys)
        if ((from_start || after < key) && (first == nullptr || key < *first)) first = &key;
    if (first == nullptr) return 0;
    push_key(L, *first);
    lua_pushvalue(L, -1);
    lua_rawget(L, 1);
    return 2;
}

int next_of_list(lua_State* L) {
    const lua_Integer i = lua_tointeger(L, 2) + 1;
    lua_pushinteger(L, i);
    // Lists of ours refuse an index that they do not have; here it is only the end.
    const bool ours = luaL_getmetafield(L, 1, original_key) == LUA_TBOOLEAN;
    const int type = ours ? lua_rawgeti(L, 1, i) : lua_geti(L, 1, i);
    if (type == LUA_TNIL) return 1;
    lua_pushinteger(L, i);
    lua_insert(L, -2);
    return 2;
}

int ipairs(lua_State* L) {
    need_table(L, 1, "ipairs");
    lua_pushcfunction(L, guarded<next_of_list>);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

int end_of_pcall(lua_State* L, int status) {
    Sandbox& sandbox = Sandbox::of(L);
    if (status == LUA_ERRMEM) sandbox.fail(std::make_exception_ptr(sandbox.out_of_memory()));
    if (sandbox.failed()) {
        lua_settop(L, 0);
        lua_pushnil(L);
        return raise;
    }
    lua_pushboolean(L, status == LUA_OK || status == LUA_YIELD);
    lua_insert(L, 1);
    return lua_gettop(L);
}

// Where a pcall goes on whose function has waited.
int pcall_goes_on(lua_State* L, int status, lua_KContext) {
    const int results = end_of_pcall(L, status);
    return results == raise ? lua_error(L) : results;
}

// Like Lua's, but what ended the script ends it here, too.
int pcall(lua_State* L) {
    if (lua_gettop(L) == 0) Sandbox::of(L).refuse("E105", "pcall: argument 1 is missing", "must be a function");
    return end_of_pcall(L, lua_pcallk(L, lua_gettop(L) - 1, LUA_MULTRET, 0, 0, pcall_goes_on));
}

int print(lua_State* L) {
    std::string line;
    for (int i = 1; i <= lua_gettop(L); ++i) line += (i > 1 ? "\t" : "") + shown_value(L, i);
    Sandbox::of(L).print(line);
    return 0;
}

int select(lua_State* L) {
    const int count = lua_gettop(L) - 1;
    Sandbox::of(L).charge(static_cast<std::uint64_t>(count < 0 ? 0 : count));
    if (lua_type(L, 1) == LUA_TSTRING && std::string_view(lua_tostring(L, 1)) == "#") {
        lua_pushinteger(L, count);
        return 1;
    }
    int is_integer = 0;
    const lua_Integer from = lua_tointegerx(L, 1, &is_integer);
    if (is_integer == 0 || from == 0 || from < -count)
        Sandbox::of(L).refuse("E106", fmt::format("select: argument 1 is {}", shown_value(L, 1)),
                              "must be \"#\" or an index");
    if (from < 0) return static_cast<int>(-from);
    return from > count ? 0 : count - static_cast<int>(from) + 1;
}

// Lua looks some metamethods up late. So it gets a copy of what is allowed, as it is now; getmetatable gives
// back the script's own table.
int setmetatable(lua_State* L) {
    const Sandbox& sandbox = Sandbox::of(L);
    need_table(L, 1, "setmetatable");
    lua_settop(L, 2);
    if (luaL_getmetafield(L, 1, original_key) == LUA_TBOOLEAN)
        sandbox.refuse("E114", "setmetatable: this table is locked");
    lua_settop(L, 2);
    if (lua_isnil(L, 2)) {
        lua_setmetatable(L, 1);
        return 1;
    }
    need_table(L, 2, "setmetatable");
    for (const char* refused : {"__gc", "__close", "__mode", "__metatable"}) {
        lua_pushstring(L, refused);
        if (lua_rawget(L, 2) != LUA_TNIL)
            sandbox.refuse("E114", fmt::format("setmetatable: {} is not available in scenarios", refused));
        lua_pop(L, 1);
    }
    lua_createtable(L, 0, 4);
    for (const char* name : metamethods) {
        lua_pushstring(L, name);
        if (lua_rawget(L, 2) == LUA_TNIL)
            lua_pop(L, 1);
        else
            lua_setfield(L, -2, name);
    }
    lua_pushvalue(L, 2);
    lua_setfield(L, -2, original_key);
    lua_setmetatable(L, 1);
    lua_settop(L, 1);
    return 1;
}

int getmetatable(lua_State* L) {
    if (lua_type(L, 1) != LUA_TTABLE || luaL_getmetafield(L, 1, original_key) == LUA_TNIL) lua_pushnil(L);
    return 1;
}

std::string popped_text(lua_State* L) {
    std::size_t length = 0;
    const char* text = lua_tolstring(L, -1, &length);
    std::string result(text, length);
    lua_pop(L, 1);
    return result;
}

int tostring(lua_State* L) {
    if (lua_gettop(L) == 0) Sandbox::of(L).refuse("E105", "tostring: argument 1 is missing");
    const std::string text = shown_value(L, 1);
    lua_pushlstring(L, text.data(), text.size());
    return 1;
}

}  // namespace

std::string shown_value(lua_State* L, int index) {
    index = lua_absindex(L, index);
    switch (lua_type(L, index)) {
        case LUA_TNIL:
            return "nil";
        case LUA_TBOOLEAN:
            return lua_toboolean(L, index) != 0 ? "true" : "false";
        case LUA_TNUMBER: {
            const lua_Number number = lua_tonumber(L, index);
            if (number != number) return "nan";  // its sign differs between machines
            break;
        }
        case LUA_TSTRING:
            break;
        default:
            if (luaL_getmetafield(L, index, "__tostring") == LUA_TNIL) return luaL_typename(L, index);
            lua_pushvalue(L, index);
            lua_call(L, 1, 1);
            if (lua_type(L, -1) != LUA_TSTRING) Sandbox::of(L).refuse("E106", "__tostring must return a text");
            return popped_text(L);
    }
    lua_pushvalue(L, index);  // lua_tolstring changes a number in place
    return popped_text(L);
}

void add_base(lua_State* L) {
    luaL_requiref(L, "_G", luaopen_base, 0);
    for (const char* name : {"assert", "error", "rawequal", "rawget", "rawlen", "rawset", "tonumber", "type"}) {
        lua_getfield(L, -1, name);
        lua_setfield(L, -3, name);
    }
    lua_pop(L, 1);
    const std::vector<Entry> ours{
        {"getmetatable", guarded<getmetatable>},
        {"ipairs", guarded<ipairs>},
        {"next", guarded<next>},
        {"pairs", guarded<pairs>},
        {"pcall", guarded<pcall>},
        {"print", guarded<print>},
        {"select", guarded<select>},
        {"setmetatable", guarded<setmetatable>},
        {"tostring", guarded<tostring>},
    };
    for (const Entry& entry : ours) {
        lua_pushcfunction(L, entry.function);
        lua_setfield(L, -2, entry.name);
    }
}

}  // namespace lua::binding
