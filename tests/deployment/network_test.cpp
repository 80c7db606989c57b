// The way of a call through a fleet, as the plan describes it.

#include "sim/deployment/network.hpp"
#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace tests;
using sim::deployment::network_of;
using sim::topology::CutSet;
using sim::topology::Element;
using sim::topology::NodeId;
using sim::topology::Survey;
using sim::vocabulary::CommonCauseId;

namespace {

constexpr SiteId ams{0};
constexpr SiteId sea{1};

// "cloud | Internet provider of ams | ams-1 host + ams-2 host | …"
std::string words(const Survey& survey, const std::vector<CutSet>& sets) {
    std::string all;
    for (const CutSet& set : sets) {
        std::string line;
        for (const Element& element : set) {
            const auto* cause = std::get_if<CommonCauseId>(&element);
            line += (line.empty() ? "" : " + ") +
                    (cause != nullptr ? survey.network().causes[*cause].name
                                      : survey.network().nodes[std::get<NodeId>(element)].name);
        }
        all += (all.empty() ? "" : " | ") + line;
    }
    return all;
}

std::string cuts(const Scenario& plan, SiteId site = ams, std::optional<Direction> direction = std::nullopt) {
    const Survey survey(network_of(plan, direction));
    return words(survey, survey.cut_sets(site));
}

}  // namespace

TEST_CASE("with one of each, everything on the way is a single point of failure", "[deployment]") {
    CHECK(cuts(one_site(1, 500, 10, 24h)) ==
          "cloud | Internet provider of ams | ams-1 host | ams-1 edge | ams-1 mediation | ams-gw-1 | "
          "carrier of ams-gw-1");
}

TEST_CASE("a Mediation does not stand in for another appliance's Edge", "[deployment]") {
    const std::string found = cuts(one_site(2, 500, 10, 24h));
    CHECK(found.find("ams-1 edge + ams-2 mediation") != std::string::npos);
    CHECK(found.find("ams-1 host + ams-2 edge") != std::string::npos);
    CHECK(found.find("ams-1 edge + ams-1 mediation") == std::string::npos);
}

TEST_CASE("sites share the cloud and nothing else", "[deployment]") {
    Scenario plan = quiet_world(24h);
    add_site(plan, "ams", 1, 500);
    add_site(plan, "sea", 4, 50, 4);
    const Survey survey(network_of(plan));
    CHECK(words(survey, survey.cut_sets(sea)) == "cloud | Internet provider of sea");
    const std::string tenant = words(survey, survey.tenant_cut_sets());
    CHECK(tenant.find("cloud | Internet provider of ams + Internet provider of sea | ") == 0);
    CHECK(tenant.find(" | ams-gw-1 + Internet provider of sea") != std::string::npos);
    CHECK(tenant.find("sea-1") == std::string::npos);  // four of each need four failures
}

TEST_CASE("a common cause takes hosts, gateways and a site's Internet provider", "[deployment]") {
    Scenario plan = quiet_world(24h);
    add_site(plan, "ams", 2, 500, 2);
    add_site(plan, "sea", 2, 50, 2);
    plan.common_causes.add({"power", {appliance(plan, "ams-1"), appliance(plan, "ams-2")}, {}});
    plan.common_causes.add({"carrier", {gateway(plan, "ams-gw-1"), gateway(plan, "ams-gw-2")}, {}});
    plan.common_causes.add({"street", {appliance(plan, "ams-2"), sea}, {}});
    CHECK(cuts(plan).find("cloud | Internet provider of ams | power | carrier | ams-1 host + ams-2 host") == 0);
    CHECK(cuts(plan).find("ams-1 edge + street") != std::string::npos);
    CHECK(cuts(plan, sea).find("cloud | Internet provider of sea | street | sea-1 host + ") == 0);
    const Survey survey(network_of(plan));
    CHECK(words(survey, survey.tenant_cut_sets()).find("ams-1 host + street") != std::string::npos);
}

TEST_CASE("lines and channels bound the calls, and callers without a site count where they exit",
          "[deployment]") {
    Scenario plan = quiet_world(24h);
    add_site(plan, "ams", 3, 100, 2, 120);
    add_users(plan, ams, 80);
    add_users(plan, std::nullopt, 20);
    plan.peer_destination = ams;
    const auto rows = Survey(network_of(plan)).spare(ams, 3);
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].calls == 240);
    CHECK(rows[1].calls == 200);
    CHECK(rows[2].calls == 100);
    CHECK(rows[3].calls == 0);
    CHECK(rows[0].erlangs == 100);
    CHECK(rows[2].blocking ==
          Approx(0.0757).epsilon(0.001));  // as tables have it for 100 lines and 100 erlangs
}

