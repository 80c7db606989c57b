// Policies and runbooks as functions of the script: what they may see, do and wait for inside time.

#include "lua/binding/api.hpp"
#include "lua/binding/commands.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/programs.hpp"
#include "lua/binding/values.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lua::binding {

using sim::operations::Operation;
using sim::topology::Power;
using sim::vocabulary::quoted;

namespace {

// Calls end and time passes without anybody being told. A condition that looks at them is asked again so often.
constexpr Duration calls_period = std::chrono::seconds{10};
constexpr Duration clock_period = std::chrono::minutes{1};

template <bool each_site>
int program(lua_State* L) {
    Session& session = Session::of(L);
    const char* call = each_site ? "cce.each_site" : "cce.tenant_wide";
    const Value function = argument(L, 1, call);
    if (!lua_isfunction(L, 1))
        function.wrong(each_site ? "must be a function of a site" : "must be a function of the list of sites");
    session.plan.programs.push_back({add_program(L, 1, each_site), call, session.place()});
    push_handle(L, Kind::program, session.plan.programs.size() - 1);
    return 1;
}

Inside& inside(lua_State* L, const char* call) {
    Session& session = Session::of(L);
    if (session.inside == nullptr)
        session.refuse("E152", fmt::format("{} works inside time only", call),
                       "must be called by a policy or a runbook");
    return *session.inside;
}

// Conditions see and do not act, and there is nothing to wait for in the middle of a comparison.
void require_strand(lua_State* L, const char* call) {
    if (lua_isyieldable(L) == 0)
        Session::of(L).refuse(
            "E153", fmt::format("{} cannot wait here", call),
            "must be called by a policy or a runbook itself, not by a condition or a comparison");
}

// What the strand went on with: nothing, or whether its condition holds.
int goes_on(lua_State* L, int, lua_KContext) {
    return lua_gettop(L);
}

int wait(lua_State* L) {
    Inside& now = inside(L, "cce.wait");
    require_strand(L, "cce.wait");
    now.wait_for(argument(L, 1, "cce.wait").duration_above_zero());
    lua_settop(L, 0);
    return lua_yieldk(L, 0, 0, goes_on);
}

int wait_until(lua_State* L) {
    Inside& now = inside(L, "cce.wait_until");
    require_strand(L, "cce.wait_until");
    const Value condition = argument(L, 1, "cce.wait_until"), limit = argument(L, 2, "cce.wait_until");
    if (!lua_isfunction(L, 1)) condition.wrong("must be a function that says whether to go on");
    std::optional<Duration> at_most;
    if (limit.given()) at_most = limit.duration_above_zero();
    lua_settop(L, 1);
    if (now.holds_or_wait(L, at_most)) {
        lua_pushboolean(L, 1);
        return 1;
    }
    return lua_yieldk(L, 0, 0, goes_on);
}

int start(lua_State* L) {
    Inside& now = inside(L, "cce.start");
    require_strand(L, "cce.start");
    if (!lua_isfunction(L, 1)) argument(L, 1, "cce.start").wrong("must be a function");
    lua_settop(L, 1);
    now.begin_beside(L);
    return 0;
}

void push(lua_State* L, const std::string& text) {
    lua_pushlstring(L, text.data(), text.size());
}

void push(lua_State* L, const sim::operations::Value& value) {
    if (const auto* boolean = std::get_if<bool>(&value))
        lua_pushboolean(L, *boolean);
    else if (const auto* whole = std::get_if<std::int64_t>(&value))
        lua_pushinteger(L, *whole);
    else if (const auto* number = std::get_if<double>(&value))
        lua_pushnumber(L, *number);
    else
        push(L, std::get<std::string>(value));
}

void push_answer(lua_State* L, const sim::operations::Answer& answer) {
    lua_createtable(L, static_cast<int>(answer.size()), 0);
    for (std::size_t i = 0; i < answer.size(); ++i) {
        lua_createtable(L, 0, static_cast<int>(answer[i].size()));
        for (const auto& [name, value] : answer[i]) {
            push(L, value);
            lua_setfield(L, -2, name.c_str());
        }
        lua_rawseti(L, -2, static_cast<lua_Integer>(i + 1));
    }
}

std::string failure(const Scenario& scenario, const Operation& operation) {
    const std::string name{sim::vocabulary::cmdlet(operation.command.cmdlet).name};
    const auto on = operation.command.on;
    return fmt::format("{}{}: {}", name, on ? " on " + scenario.appliances[*on].name : "", operation.error);
}

// What a cmdlet came to: its answer; or nil and the error's text for who tries, an error for who calls.
template <bool tries>
int outcome(lua_State* L, OperationId id) {
    const Inside& now = *Session::of(L).inside;
    const Operation& operation = Session::of(L).inside->desk().operation(id);
    if (operation.error.empty()) {
        push_answer(L, operation.answer);
        return 1;
    }
    if (tries) {
        lua_pushnil(L);
        push(L, operation.error);
        return 2;
    }
    luaL_where(L, 1);
    push(L, failure(now.scenario(), operation));
    lua_concat(L, 2);
    return raise;
}

template <bool tries>
int cmdlet_ended(lua_State* L, int, lua_KContext context) {
    const int results = outcome<tries>(L, static_cast<OperationId>(context));
    return results == raise ? lua_error(L) : results;
}

template <bool tries>
int call(lua_State* L) {
    static constexpr const char* me = tries ? "cce.try" : "cce.call";
    Inside& now = inside(L, me);
    require_strand(L, me);
    const sim::vocabulary::Cmdlet& named = cmdlet_of(argument(L, 1, me));
    const auto command =
        command_of(named, Value(L, 2, fmt::format("{} {}", me, quoted(named.name)), "argument 2"));
    const OperationId id = now.desk().start(command, now.running());
    if (now.desk().operation(id).is_over) return outcome<tries>(L, id);
    now.wait_for(id);
    lua_settop(L, 0);
    return lua_yieldk(L, 0, static_cast<lua_KContext>(id), cmdlet_ended<tries>);
}

// The time on the clock of a site; of the first site, if none is given.
int clock(lua_State* L) {
    Inside& now = inside(L, "cce.clock");
    const Value at = argument(L, 1, "cce.clock");
    const SiteId site = at.given() ? SiteId{at.handle(Kind::site, "must be a site").index} : SiteId{0};
    now.note_unannounced(clock_period);
    const auto local = now.scenario().calendar().local(now.desk().now(), now.scenario().sites[site].zone);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const auto second = std::chrono::floor<std::chrono::seconds>(local - day).count();
    static constexpr const char* days[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
    lua_createtable(L, 0, 4);
    push(L, sim::vocabulary::text(local).substr(0, 10));
    lua_setfield(L, -2, "date");
    lua_pushstring(L, days[std::chrono::weekday{day}.c_encoding()]);
    lua_setfield(L, -2, "day");
    lua_pushinteger(L, second / 3600);
    lua_setfield(L, -2, "hour");
    lua_pushinteger(L, second / 60 % 60);
    lua_setfield(L, -2, "minute");
    return 1;
}

// How long the run has lasted, in seconds.
int elapsed(lua_State* L) {
    Inside& now = inside(L, "cce.elapsed");
    now.note_unannounced(clock_period);
    lua_pushnumber(L, static_cast<double>(now.desk().now().time_since_epoch().count()) / 1e6);
    return 1;
}

// What if calls overflowed from one site to another. The product has nothing like it.
int overflow(lua_State* L) {
    Inside& now = inside(L, "cce.overflow");
    require_strand(L, "cce.overflow");
    const Value from = argument(L, 1, "cce.overflow"), to = argument(L, 2, "cce.overflow");
    const SiteId site{from.handle(Kind::site, "must be a site").index};
    std::optional<SiteId> other;
    if (to.given()) other = SiteId{to.handle(Kind::site, "must be a site").index};
    if (other == site) to.wrong("must be another site", "", "E107");
    now.desk().set_overflow(site, other);
    return 0;
}

bool push_state_of(lua_State* L, Inside& now, ApplianceId id, const std::string& field) {
    const sim::topology::Appliance& appliance = now.desk().fleet().appliances()[id];
    if (field == "status") {
        push(L, sim::operations::text(appliance.status));
    } else if (field == "ready") {
        lua_pushboolean(L, appliance.ready);
    } else if (field == "calls") {
        now.note_unannounced(calls_period);
        lua_pushinteger(L, static_cast<lua_Integer>(now.desk().calls(id)));
    } else if (field == "in_maintenance") {
        lua_pushboolean(L, appliance.in_maintenance);
    } else if (field == "host_is_up") {
        lua_pushboolean(L, appliance.host == Power::on);
    } else if (field == "is_patched") {
        lua_pushboolean(L, now.desk().is_patched(id));
    } else if (field == "version") {
        push(L, text(appliance.version));
    } else if (field == "backup_version") {
        if (appliance.backup_version)
            push(L, text(*appliance.backup_version));
        else
            lua_pushnil(L);
    } else if (field == "is_current") {
        lua_pushboolean(L, now.desk().is_current(id));
    } else {
        return false;
    }
    return true;
}

bool push_state_of(lua_State* L, Inside& now, SiteId id, const std::string& field) {
    const sim::topology::Site& site = now.desk().fleet().sites()[id];
    if (field == "appliances_ready") {
        lua_pushinteger(L, site.ready);
    } else if (field == "window_is_open") {
        lua_pushboolean(L, now.desk().window_is_open(id, sim::maintenance::Work::patches));
    } else if (field == "bits_window_is_open") {
        lua_pushboolean(L, now.desk().window_is_open(id, sim::maintenance::Work::bits));
    } else if (field == "calls") {
        now.note_unannounced(calls_period);
        std::uint64_t calls = 0;
        for (const ApplianceId appliance : site.appliances) calls += now.desk().calls(appliance);
        lua_pushinteger(L, static_cast<lua_Integer>(calls));
    } else {
        return false;
    }
    return true;
}

bool push_state_of(lua_State* L, Inside& now, GatewayId id, const std::string& field) {
    if (field != "is_up") return false;
    lua_pushboolean(L, now.desk().fleet().gateways()[id].alive);
    return true;
}

}  // namespace

std::vector<std::string> state_fields(Kind kind) {
    switch (kind) {
        case Kind::appliance:
            return {"status",  "ready",          "calls",      "in_maintenance", "host_is_up",
                    "version", "backup_version", "is_patched", "is_current",     "site"};
        case Kind::site:
            return {"appliances_ready", "window_is_open", "bits_window_is_open", "calls"};
        case Kind::gateway:
            return {"is_up"};
        default:
            return {};
    }
}

bool push_state(lua_State* L, const Handle& handle, const std::string& field) {
    Session& session = Session::of(L);
    const std::vector<std::string> fields = state_fields(handle.kind);
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) return false;
    if (handle.kind == Kind::appliance && field == "site") {
        push_site(L, session.plan.scenario.appliances[ApplianceId{handle.index}].site);
        return true;
    }
    Inside& now = inside(L, ("." + field).c_str());
    switch (handle.kind) {
        case Kind::appliance:
            return push_state_of(L, now, ApplianceId{handle.index}, field);
        case Kind::site:
            return push_state_of(L, now, SiteId{handle.index}, field);
        case Kind::gateway:
            return push_state_of(L, now, GatewayId{handle.index}, field);
        default:
            return false;
    }
}

std::vector<Entry> program_functions() {
    return {{"each_site", guarded<program<true>>}, {"tenant_wide", guarded<program<false>>}};
}

std::vector<Entry> inside_functions() {
    return {{"call", guarded<call<false>>},  {"clock", guarded<clock>},          {"elapsed", guarded<elapsed>},
            {"overflow", guarded<overflow>}, {"start", guarded<start>},          {"try", guarded<call<true>>},
            {"wait", guarded<wait>},         {"wait_until", guarded<wait_until>}};
}

}  // namespace lua::binding
