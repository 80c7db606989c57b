// The catalogue of cmdlets: complete, and of one mind with itself.

#include "sim/vocabulary/cmdlets.hpp"
#include "sim/vocabulary/letters.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <set>
#include <string>

using namespace sim::vocabulary;

namespace {

std::set<std::string> listed() {
    std::ifstream file(CCESIM_SOURCE_DIR "/tests/oracle/cmdlets.txt");
    std::set<std::string> names;
    for (std::string line; std::getline(file, line);) names.insert(line);
    return names;
}

std::string releases(const char* name) {
    std::string answers;
    for (const Version& version : versions) answers += cmdlet_named(name)->known_to(version.id) ? 'y' : 'n';
    return answers;
}

bool takes(const Cmdlet& cmdlet, const char* parameter) {
    return parameter_named(cmdlet, parameter) != nullptr;
}

}  // namespace

TEST_CASE("each cmdlet of the product's documents is in the catalogue", "[vocabulary]") {
    CHECK(listed().size() == 101);
    for (const std::string& name : listed()) {
        INFO(name);
        REQUIRE(cmdlet_named(name) != nullptr);
        CHECK(cmdlet_named(name)->name == name);
    }
}

TEST_CASE("the catalogue invents no cmdlet of the host or the tenant", "[vocabulary]") {
    const std::set<std::string> names = listed();
    for (const Cmdlet& cmdlet : cmdlets()) {
        if (cmdlet.at != Console::host && cmdlet.at != Console::tenant) continue;
        INFO(cmdlet.name);
        CHECK(names.count(std::string(cmdlet.name)) == 1);
    }
}

TEST_CASE("each cmdlet has one row, found by id and by name in any case", "[vocabulary]") {
    std::set<std::string> names;
    for (const Cmdlet& row : cmdlets()) {
        CHECK(&cmdlet(row.id) == &row);
        CHECK(cmdlet_named(lowered(row.name)) == &row);
        CHECK(names.insert(lowered(row.name)).second);
        CHECK(row.does.back() == '.');
        CHECK(row.first <= row.last);
    }
    CHECK(cmdlet_named("Set-CcTheWorld") == nullptr);
    CHECK(cmdlet_named("") == nullptr);
}

TEST_CASE("parameters of a cmdlet have names of their own and words where they need them", "[vocabulary]") {
    for (const Cmdlet& row : cmdlets()) {
        std::set<std::string> names;
        for (const CmdletParameter& parameter : row.parameters) {
            INFO(row.name << " -" << parameter.name);
            CHECK(names.insert(lowered(parameter.name)).second);
            CHECK(parameter_named(row, lowered(parameter.name)) == &parameter);
            CHECK(parameter.sets != 0);
            const bool chooses = parameter.takes == Takes::one_of || parameter.takes == Takes::some_of;
            CHECK((!chooses || !parameter.words.empty()));
            CHECK((chooses || parameter.takes == Takes::text || parameter.words.empty()));
            CHECK(parameter.least <= parameter.most);
        }
    }
    CHECK(parameter_named(*cmdlet_named("Enter-CcUpdate"), "Force") == nullptr);
}

TEST_CASE("every tenant cmdlet takes a tenant, and every one that changes something can be asked first",
          "[vocabulary]") {
    for (const Cmdlet& row : cmdlets()) {
        if (row.at != Console::tenant) continue;
        INFO(row.name);
        const bool looks = row.name.substr(0, 4) == "Get-";
        CHECK(takes(row, "Tenant"));
        CHECK(takes(row, "WhatIf") == !looks);
        CHECK(takes(row, "Confirm") == !looks);
    }
}

TEST_CASE("a release has the cmdlets of its time", "[vocabulary]") {
    CHECK(releases("Enter-CcUpdate") == "yyyyyy");
    CHECK(releases("Install-CcInstance") == "ynnnnn");
    CHECK(releases("Install-CcAppliance") == "nyyyyy");
    CHECK(releases("Renew-CcServerCertificate") == "nnynnn");
    CHECK(releases("Update-CcServerCertificate") == "nnnyyy");
    CHECK(releases("Restore-CcCredentials") == "nnnnny");
    for (const Cmdlet& row : cmdlets())
        if (row.at != Console::host) CHECK(releases(std::string(row.name).c_str()) == "yyyyyy");
}
