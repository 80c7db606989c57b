// The ends of certificates: links that stand, links that are made anew, and renewal.

#include "tests/topology/yard.hpp"

using namespace tests;
using sim::vocabulary::Parts;
using sim::vocabulary::server_certificates;

namespace {

constexpr Instant noon = start_of_run + 12h;

const sim::topology::Appliance& of(const Yard& yard, ApplianceId id = a) {
    return yard.fleet.appliances()[id];
}

// The records of a kind, by fault.
std::vector<FaultId> faults(Yard& yard, RecordKind kind) {
    std::vector<FaultId> found;
    for (const Record& entry : yard.simulation.journal().records())
        if (entry.kind == kind) found.push_back(static_cast<FaultId>(entry.detail));
    return found;
}

// The record of its end: of the first one, or of the one called so.
kernel::RecordId end_of_certificate(Yard& yard, std::optional<FaultId> as = std::nullopt) {
    for (const Record& entry : yard.simulation.journal().records())
        if (entry.kind == record::fault_struck &&
            entry.detail == static_cast<std::int64_t>(as.value_or(static_cast<FaultId>(entry.detail))))
            return entry.id;
    return kernel::no_cause;
}

void restart(Yard& yard, Machine machine) {
    yard.fleet.restart_machine(a, machine, Reason::restarted_in_place);
}

}  // namespace

TEST_CASE("a certificate that ends leaves standing links alone and fails the role at its next start",
          "[topology]") {
    Yard yard;
    yard.fleet.renew(a, Parts{Part::edge_server_certificate}, noon);
    yard.at(18h, [&] { CHECK(of(yard).ready); });
    yard.at(18h, [&] { restart(yard, Machine::edge); });
    yard.live();
    CHECK(of(yard).good(sim::vocabulary::every_service));
    CHECK_FALSE(of(yard).edge_alive);
    CHECK(of(yard).edge_down.reason == Reason::edge_lost);
    CHECK(of(yard).edge_down.cause == end_of_certificate(yard));
    CHECK(of(yard).mediation_alive);
    CHECK(yard.fleet.ready_time(a) == 18h);
    CHECK(yard.fleet.ready_time(b) == 24h);
}

TEST_CASE("a role that is cut off and connected again makes its links anew", "[topology]") {
    const auto [part, certificate] =
        GENERATE(table<Part, Part>({{Part::uplink, Part::edge_certificate},
                                    {Part::edge_internet, Part::edge_certificate},
                                    {Part::mediation_corpnet, Part::mediation_certificate}}));
    const bool in_time = GENERATE(true, false);
    Yard yard;
    yard.fleet.renew(a, Parts{certificate}, in_time ? noon + 6h : noon);
    yard.at(15h, [&, part = part] { yard.fleet.strike(a, hold(1, part), Reason::network_lost); });
    yard.at(16h, [&] { yard.fleet.release(a, 1); });
    yard.live();
    CHECK((of(yard).edge_alive && of(yard).mediation_alive) == in_time);
}

TEST_CASE("what ends on one day ends in one event, and each fault has one record", "[topology]") {
    Yard yard;
    yard.fleet.renew(a, server_certificates, noon);
    yard.fleet.renew(a, Parts{Part::ca}, noon);
    yard.fleet.renew(b, server_certificates, start_of_run + 24h);  // after the run
    yard.live();
    CHECK(faults(yard, record::fault_struck) ==
          std::vector{FaultId::server_certs_expiring, FaultId::ca_expiring});
    for (const Record& entry : yard.simulation.journal().records()) {
        CHECK(entry.at == noon);
        CHECK(entry.cause == kernel::no_cause);
    }
    CHECK(of(yard).ready);
}

TEST_CASE("the end of the CA fails both sides of its appliance at their next start", "[topology]") {
    Yard yard;
    yard.fleet.renew(a, Parts{Part::ca}, noon);
    yard.at(18h, [&] { yard.fleet.restart_host(a, Reason::restarted_in_place); });
    yard.live();
    CHECK(of(yard).good(sim::vocabulary::every_machine | sim::vocabulary::every_service));
    CHECK_FALSE(of(yard).edge_alive);
    CHECK_FALSE(of(yard).mediation_alive);
    CHECK(of(yard).mediation_down.reason == Reason::mediation_lost);
    CHECK(of(yard).mediation_down.cause == end_of_certificate(yard));
}

