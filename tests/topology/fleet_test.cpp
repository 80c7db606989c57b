// What exists, what state it is in, and what follows: the fleet alone, without calls, faults or plans.

#include "tests/topology/yard.hpp"

using namespace tests;
using sim::topology::Power;

TEST_CASE("a host that comes back starts its machines one after another in the order of their needs",
          "[topology]") {
    Yard yard;
    yard.at(0min, [&] { yard.fleet.strike(a, hold(1, Part::host), Reason::host_lost); });
    yard.at(60min, [&] { yard.fleet.release(a, 1); });
    yard.live();
    CHECK(yard.started() == "ad 71 cms 75 mediation 79 edge 82 ");
    CHECK(yard.fleet.appliances()[a].ready);
    CHECK(yard.fleet.ready_time(a) == 24h - 82min);
}

TEST_CASE("a second failure of what is down does nothing, not even prolong it", "[topology]") {
    Yard yard;
    yard.at(0min, [&] { CHECK(yard.fleet.strike(a, hold(1, Part::host), Reason::host_lost)); });
    yard.at(30min, [&] { CHECK_FALSE(yard.fleet.strike(a, hold(2, Part::host), Reason::host_lost)); });
    yard.at(60min, [&] { yard.fleet.release(a, 1); });
    yard.at(90min, [&] { yard.fleet.release(a, 2); });
    yard.live();
    CHECK(yard.fleet.ready_time(a) == 24h - 82min);
}

TEST_CASE("a gateway that is struck twice comes back with the first", "[topology]") {
    Yard yard;
    const GatewayId gateway{0};
    yard.at(0min, [&] { CHECK(yard.fleet.strike(gateway, dead(1), Reason::gateway_lost)); });
    yard.at(30min, [&] { CHECK_FALSE(yard.fleet.strike(gateway, dead(2), Reason::gateway_lost)); });
    yard.at(60min, [&] {
        yard.fleet.release(gateway, 1);
        CHECK(yard.fleet.gateways()[gateway].alive);
    });
    yard.live();
}

TEST_CASE("two faults of different parts must both be over", "[topology]") {
    Yard yard;
    yard.at(0min, [&] { yard.fleet.strike(a, hold(1, Part::mediation_rtcsrv), Reason::mediation_lost); });
    yard.at(0min, [&] { yard.fleet.strike(a, hold(2, Part::mediation_medsvc), Reason::mediation_lost); });
    yard.at(10min, [&] { yard.fleet.release(a, 1); });
    yard.at(10min, [&] { CHECK_FALSE(yard.fleet.appliances()[a].mediation_alive); });
    yard.at(20min, [&] { yard.fleet.release(a, 2); });
    yard.live();
    CHECK(yard.fleet.ready_time(a) == 24h - 20min);
}

TEST_CASE("a crash in the middle of a boot starts it anew", "[topology]") {
    Yard yard;
    yard.at(0min, [&] { yard.fleet.strike(a, hold(1, Part::host), Reason::host_lost); });
    yard.at(10min, [&] { yard.fleet.release(a, 1); });
    yard.at(22min, [&] { yard.fleet.strike(a, hold(2, Part::host), Reason::host_lost); });
    yard.at(30min, [&] { yard.fleet.release(a, 2); });
    yard.live();
    CHECK(yard.started() == "ad 21 ad 41 cms 45 mediation 49 edge 52 ");
}

TEST_CASE("a machine that is stopped while it boots lets the others boot in their time", "[topology]") {
    Yard yard;
    yard.at(0min, [&] { yard.fleet.strike(a, hold(1, Part::host), Reason::host_lost); });
    yard.at(10min, [&] { yard.fleet.release(a, 1); });  // AD boots from minute 18 to 21, CMS to 25
    yard.at(24min, [&] { yard.fleet.strike(a, hold(2, Machine::cms), Reason::machine_lost); });
    yard.at(60min, [&] { yard.fleet.release(a, 2); });
    yard.live();
    CHECK(yard.started() == "ad 21 edge 27 cms 64 mediation 68 ");
}

TEST_CASE("neither CMS nor Mediation starts without its directory", "[topology]") {
    Yard yard;
    yard.at(0min, [&] { yard.fleet.strike(a, hold(1, Machine::ad), Reason::machine_lost); });
    yard.at(0min, [&] { yard.fleet.strike(a, hold(2, Part::host), Reason::host_lost); });
    yard.at(10min, [&] { yard.fleet.release(a, 2); });
    yard.at(60min, [&] { CHECK_FALSE(yard.fleet.appliances()[a].mediation_alive); });
    yard.at(60min, [&] { yard.fleet.release(a, 1); });
    yard.live();
    CHECK(yard.started() == "edge 21 ad 63 cms 67 mediation 71 ");
    CHECK(yard.fleet.appliances()[a].ready);
}

