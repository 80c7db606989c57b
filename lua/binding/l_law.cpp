// Laws of durations: how long calls last, how often things fail.

#include "lua/binding/api.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/values.hpp"

#include <algorithm>

namespace lua::binding {

namespace {

constexpr double cv_max = 100;
constexpr double shape_min = 0.05;
constexpr double shape_max = 100;
constexpr lua_Integer sample_max = 100'000;

int push_law(lua_State* L, const char* call, Law law) {
    Session& session = Session::of(L);
    session.charge(100);
    session.plan.laws.push_back({std::move(law), call, session.place()});
    push_handle(L, Kind::law, session.plan.laws.size() - 1);
    return 1;
}

Duration mean_of(const Table& table) {
    return table.needed("mean", R"(must be a duration such as "3m10s")").duration_above_zero();
}

int lognormal(lua_State* L) {
    const Table table(argument(L, 1, "cce.lognormal"), "lognormal");
    const Duration mean = mean_of(table);
    return push_law(
        L, "cce.lognormal",
        sim::kernel::lognormal_law(
            mean, table.needed("cv", "must be standard deviation / mean").number_above_zero(cv_max)));
}

int exponential(lua_State* L) {
    return push_law(
        L, "cce.exponential",
        sim::kernel::exponential_law(mean_of(Table(argument(L, 1, "cce.exponential"), "exponential"))));
}

int fixed(lua_State* L) {
    return push_law(L, "cce.fixed",
                    sim::kernel::fixed_law(mean_of(Table(argument(L, 1, "cce.fixed"), "fixed"))));
}

int weibull(lua_State* L) {
    const Table table(argument(L, 1, "cce.weibull"), "weibull");
    const Duration mean = mean_of(table);
    const Value shape = table.needed("shape", "must be a number; below 1 for failures that come in bursts");
    return push_law(L, "cce.weibull", sim::kernel::weibull_law(mean, shape.number(shape_min, shape_max)));
}

int hyperexponential(lua_State* L) {
    const Table table(argument(L, 1, "cce.hyperexponential"), "hyperexponential");
    const Duration mean = mean_of(table);
    const Value cv = table.needed("cv", "must be standard deviation / mean, more than 1");
    const double value = cv.number(1, cv_max);
    if (value == 1) cv.wrong("must be more than 1", "with cv = 1 it is cce.exponential", "E107");
    return push_law(L, "cce.hyperexponential", sim::kernel::hyperexponential_law(mean, value));
}

int uniform(lua_State* L) {
    return push_law(L, "cce.uniform",
                    sim::kernel::uniform_law(mean_of(Table(argument(L, 1, "cce.uniform"), "uniform"))));
}

int empirical(lua_State* L) {
    const Value list = argument(L, 1, "cce.empirical");
    if (!list.is_table() || lua_rawlen(L, 1) == 0)
        list.wrong(R"(must be a list of durations, { "2m", "3m10s", … })");
    const lua_Integer size = static_cast<lua_Integer>(lua_rawlen(L, 1));
    if (size > sample_max) list.refuse("E113", "the list is too long", "must have at most 100000 durations");
    std::vector<double> sample;
    for (lua_Integer i = 1; i <= size; ++i) {
        lua_rawgeti(L, 1, i);
        Session::of(L).charge(50);
        sample.push_back(sim::kernel::seconds(
            Value(L, lua_gettop(L), "cce.empirical", "[" + std::to_string(i) + "]").duration()));
        lua_pop(L, 1);
    }
    std::sort(sample.begin(), sample.end());
    if (sample.back() == 0) list.refuse("E107", "all durations are 0s", "must have one above 0s");
    return push_law(L, "cce.empirical", sim::kernel::empirical_law(std::move(sample)));
}

}  // namespace

std::vector<Entry> law_functions() {
    return {{"empirical", guarded<empirical>}, {"exponential", guarded<exponential>},
            {"fixed", guarded<fixed>},         {"hyperexponential", guarded<hyperexponential>},
            {"lognormal", guarded<lognormal>}, {"uniform", guarded<uniform>},
            {"weibull", guarded<weibull>}};
}

}  // namespace lua::binding
