#include "sim/scenario/import.hpp"
#include "tests/scenario/appliance_file.hpp"
#include "tests/scenario/words.hpp"

#include <catch2/catch.hpp>

#include <fmt/format.h>

using namespace sim::scenario;
using tests::scenario::appliance_file;
using tests::scenario::said_by;
using tests::scenario::shipped;
using tests::scenario::with;

namespace {

// The k-th appliance of a site: own names and addresses, the site's Edge and gateways.
std::string text_of(unsigned k, const std::string& site = "Amsterdam", const std::string& edge = "ams") {
    std::string text = appliance_file;
    for (const auto& [from, host] : std::vector<std::pair<std::string, unsigned>>{
             {"10.20.0.31", 1}, {"10.20.0.41", 2}, {"10.20.0.51", 3}, {"10.20.0.61", 4}, {"198.51.100.2", 5}})
        text = with(text, "=" + from, fmt::format("=172.16.{}.{}", k, host));
    for (const char* server : {"ams-ad1", "ams-cms1", "ams-ms1", "ams-edge1"})
        text = with(text, server, fmt::format("{}-{}", std::string{server}.substr(0, 6), k));
    text = with(text, "SiteName=Amsterdam", "SiteName=" + site);
    return with(text, "ExternalSIPPoolName=ams", "ExternalSIPPoolName=" + edge);
}

class Tenant {
public:
    Tenant& add(const std::string& name, const std::string& text) {
        std::vector<sim::vocabulary::Problem> warnings;
        files_.push_back(read_ini(name, text, warnings));
        return *this;
    }
    Scenario scenario() const {
        Scenario scenario;
        add_appliance_files(scenario, files_);
        return scenario;
    }
    std::string said() const {
        return said_by([this] { scenario(); });
    }

private:
    std::vector<ApplianceFile> files_;
};

}  // namespace

TEST_CASE("files with one site name make one site, in the order given", "[scenario]") {
    const Scenario scenario = Tenant{}
                                  .add("b1.ini", text_of(1, "Berlin", "ber"))
                                  .add("a1.ini", text_of(2))
                                  .add("b2.ini", text_of(3, "Berlin", "ber"))
                                  .scenario();
    REQUIRE(scenario.sites.size() == 2);
    CHECK(scenario.sites[SiteId{0}].name == "Berlin");
    CHECK(scenario.sites[SiteId{0}].appliances == std::vector{ApplianceId{0}, ApplianceId{1}});
    CHECK(scenario.appliances[ApplianceId{1}].name == "b2");
    CHECK(scenario.appliances[ApplianceId{1}].site == SiteId{0});
    CHECK(scenario.sites[SiteId{1}].edge_fqdn == "ams.contoso.com");
    CHECK(scenario.gateways.size() == 4);  // two a site, not two a file
    CHECK(scenario.gateways[GatewayId{3}].site == SiteId{1});
}

TEST_CASE("a site has one Access Edge name and an Access Edge name has one site", "[scenario]") {
    CHECK(Tenant{}.add("a1.ini", text_of(1)).add("a2.ini", text_of(2, "Amsterdam", "amx")).said() ==
          "a2.ini:24:21: error[E370]: site \"Amsterdam\" has the Access Edge \"amx.contoso.com\" here and "
          "\"ams.contoso.com\" in a1.ini:24 – all appliances of a site share one external Access Edge name – "
          "mend the "
          "name, or give the appliance a site of its own");
    CHECK(Tenant{}.add("a1.ini", text_of(1)).add("b1.ini", text_of(2, "Berlin", "ams")).said() ==
          "b1.ini:6:10: error[E370]: the Access Edge \"ams.contoso.com\" belongs to site \"Berlin\" here and "
          "to site "
          "\"Amsterdam\" in a1.ini:6 – each site has an external Access Edge name of its own – mend the "
          "SiteName, or the "
          "ExternalSIPPoolName");
}

TEST_CASE("SIP domains and their order are the same over the tenant", "[scenario]") {
    const std::string swapped =
        with(text_of(2, "Berlin", "ber"), "=contoso.com emea.contoso.com", "=emea.contoso.com contoso.com");
    CHECK(Tenant{}.add("a1.ini", text_of(1)).add("b1.ini", swapped).said() ==
          "b1.ini:5:12: error[E371]: [Common] SIPDomains is \"emea.contoso.com contoso.com\" here and "
          "\"contoso.com "
          "emea.contoso.com\" in a1.ini:5 – must be the same, and in the same order, for all appliances of the "
          "tenant");
    const std::string spaced = with(text_of(2, "Berlin", "ber"), "contoso.com emea", "contoso.com,  EMEA");
    CHECK(Tenant{}.add("a1.ini", text_of(1)).add("b1.ini", spaced).said().empty());
}

