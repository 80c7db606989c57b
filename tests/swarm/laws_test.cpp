// Deployments drawn from a seed, and laws that hold in all of them: figures add up, nothing exceeds its limit,
// two runs agree, who watches changes nothing, and an idle site added at the end changes no other figure.

#include "sim/kernel/fingerprint.hpp"
#include "sim/kernel/random.hpp"
#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>

using namespace tests;
namespace kernel = sim::kernel;
namespace scenario = sim::scenario;

namespace {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : luck_({seed, 1}, "swarm", "estate") {}

    unsigned below(unsigned count) { return kernel::pick(luck_.at(rolls_++)[0], count); }
    unsigned between(unsigned low, unsigned high) { return low + below(high - low + 1); }
    bool in(unsigned cases) { return below(cases) == 0; }  // one time in so many
    double unit() { return luck_.uniform(rolls_++); }
    Duration within(Duration length) {
        return Duration{static_cast<std::int64_t>(unit() * static_cast<double>(length.count()))};
    }
    template <class Choices>
    auto of(const Choices& choices) {
        return choices[below(static_cast<unsigned>(choices.size()))];
    }

private:
    kernel::Stream luck_;
    std::uint64_t rolls_ = 0;
};

Law some_law(Dice& dice, Duration mean) {
    switch (dice.below(6)) {
        case 0:
            return kernel::fixed_law(mean);
        case 1:
            return kernel::lognormal_law(mean, 1 + dice.unit());
        case 2:
            return kernel::hyperexponential_law(mean, 1.5 + dice.unit());
        case 3:
            return kernel::uniform_law(mean);
        case 4:
            return kernel::weibull_law(mean, 0.5 + dice.unit());
        default:
            return kernel::exponential_law(mean);
    }
}

scenario::Profile some_profile(Dice& dice) {
    scenario::Profile profile;
    profile.slot = dice.of(std::vector<Duration>{5min, 15min, 1h, 24h});
    for (std::vector<double>& day : profile.days)
        for (Duration at{}; at < 24h; at += profile.slot) day.push_back(dice.in(5) ? 0 : dice.unit());
    return profile;
}

void add_some_users(Dice& dice, Scenario& plan, std::optional<SiteId> site) {
    scenario::Traffic& traffic = add_users(plan, site, 40 * dice.unit(), dice.between(1, 30));
    traffic.length = some_law(dice, dice.of(std::vector<Duration>{1min, 3min, 20min}));
    if (dice.in(2)) traffic.profile = some_profile(dice);
    traffic.day_level_cv = dice.in(2) ? 0.3 * dice.unit() : 0;
    traffic.outbound_share = dice.unit();
    traffic.external_share = dice.unit();
    traffic.international_share = 0.3 * dice.unit();
    traffic.emergency_share = 0.1 * dice.unit();
    if (dice.in(2)) traffic.redial = scenario::Redial{dice.unit(), 1s + dice.within(10min), dice.between(1, 5)};
    for (scenario::User& user : plan.cohorts[traffic.cohort].users) {
        user.voice_enabled = !dice.in(4);
        user.international = dice.in(2);
    }
}

scenario::Parameters some_parameters(Dice& dice) {
    scenario::Parameters some;
    some.recovery_success = dice.in(2) ? 1 : dice.unit();
    if (dice.in(3)) some.attempt_takes = dice.within(5min);
    some.first_attempt_after = dice.within(1min);
    some.on_error = dice.in(2) ? StopMode::drain : StopMode::immediate;
    some.over_limit = dice.in(4) ? scenario::OverLimit::count : scenario::OverLimit::block;
    some.reroute_on_busy = dice.in(2);
    some.second_try = dice.in(2);
    some.reroute_on_5xx = dice.in(2);
    some.outbound_reroute_on_mediation = dice.in(2);
    some.enter_update_mode = dice.in(3) ? StopMode::immediate : StopMode::drain;
    some.os_second_restart = dice.unit();
    if (dice.in(3)) {
        some.boot_host = dice.within(10min);
        some.boot_ad = some.boot_cms = Duration{};
        some.exit_takes = some.service_stop = Duration{};
        some.options_period = 1s + dice.within(2min);
        some.gateway_down_after = some.cloud_avoids = Duration{};
    }
    return some;
}

