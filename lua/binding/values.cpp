#include "lua/binding/values.hpp"

#include "lua/binding/api.hpp"
#include "lua/binding/guard.hpp"
#include "sim/kernel/check.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lua::binding {

using sim::vocabulary::did_you_mean;
using sim::vocabulary::Exit;
using sim::vocabulary::InputError;
using sim::vocabulary::quoted;

namespace {

// Lists and tables are too short to exhaust the stack: where it cannot grow there is no memory, and Lua says so
// itself when it is asked for more than any script may have.
void need_stack(lua_State* L, int slots) {
    if (lua_checkstack(L, slots) == 0) lua_newuserdatauv(L, static_cast<std::size_t>(-1) / 4, 0);
}

}  // namespace

namespace {

constexpr lua_Integer list_max = 1000;
constexpr double most_listed_percent = 100;

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
    return all;
}

}  // namespace

Existing existing(std::string_view word, const std::vector<std::string>& names, std::size_t listed_max) {
    Existing result{did_you_mean(word, names), names.empty() ? "there is none" : "there is: "};
    for (std::size_t i = 0; i < std::min(names.size(), listed_max); ++i)
        result.list += (i > 0 ? ", " : "") + quoted(names[i]);
    if (names.size() > listed_max) result.list += fmt::format(" and {} more", names.size() - listed_max);
    return result;
}

Value argument(lua_State* L, int index, const std::string& of) {
    return {L, index, of, fmt::format("argument {}", index), {}};
}

Value::Value(lua_State* L, int index, std::string of, std::string name, std::vector<std::string> path)
    : L_(L), index_(index), of_(std::move(of)), name_(std::move(name)), path_(std::move(path)) {}

bool Value::given() const {
    return !lua_isnoneornil(L_, index_);
}
bool Value::is_text() const {
    return lua_type(L_, index_) == LUA_TSTRING;
}
bool Value::is_table() const {
    return lua_type(L_, index_) == LUA_TTABLE;
}
Place Value::place() const {
    return Sandbox::of(L_).place_of(path_);
}

std::string Value::seen() const {
    switch (lua_type(L_, index_)) {
        case LUA_TNONE:
        case LUA_TNIL:
            return "missing";
        case LUA_TSTRING:
            return quoted(shown_value(L_, index_));
        case LUA_TNUMBER:
            return "the number " + shown_value(L_, index_);
        case LUA_TBOOLEAN:
            return shown_value(L_, index_);
        case LUA_TUSERDATA:
            return shown_value(L_, index_);
        default:
            return fmt::format("a {}", luaL_typename(L_, index_));
    }
}

void Value::refuse(const char* code, const std::string& problem, const std::string& expected,
                   const std::string& help) const {
    throw InputError(Exit::scenario,
                     Problem{place(), code, fmt::format("{}: {}", of_, problem), expected, help});
}

void Value::wrong(const std::string& expected, const std::string& help, const char* code) const {
    refuse(given() ? code : "E105", fmt::format("{} is {}", name_, seen()), expected, help);
}

std::string Value::text() const {
    if (!is_text()) wrong("must be a text");
    return shown_value(L_, index_);
}

bool Value::boolean() const {
    if (lua_type(L_, index_) != LUA_TBOOLEAN) wrong("must be true or false");
    return lua_toboolean(L_, index_) != 0;
}

Duration Value::duration() const {
    const std::string expected = fmt::format("must be {}", sim::vocabulary::duration_forms);
    if (lua_type(L_, index_) == LUA_TNUMBER) wrong(expected, "a duration needs a unit");
    if (!is_text()) wrong(expected);
    const std::string written = text();
    const auto value = sim::vocabulary::duration(written);
    if (value) return *value;
    if (sim::vocabulary::number(written)) wrong(expected, "a duration needs a unit", "E107");
    if (!written.empty() && written.front() == '-') wrong(expected, "a duration is not negative", "E107");
    wrong(expected, "units are us, ms, s, m, h, d and w; at most 200 years", "E107");
}

std::chrono::year_month_day Value::date() const {
    constexpr const char* form = R"(must be a date such as "2019-11-10")";
    constexpr int year_min = 1990;  // zone data of earlier years is of no use to telephony over IP
    constexpr int year_max = 2200;
    if (!is_text()) wrong(form);
    const auto date = sim::vocabulary::iso_date(text());
    if (!date) wrong(form, "", "E107");
    const int year = static_cast<int>(date->year());
    if (year < year_min || year > year_max)
        wrong(fmt::format("must be a date from {} to {}", year_min, year_max), "", "E107");
    return *date;
}

Duration Value::duration_above_zero() const {
    const Duration value = duration();
    if (value == Duration{}) wrong("must be more than 0s", "", "E107");
    return value;
}

double Value::number(double least, double most) const {
    const std::string expected = fmt::format("must be a number from {} to {}", least, most);
    if (lua_type(L_, index_) != LUA_TNUMBER) wrong(expected);
    const double value = lua_tonumber(L_, index_);
    if (value >= least && value <= most && std::isfinite(value)) return value == 0 ? 0 : value;  // no -0
    const bool percent = least >= 0 && most == 1 && value > 1 && value <= most_listed_percent;
    wrong(expected, percent ? fmt::format("did you mean {}?", value / most_listed_percent) : "", "E107");
}

