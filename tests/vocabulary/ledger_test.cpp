#include "sim/vocabulary/machines.hpp"
#include "sim/vocabulary/outcomes.hpp"
#include "sim/vocabulary/tally.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>

using namespace sim::vocabulary;

TEST_CASE("each reason has words of its own and belongs to one lossy outcome", "[vocabulary]") {
    std::set<std::string_view> words;
    for (std::size_t i = 1; i < reason_count; ++i) {
        const auto reason = static_cast<Reason>(i);
        words.insert(text(reason));
        const Outcome outcome = outcome_of(reason);
        CHECK(outcome >= Outcome::dropped);
        CHECK(outcome <= Outcome::failed);
        CHECK((!is_planned(reason) || outcome == Outcome::dropped));
    }
    CHECK(words.size() == reason_count - 1);
    CHECK(words.count("") == 0);
}

TEST_CASE("reasons at the borders of their groups", "[vocabulary]") {
    CHECK(outcome_of(Reason::host_lost) == Outcome::dropped);
    CHECK(outcome_of(Reason::restarted_in_place) == Outcome::dropped);
    CHECK(outcome_of(Reason::appliance_full) == Outcome::blocked);
    CHECK(outcome_of(Reason::no_channel) == Outcome::blocked);
    CHECK(outcome_of(Reason::international_not_allowed) == Outcome::refused);
    CHECK(outcome_of(Reason::no_route) == Outcome::failed);
    CHECK(outcome_of(Reason::gateway_dead) == Outcome::failed);
    CHECK(is_planned(Reason::drain_cut));
    CHECK(!is_planned(Reason::offline_by_detection));
}

TEST_CASE("names of outcomes, directions and machines", "[vocabulary]") {
    CHECK(text(Outcome::in_progress) == "in_progress");
    CHECK(text(Reason::offline_by_detection) == "taken offline by detection");
    CHECK(text(Direction::inbound) == "inbound");
    CHECK(text(Direction::outbound) == "outbound");
    CHECK(text(Machine::mediation) == "mediation");
}

TEST_CASE("attempts are the sum of the seven outcomes, in each row and in the total", "[vocabulary]") {
    SiteRow site;
    std::uint64_t count = 1;
    for (Ledger& ledger : site.by_direction)
        for (const Outcome outcome : outcomes) ledger[outcome] = Calls{count++};
    CHECK(site.ledger().attempts() == Calls{105});
    CHECK(site.ledger().lost() == Calls{(2 + 3 + 4 + 5 + 6) + (9 + 10 + 11 + 12 + 13)});

    Replication replication;
    replication.sites = {site, site};
    CHECK(replication.ledger().attempts() == Calls{210});
    CHECK(replication.ledger()[Outcome::in_progress] == Calls{2 * (7 + 14)});
}
