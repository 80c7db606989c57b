// Texts: Lua's functions where they cost what they look like, ours where they do not.

#include "lua/binding/guard.hpp"
#include "lua/binding/library.hpp"
#include "lua/binding/pattern.hpp"
#include "lua/binding/texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace lua::binding {

namespace {

constexpr std::size_t repeated_max = std::size_t{16} << 20;
constexpr lua_Integer times_max = 1'000'000;

void push(lua_State* L, std::string_view text) {
    lua_pushlstring(L, text.data(), text.size());
}

int nothing(lua_State* L) {
    lua_pushnil(L);
    return 1;
}

Pattern pattern_argument(lua_State* L, const char* function, int index) {
    return Pattern(text_argument(L, function, index),
                   [L](std::uint64_t steps) { Sandbox::of(L).charge(steps); });
}

// A malformed pattern is the script's mistake: here std::invalid_argument becomes an error with its line.
std::optional<Match> find_in(lua_State* L, const Pattern& pattern, std::string_view subject, std::size_t from) {
    try {
        return pattern.find(subject, from);
    } catch (const std::invalid_argument& malformed) {
        Sandbox::of(L).refuse("E107", malformed.what());
    }
}

int push_capture(lua_State* L, std::string_view subject, const Capture& capture) {
    if (capture.is_position)
        lua_pushinteger(L, static_cast<lua_Integer>(capture.from + 1));
    else
        push(L, subject.substr(capture.from, capture.length));
    return 1;
}

int push_captures(lua_State* L, std::string_view subject, const Match& match, bool whole_if_none) {
    luaL_checkstack(L, static_cast<int>(match.captures.size()) + 1, "captures");
    int pushed = 0;
    for (const Capture& capture : match.captures) pushed += push_capture(L, subject, capture);
    if (pushed == 0 && whole_if_none)
        pushed += push_capture(L, subject, {match.from, match.to - match.from, false});
    return pushed;
}

// The optional third argument of find and match: where to begin, from 0; nothing if behind the end.
std::optional<std::size_t> beginning(lua_State* L, const char* function, std::size_t size) {
    lua_Integer from = lua_isnoneornil(L, 3) ? 1 : integer_argument(L, function, 3);
    if (from < 0) from = std::max<lua_Integer>(static_cast<lua_Integer>(size) + from + 1, 1);
    if (from == 0) from = 1;
    if (from > static_cast<lua_Integer>(size) + 1) return std::nullopt;
    return static_cast<std::size_t>(from - 1);
}

int find(lua_State* L) {
    const std::string_view subject = text_argument(L, "string.find", 1);
    const std::string_view wanted = text_argument(L, "string.find", 2);
    const auto from = beginning(L, "string.find", subject.size());
    if (!from) return nothing(L);
    const bool is_plain = wanted.find_first_of("^$*+?.([%-") == std::string_view::npos;
    if (is_plain || lua_toboolean(L, 4) != 0) {
        Sandbox::of(L).charge((subject.size() - *from) * (wanted.size() / 16 + 1) / 4);
        const std::size_t at = subject.find(wanted, *from);
        if (at == std::string_view::npos) return nothing(L);
        lua_pushinteger(L, static_cast<lua_Integer>(at + 1));
        lua_pushinteger(L, static_cast<lua_Integer>(at + wanted.size()));
        return 2;
    }
    const auto match = find_in(L, pattern_argument(L, "string.find", 2), subject, *from);
    if (!match) return nothing(L);
    lua_pushinteger(L, static_cast<lua_Integer>(match->from + 1));
    lua_pushinteger(L, static_cast<lua_Integer>(match->to));
    return 2 + push_captures(L, subject, *match, false);
}

int match(lua_State* L) {
    const std::string_view subject = text_argument(L, "string.match", 1);
    const auto from = beginning(L, "string.match", subject.size());
    const Pattern pattern = pattern_argument(L, "string.match", 2);
    const auto found = from ? find_in(L, pattern, subject, *from) : std::nullopt;
    if (!found) return nothing(L);
    return push_captures(L, subject, *found, true);
}

// Upvalues: subject, pattern, where to go on, where the last match ended (an empty match there is no new one).
int next_match(lua_State* L) {
    const std::string_view subject = text_argument(L, "string.gmatch", lua_upvalueindex(1));
    std::size_t from = static_cast<std::size_t>(lua_tointeger(L, lua_upvalueindex(3)));
    const lua_Integer last_end = lua_tointeger(L, lua_upvalueindex(4));
    const Pattern pattern = pattern_argument(L, "string.gmatch", lua_upvalueindex(2));
    while (from <= subject.size()) {
        const auto found = find_in(L, pattern, subject, from);
        if (!found) break;
        if (static_cast<lua_Integer>(found->to) == last_end) {
            from = found->from + 1;
            continue;
        }
        lua_pushinteger(L, static_cast<lua_Integer>(found->to));
        lua_copy(L, -1, lua_upvalueindex(3));
        lua_replace(L, lua_upvalueindex(4));
        return push_captures(L, subject, *found, true);
    }
    return 0;
}

int gmatch(lua_State* L) {
    text_argument(L, "string.gmatch", 1);
    const std::string_view pattern = text_argument(L, "string.gmatch", 2);
    if (!pattern.empty() && pattern.front() == '^')
        Sandbox::of(L).refuse("E107", "string.gmatch: a pattern that starts with ^ matches once", "",
                              "use string.match");
    lua_settop(L, 2);
    lua_pushinteger(L, 0);
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, guarded<next_match>, 4);
    return 1;
}