double Value::number_above_zero(double most) const {
    const double value = number(0, most);
    if (value == 0) wrong("must be more than 0", "", "E107");
    return value;
}

bool Value::is_whole() const {
    return lua_isinteger(L_, index_) != 0 && lua_tointeger(L_, index_) >= 0;
}

std::uint64_t Value::whole(std::uint64_t least, std::uint64_t most) const {
    const std::string expected = fmt::format("must be a whole number from {} to {}", least, most);
    if (lua_type(L_, index_) != LUA_TNUMBER) wrong(expected);
    int is_integer = 0;
    const lua_Integer value = lua_tointegerx(L_, index_, &is_integer);
    if (is_integer == 0 || value < 0) wrong(expected, "", "E107");
    const std::uint64_t result = static_cast<std::uint64_t>(value);
    if (result < least || result > most) wrong(expected, "", "E107");
    return result;
}

std::size_t Value::choice(const std::vector<std::string>& words) const {
    std::string expected = "must be ";
    for (std::size_t i = 0; i < words.size(); ++i)
        expected += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + quoted(words[i]);
    if (!is_text()) wrong(expected);
    const std::string written = text();
    const auto found = std::find(words.begin(), words.end(), written);
    if (found == words.end())
        refuse("E107", fmt::format("{} is {}{}", name_, quoted(written), did_you_mean(written, words)),
               expected);
    return static_cast<std::size_t>(found - words.begin());
}

Law Value::law(Law (*of_duration)(Duration)) const {
    if (const Handle* held = handle_at(L_, index_); held != nullptr && held->kind == Kind::law)
        return Session::of(L_).plan.laws[held->index].use();
    if (is_text()) return of_duration(duration_above_zero());
    wrong(R"(must be a duration such as "3m10s", or a law such as cce.lognormal { mean = "3m10s", cv = 3 })",
          lua_type(L_, index_) == LUA_TNUMBER ? "a duration needs a unit" : "");
}

Handle Value::handle(Kind kind, const char* expected) const {
    const Handle* held = handle_at(L_, index_);
    if (held == nullptr || held->kind != kind) wrong(expected);
    return *held;
}

std::vector<Value> Value::one_or_list() const {
    if (!is_table()) return {*this};
    std::vector<Value> all;
    const lua_Integer size = static_cast<lua_Integer>(lua_rawlen(L_, index_));
    if (size == 0) wrong("must name at least one", "", "E107");
    if (size > list_max)
        refuse("E113", fmt::format("{} has {} elements", name_, size),
               fmt::format("must be at most {}", list_max));
    Sandbox::of(L_).charge(static_cast<std::uint64_t>(size) * 100);
    need_stack(L_, static_cast<int>(size) + LUA_MINSTACK);
    for (lua_Integer i = 1; i <= size; ++i) {
        lua_rawgeti(L_, index_, i);
        all.emplace_back(L_, lua_gettop(L_), of_, fmt::format("{}[{}]", name_, i), path_);
    }
    return all;
}

Table::Table(const Value& value, const std::string& name)
    : value_(value), known_(keys().at(name)), first_(0), L_(value.state()) {
    if (!value.given())
        lua_newtable(L_);
    else if (value.is_table())
        lua_pushvalue(L_, value.index());
    else
        value.wrong("must be a table, { key = value, … }");
    const int table = lua_gettop(L_);
    std::vector<std::string> unknown;
    lua_pushnil(L_);
    while (lua_next(L_, table) != 0) {
        lua_pop(L_, 1);
        if (lua_type(L_, -1) != LUA_TSTRING)
            value.refuse("E104", "a value stands without its key", "must be key = value",
                         "keys: " + joined(known_));
        const std::string key = shown_value(L_, -1);
        if (std::find(known_.begin(), known_.end(), key) == known_.end()) unknown.push_back(key);
    }
    if (!unknown.empty()) {
        const std::string& key = *std::min_element(unknown.begin(), unknown.end());
        std::vector<std::string> path = value.path();
        path.push_back(key);
        Value(L_, table, value.of(), key, path)
            .refuse("E104", fmt::format("unknown key {}{}", quoted(key), did_you_mean(key, known_)), "",
                    "keys: " + joined(known_));
    }
    first_ = table + 1;
    need_stack(L_, static_cast<int>(known_.size()) + LUA_MINSTACK);
    for (const std::string& key : known_) {
        lua_pushlstring(L_, key.data(), key.size());
        lua_rawget(L_, table);
    }
}

Value Table::operator[](const std::string& key) const {
    const auto found = std::find(known_.begin(), known_.end(), key);
    SIM_CHECK(found != known_.end());
    std::vector<std::string> path = value_.path();
    path.push_back(key);
    return {L_, first_ + static_cast<int>(found - known_.begin()), value_.of(), quoted(key), path};
}

Value Table::needed(const std::string& key, const std::string& expected) const {
    Value value = (*this)[key];
    if (!value.given()) Value(L_, value.index(), value_.of(), quoted(key), value_.path()).wrong(expected);
    return value;
}

Value Table::nested(const std::string& key) const {
    const Value value = (*this)[key];
    return {L_, value.index(), fmt::format("{}.{}", value_.of(), key), "it", value.path()};
}

}  // namespace lua::binding