TEST_CASE("a Mediation that runs keeps running without its directory, and is not ready", "[topology]") {
    Yard yard;
    yard.at(60min, [&] { yard.fleet.strike(a, hold(1, Machine::ad), Reason::machine_lost); });
    yard.live();
    CHECK(yard.fleet.appliances()[a].mediation_alive);
    CHECK(yard.fleet.appliances()[a].edge_alive);
    CHECK_FALSE(yard.fleet.appliances()[a].ready);
    CHECK(yard.fleet.ready_time(a) == 60min);
}

TEST_CASE("services that are Manual stay down through every reboot until somebody starts them", "[topology]") {
    Yard yard;
    yard.at(0min, [&] { yard.fleet.stop_services(a, Reason::stopped_by_operator); });
    yard.at(10min, [&] { yard.fleet.restart_host(a, Reason::restarted_in_place); });
    yard.at(60min, [&] { CHECK_FALSE(yard.fleet.appliances()[a].ready); });
    yard.at(60min, [&] { yard.fleet.start_services(a); });
    yard.live();
    CHECK(yard.started() == "ad 21 cms 25 mediation 29 edge 32 ");
    CHECK(yard.fleet.ready_time(a) == 23h);
}

TEST_CASE("a fault that is over brings its service back only if that starts by itself", "[topology]") {
    const bool automatic = GENERATE(true, false);
    Yard yard;
    yard.at(0min, [&] { yard.fleet.strike(a, hold(1, Part::edge_rtcsrv), Reason::edge_lost); });
    if (!automatic) yard.at(5min, [&] { yard.fleet.stop_services(a, Reason::offline_by_detection); });
    yard.at(10min, [&] { yard.fleet.release(a, 1); });
    yard.live();
    CHECK(yard.fleet.appliances()[a].edge_alive == automatic);
}

TEST_CASE("recovery brings up all at once, and leaves a drain to whoever began it", "[topology]") {
    Yard yard;
    yard.at(0min, [&] { yard.fleet.strike(a, hold(1, Part::mediation_medsvc, true), Reason::mediation_lost); });
    yard.at(1min, [&] { yard.fleet.set_draining(a, true); });
    yard.at(2min, [&] { yard.fleet.stop_services(a, Reason::offline_by_detection); });
    yard.at(3min, [&] {
        REQUIRE(yard.fleet.can_be_cleared(a));
        yard.fleet.bring_up(a);
    });
    yard.at(4min, [&] { yard.fleet.set_draining(a, false); });
    yard.live();
    CHECK(yard.fleet.appliances()[a].ready);
    CHECK(yard.fleet.appliances()[a].automatic);
    CHECK(yard.fleet.ready_time(a) == 24h - 4min);
}

TEST_CASE("a probe sees what is down, not what is starting", "[topology]") {
    Yard yard;
    yard.at(0min, [&] { yard.fleet.restart_machine(a, Machine::ad, Reason::restarted_in_place); });
    yard.at(1min, [&] { CHECK_FALSE(yard.fleet.looks_bad(a, sim::vocabulary::watched_by_2_0)); });
    yard.at(1min, [&] { CHECK(yard.fleet.is_starting(a)); });
    yard.at(5min, [&] { yard.fleet.strike(a, hold(1, Machine::ad), Reason::machine_lost); });
    yard.at(5min, [&] { CHECK(yard.fleet.looks_bad(a, sim::vocabulary::watched_by_2_0)); });
    yard.live();
}

TEST_CASE("a site counts how long it had how many appliances ready", "[topology]") {
    Yard yard;
    yard.at(1h, [&] { yard.fleet.set_draining(a, true); });
    yard.at(3h, [&] { yard.fleet.set_draining(b, true); });
    yard.at(7h, [&] { yard.fleet.set_draining(b, false); });
    yard.live();
    const sim::topology::Site& site = yard.fleet.sites()[SiteId{0}];
    CHECK(site.ready_for == std::vector<Duration>{4h, 2h + 17h, 1h});
    CHECK(site.ready_min == 0);
    CHECK(yard.fleet.ready_time(a) == 1h);
    CHECK(yard.fleet.ready_time(b) == 20h);
}
