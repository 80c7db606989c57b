// Where calls belong: the site of their user, PeerDestination for users without one, and nowhere else.

#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

using namespace tests;

namespace {

// Two sites with users of their own, and users without a site.
struct Estate {
    Scenario plan = quiet_world(6h);
    SiteId ams = add_site(plan, "ams", 2, 500);
    SiteId sea = add_site(plan, "sea", 1, 500);

    Estate() {
        add_users(plan, ams, 100);
        add_users(plan, sea, 60);
        add_users(plan, std::nullopt, 30);
    }
    std::uint64_t rate(double erlangs) const { return static_cast<std::uint64_t>(6 * 3600 * erlangs / 180); }
};

const sim::vocabulary::SiteRow& row(const Replication& tally, const std::string& name) {
    for (const auto& site : tally.sites)
        if (site.name == name) return site;
    throw std::logic_error("no row " + name);
}

double attempts_of(const Replication& tally, const std::string& name) {
    return static_cast<double>(row(tally, name).ledger().attempts().value);
}

}  // namespace

TEST_CASE("users without a site exit at PeerDestination and count there", "[sites]") {
    Estate estate;
    estate.plan.peer_destination = estate.sea;
    const Replication tally = lived(estate.plan);
    CHECK(attempts_of(tally, "ams") == Approx(estate.rate(100)).epsilon(0.03));
    CHECK(attempts_of(tally, "sea") == Approx(estate.rate(90)).epsilon(0.03));
    CHECK(attempts_of(tally, sim::vocabulary::no_site) == 0);
    CHECK(losses(tally) == 0);
}

TEST_CASE("users of a site never exit elsewhere, even when their site is down", "[sites]") {
    Estate estate;
    estate.plan.peer_destination = estate.ams;
    Scenario dark = estate.plan;
    fails_at(dark, Duration{}, FaultId::host_crash, appliance(dark, "sea-1"));
    const Replication before = lived(estate.plan);
    const Replication after = lived(dark);
    CHECK(row(after, "sea").ledger()[Outcome::completed].value == 0);
    CHECK(row(after, "sea").ledger()[Outcome::failed] == row(after, "sea").ledger().attempts());
    CHECK(row(after, "ams").ledger() == row(before, "ams").ledger());
    CHECK(row(after, "sea").ledger().attempts() == row(before, "sea").ledger().attempts());
}

TEST_CASE("users without a site follow PeerDestination into its failure", "[sites]") {
    Estate estate;
    estate.plan.peer_destination = estate.sea;
    fails_at(estate.plan, Duration{}, FaultId::host_crash, appliance(estate.plan, "sea-1"));
    const Replication tally = lived(estate.plan);
    std::uint64_t of_no_site = 0;
    for (const auto& loss : tally.losses)
        if (loss.group.empty()) of_no_site += loss.calls.value;
    CHECK(static_cast<double>(of_no_site) == Approx(estate.rate(30)).epsilon(0.05));
    CHECK(losses(tally) == losses(tally, {.site = "sea"}));
}

TEST_CASE("without PeerDestination users without a site have no route", "[sites]") {
    Estate estate;
    const Replication tally = lived(estate.plan);
    CHECK(attempts_of(tally, sim::vocabulary::no_site) == Approx(estate.rate(30)).epsilon(0.05));
    CHECK(losses(tally) == losses(tally, {.reason = Reason::no_route, .site = sim::vocabulary::no_site}));
    CHECK(static_cast<double>(losses(tally)) == attempts_of(tally, sim::vocabulary::no_site));
}

TEST_CASE("a loss names site, appliance, direction, reason and group", "[sites]") {
    Estate estate;
    estate.plan.peer_destination = estate.ams;
    fails_at(estate.plan, 1h, FaultId::host_crash, appliance(estate.plan, "ams-2"));
    const Replication tally = lived(estate.plan);
    for (const auto& loss : tally.losses) {
        CHECK(loss.site == "ams");
        CHECK(loss.appliance == "ams-2");
        CHECK(loss.outcome == Outcome::dropped);
        CHECK(loss.reason == Reason::host_lost);
        CHECK((loss.group == "ams" || loss.group.empty()));
    }
    CHECK(tally.losses.size() == 4);
}

TEST_CASE("an update night in one site does not touch the other", "[sites]") {
    Estate estate;
    const Replication before = lived(estate.plan);
    patches_daily(estate.plan, estate.ams, 1h, 4h);
    const Replication after = lived(estate.plan);
    CHECK(row(after, "sea").ledger() == row(before, "sea").ledger());
    CHECK(row(after, "sea").appliances[0].talk == row(before, "sea").appliances[0].talk);
    CHECK(after.events.at("updates_finished") == 1);
}
