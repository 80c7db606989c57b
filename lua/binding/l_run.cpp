// How long and from when: the last word of a script.

#include "lua/binding/api.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/values.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <fmt/format.h>

#include <limits>

namespace lua::binding {

namespace {

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
    said.from = table.needed("from", R"(must be a date such as "2019-11-10")").date();
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
