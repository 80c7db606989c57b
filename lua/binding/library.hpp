// Tables of functions that a script may call and not change.

#pragma once

#include <lua.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace lua::binding {

struct Entry {
    const char* name;
    lua_CFunction function;
};

// Takes the table on top of the stack and leaves one in its place that reads from it, refuses to be changed,
// and answers an unknown name with an error: `unknown name "cce.stie"; did you mean "cce.site"?`
void seal(lua_State* L, const char* name);

void push_functions(lua_State* L, const std::vector<Entry>& entries);  // leaves a new table
void add_functions(lua_State* L, const std::vector<Entry>& entries);   // to the table on top of the stack

// One piece of the allow list a file. Each adds to the table on top of the stack.
void add_base(lua_State* L);
void add_math(lua_State* L);
void add_string(lua_State* L);
void add_table(lua_State* L);

// What tostring says: no addresses, one spelling of "not a number".
std::string shown_value(lua_State* L, int index);

}  // namespace lua::binding