scenario::FaultAction some_fault(Dice& dice, const Scenario& plan) {
    const auto fault = dice.of(sim::vocabulary::fault_names);
    scenario::FaultAction action;
    action.id = fault.id;
    if (fault.strikes == sim::vocabulary::Strikes::gateway) {
        action.on = static_cast<GatewayId>(dice.below(static_cast<unsigned>(plan.gateways.size())));
    } else {
        action.on = static_cast<ApplianceId>(dice.below(static_cast<unsigned>(plan.appliances.size())));
    }
    if (fault.strikes == sim::vocabulary::Strikes::machine) action.machine = dice.of(sim::vocabulary::machines);
    if (fault.can_last && !dice.in(4)) action.lasts = dice.within(dice.in(2) ? Duration{2min} : Duration{3h});
    return action;
}

scenario::CmdletAction some_cmdlet(Dice& dice, const Scenario& plan) {
    scenario::CmdletAction action;
    action.cmdlet = dice.in(2) ? CmdletName::enter_cc_update : CmdletName::exit_cc_update;
    action.on = static_cast<ApplianceId>(dice.below(static_cast<unsigned>(plan.appliances.size())));
    if (dice.in(2)) action.mode = dice.in(2) ? StopMode::drain : StopMode::immediate;
    if (dice.in(2)) action.limit = dice.within(30min);
    return action;
}

void add_some_failures(Dice& dice, Scenario& plan) {
    scenario::Failures failures;
    failures.fault = {FaultId::host_crash,
                      static_cast<ApplianceId>(dice.below(static_cast<unsigned>(plan.appliances.size()))),
                      std::nullopt, std::nullopt};
    failures.between = some_law(dice, 4h);
    failures.lasts = some_law(dice, 20min);
    plan.failures.push_back(failures);
}

Scenario some_estate(std::uint64_t seed) {
    Dice dice(seed);
    Scenario plan = quiet_world(1h + dice.within(36h));
    plan.from = std::chrono::year_month_day{std::chrono::year{2019}, std::chrono::November,
                                            std::chrono::day{dice.between(1, 5)}};
    const unsigned sites = dice.between(1, 3);
    for (unsigned number = 1; number <= sites; ++number) {
        const SiteId site = add_site(plan, "site" + std::to_string(number), dice.between(1, 4),
                                     dice.between(1, 40), dice.between(1, 3), dice.between(1, 60));
        if (dice.in(2)) plan.sites[site].zone = los_angeles();
        if (!dice.in(5)) add_some_users(dice, plan, site);
        if (dice.in(2)) patches_daily(plan, site, dice.between(0, 23) * 1h, 1min + dice.within(26h));
    }
    if (dice.in(2)) add_some_users(dice, plan, std::nullopt);
    if (dice.in(2)) plan.peer_destination = static_cast<SiteId>(dice.below(sites));
    plan.parameters = some_parameters(dice);
    patches_by(plan,
               dice.of(std::vector{UpdateKind::one_at_a_time, UpdateKind::reboot_in_place, UpdateKind::never}));
    if (dice.in(2)) plan.policies[0].update.drain_limit = dice.within(1h);
    if (dice.in(4)) plan.policies[0].recovery = scenario::RecoveryPolicy::none;

    const unsigned incidents = dice.below(30);
    for (unsigned i = 0; i < incidents; ++i) {
        scenario::Incident incident;
        // Some at whole minutes, so that instants are shared with windows and with each other.
        incident.at = start_of_run + dice.within(plan.length);
        if (dice.in(2)) incident.at = start_of_run + (incident.at - start_of_run) / 1min * 1min;
        if (dice.in(3)) {
            incident.action = some_cmdlet(dice, plan);
        } else {
            incident.action = some_fault(dice, plan);
        }
        plan.incidents.push_back(incident);
    }
    if (dice.in(3)) add_some_failures(dice, plan);
    return plan;
}

template <class Law>
void for_each_estate(std::uint64_t first, std::uint64_t count, Law law) {
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        INFO("estate seed " << seed);
        const Scenario plan = some_estate(seed);
        law(plan);
    }
}

using sim::vocabulary::Ledger;

Ledger ledger_of(const std::vector<CallRecord>& calls) {
    Ledger ledger;
    for (const CallRecord& call : calls) ++ledger[call.outcome];
    return ledger;
}

