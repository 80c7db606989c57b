// Who calls whom, how often and for how long; and what is known of the parameters.

#include "lua/binding/api.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/values.hpp"
#include "sim/scenario/import.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <fmt/format.h>

#include <set>

namespace lua::binding {

namespace {

constexpr const char* callers_form = "must be a site, cce.unassigned, or a list of them";

Callers callers(const Value& value) {
    const Handle* held = handle_at(value.state(), value.index());
    if (held != nullptr && held->kind == Kind::unassigned) return Unassigned{};
    return SiteId{value.handle(Kind::site, callers_form).index};
}

Redial redial(const Table& table) {
    Redial result;
    result.share = table.needed("share", "must be the share of lost callers who try again").share();
    result.delay = table.needed("delay", R"(must be the mean wait, such as "30s")").duration_above_zero();
    if (const Value tries = table["tries"]; tries.given())
        result.tries = static_cast<unsigned>(tries.whole(1, redial_tries_max));
    return result;
}

Profile profile(Session& session, const std::string& path) {
    const auto known = session.plan.profiles.find(path);
    if (known != session.plan.profiles.end()) return known->second;
    return session.plan.profiles.emplace(path, read_profile(path, session.read_input(path))).first->second;
}

void read_load(const Table& table, TrafficSaid& said) {
    const Value per_user = table["erlangs_per_user"], total = table["erlangs"];
    if (per_user.given() && total.given())
        total.refuse("E109", R"("erlangs_per_user" and "erlangs" say the same thing)", "must be one of them");
    if (per_user.given()) said.erlangs_per_user = per_user.number(0, 1);
    if (total.given()) said.erlangs = total.number(0, erlangs_max);
    if (per_user.given() || total.given())
        said.given["erlangs_per_user"] = (per_user.given() ? per_user : total).place();
}

void read_length(const Table& table, TrafficSaid& said) {
    const Value length = table["length"], mean = table["mean"];
    if (length.given() && mean.given())
        mean.refuse("E109", R"("length" and "mean" say the same thing)", "must be one of them");
    if (length.given()) said.length = length.law(sim::kernel::exponential_law);
    if (mean.given()) said.length = sim::kernel::exponential_law(mean.duration_above_zero());
    if (length.given() || mean.given()) said.given["call_mean"] = (length.given() ? length : mean).place();
}

int traffic(lua_State* L) {
    Session& session = Session::of(L);
    session.charge(1000);
    const Value whole = argument(L, 1, "cce.traffic");
    const Table table(whole, "traffic");
    TrafficSaid said;
    said.place = session.place();
    if (const Value at = table["at"]; at.given())
        for (const Value& one : at.one_or_list()) said.at.push_back(callers(one));
    read_load(table, said);
    read_length(table, said);
    const auto share = [&](const char* key, std::optional<double>& into) {
        const Value value = table[key];
        if (!value.given()) return;
        into = value.share();
        said.given[key] = value.place();
    };
    share("day_level_cv", said.day_level_cv);
    share("outbound_share", said.outbound_share);
    share("external_share", said.external_share);
    share("international_share", said.international_share);
    share("emergency_share", said.emergency_share);
    share("escalation_share", said.escalation_share);
    share("night_floor", said.night_floor);
    if (said.night_floor && !table["profile"].given())
        table["night_floor"].refuse("E109", R"("night_floor" says nothing without a "profile")", "",
                                    "traffic without a profile is the same all day");
    if (table["redial"].given()) said.redial = redial(Table(table.nested("redial"), "redial"));
    if (const Value file = table["profile"]; file.given()) said.profile = profile(session, file.text());
    session.plan.traffic.push_back(std::move(said));
    return 0;
}

std::string written_value(lua_State* L, const Value& value) {
    switch (lua_type(L, value.index())) {
        case LUA_TSTRING:
        case LUA_TBOOLEAN:
            return shown_value(L, value.index());
        case LUA_TNUMBER:
            if (lua_isinteger(L, value.index()) != 0) return fmt::format("{}", lua_tointeger(L, value.index()));
            return fmt::format("{}", lua_tonumber(L, value.index()));
        default:
            value.wrong("must be a number, a text, true or false");
    }
}

void give_parameter(lua_State* L, const std::string& key, const Value& value) {
    Session& session = Session::of(L);
    Scenario& scenario = session.plan.scenario;
    const ParameterRow* row = find_parameter(key);
    if (row == nullptr)
        value.refuse("E104",
                     fmt::format("unknown key {}{}", sim::vocabulary::quoted(key),
                                 sim::vocabulary::did_you_mean(key, parameter_keys())),
                     "", "ccesim check lists them all");
    if (const auto before = scenario.given.find(key); before != scenario.given.end())
        value.refuse("E109", fmt::format("{} is given twice", key), "",
                     fmt::format("first at {}:{}", before->second.file, before->second.line));
    if (!row->assign(scenario.parameters, written_value(L, value))) {
        const bool is_duration = sim::vocabulary::duration(row->shown(Parameters{})).has_value();
        const bool is_bare = lua_type(L, value.index()) == LUA_TNUMBER;
        value.wrong(row->expected, is_duration && is_bare ? "a duration needs a unit" : "", "E107");
    }
    scenario.given[key] = value.place();
}

int parameters(lua_State* L) {
    Session::of(L).charge(1000);
    const Value whole = argument(L, 1, "cce.parameters");
    if (!whole.is_table()) whole.wrong("must be a table, { key = value, … }");
    std::set<std::string> keys_given;  // a set: the first problem told is the same in each run
    lua_pushnil(L);
    while (lua_next(L, 1) != 0) {
        if (lua_type(L, -2) != LUA_TSTRING)
            whole.refuse("E104", "a value stands without its key", "must be key = value");
        keys_given.insert(shown_value(L, -2));
        lua_pop(L, 1);
    }
    for (const std::string& key : keys_given) {
        lua_pushlstring(L, key.data(), key.size());
        lua_rawget(L, 1);
        give_parameter(L, key, Value(L, lua_gettop(L), "cce.parameters", sim::vocabulary::quoted(key), {key}));
        lua_pop(L, 1);
    }
    return 0;
}

}  // namespace

std::vector<Entry> traffic_functions() {
    return {{"parameters", guarded<parameters>}, {"traffic", guarded<traffic>}};
}

}  // namespace lua::binding
