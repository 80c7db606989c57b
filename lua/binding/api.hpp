// All that `require "ccesim"` offers: functions by name, and the keys that their tables may have. The editor's
// definition file (lua/ccesim/ccesim.d.lua) says the same; a test compares.

#pragma once

#include "lua/binding/library.hpp"

#include <map>
#include <string>
#include <vector>

namespace lua::binding {

std::vector<Entry> api();

const std::map<std::string, std::vector<std::string>>& keys();

// One file a group.
std::vector<Entry> site_functions();          // l_site.cpp
std::vector<Entry> tenant_functions();        // l_tenant.cpp
std::vector<Entry> crew_functions();          // l_crew.cpp
std::vector<Entry> trunk_functions();         // l_trunk.cpp
std::vector<Entry> common_cause_functions();  // l_common_cause.cpp
std::vector<Entry> traffic_functions();       // l_traffic.cpp
std::vector<Entry> law_functions();           // l_law.cpp
std::vector<Entry> update_functions();        // l_update.cpp
std::vector<Entry> incident_functions();      // l_incident.cpp
std::vector<Entry> run_functions();           // l_run.cpp
std::vector<Entry> program_functions();       // l_program.cpp: those that say what runs inside time
std::vector<Entry> inside_functions();        // l_program.cpp: those that work inside time only
std::vector<Entry> expect_functions();        // l_expect.cpp
std::vector<Entry> expectation_methods();

void push_api(lua_State* L);  // the sealed table

}  // namespace lua::binding
