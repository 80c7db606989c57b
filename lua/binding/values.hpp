// Values that a script hands over: read, checked, and complained about in the script's own words.
//
//     cce.traffic: "mean" is the number 190 – must be a duration such as "3m10s" – a duration needs a unit
//
// Things of ours that a script holds (a site, a law, a fault) are handles: a kind and an index, made by us
// only.

#pragma once

#include "lua/binding/plan.hpp"

#include <lua.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace lua::binding {

enum class Kind : std::uint32_t {
    site,
    appliance,
    gateway,
    common_cause,
    crew,
    unassigned,
    law,
    window,
    update,
    recovery,
    program,
    action,
    expectation,
    run
};

struct Handle {
    Kind kind{};
    std::uint32_t index = 0;
};

void push_handle(lua_State* L, Kind kind, std::size_t index);
void push_site(lua_State* L, SiteId site);         // with its lists of appliances and gateways
void push_sites(lua_State* L);                     // all of the scenario, as a list
const Handle* handle_at(lua_State* L, int index);  // or nullptr

// cce.site "x" { … } is two calls. Leaves the second on the stack, its upvalues the name (argument 1 of the
// first) and which half was said; half_said finds it from there.
int push_half(lua_State* L, const std::string& call, lua_CFunction rest);
HalfSaid& half_said(lua_State* L);

// What the thing is called; empty, if it has no name.
std::string name_of(const Scenario& scenario, const Handle& handle);

void open_handles(lua_State* L);

// What can be seen of a thing inside time: its fields, and one of them. False: no such field. Before time
// begins there is nothing to see, and asking is an error.
std::vector<std::string> state_fields(Kind kind);
bool push_state(lua_State* L, const Handle& handle, const std::string& field);

class Value {
public:
    // `of` is the function called; `name` and `path` say which value.
    Value(lua_State* L, int index, std::string of, std::string name, std::vector<std::string> path = {});

    bool given() const;
    bool is_text() const;
    bool is_table() const;
    bool is_whole() const;  // a number from 0 up, without a fraction
    Place place() const;
    int index() const { return index_; }
    lua_State* state() const { return L_; }
    const std::vector<std::string>& path() const { return path_; }
    const std::string& of() const { return of_; }

    std::string text() const;
    bool boolean() const;
    std::chrono::year_month_day date() const;  // an ISO date from 1990 to 2200
    Duration duration() const;                 // may be zero
    Duration duration_above_zero() const;
    double number(double least, double most) const;
    double share() const { return number(0, 1); }
    double number_above_zero(double most) const;
    std::uint64_t whole(std::uint64_t least, std::uint64_t most) const;
    std::size_t choice(const std::vector<std::string>& words) const;  // the index of the word
    Law law(Law (*of_duration)(Duration)) const;  // a law, or what a plain duration stands for
    Handle handle(Kind kind, const char* expected) const;
    std::vector<Value> one_or_list() const;

    // REQUIRES given(); "must be …"
    [[noreturn]] void wrong(const std::string& expected, const std::string& help = "",
                            const char* code = "E106") const;
    // `problem` replaces "is …"
    [[noreturn]] void refuse(const char* code, const std::string& problem, const std::string& expected = "",
                             const std::string& help = "") const;

private:
    std::string seen() const;

    lua_State* L_;
    int index_;
    std::string of_;
    std::string name_;
    std::vector<std::string> path_;
};

// A table of named values. Unknown keys are an error at once; what stands in the table is on the stack from
// then on.
class Table {
public:
    // `keys` names the row of keys() in api.hpp. A missing table is taken as an empty one.
    Table(const Value& value, const std::string& keys);

    Value operator[](const std::string& key) const;
    Value needed(const std::string& key, const std::string& expected) const;
    Value nested(const std::string& key) const;  // for a table inside: complains as cce.traffic.redial

private:
    Value value_;
    const std::vector<std::string>& known_;
    int first_;
    lua_State* L_;
};

Value argument(lua_State* L, int index, const std::string& of);

// "; did you mean …" and, as what was expected, those that exist, the first few of many.
struct Existing {
    std::string hint;
    std::string list;
};
Existing existing(std::string_view word, const std::vector<std::string>& names, std::size_t listed_max = 5);

template <class Things>
std::vector<std::string> names_of(const Things& things) {
    std::vector<std::string> names;
    for (const auto& thing : things) names.push_back(thing.name);
    return names;
}

}  // namespace lua::binding
