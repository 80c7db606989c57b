// Two sets of machines on one host, of which one runs.

#include "tests/topology/yard.hpp"

using namespace tests;
using sim::topology::Power;
using sim::vocabulary::VersionId;

namespace {

// Appliance a runs 2.1 and has a set of 2.0.1 beside it.
struct TwoSets : Yard {
    TwoSets() { fleet.set_backup_version(a, {VersionId::v2_0_1}); }

    const sim::topology::Appliance& appliance() const { return fleet.appliances()[a]; }
    void switches_at(Duration when) {
        at(when, [this] { fleet.switch_sets(a, Reason::stopped_by_operator); });
    }
};

}  // namespace

TEST_CASE("switching powers one set off and boots the other in its order", "[topology]") {
    TwoSets yard;
    yard.switches_at(1h);
    yard.at(1h, [&] {
        CHECK_FALSE(yard.appliance().mediation_alive);
        CHECK(yard.appliance().mediation_down.reason == Reason::stopped_by_operator);
        CHECK(yard.appliance().machine == std::array{Power::starting, Power::off, Power::off, Power::off});
    });
    yard.live();
    CHECK(yard.started() == "ad 63 cms 67 mediation 71 edge 74 ");
    CHECK(yard.appliance().version == VersionId::v2_0_1);
    CHECK(yard.appliance().backup_version == VersionId::v2_1);
    CHECK(yard.appliance().ready);
    CHECK(yard.fleet.ready_time(a) == 24h - 14min);
    CHECK(yard.fleet.ready_time(b) == 24h);
}

TEST_CASE("an appliance has no support while it runs an older version than that of its scripts", "[topology]") {
    TwoSets yard;
    CHECK(yard.appliance().has_ha_support());
    yard.switches_at(1h);
    yard.at(2h, [&] { CHECK_FALSE(yard.appliance().has_ha_support()); });
    yard.switches_at(3h);
    yard.live();
    CHECK(yard.appliance().version == VersionId::v2_1);
    CHECK(yard.appliance().has_ha_support());
    CHECK(yard.started() == "ad 63 cms 67 mediation 71 edge 74 ad 183 cms 187 mediation 191 edge 194 ");
}

TEST_CASE("what holds a machine stays with its set, and what holds the host does not", "[topology]") {
    TwoSets yard;
    yard.at(0min, [&] { yard.fleet.strike(a, hold(1, Machine::cms), Reason::machine_lost); });
    yard.at(0min, [&] { yard.fleet.strike(a, hold(2, Part::mediation_rule), Reason::network_lost); });
    yard.at(0min, [&] { yard.fleet.strike(a, hold(3, Part::link), Reason::none); });
    yard.switches_at(1h);
    yard.at(2h, [&] {
        CHECK(yard.appliance().ready);
        CHECK(yard.fleet.is_blind(a));
    });
    yard.at(3h, [&] { yard.fleet.release(a, 2); });
    yard.switches_at(4h);
    yard.at(5h, [&] {
        CHECK_FALSE(yard.appliance().on(Machine::cms));
        CHECK(yard.appliance().good(Part::mediation_rule));
    });
    yard.at(6h, [&] { yard.fleet.release(a, 1); });
    yard.live();
    CHECK(yard.appliance().ready);
}

TEST_CASE("a set that is switched off in the middle of its boot leaves the other to boot in its time",
          "[topology]") {
    TwoSets yard;
    yard.switches_at(1h);
    yard.switches_at(1h + 5min);
    yard.live();
    CHECK(yard.started() == "ad 63 ad 68 cms 72 mediation 76 edge 79 ");
}

TEST_CASE("a set that is chosen while its host is down boots with it", "[topology]") {
    TwoSets yard;
    yard.at(0min, [&] { yard.fleet.strike(a, hold(1, Part::host), Reason::host_lost); });
    yard.switches_at(30min);
    yard.at(1h, [&] { yard.fleet.release(a, 1); });
    yard.live();
    CHECK(yard.started() == "ad 71 cms 75 mediation 79 edge 82 ");
    CHECK(yard.appliance().version == VersionId::v2_0_1);
    CHECK(yard.appliance().ready);
}

TEST_CASE("the services of a set that is brought in start by themselves", "[topology]") {
    TwoSets yard;
    yard.at(0min, [&] { yard.fleet.set_draining(a, true); });
    yard.at(10min, [&] { yard.fleet.stop_services(a, Reason::stopped_by_operator); });
    yard.switches_at(20min);
    yard.live();
    CHECK(yard.appliance().ready);
    CHECK(yard.fleet.ready_time(a) == 24h - 34min);
}
