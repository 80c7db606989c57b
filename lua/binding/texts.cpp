#include "lua/binding/texts.hpp"

#include "lua/binding/guard.hpp"
#include "lua/binding/library.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

namespace lua::binding {

[[noreturn]] void wrong_argument(lua_State* L, const char* function, int index, const char* expected) {
    const std::string seen = lua_isnoneornil(L, index) ? "missing" : shown_value(L, index);
    Sandbox::of(L).refuse("E106", fmt::format("{}: argument {} is {}", function, index, seen), expected);
}

std::string_view text_argument(lua_State* L, const char* function, int index) {
    if (lua_type(L, index) != LUA_TSTRING && lua_type(L, index) != LUA_TNUMBER)
        wrong_argument(L, function, index, "must be a text");
    std::size_t length = 0;
    const char* text = lua_tolstring(L, index, &length);
    return {text, length};
}

lua_Integer integer_argument(lua_State* L, const char* function, int index) {
    int is_integer = 0;
    const lua_Integer value = lua_tointegerx(L, index, &is_integer);
    if (is_integer == 0) wrong_argument(L, function, index, "must be an integer");
    return value;
}

namespace {

constexpr int width_max = 99;
constexpr std::uint64_t format_costs = 200;

// One directive of string.format: %[flags][width][.precision]conversion.
struct Directive {
    bool left = false, plus = false, blank = false, zero = false;
    int width = 0;
    std::optional<int> precision;
    char conversion = '\0';
};

int number_in(lua_State* L, std::string_view form, std::size_t& at) {
    int value = 0;
    for (; at < form.size() && form[at] >= '0' && form[at] <= '9'; ++at) {
        value = value * 10 + (form[at] - '0');
        if (value > width_max)
            Sandbox::of(L).refuse("E107", "string.format: width and precision are at most 99");
    }
    return value;
}

Directive directive(lua_State* L, std::string_view form, std::size_t& at) {
    Directive result;
    for (; at < form.size(); ++at) {
        if (form[at] == '-')
            result.left = true;
        else if (form[at] == '+')
            result.plus = true;
        else if (form[at] == ' ')
            result.blank = true;
        else if (form[at] == '0')
            result.zero = true;
        else
            break;
    }
    result.width = number_in(L, form, at);
    if (at < form.size() && form[at] == '.') result.precision = number_in(L, form, ++at);
    result.conversion = at < form.size() ? form[at] : '\0';
    return result;
}

std::string number_text(const Directive& d, double value) {
    if (value != value) return "nan";
    std::string spec = "{:";
    if (d.plus)
        spec += '+';
    else if (d.blank)
        spec += ' ';
    if (d.zero && !d.left && d.width > 0) spec += fmt::format("0{}", d.width);
    spec += fmt::format(".{}{}}}", d.precision.value_or(6), d.conversion);
    return fmt::format(fmt::runtime(spec), value);
}

std::string integer_text(const Directive& d, lua_Integer value) {
    if (d.conversion == 'x') return fmt::format("{:x}", static_cast<std::uint64_t>(value));
    if (d.conversion == 'X') return fmt::format("{:X}", static_cast<std::uint64_t>(value));
    std::string digits = fmt::format("{}", value);
    const bool negative = digits.front() == '-';
    const std::string sign = negative ? "-" : d.plus ? "+" : d.blank ? " " : "";
    if (negative) digits.erase(0, 1);
    const int room = d.precision.value_or(d.zero && !d.left ? d.width - static_cast<int>(sign.size()) : 0);
    while (static_cast<int>(digits.size()) < room) digits.insert(0, 1, '0');
    return sign + digits;
}

std::string converted(lua_State* L, const Directive& d, int argument) {
    switch (d.conversion) {
        case 'd':
        case 'i':
        case 'x':
        case 'X':
            return integer_text(d, integer_argument(L, "string.format", argument));
        case 'f':
        case 'e':
        case 'g':
            if (lua_type(L, argument) != LUA_TNUMBER)
                wrong_argument(L, "string.format", argument, "must be a number");
            return number_text(d, lua_tonumber(L, argument));
        case 's': {
            if (lua_gettop(L) < argument) wrong_argument(L, "string.format", argument, "must be a value");
            std::string text = shown_value(L, argument);
            if (d.precision) text.resize(std::min(text.size(), static_cast<std::size_t>(*d.precision)));
            return text;
        }
        default:
            Sandbox::of(L).refuse("E107", "string.format: unknown conversion in the format",
                                  "must be %d, %i, %x, %X, %f, %e, %g, %s or %%");
    }
}

}  // namespace

int format_text(lua_State* L) {
    const std::string_view form = text_argument(L, "string.format", 1);
    Sandbox::of(L).charge(format_costs + form.size());
    std::string result;
    int argument = 1;
    for (std::size_t at = 0; at < form.size(); ++at) {
        if (form[at] != '%') {
            result += form[at];
        } else if (at + 1 < form.size() && form[at + 1] == '%') {
            result += '%';
            ++at;
        } else {
            const Directive d = directive(L, form, ++at);
            const std::string text = converted(L, d, ++argument);
            const std::string blanks(
                static_cast<std::size_t>(std::max(0, d.width - static_cast<int>(text.size()))), ' ');
            Sandbox::of(L).charge(format_costs + text.size() / 16);
            result += d.left ? text + blanks : blanks + text;
        }
    }
    lua_pushlstring(L, result.data(), result.size());
    return 1;
}

}  // namespace lua::binding
