// The catalogue as data: complete, in order, and of one mind with itself.

#include "sim/faults/catalogue.hpp"
#include "sim/vocabulary/cmdlets.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace sim::faults;
using sim::vocabulary::Chapter;
using sim::vocabulary::fault_name;
using sim::vocabulary::fault_names;
using sim::vocabulary::FaultId;

namespace {

std::vector<std::string> listed_ids() {
    std::ifstream file(CCESIM_SOURCE_DIR "/tests/oracle/fault-ids.txt");
    std::vector<std::string> ids;
    for (std::string line; std::getline(file, line);) ids.push_back(line);
    return ids;
}

std::vector<std::string> texts(const CatalogueRow& row) {
    std::vector<std::string> all{std::string(row.symptom), std::string(row.effect)};
    for (const std::string_view step : row.runbook()) all.emplace_back(step);
    return all;
}

std::string seen(FaultId id) {
    std::string answers;
    for (const sim::vocabulary::Version& version : sim::vocabulary::versions)
        answers += seen_by(catalogue_row(id), version) ? 'y' : 'n';
    return answers;
}

// The words of a step, without the marks that end a clause.
std::vector<std::string> words_of(std::string_view step) {
    std::istringstream in{std::string(step)};
    std::vector<std::string> words;
    for (std::string word; in >> word;) {
        while (!word.empty() && std::string(".,:;()").find(word.back()) != std::string::npos) word.pop_back();
        while (!word.empty() && word.front() == '(') word.erase(0, 1);
        words.push_back(word);
    }
    return words;
}

bool is_upper(char letter) {
    return letter >= 'A' && letter <= 'Z';
}

// "Set-CsUser", unlike "Sign-in" and "Hyper-V".
bool looks_like_a_cmdlet(const std::string& word) {
    const std::size_t dash = word.find('-');
    return dash != std::string::npos && dash > 1 && dash + 2 < word.size() && is_upper(word.front()) &&
           is_upper(word[dash + 1]);
}

}  // namespace

TEST_CASE("the catalogue has exactly the faults of the list, in its order", "[faults]") {
    std::vector<std::string> ids;
    for (const CatalogueRow& row : catalogue()) ids.emplace_back(sim::vocabulary::text(row.id));
    CHECK(ids.size() == 120);
    CHECK(ids == listed_ids());
}

TEST_CASE("each fault has one row, found by its id", "[faults]") {
    REQUIRE(catalogue().size() == fault_names.size());
    for (std::size_t i = 0; i < fault_names.size(); ++i) {
        CHECK(catalogue()[i].id == fault_names[i].id);
        CHECK(&catalogue_row(fault_names[i].id) == &catalogue()[i]);
    }
}

TEST_CASE("no text of the catalogue is empty, broken over lines or left open at an end", "[faults]") {
    for (const CatalogueRow& row : catalogue()) {
        INFO(sim::vocabulary::text(row.id));
        CHECK_FALSE(row.runbook().empty());
        for (const std::string& text : texts(row)) {
            INFO(text);
            REQUIRE_FALSE(text.empty());
            CHECK(text.find_first_of("\n\r\t") == std::string::npos);
            CHECK(text.find("  ") == std::string::npos);
            CHECK(text.front() != ' ');
            CHECK(text.back() != ' ');
        }
        CHECK(row.symptom.back() == '.');
        CHECK(row.effect.back() == '.');
    }
}

TEST_CASE("a runbook is filled from the front", "[faults]") {
    for (const CatalogueRow& row : catalogue())
        for (std::size_t i = row.runbook().size(); i < row.steps.size(); ++i) CHECK(row.steps[i].empty());
}

TEST_CASE("no runbook says one step twice", "[faults]") {
    for (const CatalogueRow& row : catalogue()) {
        INFO(sim::vocabulary::text(row.id));
        const auto steps = row.runbook();
        CHECK(std::set<std::string_view>(steps.begin(), steps.end()).size() == steps.size());
    }
}

TEST_CASE("what a later version stops watching is nothing: 2.0 sees all that 1.4 sees", "[faults]") {
    for (const CatalogueRow& row : catalogue()) {
        INFO(sim::vocabulary::text(row.id));
        CHECK((row.seen_by_2_0 || !row.seen_by_1_4));
    }
}

TEST_CASE("nobody recovers what nobody sees", "[faults]") {
    for (const CatalogueRow& row : catalogue()) {
        INFO(sim::vocabulary::text(row.id));
        CHECK((row.seen_by_2_0 || !row.automatic));
    }
}

TEST_CASE("the catalogue says of recovery what the names of the faults say", "[faults]") {
    for (const CatalogueRow& row : catalogue()) {
        INFO(sim::vocabulary::text(row.id));
        CHECK(row.automatic == fault_name(row.id).clearable);
    }
}

TEST_CASE("what 1.4 watches are the services that carry the calls", "[faults]") {
    std::set<std::string_view> seen_ids;
    for (const CatalogueRow& row : catalogue())
        if (row.seen_by_1_4) seen_ids.insert(sim::vocabulary::text(row.id));
    CHECK(seen_ids == std::set<std::string_view>{"med-rtcsrv-down", "med-medsvc-down", "edge-rtcsrv-down",
                                                 "edge-down-inbound-blackhole"});
}

TEST_CASE("detection goes by the version", "[faults]") {
    CHECK(seen(FaultId::edge_rtcsrv_down) == "nyyyyy");
    CHECK(seen(FaultId::vm_stopped) == "nnnyyy");
    CHECK(seen(FaultId::gateway_down) == "nnnnnn");
    for (const CatalogueRow& row : catalogue()) CHECK(seen(row.id).front() == 'n');
}

TEST_CASE("outside the watched chapter only a consequence of a watched fault is ever seen", "[faults]") {
    for (const CatalogueRow& row : catalogue()) {
        if (fault_name(row.id).chapter == Chapter::monitored) continue;
        INFO(sim::vocabulary::text(row.id));
        CHECK(row.seen_by_2_0 == (row.id == FaultId::edge_down_inbound_blackhole));
    }
}

TEST_CASE("no two faults of the catalogue look the same", "[faults]") {
    std::map<std::string_view, FaultId> symptoms;
    for (const CatalogueRow& row : catalogue()) {
        INFO(sim::vocabulary::text(row.id));
        CHECK(symptoms.emplace(row.symptom, row.id).second);
    }
}

TEST_CASE("each cmdlet of a runbook is one, and takes what the runbook gives it", "[faults]") {
    for (const CatalogueRow& row : catalogue()) {
        for (const std::string_view step : row.runbook()) {
            INFO(sim::vocabulary::text(row.id) << ": " << step);
            const sim::vocabulary::Cmdlet* cmdlet = nullptr;
            for (const std::string& word : words_of(step)) {
                if (const auto* named = sim::vocabulary::cmdlet_named(word)) cmdlet = named;
                if (looks_like_a_cmdlet(word)) CHECK(sim::vocabulary::cmdlet_named(word) != nullptr);
                if (word.size() < 2 || word.front() != '-') continue;
                INFO(word);
                REQUIRE(cmdlet != nullptr);
                CHECK(sim::vocabulary::parameter_named(*cmdlet, word.substr(1)) != nullptr);
            }
        }
    }
}
