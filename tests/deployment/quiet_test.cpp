// Where nothing happens nothing is done: probes, polls and reports are arithmetic until something changes.

#include "sim/kernel/check.hpp"
#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

using namespace tests;

namespace {

constexpr Duration year = 24h * 365;

// Twenty sites with sixteen appliances and a gateway each, and nobody who calls.
Scenario large_and_silent() {
    Scenario plan = quiet_world(year);
    for (int site = 1; site <= 20; ++site) add_site(plan, "site " + std::to_string(site), 16, 500);
    return plan;
}

struct Work {
    unsigned long long events;  // of the control plane
    std::size_t records;
};
Work work_of(const Scenario& plan) {
    const Story told = story(plan);
    return {sim::kernel::whereabouts.event, told.journal.size()};
}

}  // namespace

TEST_CASE("a quiet year of 320 appliances is not a single event", "[deployment]") {
    const Work work = work_of(large_and_silent());
    CHECK(work.events == 0);
    CHECK(work.records == 0);
}

TEST_CASE("a fault in a quiet year costs what follows from it, and no more", "[deployment]") {
    Scenario plan = large_and_silent();
    const int fault = GENERATE(0, 1, 2, 3);
    CAPTURE(fault);
    const ApplianceId struck = appliance(plan, "site 7-3");
    if (fault == 0) fails_at(plan, year / 2, FaultId::edge_rtcsrv_down, struck);
    if (fault == 1) fails_at(plan, year / 2, FaultId::host_crash, struck, {.lasts = 4h});
    if (fault == 2) fails_at(plan, year / 2, FaultId::mgmt_service_stopped, struck, {.lasts = 4h});
    if (fault == 3) fails_at(plan, year / 2, FaultId::site_provider_lost, SiteId{6}, {.lasts = 4h});
    const Work work = work_of(plan);
    CAPTURE(work.events, work.records);
    CHECK(work.events > 0);
    CHECK(work.events < 60);
    CHECK(work.records < 100);
}

TEST_CASE("a cause that stays all year is an attempt an hour", "[deployment]") {
    Scenario plan = large_and_silent();
    fails_at(plan, 0h, FaultId::edge_rtcsrv_down, appliance(plan, "site 7-3"), {.lasts = 2 * year});
    const Work work = work_of(plan);
    CAPTURE(work.events, work.records);
    CHECK(work.events > 365 * 24);
    CHECK(work.events < 3 * 365 * 24);
    CHECK(work.records < 2 * 365 * 24);
}
