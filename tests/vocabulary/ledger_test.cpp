#include "sim/vocabulary/machines.hpp"
#include "sim/vocabulary/outcomes.hpp"
#include "sim/vocabulary/tally.hpp"

#include <catch2/catch.hpp>

#include <map>
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

TEST_CASE("reasons have their outcomes, wherever they stand in the list", "[vocabulary]") {
    std::map<Outcome, std::set<Reason>> reasons;
    for (std::size_t i = 1; i < reason_count; ++i)
        reasons[outcome_of(static_cast<Reason>(i))].insert(static_cast<Reason>(i));
    CHECK(reasons[Outcome::dropped] == std::set{Reason::host_lost, Reason::machine_lost, Reason::mediation_lost,
                                                Reason::edge_lost, Reason::gateway_lost, Reason::network_lost,
                                                Reason::relay_lost, Reason::carrier_lost,
                                                Reason::offline_by_detection, Reason::drain_cut,
                                                Reason::stopped_by_operator, Reason::restarted_in_place});
    CHECK(reasons[Outcome::blocked] ==
          std::set{Reason::appliance_full, Reason::no_channel, Reason::no_media_port});
    CHECK(reasons[Outcome::refused] ==
          std::set{Reason::international_not_allowed, Reason::not_voice_enabled, Reason::misdialled});
    CHECK(reasons[Outcome::failed] ==
          std::set{Reason::no_route, Reason::no_appliance_in_service, Reason::edge_unreachable,
                   Reason::mediation_unreachable, Reason::edge_dead_behind_mediation,
                   Reason::no_mediation_answers, Reason::gateway_dead, Reason::no_relay, Reason::no_name,
                   Reason::no_hybrid_routing, Reason::no_trunk, Reason::trunk_not_trusted, Reason::no_circuit,
                   Reason::setup_too_slow, Reason::no_route_for_class});
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
