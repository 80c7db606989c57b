// Cmdlets as a script writes them: cce.cmdlet("Enter-CcUpdate", { on = a, limit = "45m" }).

#pragma once

#include "lua/binding/values.hpp"
#include "sim/vocabulary/command.hpp"

namespace lua::binding {

// Throws InputError where there is no such cmdlet.
const sim::vocabulary::Cmdlet& cmdlet_of(const Value& name);

// The rest of what is typed: where, as `on`, and the product's own parameters by their names. Throws InputError
// for what cannot be typed.
sim::vocabulary::Command command_of(const sim::vocabulary::Cmdlet& cmdlet, const Value& rest);

// Keeps the function at `index` as a program of the scenario.
ProgramId add_program(lua_State* L, int index, bool each_site);

}  // namespace lua::binding