std::string with_captures(lua_State* L, std::string_view subject, std::string_view form, const Match& match) {
    std::string result;
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i] != '%') {
            result += form[i];
            continue;
        }
        const char c = ++i < form.size() ? form[i] : '\0';
        const std::size_t wanted = static_cast<std::size_t>(c - '1');
        if (c == '%')
            result += '%';
        else if (c == '0' || (c == '1' && match.captures.empty()))
            result += subject.substr(match.from, match.to - match.from);
        else if (c < '1' || c > '9' || wanted >= match.captures.size())
            Sandbox::of(L).refuse("E107", "string.gsub: invalid use of % in the replacement",
                                  "must be %0 to %9 or %%");
        else if (match.captures[wanted].is_position)
            result += fmt::format("{}", match.captures[wanted].from + 1);
        else
            result += subject.substr(match.captures[wanted].from, match.captures[wanted].length);
    }
    return result;
}

std::string replacement(lua_State* L, std::string_view subject, const Match& match) {
    const int type = lua_type(L, 3);
    if (type == LUA_TSTRING || type == LUA_TNUMBER)
        return with_captures(L, subject, text_argument(L, "string.gsub", 3), match);
    if (type == LUA_TFUNCTION) {
        lua_pushvalue(L, 3);
        const int count = push_captures(L, subject, match, true);
        lua_call(L, count, 1);
    } else {
        const bool none = match.captures.empty();
        push_capture(L, subject,
                     none ? Capture{match.from, match.to - match.from, false} : match.captures.front());
        lua_gettable(L, 3);
    }
    const bool kept = lua_toboolean(L, -1) == 0;
    if (!kept && lua_type(L, -1) != LUA_TSTRING && lua_type(L, -1) != LUA_TNUMBER)
        Sandbox::of(L).refuse("E106", fmt::format("string.gsub: the replacement is a {}", luaL_typename(L, -1)),
                              "must be a text");
    std::string result =
        kept ? std::string(subject.substr(match.from, match.to - match.from)) : shown_value(L, -1);
    lua_pop(L, 1);
    return result;
}

