// How long and from when: the last word of a script.

#include "lua/binding/api.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/values.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <fmt/format.h>

#include <limits>

namespace lua::binding {

namespace {

constexpr const char* date_form = R"(must be a date such as "2019-11-10")";
constexpr int year_min = 1990;  // zone data of earlier years is of no use to telephony over IP
constexpr int year_max = 2200;

int run(lua_State* L) {
    Session& session = Session::of(L);
    session.charge(100);
    const Value whole = argument(L, 1, "cce.run");
    const Table table(whole, "run");
    if (session.plan.run)
        whole.refuse("E109", "a script has one run", "",
                     fmt::format("first at {}:{}", session.plan.run->place.file, session.plan.run->place.line));
    RunSaid said;
    said.place = session.place();
    const Value from = table.needed("from", date_form);
    const auto date = sim::vocabulary::iso_date(from.text());
    if (!date) from.wrong(date_form, "", "E107");
    const int year = static_cast<int>(date->year());
    if (year < year_min || year > year_max)
        from.wrong(fmt::format("must be a date from {} to {}", year_min, year_max), "", "E107");
    said.from = *date;
    said.length = table.needed("length", R"(must be a duration such as "14d")").duration_above_zero();
    if (const Value seed = table["seed"]; seed.given())
        said.seed = seed.whole(0, std::numeric_limits<std::int64_t>::max());
    session.plan.run = said;
    push_handle(L, Kind::run, 0);
    return 1;
}

}  // namespace

std::vector<Entry> run_functions() {
    return {{"run", guarded<run>}};
}

}  // namespace lua::binding
