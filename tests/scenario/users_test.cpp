#include "sim/scenario/import.hpp"
#include "tests/scenario/words.hpp"

#include <catch2/catch.hpp>

using namespace sim::scenario;
using tests::scenario::said_by;

namespace {

Scenario three_sites() {
    Scenario scenario;
    for (const char* name : {"Amsterdam", "Berlin", "Seattle"}) {
        Site site;
        site.name = name;
        scenario.sites.add(site);
    }
    return scenario;
}

const std::string header = "UserPrincipalName,EnterpriseVoiceEnabled,HybridPSTNSite,AllowInternationalCalls\n";

Scenario with_users(const std::string& text) {
    Scenario scenario = three_sites();
    add_users(scenario, "u.csv", text);
    return scenario;
}

std::string said(const std::string& rows) {
    return said_by([&rows] { with_users(header + rows); });
}

}  // namespace

TEST_CASE("cohorts come in the order of the sites, the siteless last, and none is empty", "[scenario]") {
    const Scenario scenario = with_users(header +
                                         "a@x,True,,True\n"
                                         "b@x,true,Seattle,FALSE\n"
                                         "c@x,FALSE,$null,True\n"
                                         "d@x,True,amsterdam,True\n"
                                         "e@x,True,Seattle,True\n");
    REQUIRE(scenario.cohorts.size() == 3);
    CHECK(scenario.cohorts[CohortId{0}].site == SiteId{0});
    CHECK(scenario.cohorts[CohortId{1}].site == SiteId{2});
    CHECK(scenario.cohorts[CohortId{2}].site == std::nullopt);
    const std::vector<User>& seattle = scenario.cohorts[CohortId{1}].users;
    REQUIRE(seattle.size() == 2);
    CHECK(seattle[0].name == "b@x");
    CHECK(!seattle[0].international);
    CHECK(seattle[1].international);
    CHECK(scenario.cohorts[CohortId{2}].users[0].voice_enabled);
    CHECK(!scenario.cohorts[CohortId{2}].users[1].voice_enabled);
}

TEST_CASE("without the column users may call abroad", "[scenario]") {
    const Scenario scenario =
        with_users("HybridPSTNSite,UserPrincipalName,EnterpriseVoiceEnabled\nBerlin,a@x,True\n");
    CHECK(scenario.cohorts[CohortId{0}].users[0].international);
}

TEST_CASE("without HybridVoice or a number nobody calls, and that is a warning", "[scenario]") {
    const std::string full =
        "UserPrincipalName,EnterpriseVoiceEnabled,HybridPSTNSite,OnPremLineURI,VoicePolicy\n";
    const Scenario scenario = with_users(full +
                                         "a@x,True,Berlin,tel:+1,hybridvoice\n"
                                         "b@x,False,Berlin,,BusinessVoice\n"
                                         "c@x,True,Berlin,tel:+3,BusinessVoice\n"
                                         "d@x,True,Berlin,\" \",HybridVoice\n"
                                         "e@x,True,Berlin,$null,\n");
    std::string enabled;
    for (const User& user : scenario.cohorts[CohortId{0}].users)
        if (user.voice_enabled) enabled += user.name;
    CHECK(enabled == "a@x");
    REQUIRE(scenario.warnings.size() == 1);
    CHECK(text(scenario.warnings[0]) ==
          "u.csv:4:24: warning[W320]: 3 users are enabled for voice but lack HybridVoice or a line URI; they "
          "make "
          "no PSTN calls, the first on line 4 – must have VoicePolicy HybridVoice and an OnPremLineURI");
    CHECK(text(with_users(full + "a@x,True,Berlin,,HybridVoice\n").warnings[0]) ==
          "u.csv:2:17: warning[W320]: 1 user is enabled for voice but lacks HybridVoice or a line URI; it "
          "makes no "
          "PSTN calls – must have VoicePolicy HybridVoice and an OnPremLineURI");
}

TEST_CASE("an export may leave out the policy and the number", "[scenario]") {
    const std::string base = "UserPrincipalName,EnterpriseVoiceEnabled,HybridPSTNSite";
    CHECK(with_users(base + "\na@x,True,Berlin\n").cohorts[CohortId{0}].users[0].voice_enabled);
    CHECK(with_users(base + ",OnPremLineURI\na@x,True,Berlin,tel:+1\n").warnings.empty());
    CHECK(with_users(base + ",VoicePolicy\na@x,True,Berlin,\n").warnings.size() == 1);
}

TEST_CASE("what is neither True nor False has its place", "[scenario]") {
    CHECK(said("a@x,yes,Berlin,True\nb@x,True,Berlin,\n") ==
          "u.csv:2:5: error[E311]: EnterpriseVoiceEnabled is \"yes\" – must be True or False\n"
          "u.csv:3:17: error[E311]: AllowInternationalCalls is \"\" – must be True or False");
}

TEST_CASE("an unknown site is reported once, with the one that was meant", "[scenario]") {
    CHECK(said("a@x,True,Amsterdm,True\nb@x,True,Amsterdm,True\n") ==
          "u.csv:2:10: error[E314]: HybridPSTNSite \"Amsterdm\" is no site of this scenario; did you mean "
          "\"Amsterdam\"? – sites are \"Amsterdam\", \"Berlin\", \"Seattle\"");
}

TEST_CASE("at most five sites are listed", "[scenario]") {
    Scenario scenario;
    for (char letter = 'a'; letter <= 'g'; ++letter) {
        Site site;
        site.name = std::string("site-") + letter;
        scenario.sites.add(site);
    }
    CHECK(
        said_by([&] { add_users(scenario, "u.csv", header + "a@x,True,Paris,True\n"); }) ==
        "u.csv:2:10: error[E314]: HybridPSTNSite \"Paris\" is no site of this scenario – sites are \"site-a\", "
        "\"site-b\", \"site-c\", \"site-d\", \"site-e\" and 2 more");
}

TEST_CASE("a user given twice is reported with both lines", "[scenario]") {
    CHECK(said("a@x,True,Berlin,True\nb@x,True,Berlin,True\nA@X,True,Seattle,True\n") ==
          "u.csv:4:1: error[E313]: user \"A@X\" given twice (lines 2 and 4) – remove one of the two rows");
}

TEST_CASE("names have a length", "[scenario]") {
    CHECK(said(",True,Berlin,True\n") ==
          "u.csv:2:1: error[E312]: UserPrincipalName is empty – must have 1 to 113 bytes");
    CHECK(said(std::string(114, 'a') + ",True,Berlin,True\n") ==
          "u.csv:2:1: error[E312]: UserPrincipalName is too long: \"" + std::string(64, 'a') +
              "…\" – must have 1 to 113 bytes");
}

TEST_CASE("nothing is half imported", "[scenario]") {
    Scenario scenario = three_sites();
    CHECK(said_by([&] { add_users(scenario, "u.csv", header + "a@x,True,Berlin,True\nb@x,True\n"); }) ==
          "u.csv:3: error[E305]: row 2 has 2 fields, header has 4");
    CHECK(scenario.cohorts.empty());
}

TEST_CASE("a hundred thousand users are read", "[scenario]") {
    std::string text = header;
    for (int i = 0; i < 100'000; ++i) text += "user" + std::to_string(i) + "@contoso.com,True,Berlin,False\n";
    const Scenario scenario = with_users(text);
    CHECK(scenario.cohorts[CohortId{0}].users.size() == 100'000);
}
