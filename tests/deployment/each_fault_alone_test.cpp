// Each fault alone: a loaded run beside the same seed without it. What the catalogue names changes, in the
// direction and with the reason it names; every other call ends as before.

#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace tests;
namespace kernel = sim::kernel;

namespace {

constexpr Duration struck = 1h;
constexpr Direction in = Direction::inbound;
constexpr Direction out = Direction::outbound;

// Two appliances with room for all on either, two gateways, a fifth of the clients outside.
Scenario loaded() {
    Scenario plan = quiet_world(3h);
    add_users(plan, add_site(plan, "ams", 2, 500, 2, 400), 200).external_share = 0.2;
    return plan;
}

struct Twins {
    Story calm, told;
    Scenario plan;

    std::vector<Change> changed() const { return changes(calm, told); }
    std::map<Effect, std::uint64_t> effects() const { return tests::effects(changed()); }
    Instant detected() const { return told.times(record::detected).at(0); }
};

Twins twins(const Scenario& calm, FaultId fault, How how = {}) {
    Scenario plan = calm;
    if (fault == FaultId::gateway_down) {
        fails_at(plan, struck, fault, gateway(plan, "ams-gw-1"), how);
    } else {
        fails_at(plan, struck, fault, appliance(plan, "ams-1"), how);
    }
    return {story(calm), story(plan), plan};
}

bool all_effects_in(const Twins& pair, const std::vector<Effect>& allowed) {
    const auto seen = pair.effects();
    for (const auto& [effect, calls] : seen)
        UNSCOPED_INFO(text(std::get<Direction>(effect))
                      << ", " << text(std::get<Reason>(effect)) << ": " << calls);
    return std::all_of(seen.begin(), seen.end(), [&](const auto& entry) {
        return std::find(allowed.begin(), allowed.end(), entry.first) != allowed.end();
    });
}

bool up_at(const CallRecord& call, Instant when) {
    return call.start < when && call.end > when;
}

}  // namespace

TEST_CASE("host-crash: its calls are cut and everybody else finds a way around", "[faults]") {
    const Twins pair = twins(loaded(), FaultId::host_crash);
    CHECK(all_effects_in(pair, {{in, Reason::host_lost}, {out, Reason::host_lost}}));
    const auto on_it = [&](const CallRecord& call) {
        return up_at(call, start_of_run + struck) && *call.appliance == appliance(pair.plan, "ams-1");
    };
    const auto expected = std::count_if(pair.calm.calls.begin(), pair.calm.calls.end(), on_it);
    CHECK(static_cast<std::int64_t>(pair.changed().size()) == expected);
    CHECK(pair.told.times(record::detected).empty());  // who would look is dead
}

TEST_CASE("host-crash: an hour without power is an hour, the boot of the host and that of its machines",
          "[faults]") {
    const Twins pair = twins(loaded(), FaultId::host_crash, {.lasts = 1h});
    CHECK(pair.told.times(record::host_started) == std::vector{start_of_run + struck + 1h + 8min});
    CHECK(pair.told.times(record::machine_started).back() == start_of_run + struck + 1h + 8min + 14min);
    CHECK(pair.told.tally.sites[0].appliances[0].ready == 3h - 1h - 8min - 14min);
    const auto is_first = [&](const CallRecord& call) {
        return call.appliance == appliance(pair.plan, "ams-1") && call.start > start_of_run + struck &&
               call.end > call.start;
    };
    const auto first = std::find_if(pair.told.calls.begin(), pair.told.calls.end(), is_first);
    REQUIRE(first != pair.told.calls.end());
    CHECK(first->start >= start_of_run + struck + 1h + 8min + 14min);
    CHECK(pair.told.times(record::detected).empty());
}

TEST_CASE("vm-stopped on AD or CMS: no call feels it until the probe, then the appliance goes offline",
          "[faults]") {
    const Machine machine = GENERATE(Machine::ad, Machine::cms);
    const Twins pair = twins(loaded(), FaultId::vm_stopped, {.machine = machine});
    CHECK(all_effects_in(pair, {{in, Reason::offline_by_detection}, {out, Reason::offline_by_detection}}));
    for (const Change& change : pair.changed()) REQUIRE(change.after.end == pair.detected());
    CHECK(losses(pair.told.tally) > 50);
    CHECK(pair.told.times(record::recovered).size() == 1);
}

TEST_CASE("vm-stopped on AD or CMS without a management service: no call feels it at all", "[faults]") {
    Scenario calm = loaded();
    fails_at(calm, Duration{}, FaultId::mgmt_service_stopped, appliance(calm, "ams-1"));
    const Machine machine = GENERATE(Machine::ad, Machine::cms);
    const Twins pair = twins(calm, FaultId::vm_stopped, {.machine = machine});
    CHECK(pair.effects().empty());
    CHECK(pair.calm.tally.degraded.value == pair.told.tally.degraded.value);
}

TEST_CASE("vm-stopped on Mediation, or a service of it: its calls drop, outbound fails until the probe",
          "[faults]") {
    struct Case {
        FaultId fault;
        How how;
        Reason reason;
    };
    const Case of = GENERATE(Case{FaultId::vm_stopped, {.machine = Machine::mediation}, Reason::machine_lost},
                             Case{FaultId::med_rtcsrv_down, {}, Reason::mediation_lost},
                             Case{FaultId::med_medsvc_down, {}, Reason::mediation_lost});
    const Twins pair = twins(loaded(), of.fault, of.how);
    CHECK(all_effects_in(pair, {{in, of.reason}, {out, of.reason}, {out, Reason::mediation_unreachable}}));
    for (const Change& change : pair.changed())
        if (change.after.reason == Reason::mediation_unreachable)
            REQUIRE(change.after.start <= pair.detected());
    CHECK(losses(pair.told.tally, {.reason = Reason::mediation_unreachable}) > 0);
}

