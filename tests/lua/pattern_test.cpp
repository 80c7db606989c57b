// Our matcher against Lua's own, on small patterns of every kind.

#include "lua/binding/pattern.hpp"

#include <catch2/catch.hpp>
#include <lua.hpp>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

using lua::binding::Pattern;

namespace {

std::string ours(const std::string& subject, const std::string& pattern) {
    try {
        const auto match = Pattern(pattern, [](std::uint64_t) {}).find(subject, 0);
        if (!match) return "none";
        std::string text = std::to_string(match->from + 1) + "," + std::to_string(match->to);
        for (const auto& capture : match->captures)
            text += "," + (capture.is_position ? std::to_string(capture.from + 1)
                                               : subject.substr(capture.from, capture.length));
        return text;
    } catch (const std::invalid_argument& malformed) {
        return malformed.what();
    }
}

std::string luas(lua_State* L, const std::string& subject, const std::string& pattern) {
    lua_settop(L, 0);
    lua_getglobal(L, "string");
    lua_getfield(L, -1, "find");
    lua_pushlstring(L, subject.data(), subject.size());
    lua_pushlstring(L, pattern.data(), pattern.size());
    const int status = lua_pcall(L, 2, LUA_MULTRET, 0);
    if (status != LUA_OK) return lua_tostring(L, -1);
    if (lua_isnil(L, 2)) return "none";
    std::string text;
    for (int i = 2; i <= lua_gettop(L); ++i) text += (i > 2 ? "," : "") + std::string(lua_tostring(L, i));
    return text;
}

struct Dice {  // a small generator of the test's own
    std::uint64_t state;
    std::size_t below(std::size_t count) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::size_t>(state >> 33) % count;
    }
    std::string text(const std::vector<std::string>& pieces, std::size_t longest) {
        std::string all;
        for (std::size_t i = below(longest + 1); i > 0; --i) all += pieces[below(pieces.size())];
        return all;
    }
};

}  // namespace

TEST_CASE("our patterns find what Lua's find", "[lua]") {
    const std::unique_ptr<lua_State, decltype(&lua_close)> state(luaL_newstate(), lua_close);
    luaL_openlibs(state.get());
    const std::vector<std::string> letters{"a", "b", "A", "1", " ", "-", "(", ")", "]"};
    const std::vector<std::string> pieces{
        "a", "b", ".", "%a", "%d", "%s", "%U", "%w", "%p", "[ab]", "[^a]",   "[%d-]", "[a-", "]",    "*",  "+",
        "-", "?", "(", ")",  "()", "%1", "%2", "$",  "^",  "%b()", "%f[%w]", "%",     "%-",  "[]a]", "[^]"};
    Dice dice{42};
    for (int i = 0; i < 60'000; ++i) {
        const std::string subject = dice.text(letters, 8), pattern = dice.text(pieces, 6);
        if (pattern.find_first_of("^$*+?.([%-") == std::string::npos)
            continue;  // Lua takes it for a plain text
        const std::string expected = luas(state.get(), subject, pattern), seen = ours(subject, pattern);
        // Both refuse: the words differ where Lua's name an index.
        const bool both_refuse = expected.find("malformed") == 0 || expected.find("invalid") == 0 ||
                                 expected.find("unfinished") == 0 || expected.find("missing") == 0;
        INFO("subject \"" << subject << "\", pattern \"" << pattern << "\", Lua: " << expected
                          << ", ours: " << seen);
        if (both_refuse)
            CHECK((seen.find("malformed") == 0 || seen.find("invalid") == 0 || seen.find("unfinished") == 0 ||
                   seen.find("missing") == 0));
        else
            CHECK(seen == expected);
    }
}

TEST_CASE("every step is charged", "[lua]") {
    std::uint64_t steps = 0;
    const Pattern pattern(".-.-.-b", [&](std::uint64_t more) {
        steps += more;
        if (steps > 1'000'000) throw std::runtime_error("enough");
    });
    CHECK_THROWS_WITH(pattern.find(std::string(4000, 'a'), 0), "enough");
}
