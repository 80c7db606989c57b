// The editor's definition file says what the binding does.

#include "lua/binding/api.hpp"
#include "sim/vocabulary/fault_ids.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <set>
#include <sstream>

using namespace lua::binding;

namespace {

struct Definition {
    std::set<std::string> functions, methods, faults;
    std::map<std::string, std::set<std::string>> fields;  // by class, without "ccesim."
};

std::string after(const std::string& line, const std::string& start, const std::string& ends) {
    const std::string rest = line.substr(start.size());
    return rest.substr(0, rest.find_first_of(ends));
}

Definition read_definition() {
    std::ifstream file(CCESIM_SOURCE_DIR "/lua/ccesim/ccesim.d.lua");
    Definition all;
    std::string line, current;
    while (std::getline(file, line)) {
        const auto starts = [&](const std::string& start) { return line.compare(0, start.size(), start) == 0; };
        if (starts("---@class (exact) ccesim.")) {
            current = after(line, "---@class (exact) ccesim.", " ");
            all.fields[current];
        }
        if (starts("---@field ")) all.fields[current].insert(after(line, "---@field ", "? "));
        if (line.empty()) current.clear();
        if (starts("function cce.")) all.functions.insert(after(line, "function cce.", "("));
        if (starts("function Expectation:")) all.methods.insert(after(line, "function Expectation:", "("));
        if (starts("---| \"")) all.faults.insert(after(line, "---| \"", "\""));
    }
    return all;
}

std::set<std::string> names(const std::vector<Entry>& entries) {
    std::set<std::string> all;
    for (const Entry& entry : entries) all.insert(entry.name);
    return all;
}

}  // namespace

TEST_CASE("the definition file has the functions and methods of the binding", "[lua]") {
    const Definition definition = read_definition();
    CHECK(definition.functions == names(api()));
    CHECK(definition.methods == names(expectation_methods()));
}

TEST_CASE("the definition file has the keys of each table", "[lua]") {
    const Definition definition = read_definition();
    for (const auto& [table, known] : keys()) {
        INFO(table);
        REQUIRE(definition.fields.count(table) == 1);
        CHECK(definition.fields.at(table) == std::set<std::string>(known.begin(), known.end()));
    }
}

TEST_CASE("the definition file knows every fault that can be injected", "[lua]") {
    std::set<std::string> known;
    for (const auto& fault : sim::vocabulary::fault_names)
        if (fault.can_be_injected()) known.emplace(fault.name);
    CHECK(read_definition().faults == known);
}