TEST_CASE("a site without gateways is not reachable", "[deployment]") {
    Scenario plan = quiet_world(24h);
    add_site(plan, "ams", 1, 500);
    add_site(plan, "lab", 1, 500, 0);
    const Survey survey(network_of(plan));
    CHECK(survey.reachable() == std::vector<SiteId>{ams});
    CHECK(survey.cut_sets(sea).empty());
    CHECK(words(survey, survey.tenant_cut_sets()) == words(survey, survey.cut_sets(ams)));
}

TEST_CASE("trunks join what the scenario lists and what can connect", "[deployment]") {
    Scenario plan = one_site(2, 500, 10, 24h);
    plan.gateways[GatewayId{0}].trunks = {{ApplianceId{0}, 1, true, false, {}},
                                          {ApplianceId{1}, 2, false, false, {}}};
    plan.gateways[GatewayId{0}].protocol = sim::scenario::Protocol::tls;
    CHECK(cuts(plan).find("| ams-1 mediation |") != std::string::npos);  // the other trunk is not trusted
    plan.gateways[GatewayId{0}].trunks[1].trusted = true;
    CHECK(cuts(plan) == cuts(one_site(2, 500, 10, 24h)));
}

TEST_CASE("a gateway without channels is no way", "[deployment]") {
    Scenario plan = quiet_world(24h);
    add_site(plan, "ams", 2, 500, 2);
    CHECK(cuts(plan).find("| ams-gw-1 |") == std::string::npos);
    plan.gateways[gateway(plan, "ams-gw-2")].channels = 0;
    CHECK(cuts(plan).find("| ams-gw-1 |") != std::string::npos);
}

TEST_CASE("a trunk to another site is a way through that site", "[deployment]") {
    Scenario plan = one_site(1, 500, 10, 24h);
    add_site(plan, "sea", 1, 500);
    plan.gateways[GatewayId{0}].trunks = {{ApplianceId{1}, 1, true, false, {}}};
    CHECK(cuts(plan, ams, Direction::inbound) ==
          "cloud | ams-gw-1 | carrier of ams-gw-1 | Internet provider of sea | sea-1 host | sea-1 edge | sea-1 "
          "mediation");
    // Outbound calls ask for no trunk back.
    CHECK(cuts(plan, ams, Direction::outbound) == cuts(one_site(1, 500, 10, 24h)));
    CHECK(
        cuts(plan).find("cloud | ams-gw-1 | carrier of ams-gw-1 | Internet provider of ams + Internet provider "
                        "of sea | ") == 0);
}

TEST_CASE("what is configured wrong closes ways: of one direction, of a site, of the tenant", "[deployment]") {
    Scenario plan = one_site(2, 500, 10, 24h);
    add_site(plan, "sea", 1, 500);
    const auto with = [&plan](FaultId id, sim::vocabulary::FaultPlace on) {
        Scenario wrong = plan;
        wrong.configured.push_back({fault_on(id, on), {}});
        return wrong;
    };
    const auto reachable = [](const Scenario& wrong, std::optional<Direction> direction) {
        return Survey(network_of(wrong, direction)).reachable();
    };
    const std::vector<SiteId> both{ams, sea}, one{sea}, none;
    const Scenario unnamed = with(FaultId::edge_a_record_missing, ams);
    CHECK(reachable(unnamed, Direction::outbound) == one);
    CHECK(reachable(unnamed, Direction::inbound) == both);
    CHECK(cuts(unnamed) == cuts(plan));
    CHECK(reachable(with(FaultId::srv_missing, ams), std::nullopt) == one);
    CHECK(reachable(with(FaultId::shared_sip_space_false, sim::vocabulary::TheTenant{}), std::nullopt) == none);
    const Scenario incomplete = with(FaultId::edge_a_record_incomplete, appliance(plan, "ams-2"));
    CHECK(cuts(incomplete, ams, Direction::outbound).find("| ams-1 edge |") != std::string::npos);
    CHECK(cuts(incomplete, ams, Direction::inbound) == cuts(plan));
    CHECK(cuts(with(FaultId::hybrid_ms_object_missing, appliance(plan, "ams-2"))) == cuts(plan));
}
