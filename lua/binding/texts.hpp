// Arguments of the functions on texts, and string.format, which is long enough for a file of its own.

#pragma once

#include <lua.hpp>

#include <string_view>

namespace lua::binding {

[[noreturn]] void wrong_argument(lua_State* L, const char* function, int index, const char* expected);

// Valid while the argument stays on the stack.
std::string_view text_argument(lua_State* L, const char* function, int index);

lua_Integer integer_argument(lua_State* L, const char* function, int index);

int format_text(lua_State* L);  // a body for guarded<>

}  // namespace lua::binding