TEST_CASE("the certificate of CMS alone takes nothing from calls", "[topology]") {
    Yard yard;
    yard.fleet.renew(a, Parts{Part::cms_certificate}, noon);
    yard.at(18h, [&] { yard.fleet.restart_host(a, Reason::restarted_in_place); });
    yard.live();
    CHECK(faults(yard, record::fault_struck) == std::vector{FaultId::server_certs_expiring});
    CHECK(of(yard).ready);
}

TEST_CASE("renewal brings links back at once, and the new certificate ends in its turn", "[topology]") {
    Yard yard;
    yard.fleet.renew(a, server_certificates, noon);
    yard.at(13h, [&] { restart(yard, Machine::edge); });
    yard.at(14h, [&] { CHECK_FALSE(of(yard).edge_alive); });
    yard.at(14h, [&] { yard.fleet.renew(a, server_certificates, start_of_run + 20h); });
    yard.at(14h, [&] { CHECK(of(yard).edge_alive); });
    yard.at(21h, [&] { restart(yard, Machine::mediation); });
    yard.live();
    CHECK(faults(yard, record::fault_cleared) == std::vector{FaultId::server_certs_expiring});
    CHECK(faults(yard, record::fault_struck).size() == 2);
    CHECK_FALSE(of(yard).mediation_alive);
}

TEST_CASE("a certificate renewed in time does not end, and its kin does", "[topology]") {
    Yard yard;
    yard.fleet.renew(a, server_certificates, noon);
    yard.at(11h, [&] { yard.fleet.renew(a, Parts{Part::edge_server_certificate}, start_of_run + 48h); });
    yard.at(13h, [&] { yard.fleet.restart_host(a, Reason::restarted_in_place); });
    yard.live();
    CHECK(of(yard).edge_alive);
    CHECK_FALSE(of(yard).mediation_alive);
}

TEST_CASE("renewing one certificate leaves a role down that waits for another", "[topology]") {
    Yard yard;
    const bool ca_first = GENERATE(true, false);
    yard.fleet.renew(a, Parts{Part::ca}, noon);
    yard.fleet.renew(a, server_certificates, ca_first ? noon + 1h : noon - 1h);
    yard.at(14h, [&] { restart(yard, Machine::edge); });
    yard.at(15h, [&] { yard.fleet.renew(a, server_certificates, start_of_run + 48h); });
    yard.at(15h, [&] {
        CHECK_FALSE(of(yard).edge_alive);
        CHECK(of(yard).edge_down.cause == end_of_certificate(yard, FaultId::ca_expiring));
    });
    yard.at(16h, [&] { yard.fleet.renew(a, Parts{Part::ca}, start_of_run + 48h); });
    yard.at(16h, [&] { CHECK(of(yard).edge_alive); });
    yard.live();
}

TEST_CASE("a certificate whose end has come stays at its end when a fault that said so too is over",
          "[topology]") {
    Yard yard;
    yard.fleet.renew(a, Parts{Part::edge_certificate}, noon);
    yard.at(11h, [&] {
        Hold early = hold(1, Part::edge_certificate);
        early.id = FaultId::edge_external_cert_expired;
        CHECK(yard.fleet.strike(a, early, Reason::edge_lost));
    });
    yard.at(13h, [&] { yard.fleet.release(a, 1); });
    yard.at(14h, [&] { restart(yard, Machine::edge); });
    yard.live();
    CHECK_FALSE(of(yard).edge_alive);
}

TEST_CASE("a certificate that ended before the run is over from its start", "[topology]") {
    Yard yard;
    yard.fleet.renew(a, Parts{Part::edge_certificate}, start_of_run - 100h);
    yard.at(1h, [&] { CHECK(of(yard).edge_alive); });
    yard.at(1h, [&] { restart(yard, Machine::edge); });
    yard.live();
    CHECK_FALSE(of(yard).edge_alive);
    CHECK(yard.simulation.journal().records().front().at == start_of_run);
}