void books_balance(const Story& told) {
    const Replication& tally = told.tally;
    const Ledger all = tally.ledger();
    CHECK(all == ledger_of(told.calls));
    CHECK(losses(tally) == all.lost().value);
    for (const auto& site : tally.sites) {
        sim::vocabulary::Calls attempts, lost, blocked;
        for (const auto& hour : site.hours) {
            attempts += hour.attempts;
            lost += hour.lost;
            blocked += hour.blocked;
        }
        const Ledger row = site.ledger();
        CHECK(attempts == row.attempts());
        CHECK(lost == row.lost());
        CHECK(blocked == row[Outcome::blocked]);
        CHECK(losses(tally, {.site = site.name}) == row.lost().value);
    }
    for (const auto& loss : tally.losses) CHECK(outcome_of(loss.reason) == loss.outcome);
}

void nothing_exceeds_its_limit(const Scenario& plan, const Replication& tally) {
    for (const auto& site : tally.sites) {
        CHECK(site.one_ready <= plan.length);
        CHECK(site.enough_ready <= site.one_ready);
        CHECK(site.appliances_ready_min <= site.appliances.size());
        Duration by_appliances{};
        Duration by_gateways{};
        for (const auto& appliance : site.appliances) {
            CHECK(appliance.ready <= plan.length);
            CHECK(appliance.over_limit <= plan.length);
            by_appliances += appliance.talk;
            if (plan.parameters.over_limit == scenario::OverLimit::count) continue;
            CHECK(appliance.busy_max <= appliance.calls_max);
            CHECK(appliance.over_limit == 0s);
        }
        for (const auto& gateway : site.gateways) {
            CHECK(gateway.busy_max <= gateway.channels);
            by_gateways += gateway.talk;
        }
        CHECK(by_appliances == by_gateways);
    }
}

void calls_are_sound(const Scenario& plan, const Story& told) {
    Duration held{};
    std::uint64_t redials = 0;
    for (const CallRecord& call : told.calls) {
        held += call.end - call.start;
        redials += call.attempt > 0;
        if (call.start < start_of_run || call.end < call.start || call.end > start_of_run + plan.length)
            FAIL("a call outside the run: " << call.ordinal);
        const bool lossy = call.outcome != Outcome::completed && call.outcome != Outcome::in_progress;
        if (lossy != (call.reason != Reason::none))
            FAIL("a loss without a reason, or a reason without: " << call.ordinal);
    }
    Duration talk{};
    for (const auto& site : told.tally.sites)
        for (const auto& appliance : site.appliances) talk += appliance.talk;
    CHECK(held == talk);
    CHECK(redials == told.tally.redials.value);
}

bool same_row(const sim::vocabulary::SiteRow& a, const sim::vocabulary::SiteRow& b) {
    const auto appliances = [](const auto& x, const auto& y) {
        return x.name == y.name && x.ready == y.ready && x.talk == y.talk && x.busy_max == y.busy_max;
    };
    return a.name == b.name && a.by_direction == b.by_direction && a.one_ready == b.one_ready &&
           a.enough_ready == b.enough_ready && a.appliances_needed == b.appliances_needed &&
           std::equal(a.appliances.begin(), a.appliances.end(), b.appliances.begin(), b.appliances.end(),
                      appliances);
}

}  // namespace

TEST_CASE("in every estate the books balance and nothing exceeds its limit", "[swarm]") {
    for_each_estate(1, 300, [](const Scenario& plan) {
        const Story told = story(plan);
        books_balance(told);
        nothing_exceeds_its_limit(plan, told.tally);
        calls_are_sound(plan, told);
    });
}

TEST_CASE("in every estate two runs agree and watching changes nothing", "[swarm]") {
    for_each_estate(1001, 80, [](const Scenario& plan) {
        const std::uint64_t once = lived(plan).fingerprint;
        CHECK(lived(plan).fingerprint == once);
        CHECK(chronicle(plan).tally.fingerprint == once);
        CHECK(story(plan).tally.fingerprint == once);
    });
}

TEST_CASE("in every estate another seed or replication is another story", "[swarm]") {
    for_each_estate(2001, 20, [](Scenario plan) {
        add_users(plan, SiteId{0}, 5);
        const std::uint64_t once = lived(plan, 1, 42).fingerprint;
        CHECK(lived(plan, 2, 42).fingerprint != once);
        CHECK(lived(plan, 1, 43).fingerprint != once);
    });
}

