// From the days that a scenario gives to the instants at which certificates end.

#include "sim/scenario/certificates.hpp"
#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

using namespace tests;
using namespace std::chrono;
using sim::scenario::certificate_ends;

namespace {

constexpr SiteId ams{0};

std::string when(const Scenario& plan, std::optional<Instant> at) {
    return at ? sim::vocabulary::utc_text(plan.calendar(), *at) : "never";
}

Scenario installed(year_month_day day, Duration length = 24h) {
    Scenario plan = one_site(1, 500, 1, length);  // from 2019-11-11
    plan.sites[ams].installed = day;
    return plan;
}

std::string servers(year_month_day day) {
    const Scenario plan = installed(day);
    return when(plan, certificate_ends(plan, ams).server);
}

}  // namespace

TEST_CASE("server certificates end two years after the installation, and those of the CA five", "[scenario]") {
    const Scenario plan = installed(year{2018} / 3 / 6);
    CHECK(when(plan, certificate_ends(plan, ams).server) == "2020-03-06T00:00:00Z");
    CHECK(when(plan, certificate_ends(plan, ams).ca) == "2023-03-06T00:00:00Z");
    CHECK(when(plan, certificate_ends(plan, ams).edge_external) == "never");
}

TEST_CASE("what would have ended by the first day of the run was renewed on its last day", "[scenario]") {
    CHECK(servers(year{2017} / 3 / 6) == "2021-03-06T00:00:00Z");
    CHECK(servers(year{2015} / 11 / 11) == "2021-11-11T00:00:00Z");
    CHECK(servers(year{2015} / 11 / 12) == "2019-11-12T00:00:00Z");
    CHECK(servers(year{2019} / 11 / 11) == "2021-11-11T00:00:00Z");
}

TEST_CASE("a certificate of 29 February ends on the first day of March", "[scenario]") {
    CHECK(servers(year{2016} / 2 / 29) == "2020-02-29T00:00:00Z");
    Scenario plan = installed(year{2020} / 2 / 29);
    plan.from = year{2020} / 3 / 1;
    CHECK(when(plan, certificate_ends(plan, ams).server) == "2022-03-01T00:00:00Z");
}

TEST_CASE("days are those of the site's clock", "[scenario]") {
    Scenario plan = installed(year{2017} / 12 / 1);
    plan.sites[ams].zone = los_angeles();
    plan.sites[ams].edge_certificate = year{2019} / 12 / 31;
    CHECK(when(plan, certificate_ends(plan, ams).server) == "2019-12-01T08:00:00Z");
    CHECK(when(plan, certificate_ends(plan, ams).edge_external) == "2020-01-01T08:00:00Z");
}

TEST_CASE("a site that says no day has certificates that do not end", "[scenario]") {
    const Scenario plan = one_site(1, 500, 1, 24h * 365 * 100);
    CHECK_FALSE(certificate_ends(plan, ams).server);
    CHECK_FALSE(certificate_ends(plan, ams).ca);
    CHECK(sim::scenario::expiries(plan).empty());
}

TEST_CASE("expiries are those in the run and the thirty days after it, by time", "[scenario]") {
    Scenario plan = installed(year{2017} / 12 / 1, 24h * 10);
    const SiteId sea = add_site(plan, "sea", 1, 500);
    plan.sites[sea].edge_certificate = year{2019} / 11 / 15;
    const auto found = sim::scenario::expiries(plan);
    REQUIRE(found.size() == 2);
    CHECK(found[0].site == sea);
    CHECK(when(plan, found[0].at) == "2019-11-16T00:00:00Z");
    CHECK(found[0].what == "external certificate of the Edges");
    CHECK(found[1].what == "server certificates of CMS, Mediation and Edge");
    plan.sites[ams].installed = year{2017} / 12 / 21;  // thirty days after the end
    CHECK(sim::scenario::expiries(plan).size() == 1);
}
