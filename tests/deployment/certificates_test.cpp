// Certificates by their dates, in whole runs: they end unnoticed, and patch night finds out.

#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace tests;
using namespace std::chrono;

namespace {

constexpr ApplianceId ams_1{0};

// Two appliances that are patched from two to eight on the second night; the run begins on 2019-11-11.
Scenario patched_on_the_second_night() {
    Scenario plan = one_site(2, 500, 20, 48h);
    plan.parameters.os_second_restart = 0;
    plan.traffic[0].external_share = 0.3;
    patches_daily(plan, SiteId{0}, 2h, 6h);
    plan.windows[plan.updates[0].window].opens_on = sim::scenario::Weekly{std::bitset<7>{}.set(2)};  // Tuesdays
    return plan;
}

const Record& cause_of(const Story& told, const Record& entry) {
    return told.journal.at(static_cast<std::size_t>(entry.cause) - 1);
}

}  // namespace

TEST_CASE("all appliances installed in one week fail on patch night, one after the other", "[deployment]") {
    Scenario plan = patched_on_the_second_night();
    const Story healthy = story(plan);
    REQUIRE(losses(healthy.tally) == 0);
    plan.sites[SiteId{0}].installed = year{2017} / 11 / 12;
    const Story night = story(plan);
    CHECK(night.times(record::fault_struck) == std::vector{start_of_run + 24h, start_of_run + 24h});
    CHECK(night.details(record::fault_struck) ==
          std::vector(2, static_cast<std::int64_t>(FaultId::server_certs_expiring)));
    CHECK(night.times(record::update_finished) == healthy.times(record::update_finished));
    CHECK(night.times(record::detected).empty());  // nobody watches certificates
    CHECK(losses(night.tally, {.reason = Reason::edge_unreachable}) > 0);
    CHECK(losses(night.tally, {.reason = Reason::no_mediation_answers}) > 0);
    const Instant first_is_back = night.times(record::update_finished).at(0);
    for (const CallRecord& call : night.calls)
        if (call.start < first_is_back - 1h) REQUIRE(call.reason == Reason::none);
}

TEST_CASE("lost calls lead to the record of the certificate's end", "[deployment]") {
    Scenario plan = patched_on_the_second_night();
    plan.sites[SiteId{0}].installed = year{2017} / 11 / 12;
    const Story night = story(plan);
    const Instant last_is_back = night.times(record::update_finished).at(1);
    std::set<Reason> reasons;
    for (const Record& entry : night.journal) {
        if (entry.kind != record::call_lost || entry.at < last_is_back) continue;
        reasons.insert(static_cast<Reason>(entry.detail));
        REQUIRE(cause_of(night, entry).kind == record::fault_struck);
        REQUIRE(cause_of(night, entry).detail == static_cast<std::int64_t>(FaultId::server_certs_expiring));
    }
    CHECK(reasons == std::set{Reason::edge_unreachable, Reason::no_mediation_answers});
}

TEST_CASE("the external certificate is good until its last day is over, by the site's clock", "[deployment]") {
    Scenario plan = one_site(1, 500, 20, 48h);
    plan.sites[SiteId{0}].zone = los_angeles();
    plan.sites[SiteId{0}].edge_certificate = year{2019} / 11 / 11;
    fails_at(plan, 40h, FaultId::host_uplink_lost, ams_1, {.lasts = 10min});
    const Story told = chronicle(plan);
    CHECK(told.times(record::fault_struck) == std::vector{start_of_run + 32h, start_of_run + 40h});
    CHECK(told.details(record::fault_struck).at(0) ==
          static_cast<std::int64_t>(FaultId::edge_external_cert_expired));
    CHECK(told.tally.sites[0].appliances[0].ready == 40h);
}

TEST_CASE("an external certificate that ended before the run serves until something restarts", "[deployment]") {
    Scenario plan = one_site(1, 500, 20, 10h);
    plan.sites[SiteId{0}].edge_certificate = year{2019} / 6 / 1;
    CHECK(losses(lived(plan)) == 0);
    fails_at(plan, 5h, FaultId::vm_stopped, ams_1, {.lasts = 1min, .machine = Machine::edge});
    const Story told = story(plan);
    CHECK(losses(told.tally, {.reason = Reason::edge_unreachable}) > 0);
    CHECK(told.calls.back().start > start_of_run + 9h);
    CHECK(told.times(record::fault_struck).at(0) == start_of_run);
}

TEST_CASE("what is unsaid does not end", "[deployment]") {
    const Scenario plan = one_site(1, 500, 0.01, 24h * 365 * 6);
    CHECK(chronicle(plan).times(record::fault_struck).empty());
}
