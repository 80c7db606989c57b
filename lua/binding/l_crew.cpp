// Who repairs what fails.

#include "lua/binding/api.hpp"
#include "lua/binding/guard.hpp"
#include "lua/binding/values.hpp"

#include <fmt/format.h>

namespace lua::binding {

using sim::vocabulary::quoted;

namespace {

// Upvalues: the name, and the half that was said.
int crew_table(lua_State* L) {
    Session& session = Session::of(L);
    auto& crews = session.plan.scenario.crews;
    session.charge(1000);
    half_said(L).is_whole = true;
    Crew made;
    made.name = shown_value(L, lua_upvalueindex(1));
    made.place = session.place();
    const Value whole = argument(L, 1, "cce.crew " + quoted(made.name));
    const Table table(whole, "crew");
    for (const Crew& crew : crews)
        if (crew.name == made.name)
            whole.refuse("E109", "this crew is given twice", "",
                         fmt::format("first at {}:{}", crew.place.file, crew.place.line));
    made.people = static_cast<unsigned>(
        table.needed("people", "must be how many repairs the crew does at once").whole(1, people_max));
    push_handle(L, Kind::crew, sim::vocabulary::index(crews.add(std::move(made))));
    return 1;
}

int crew(lua_State* L) {
    const Value name = argument(L, 1, "cce.crew");
    if (!name.is_text()) name.wrong(R"(must be a name: cce.crew "fitters" { people = 1 })");
    const std::string text = name.text();
    if (text.empty() || text.size() > thing_name_max)
        name.wrong(fmt::format("must have 1 to {} bytes", thing_name_max), "", "E107");
    return push_half(L, "cce.crew", guarded<crew_table>);
}

}  // namespace

std::vector<Entry> crew_functions() {
    return {{"crew", guarded<crew>}};
}

}  // namespace lua::binding
