// Planned work: when a site may be patched, and the policies that a scenario compares.

#include "lua/binding/api.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/values.hpp"
#include "sim/scenario/windows.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lua::binding {

using sim::vocabulary::did_you_mean;
using sim::vocabulary::quoted;

namespace {

constexpr const char* update_form =
    "must be cce.one_at_a_time {}, cce.reboot_in_place {}, cce.never {}, or a program such as cce.each_site(f)";
constexpr const char* recovery_form =
    "must be cce.builtin_2_0 {}, cce.builtin_1_4_1 {}, cce.no_recovery {}, a program, or a list of these";

constexpr const char* window_form = R"(must be a window such as cce.weekly("sun 02:00", "4h"))";
constexpr const char* days_help = "days are sun, mon, tue, wed, thu, fri and sat";
constexpr const char* weeks_help = "weeks are first, second, third, fourth and last";

// Looking for the two nearest openings of a window goes through the days of many years.
constexpr std::uint64_t window_charge = 10'000;

int push_window(lua_State* L, const char* call, Window window, const Value& length) {
    Session& session = Session::of(L);
    session.charge(window_charge);
    window.length = length.duration_above_zero();
    window.place = session.place();
    if (window.length > shortest_gap(window))
        length.wrong("must end before the next window opens", "the window would overlap itself", "E107");
    session.plan.windows.push_back({{std::move(window), std::nullopt}, call, session.place()});
    push_handle(L, Kind::window, session.plan.windows.size() - 1);
    return 1;
}

// "sun 02:00" in its halves; the second is a time of day.
struct Opens {
    std::string_view days;
    std::optional<Duration> clock;
};
Opens opens(std::string_view text) {
    const std::size_t blank = text.rfind(' ');
    if (blank == std::string_view::npos) return {};
    return {text.substr(0, blank), clock_time(text.substr(blank + 1))};
}

int weekly(lua_State* L) {
    const Value said = argument(L, 1, "cce.weekly");
    if (!said.is_text()) said.wrong(days_forms);
    const std::string text = said.text();
    const Opens at = opens(text);
    const auto on = at.clock ? days(at.days) : std::nullopt;
    if (!on) said.wrong(days_forms, days_help, "E107");
    return push_window(L, "cce.weekly", {Weekly{*on}, *at.clock, {}, {}}, argument(L, 2, "cce.weekly"));
}

int daily(lua_State* L) {
    const Value said = argument(L, 1, "cce.daily");
    if (!said.is_text()) said.wrong(clock_forms);
    const auto clock = clock_time(said.text());
    if (!clock) said.wrong(clock_forms, "", "E107");
    const Weekly every_day{std::bitset<7>{}.set()};
    return push_window(L, "cce.daily", {every_day, *clock, {}, {}}, argument(L, 2, "cce.daily"));
}

// The product takes one day of the month.
MonthlyByDate by_date(const Value& said, std::string_view day) {
    const auto one = sim::vocabulary::whole_number(day);
    if (!one)
        said.wrong(monthly_forms,
                   day.find_first_of("0123456789") == 0
                       ? "a window takes one day; a site may have several windows"
                       : weeks_help,
                   "E107");
    if (*one < 1 || *one > 31) said.wrong(monthly_forms, "days of the month are 1 to 31", "E107");
    return {static_cast<unsigned>(*one)};
}

MonthlyByWeekday by_weekday(const Value& said, std::string_view weeks_of_month, std::string_view days_of_week) {
    static const std::vector<std::string> known{week_names.begin(), week_names.end()};
    MonthlyByWeekday opens_on;
    for (const std::string_view word : listed(weeks_of_month)) {
        const auto week = std::find(known.begin(), known.end(), word);
        if (week == known.end())
            said.refuse("E145", fmt::format("unknown week {}{}", quoted(word), did_you_mean(word, known)),
                        monthly_forms, weeks_help);
        opens_on.weeks_of_month.set(static_cast<std::size_t>(week - known.begin()));
    }
    const auto on = days(days_of_week);
    if (!on) said.wrong(monthly_forms, days_help, "E107");
    opens_on.days_of_week = *on;
    return opens_on;
}

int monthly(lua_State* L) {
    const Value said = argument(L, 1, "cce.monthly");
    if (!said.is_text()) said.wrong(monthly_forms);
    const std::string text = said.text();
    const Opens at = opens(text);
    if (!at.clock) said.wrong(monthly_forms, "", "E107");
    Window window{{}, *at.clock, {}, {}};
    const std::size_t blank = at.days.find(' ');
    if (blank != std::string_view::npos) {
        window.opens_on = by_weekday(said, at.days.substr(0, blank), at.days.substr(blank + 1));
    } else if (days(at.days)) {
        said.wrong(monthly_forms, fmt::format("say in which weeks: \"first {}\"", text), "E107");
    } else {
        window.opens_on = by_date(said, at.days);
    }
    return push_window(L, "cce.monthly", std::move(window), argument(L, 2, "cce.monthly"));
}

// The tenant has a window once, however many sites it serves.
WindowId window_of_tenant(Session& session, const Value& said) {
    Held<WindowSaid>& held = session.plan.windows[said.handle(Kind::window, window_form).index];
    held.used = true;
    if (!held.value.id) held.value.id = session.plan.scenario.windows.add(held.value.window);
    return *held.value.id;
}

int update(lua_State* L) {
    Session& session = Session::of(L);
    session.charge(1000);
    const Table table(argument(L, 1, "cce.update"), "update");
    const Value at = table.needed("at", "must be a site or a list of sites");
    const WindowId window = window_of_tenant(session, table.needed("window", window_form));
    sim::vocabulary::Purposes purposes;
    if (const Value purpose = table["purpose"]; purpose.given()) {
        const bool os = purpose.choice({"os", "bits"}) == 0;
        purposes = {os, !os};
    }
    for (const Value& site : at.one_or_list()) {
        const SiteId id{site.handle(Kind::site, "must be a site or a list of sites").index};
        session.plan.scenario.updates.push_back({id, window, purposes, session.place()});
    }
    return 0;
}

constexpr const char* patches_form = R"(must be "patch tuesday" or a list of dates such as { "2019-11-12" })";
constexpr const char* releases_form = "must say patches, bits, or both";

template <class Said>
void say_once(Session& session, const Value& whole, const char* what, std::optional<Said>& all, Said said) {
    if (all)
        whole.refuse("E109", fmt::format("releases of {} are said twice", what), "",
                     fmt::format("first at {}:{}", all->releases.place.file, all->releases.place.line));
    said.releases.place = session.place();
    all = std::move(said);
}

// What may be bad about them holds for all that the call names.
template <class Said>
void read_badness(const Table& table, Said& said) {
    if (const Value share = table["bad_share"]; share.given()) said.releases.bad_share = share.share();
    if (const Value shows = table["bad_shows"]; shows.given())
        said.releases.bad_shows = shows.law(sim::kernel::exponential_law);
    if (const Value lasts = table["bad_lasts"]; lasts.given())
        said.releases.bad_lasts = lasts.duration_above_zero();
}

ReleasesSaid read_patches(const Value& patches) {
    ReleasesSaid said;
    if (patches.is_table()) {
        for (const Value& day : patches.one_or_list()) said.days.push_back(day.date());
    } else {
        if (!patches.is_text() || patches.text() != "patch tuesday") patches.wrong(patches_form);
        said.on_patch_tuesdays = true;
    }
    return said;
}

// Dates, or how long it takes from one to the next.
BitsSaid read_bits(const Value& bits) {
    BitsSaid said;
    if (bits.is_table())
        for (const Value& day : bits.one_or_list()) said.days.push_back(day.date());
    else
        said.releases.between = bits.law(sim::kernel::exponential_law);
    return said;
}

int releases(lua_State* L) {
    Session& session = Session::of(L);
    session.charge(1000);
    const Value whole = argument(L, 1, "cce.releases");
    const Table table(whole, "releases");
    const Value patches = table["patches"], bits = table["bits"];
    if (!patches.given() && !bits.given()) whole.wrong(releases_form);
    if (patches.given()) {
        ReleasesSaid said = read_patches(patches);
        read_badness(table, said);
        say_once(session, whole, "patches", session.plan.releases, std::move(said));
    }
    if (bits.given()) {
        BitsSaid said = read_bits(bits);
        read_badness(table, said);
        say_once(session, whole, "bits", session.plan.bits, std::move(said));
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
            {"monthly", guarded<monthly>},
            {"never", guarded<plain_update<UpdateKind::never>>},
            {"no_recovery", guarded<recovery<RecoveryPolicy::none>>},
            {"one_at_a_time", guarded<one_at_a_time>},
            {"policy", guarded<policy>},
            {"releases", guarded<releases>},
            {"reboot_in_place", guarded<plain_update<UpdateKind::reboot_in_place>>},
            {"update", guarded<update>},
            {"weekly", guarded<weekly>}};
}

}  // namespace lua::binding