int gsub(lua_State* L) {
    const std::string_view subject = text_argument(L, "string.gsub", 1);
    const std::string_view written = text_argument(L, "string.gsub", 2);
    const Pattern pattern = pattern_argument(L, "string.gsub", 2);
    const int type = lua_type(L, 3);
    if (type != LUA_TSTRING && type != LUA_TNUMBER && type != LUA_TFUNCTION && type != LUA_TTABLE)
        wrong_argument(L, "string.gsub", 3, "must be a text, a table or a function");
    const lua_Integer times = lua_isnoneornil(L, 4) ? static_cast<lua_Integer>(subject.size()) + 1
                                                    : integer_argument(L, "string.gsub", 4);
    std::string result;
    std::size_t from = 0, kept = 0;
    lua_Integer count = 0;
    std::optional<std::size_t> last_end;
    while (count < times && from <= subject.size()) {
        const auto found = find_in(L, pattern, subject, from);
        if (!found) break;
        if (last_end && found->to == *last_end) {
            from = found->from + 1;
            continue;
        }
        const std::string put = replacement(L, subject, *found);
        Sandbox::of(L).charge(put.size() / 16 + 1);
        result += subject.substr(kept, found->from - kept);
        result += put;
        if (result.size() > repeated_max)
            Sandbox::of(L).refuse("E113", "string.gsub: the result has more than 16 MiB");
        ++count;
        kept = found->to;
        from = found->to;
        last_end = found->to;
        if (!written.empty() && written.front() == '^') break;
    }
    result += subject.substr(kept);
    push(L, result);
    lua_pushinteger(L, count);
    return 2;
}

int rep(lua_State* L) {
    const std::string_view text = text_argument(L, "string.rep", 1);
    const lua_Integer times = integer_argument(L, "string.rep", 2);
    const std::string_view separator =
        lua_isnoneornil(L, 3) ? std::string_view{} : text_argument(L, "string.rep", 3);
    if (times <= 0) {
        push(L, "");
        return 1;
    }
    const std::size_t each = text.size() + separator.size();
    if (times > times_max) wrong_argument(L, "string.rep", 2, "must be at most 1000000");
    if (each * static_cast<std::size_t>(times) > repeated_max)
        Sandbox::of(L).refuse("E113", "string.rep: the result has more than 16 MiB");
    Sandbox::of(L).charge(static_cast<std::uint64_t>(times));
    std::string result;
    result.reserve(each * static_cast<std::size_t>(times));
    for (lua_Integer i = 1; i <= times; ++i) {
        result += text;
        if (i < times) result += separator;
    }
    push(L, result);
    return 1;
}

template <char first, char last, int shift>
int shift_letters(lua_State* L) {
    std::string text(text_argument(L, shift < 0 ? "string.upper" : "string.lower", 1));
    for (char& c : text)
        if (c >= first && c <= last) c = static_cast<char>(c + shift);
    push(L, text);
    return 1;
}

}  // namespace

void add_string(lua_State* L) {
    push_functions(L, {{"find", guarded<find>},
                       {"format", guarded<format_text>},
                       {"gmatch", guarded<gmatch>},
                       {"gsub", guarded<gsub>},
                       {"lower", guarded<shift_letters<'A', 'Z', 'a' - 'A'>>},
                       {"match", guarded<match>},
                       {"rep", guarded<rep>},
                       {"upper", guarded<shift_letters<'a', 'z', 'A' - 'a'>>}});
    luaL_requiref(L, "string", luaopen_string, 0);  // this also gives all texts Lua's own metatable
    for (const char* name : {"byte", "char", "len", "reverse", "sub"}) {
        lua_getfield(L, -1, name);
        lua_setfield(L, -3, name);
    }
    lua_pop(L, 1);

    lua_newtable(L);  // … which ours replaces; it does no arithmetic: "3" + 4 is an error
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushliteral(L, "");
    lua_insert(L, -2);
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
    seal(L, "string");
    lua_setfield(L, -2, "string");
}

}  // namespace lua::binding