TEST_CASE("names and addresses differ between appliances", "[scenario]") {
    CHECK(Tenant{}
              .add("a1.ini", text_of(1))
              .add("a2.ini", with(text_of(2), "=172.16.2.3", "=172.16.1.3"))
              .said() ==
          "a2.ini:19:4: error[E372]: [MediationServer] IP is \"172.16.1.3\", and so is [MediationServer] IP in "
          "a1.ini:19 – must differ between appliances");
    CHECK(
        Tenant{}.add("a1.ini", text_of(1)).add("a2.ini", with(text_of(2), "=ams-ms-2", "=AMS-MS-1")).said() ==
        "a2.ini:18:12: error[E372]: [MediationServer] ServerName is \"AMS-MS-1\", and so is [MediationServer] "
        "ServerName in a1.ini:18 – must differ between appliances");
    CHECK(Tenant{}.add("a/cce.ini", text_of(1)).add("b/cce.ini", text_of(2)).said() ==
          "b/cce.ini: error[E372]: appliance \"cce\" comes from a/cce.ini too – an appliance is named after "
          "its file – "
          "name each file after its host, such as ams-cce-1.ini");
}

TEST_CASE("gateways are the same in all files of a site", "[scenario]") {
    const std::string rule = " – all appliances of a site must have the same gateways in the same order";
    CHECK(Tenant{}.add("a1.ini", text_of(1)).add("a2.ini", with(text_of(2), "Port=5061", "Port=5062")).said() ==
          "a2.ini:29:1: error[E371]: gateway 2 of site \"Amsterdam\" differs from a1.ini:29" + rule);
    CHECK(Tenant{}
              .add("a1.ini", text_of(1))
              .add("a2.ini", with(text_of(2), "[Gateway2]\nIP=10.20.0.82\nPort=5061\n", ""))
              .said() == "a2.ini: error[E371]: site \"Amsterdam\" has 1 gateways here and 2 in a1.ini" + rule);
}

TEST_CASE("a site has at most sixteen appliances and a tenant 200 sites", "[scenario]") {
    Tenant site, tenant;
    for (unsigned k = 1; k <= 16; ++k) site.add(fmt::format("a{}.ini", k), text_of(k));
    CHECK(site.said().empty());
    site.add("a17.ini", text_of(17)).add("a18.ini", text_of(18));
    CHECK(site.said() ==
          "a17.ini: error[E373]: site \"Amsterdam\" has 18 appliances – must be at most 16 (the product's "
          "planning guide) "
          "– several sites may share one location");
    for (unsigned k = 1; k <= 200; ++k)
        tenant.add(fmt::format("s{}.ini", k), text_of(k, fmt::format("Site{}", k), fmt::format("edge{}", k)));
    CHECK(tenant.said().empty());
    tenant.add("s201.ini", text_of(201, "Site201", "edge201"));
    CHECK(
        tenant.said() ==
        "s201.ini: error[E374]: the tenant has 201 sites – must be at most 200 (the product's planning guide)");
}

TEST_CASE("the Contoso estate is two sites, five appliances, three gateways and three cohorts", "[scenario]") {
    Tenant contoso;
    const std::string folder = "scenarios/data/contoso/";
    for (const char* name : {"ams-cce-1", "ams-cce-2", "ams-cce-3", "sea-cce-1", "sea-cce-2"})
        contoso.add(folder + name + ".ini", shipped(folder + name + ".ini"));
    Scenario scenario = contoso.scenario();
    REQUIRE(scenario.sites.size() == 2);
    REQUIRE(scenario.appliances.size() == 5);
    REQUIRE(scenario.gateways.size() == 3);
    CHECK(scenario.sites[SiteId{0}].name == "Amsterdam");
    CHECK(scenario.sites[SiteId{0}].edge_fqdn == "ams.contoso.com");
    CHECK(scenario.sites[SiteId{0}].appliances.size() == 3);
    CHECK(scenario.sites[SiteId{0}].gateways.size() == 2);
    CHECK(scenario.sites[SiteId{1}].name == "Seattle");
    CHECK(scenario.sites[SiteId{1}].edge_fqdn == "sea.contoso.com");
    CHECK(scenario.appliances[ApplianceId{0}].calls_max == 500);
    CHECK(scenario.appliances[ApplianceId{4}].calls_max == 50);
    CHECK(scenario.appliances[ApplianceId{4}].name == "sea-cce-2");
    CHECK(scenario.appliances[ApplianceId{4}].mediation_fqdn == "sea-ms2.cce.contoso.local");
    CHECK(scenario.gateways[GatewayId{2}].name == "sbc1.sea.contoso.com");

    add_users(scenario, folder + "users.csv", shipped(folder + "users.csv"));
    REQUIRE(scenario.cohorts.size() == 3);
    CHECK(scenario.cohorts[CohortId{0}].users.size() == 2400);
    CHECK(scenario.cohorts[CohortId{1}].users.size() == 600);
    CHECK(scenario.cohorts[CohortId{2}].users.size() == 150);
    CHECK(!scenario.cohorts[CohortId{2}].site);
}