TEST_CASE("the Edge dies: outside clients drop, inbound fails, until the probe drops the rest", "[faults]") {
    struct Case {
        FaultId fault;
        How how;
        Reason reason;
    };
    const Case of = GENERATE(Case{FaultId::vm_stopped, {.machine = Machine::edge}, Reason::machine_lost},
                             Case{FaultId::edge_rtcsrv_down, {}, Reason::edge_lost});
    const Twins pair = twins(loaded(), of.fault, of.how);
    CHECK(all_effects_in(pair, {{in, of.reason},
                                {out, of.reason},
                                {in, Reason::edge_dead_behind_mediation},
                                {in, Reason::offline_by_detection},
                                {out, Reason::offline_by_detection}}));
    for (const Change& change : pair.changed()) {
        if (change.after.reason == of.reason) REQUIRE(change.after.end == start_of_run + struck);
        if (change.after.reason == Reason::edge_dead_behind_mediation)
            REQUIRE(change.after.start <= pair.detected());
        if (change.after.reason == Reason::offline_by_detection) REQUIRE(change.after.end == pair.detected());
    }
    const Instant recovered = pair.told.times(record::recovered).at(0);
    const Duration boot = of.fault == FaultId::vm_stopped ? 3min : 0min;
    CHECK(recovered == pair.detected() + 10s + boot + 30s);
}

TEST_CASE("the Edge dies unseen: forty-five minutes of inbound failures, then drops in both directions",
          "[faults]") {
    Scenario calm = loaded();
    fails_at(calm, struck - 15min, FaultId::mgmt_service_stopped, appliance(calm, "ams-1"), {.lasts = 1h});
    const Twins pair = twins(calm, FaultId::edge_rtcsrv_down);
    const Instant back = start_of_run + struck + 45min;
    REQUIRE(pair.detected() >= back);
    CHECK(pair.detected() <= back + 1min);

    for (const Change& change : pair.changed()) {
        const CallRecord& call = change.after;
        const bool failed = call.reason == Reason::edge_dead_behind_mediation;
        if (failed)
            REQUIRE(
                (call.direction == in && call.start >= start_of_run + struck && call.start <= pair.detected()));
        if (call.reason == Reason::edge_lost) REQUIRE(call.end == start_of_run + struck);
        if (call.reason == Reason::offline_by_detection) REQUIRE(call.end == pair.detected());
    }
    auto effects = pair.effects();
    CHECK(
        static_cast<double>(effects[Effect{in, Reason::edge_dead_behind_mediation}]) ==
        Approx(45 * 60 * 200.0 / 180 / 4).epsilon(0.1));  // half are inbound, half of those meet this Mediation
    CHECK(effects.count(Effect{out, Reason::edge_unreachable}) == 0);
    CHECK(pair.told.tally.delayed.value <= 46);
    CHECK(pair.told.tally.post_dial_delay == 4s * pair.told.tally.delayed.value);
    CHECK(pair.told.tally.degraded.value > 20);
    for (const CallRecord& call : pair.told.calls)
        if (call.degraded) REQUIRE(up_at(call, start_of_run + struck));
}

TEST_CASE("the Edge dies unseen on a drain policy: what is up at the probe ends by itself", "[faults]") {
    Scenario calm = loaded();
    calm.parameters.on_error = StopMode::drain;
    const Twins pair = twins(calm, FaultId::edge_rtcsrv_down);
    CHECK(losses(pair.told.tally, {.reason = Reason::offline_by_detection}) == 0);
    CHECK(pair.told.times(record::recovered).size() == 1);
    CHECK(pair.told.times(record::recovered).at(0) > pair.detected() + 2min);
}

TEST_CASE("gateway-down: its calls drop, its numbers fail, and outbound goes over the other gateway",
          "[faults]") {
    const Twins pair = twins(loaded(), FaultId::gateway_down, {.lasts = 30min});
    CHECK(all_effects_in(
        pair, {{in, Reason::gateway_lost}, {out, Reason::gateway_lost}, {in, Reason::gateway_dead}}));
    for (const Change& change : pair.changed()) {
        const CallRecord& call = change.after;
        if (call.reason == Reason::gateway_lost) REQUIRE(call.end == start_of_run + struck);
        if (call.reason == Reason::gateway_dead) REQUIRE(call.start < start_of_run + struck + 30min);
    }
    CHECK(static_cast<double>(losses(pair.told.tally, {.reason = Reason::gateway_dead})) ==
          Approx(30 * 60 * 200.0 / 180 / 4).epsilon(0.15));
    CHECK(pair.told.tally.post_dial_delay == 10s * pair.told.tally.delayed.value);
    CHECK(pair.told.tally.delayed.value > 0);
    CHECK(pair.told.times(record::detected).empty());  // nobody watches gateways
}

TEST_CASE("mgmt-service-stopped and mgmt-service-restart: no call feels either", "[faults]") {
    const FaultId fault = GENERATE(FaultId::mgmt_service_stopped, FaultId::mgmt_service_restart);
    const Twins pair = twins(loaded(), fault);
    CHECK(pair.effects().empty());
    CHECK(pair.told.tally.delayed.value == 0);
    CHECK(pair.told.tally.sites[0].one_ready == 3h);
}

TEST_CASE("without faults and updates nothing is lost, delayed or written down", "[faults]") {
    const Story told = story(loaded());
    CHECK(losses(told.tally) == 0);
    CHECK(told.tally.delayed.value == 0);
    CHECK(told.journal.empty());
}
