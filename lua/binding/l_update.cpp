// Planned work: when a site may be patched, and the policies that a scenario compares.

#include "lua/binding/api.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/values.hpp"
#include "sim/scenario/windows.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lua::binding {

using sim::vocabulary::quoted;

namespace {

constexpr const char* update_form =
    "must be cce.one_at_a_time {}, cce.reboot_in_place {}, cce.never {}, or a program such as cce.each_site(f)";
constexpr const char* recovery_form =
    "must be cce.builtin_2_0 {}, cce.builtin_1_4_1 {}, cce.no_recovery {}, a program, or a list of these";

int push_window(lua_State* L, const char* call, Window window, const Value& length) {
    Session& session = Session::of(L);
    session.charge(100);
    window.length = length.duration_above_zero();
    if (window.length > shortest_gap(window))
        length.wrong("must end before the next window opens", "the window would overlap itself", "E107");
    session.plan.windows.push_back({window, call, session.place()});
    push_handle(L, Kind::window, session.plan.windows.size() - 1);
    return 1;
}

int weekly(lua_State* L) {
    const Value opens = argument(L, 1, "cce.weekly");
    if (!opens.is_text()) opens.wrong(days_forms);
    const std::string text = opens.text();
    const std::size_t blank = text.rfind(' ');
    const auto clock =
        blank == std::string::npos ? std::nullopt : clock_time(std::string_view{text}.substr(blank + 1));
    const auto on = clock ? days(std::string_view{text}.substr(0, blank)) : std::nullopt;
    if (!on) opens.wrong(days_forms, "days are sun, mon, tue, wed, thu, fri and sat", "E107");
    return push_window(L, "cce.weekly", Window{*on, *clock, {}}, argument(L, 2, "cce.weekly"));
}

int daily(lua_State* L) {
    const Value opens = argument(L, 1, "cce.daily");
    if (!opens.is_text()) opens.wrong(clock_forms);
    const auto clock = clock_time(opens.text());
    if (!clock) opens.wrong(clock_forms, "", "E107");
    return push_window(L, "cce.daily", Window{std::bitset<7>{}.set(), *clock, {}}, argument(L, 2, "cce.daily"));
}

int update(lua_State* L) {
    Session& session = Session::of(L);
    session.charge(1000);
    const Table table(argument(L, 1, "cce.update"), "update");
    const Value at = table.needed("at", "must be a site or a list of sites");
    const Value window = table.needed("window", R"(must be a window such as cce.weekly("sun 02:00", "4h"))");
    const Window opens =
        session.plan
            .windows[window.handle(Kind::window, R"(must be a window such as cce.weekly("sun 02:00", "4h"))")
                         .index]
            .use();
    for (const Value& site : at.one_or_list()) {
        const SiteId id{site.handle(Kind::site, "must be a site or a list of sites").index};
        session.plan.scenario.updates.push_back({id, opens, session.place()});
    }
    return 0;
}

int push_update(lua_State* L, const char* call, const UpdateSaid& said) {
    Session& session = Session::of(L);
    session.charge(100);
    session.plan.updates.push_back({said, call, session.place()});
    push_handle(L, Kind::update, session.plan.updates.size() - 1);
    return 1;
}

int one_at_a_time(lua_State* L) {
    const Table table(argument(L, 1, "cce.one_at_a_time"), "one_at_a_time");
    UpdateSaid said;
    if (const Value drain = table["drain"]; drain.given()) said.drain = drain.duration();
    return push_update(L, "cce.one_at_a_time", said);
}

template <UpdateKind kind>
int plain_update(lua_State* L) {
    static constexpr const char* call = kind == UpdateKind::never ? "cce.never" : "cce.reboot_in_place";
    const Table nothing(argument(L, 1, call), kind == UpdateKind::never ? "never" : "reboot_in_place");
    return push_update(L, call, {kind, std::nullopt});
}

template <RecoveryPolicy policy>
int recovery(lua_State* L) {
    static constexpr const char* name = policy == RecoveryPolicy::none          ? "no_recovery"
                                        : policy == RecoveryPolicy::builtin_2_0 ? "builtin_2_0"
                                                                                : "builtin_1_4_1";
    static constexpr const char* call = policy == RecoveryPolicy::none          ? "cce.no_recovery"
                                        : policy == RecoveryPolicy::builtin_2_0 ? "cce.builtin_2_0"
                                                                                : "cce.builtin_1_4_1";
    const Table nothing(argument(L, 1, call), name);
    Session& session = Session::of(L);
    session.charge(100);
    session.plan.recoveries.push_back({policy, call, session.place()});
    push_handle(L, Kind::recovery, session.plan.recoveries.size() - 1);
    return 1;
}

bool is_program(const Value& value) {
    const Handle* held = handle_at(value.state(), value.index());
    return held != nullptr && held->kind == Kind::program;
}

void add_program(const Value& how, Plan& plan, PolicySaid& said) {
    said.programs.push_back(plan.programs[how.handle(Kind::program, "must be a program").index].use());
}

void read_update(const Value& how, Plan& plan, PolicySaid& said) {
    if (is_program(how)) {
        said.update.kind = UpdateKind::program;
        add_program(how, plan, said);
    } else {
        said.update = plan.updates[how.handle(Kind::update, update_form).index].use();
    }
}

// Programs recover beside what is built in.
void read_recovery(const Value& how, Plan& plan, PolicySaid& said) {
    bool is_said = false;
    for (const Value& one : how.one_or_list()) {
        if (is_program(one)) {
            add_program(one, plan, said);
            continue;
        }
        const RecoveryPolicy policy = plan.recoveries[one.handle(Kind::recovery, recovery_form).index].use();
        if (is_said) one.wrong("must be the only one that is built in", "", "E107");
        said.recovery = policy;
        is_said = true;
    }
}

// Upvalues: the policy's name, and the half that was said.
int policy_table(lua_State* L) {
    Session& session = Session::of(L);
    Plan& plan = session.plan;
    session.charge(1000);
    half_said(L).is_whole = true;
    PolicySaid said;
    said.name = shown_value(L, lua_upvalueindex(1));
    const Value whole = argument(L, 1, "cce.policy " + quoted(said.name));
    const Table table(whole, "policy");
    const auto same = std::find_if(plan.policies.begin(), plan.policies.end(),
                                   [&](const PolicySaid& p) { return p.name == said.name; });
    if (same != plan.policies.end())
        whole.refuse("E109", "this policy is given twice", "",
                     fmt::format("first at {}:{}", same->place.file, same->place.line));
    said.place = session.place();
    if (const Value how = table["update"]; how.given()) read_update(how, plan, said);
    if (const Value how = table["recovery"]; how.given()) read_recovery(how, plan, said);
    plan.policies.push_back(std::move(said));
    return 0;
}

int policy(lua_State* L) {
    const Value name = argument(L, 1, "cce.policy");
    if (!name.is_text() || name.text().empty())
        name.wrong(R"(must be the policy's name: cce.policy "careful" { … })");
    return push_half(L, "cce.policy", guarded<policy_table>);
}

}  // namespace

std::vector<Entry> update_functions() {
    return {{"builtin_1_4_1", guarded<recovery<RecoveryPolicy::builtin_1_4_1>>},
            {"builtin_2_0", guarded<recovery<RecoveryPolicy::builtin_2_0>>},
            {"daily", guarded<daily>},
            {"never", guarded<plain_update<UpdateKind::never>>},
            {"no_recovery", guarded<recovery<RecoveryPolicy::none>>},
            {"one_at_a_time", guarded<one_at_a_time>},
            {"policy", guarded<policy>},
            {"reboot_in_place", guarded<plain_update<UpdateKind::reboot_in_place>>},
            {"update", guarded<update>},
            {"weekly", guarded<weekly>}};
}

}  // namespace lua::binding
