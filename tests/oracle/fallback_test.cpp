// Calls that overflow from a site that is full to another, against exact chains of two dimensions. No release
// of the product does this: it is the what-if of cce.overflow.

#include "tests/support/typist.hpp"
#include "tests/support/oracles.hpp"
#include "tests/support/sample.hpp"

#include <catch2/catch.hpp>

using namespace tests;

namespace {

struct Sites {
    unsigned lines[2];
    double erlangs[2];
    bool mutual;
    Duration length;
    unsigned replications;
};

struct Blocking {
    Sample first, second, all;  // shares: of the calls of either site's own users, and of both
    Sample lost;                // traffic, in erlangs
};

Replication lived_once(const Scenario& plan, const Sites& sites, unsigned replication,
                       std::vector<CallRecord>* calls) {
    Typist typist;
    typist.looks(0s, [&](sim::operations::Desk& desk) {
        desk.set_overflow(SiteId{0}, SiteId{1});
        if (sites.mutual) desk.set_overflow(SiteId{1}, SiteId{0});
    });
    return sim::deployment::run(plan, plan.policies.front(), {42, replication}, {nullptr, calls}, &typist);
}

Scenario plan_of(const Sites& sites) {
    Scenario plan = quiet_world(sites.length);
    for (unsigned i = 0; i < 2; ++i) {
        const SiteId site = add_site(plan, i == 0 ? "one" : "two", 1, sites.lines[i]);
        add_users(plan, site, sites.erlangs[i]).outbound_share = 1;
    }
    return plan;
}

Blocking blocking(const Sites& sites) {
    const Scenario plan = plan_of(sites);
    Blocking seen;
    for (unsigned r = 1; r <= sites.replications; ++r) {
        std::vector<CallRecord> calls;
        lived_once(plan, sites, r, &calls);
        double attempts[2] = {}, blocked[2] = {};
        for (const CallRecord& call : calls) {
            const auto of = static_cast<std::size_t>(call.cohort);
            ++attempts[of];
            if (call.outcome == Outcome::blocked) ++blocked[of];
        }
        const double share[2] = {blocked[0] / attempts[0], blocked[1] / attempts[1]};
        seen.first.add(share[0]);
        seen.second.add(share[1]);
        seen.all.add((blocked[0] + blocked[1]) / (attempts[0] + attempts[1]));
        seen.lost.add(share[0] * sites.erlangs[0] + share[1] * sites.erlangs[1]);
    }
    return seen;
}

void agrees(const Sample& seen, double truth) {
    INFO("seen " << seen.mean() << " +- " << seen.error() << ", true " << truth);
    CHECK(is_near(seen.mean(), truth, seen.error()));
    CHECK(seen.error() < 0.05 * truth);  // or the test would have looked at nothing
}

constexpr const char* five =
    "site 1: c=5, 4 E, overflows to site 2: c=5, own 3 E; equal holding times; no way back";
constexpr const char* ten =
    "site 1: c=10, 8 E, overflows to site 2: c=10, own 6 E; equal holding times; no way back";
constexpr const char* twelve =
    "site 1: c=12, 12 E, overflows to site 2: c=10, own 5 E; equal holding times; no way back";

// What the approximation misses is said in the row: "exact total is 0.7482794295 E".
double exact_total(const char* parameters) {
    const auto& row = oracle("fallback-one-way", parameters, "lost traffic by equivalent random method (E)");
    const std::string words = "exact total is ";
    return std::stod(row.tolerance.substr(row.tolerance.find(words) + words.size()));
}

double one_way(const char* parameters, const char* quantity) {
    return oracle("fallback-one-way", parameters, quantity).number();
}

}  // namespace

TEST_CASE("calls that overflow one way are lost as the chain of both sites says", "[oracle]") {
    SECTION("five lines each") {
        const Blocking seen = blocking({{5, 5}, {4, 3}, false, 24h * 40, 20});
        agrees(seen.second, one_way(five, "blocking of site-2 calls"));
        agrees(seen.lost, exact_total(five));
    }
    SECTION("ten lines each") {
        const Blocking seen = blocking({{10, 10}, {8, 6}, false, 24h * 40, 20});
        agrees(seen.first, one_way(ten, "blocking of site-1 calls"));
        agrees(seen.second, one_way(ten, "blocking of site-2 calls"));
    }
    SECTION("an overloaded site of twelve") {
        agrees(blocking({{12, 10}, {12, 5}, false, 24h * 40, 20}).lost, exact_total(twelve));
    }
}

TEST_CASE("two sites that help each other lose as one group", "[oracle]") {
    SECTION("ten lines each") {
        const auto truth = oracle("fallback-mutual", "two sites c=10/10, 8/6 E; each tries the other when full",
                                  "overall blocking");
        agrees(blocking({{10, 10}, {8, 6}, true, 24h * 40, 20}).all, truth.number());
    }
    SECTION("five hundred lines each") {
        const auto truth =
            oracle("fallback-mutual", "two sites c=500/500, 520/430 E; each tries the other when full",
                   "overall blocking");
        const Sites sites{{500, 500}, {520, 430}, true, 24h * 8, 12};
        const Scenario plan = plan_of(sites);
        Sample seen;
        for (unsigned r = 1; r <= sites.replications; ++r) {
            const Replication tally = lived_once(plan, sites, r, nullptr);
            seen.add(static_cast<double>(tally.ledger()[Outcome::blocked].value) /
                     static_cast<double>(attempts(tally)));
        }
        agrees(seen, truth.number());
    }
}