TEST_CASE("an idle site added at the end changes no other figure", "[swarm]") {
    for_each_estate(3001, 80, [](const Scenario& plan) {
        Scenario larger = plan;
        add_site(larger, "zzz", 2, 500, 2);
        patches_by(larger, plan.policies[0].update.kind);
        const Replication before = lived(plan);
        const Replication after = lived(larger);
        CHECK(after.fingerprint == before.fingerprint);
        REQUIRE(after.sites.size() == before.sites.size() + 1);
        for (std::size_t site = 0; site + 1 < before.sites.size(); ++site)
            CHECK(same_row(before.sites[site], after.sites[site]));
        CHECK(same_row(before.sites.back(), after.sites.back()));
        CHECK(after.ledger() == before.ledger());
        CHECK(after.events == before.events);
    });
}

TEST_CASE("one at a time never has two appliances of a site out at once", "[swarm]") {
    for_each_estate(4001, 60, [](Scenario plan) {
        plan.incidents.clear();
        plan.failures.clear();
        plan.updates.clear();
        plan.parameters.on_error = StopMode::immediate;
        plan.parameters.enter_update_mode = StopMode::drain;
        plan.policies[0].update = {UpdateKind::one_at_a_time, std::nullopt};
        for (std::size_t site = 0; site < plan.sites.size(); ++site)
            patches_daily(plan, static_cast<SiteId>(site), 1h, 23h);
        const Replication tally = lived(plan);
        CHECK(tally.ledger()[Outcome::dropped].value == 0);
        for (const auto& site : tally.sites) CHECK(site.appliances.size() - site.appliances_ready_min <= 1);
    });
}

TEST_CASE("when all trouble is over every appliance is ready again", "[swarm]") {
    for_each_estate(5001, 400, [](Scenario plan) {
        // Trouble in the first six hours, of at most three; whoever is in maintenance leaves it at sixteen.
        plan.traffic.resize(std::min<std::size_t>(plan.traffic.size(), 1));
        plan.updates.clear();
        plan.failures.clear();
        const StopMode on_error = plan.parameters.on_error;
        plan.parameters = {};
        plan.parameters.on_error = on_error;
        plan.policies[0].recovery = scenario::RecoveryPolicy::builtin_2_0;
        for (scenario::Incident& incident : plan.incidents) {
            incident.at = start_of_run + (incident.at - start_of_run) % 6h;
            auto* fault = std::get_if<scenario::FaultAction>(&incident.action);
            if (fault != nullptr && fault->id != FaultId::mgmt_service_restart && !fault->lasts)
                fault->lasts = 2h;
        }
        for (std::size_t id = 0; id < plan.appliances.size(); ++id)
            exits_at(plan, 16h, static_cast<ApplianceId>(id));
        plan.length = 22h;
        const Replication before = lived(plan);
        plan.length += 1h;
        const Replication after = lived(plan);
        for (std::size_t site = 0; site < before.sites.size(); ++site)
            for (std::size_t id = 0; id < before.sites[site].appliances.size(); ++id) {
                INFO(before.sites[site].appliances[id].name);
                CHECK(after.sites[site].appliances[id].ready - before.sites[site].appliances[id].ready == 1h);
            }
    });
}

TEST_CASE("one more line never blocks more on the whole", "[swarm]") {
    std::uint64_t fewer = 0;
    std::uint64_t more = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        Dice dice(seed);
        Scenario plan = one_site(dice.between(1, 3), dice.between(5, 20), 10 + 40 * dice.unit(), 24h);
        fewer += losses(lived(plan, seed));
        for (auto& appliance : plan.appliances) ++appliance.calls_max;
        const std::uint64_t lost = losses(lived(plan, seed));
        more += lost;
    }
    CHECK(more < fewer);
}

TEST_CASE("mean lines busy are what is carried times how long it lasts", "[swarm]") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Dice dice(seed);
        CAPTURE(seed);
        const double erlangs = 10 + 40 * dice.unit();
        const Scenario plan = one_site(dice.between(1, 3), dice.between(5, 20), erlangs, 24h * 5);
        const Replication tally = lived(plan);
        const double carried =
            static_cast<double>(attempts(tally) - losses(tally)) * 180 / kernel::seconds(plan.length);
        double busy = 0;
        for (const auto& appliance : tally.sites[0].appliances) busy += kernel::seconds(appliance.talk);
        CHECK(busy / kernel::seconds(plan.length) == Approx(carried).epsilon(0.02));
    }
}
