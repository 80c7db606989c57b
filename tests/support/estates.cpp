#include "tests/support/estates.hpp"

#include <algorithm>
#include <stdexcept>

namespace tests {

using namespace sim;

namespace {

constexpr double mean_call_seconds = 180;

template <class Id, class Named>
Id named(const vocabulary::Table<Id, Named>& table, const std::string& name) {
    for (std::size_t row = 0; row < table.size(); ++row)
        if (table[static_cast<Id>(row)].name == name) return static_cast<Id>(row);
    throw std::logic_error("the plan has no " + name);
}

scenario::Profile profile_of(Duration slot, double intensity, Duration until) {
    scenario::Profile profile;
    profile.slot = slot;
    for (std::vector<double>& day : profile.days)
        for (Duration at{}; at < 24h; at += slot) day.push_back(at < until ? intensity : 0);
    return profile;
}

}  // namespace

Scenario quiet_world(Duration length) {
    Scenario plan;
    plan.name = "test";
    plan.from =
        std::chrono::year_month_day{std::chrono::year{2019}, std::chrono::November, std::chrono::day{11}};
    plan.length = length;
    scenario::Policy policy;
    policy.name = "default";
    plan.policies.push_back(policy);
    return plan;
}

SiteId add_site(Scenario& plan, const std::string& name, unsigned appliances, unsigned calls_max,
                unsigned gateways, unsigned channels) {
    scenario::Site site;
    site.name = name;
    site.edge_fqdn = name + ".example.com";
    const SiteId id = plan.sites.add(site);
    for (unsigned number = 1; number <= appliances; ++number) {
        scenario::Appliance appliance;
        appliance.name = name + "-" + std::to_string(number);
        appliance.site = id;
        appliance.calls_max = calls_max;
        plan.sites[id].appliances.push_back(plan.appliances.add(appliance));
    }
    for (unsigned number = 1; number <= gateways; ++number) {
        scenario::Gateway gateway;
        gateway.name = name + "-gw-" + std::to_string(number);
        gateway.site = id;
        gateway.channels = channels;
        plan.sites[id].gateways.push_back(plan.gateways.add(gateway));
    }
    return id;
}

scenario::Traffic& add_users(Scenario& plan, std::optional<SiteId> site, double erlangs, unsigned users) {
    scenario::Cohort cohort;
    cohort.site = site;
    cohort.users.resize(users);
    scenario::Traffic traffic;
    traffic.cohort = plan.cohorts.add(cohort);
    traffic.profile = flat_profile();
    traffic.erlangs = erlangs;
    traffic.length = kernel::exponential_law(kernel::rounded(mean_call_seconds));
    plan.traffic.push_back(traffic);
    return plan.traffic.back();
}

Scenario one_site(unsigned appliances, unsigned calls_max, double erlangs, Duration length) {
    Scenario plan = quiet_world(length);
    const SiteId site = add_site(plan, "ams", appliances, calls_max);
    add_users(plan, site, erlangs);
    return plan;
}

scenario::Profile flat_profile() {
    return profile_of(1h, 1, 24h);
}
scenario::Profile only_before(Duration end) {
    return profile_of(1min, 1, end);
}

vocabulary::Zone los_angeles() {
    constexpr std::int64_t daylight_saving_ends = 1'572'771'600;  // 2019-11-03T09:00:00Z
    return {"America/Los_Angeles", {{INT64_MIN, -7 * 3600}, {daylight_saving_ends, -8 * 3600}}};
}

ApplianceId appliance(const Scenario& plan, const std::string& name) {
    return named(plan.appliances, name);
}
GatewayId gateway(const Scenario& plan, const std::string& name) {
    return named(plan.gateways, name);
}

sim::vocabulary::Fault fault_on(FaultId fault, sim::vocabulary::FaultPlace on, How how) {
    return {fault, on, how.machine, how.to, how.site, how.share, how.ports, how.media, how.lasts};
}

void fails_at(Scenario& plan, Duration when, FaultId fault, sim::vocabulary::FaultPlace on, How how) {
    scenario::Incident incident;
    incident.at = start_of_run + when;
    incident.action = fault_on(fault, on, how);
    plan.incidents.push_back(incident);
}

void is_configured(Scenario& plan, FaultId fault, sim::vocabulary::FaultPlace on, How how) {
    plan.configured.push_back({fault_on(fault, on, how), {}});
}

void enters_at(Scenario& plan, Duration when, ApplianceId on, StopMode mode, std::optional<Duration> limit) {
    scenario::Incident incident;
    incident.at = start_of_run + when;
    scenario::CmdletAction cmdlet{CmdletId::enter_cc_update, on, {}};
    cmdlet.arguments["Immediate"] = mode == StopMode::immediate;
    if (limit) cmdlet.arguments["Limit"] = *limit;
    incident.action = cmdlet;
    plan.incidents.push_back(incident);
}

void exits_at(Scenario& plan, Duration when, ApplianceId on) {
    scenario::Incident incident;
    incident.at = start_of_run + when;
    incident.action = scenario::CmdletAction{CmdletId::exit_cc_update, on, {}};
    plan.incidents.push_back(incident);
}

void patches_daily(Scenario& plan, SiteId site, Duration start, Duration length) {
    const scenario::Weekly every_day{std::bitset<7>{}.set()};
    plan.updates.push_back({site, plan.windows.add({every_day, start, length, {}}), {}, {}});
}

void patches_by(Scenario& plan, UpdateKind kind) {
    plan.policies.front().update.kind = kind;
}

Replication lived(const Scenario& plan, std::uint64_t replication, std::uint64_t seed) {
    return deployment::run(plan, plan.policies.front(), {seed, replication});
}

Story story(const Scenario& plan, std::uint64_t replication, std::uint64_t seed) {
    Story told;
    told.tally =
        deployment::run(plan, plan.policies.front(), {seed, replication}, {&told.journal, &told.calls});
    return told;
}

Story chronicle(const Scenario& plan, std::uint64_t replication, std::uint64_t seed) {
    Story told;
    told.tally = deployment::run(plan, plan.policies.front(), {seed, replication}, {&told.journal, nullptr});
    return told;
}

std::vector<Instant> Story::times(RecordKind kind, std::optional<std::uint32_t> wanted) const {
    std::vector<Instant> found;
    for (const Record& entry : journal)
        if (entry.kind == kind && (!wanted || entry.subject == *wanted)) found.push_back(entry.at);
    return found;
}

std::vector<std::int64_t> Story::details(RecordKind kind) const {
    std::vector<std::int64_t> found;
    for (const Record& entry : journal)
        if (entry.kind == kind) found.push_back(entry.detail);
    return found;
}

std::uint32_t subject(ApplianceId id) {
    return static_cast<std::uint32_t>(id);
}

std::uint64_t losses(const Replication& tally, const Wanted& wanted) {
    std::uint64_t sum = 0;
    for (const vocabulary::Loss& loss : tally.losses) {
        const bool is_wanted = (!wanted.reason || loss.reason == *wanted.reason) &&
                               (!wanted.direction || loss.direction == *wanted.direction) &&
                               (!wanted.site || loss.site == *wanted.site) &&
                               (!wanted.appliance || loss.appliance == *wanted.appliance);
        if (is_wanted) sum += loss.calls.value;
    }
    return sum;
}

std::uint64_t attempts(const Replication& tally, std::optional<Direction> direction) {
    std::uint64_t sum = 0;
    for (const vocabulary::SiteRow& site : tally.sites)
        for (const Direction way : vocabulary::directions)
            if (!direction || way == *direction)
                sum += site.by_direction[static_cast<std::size_t>(way)].attempts().value;
    return sum;
}

std::vector<Change> changes(const Story& before, const Story& after) {
    using Name = std::tuple<CohortId, std::uint64_t, std::uint32_t>;
    const auto name = [](const CallRecord& call) { return Name{call.cohort, call.ordinal, call.attempt}; };
    const auto by_name = [&](std::vector<CallRecord> calls) {
        std::sort(calls.begin(), calls.end(),
                  [&](const CallRecord& a, const CallRecord& b) { return name(a) < name(b); });
        return calls;
    };
    const std::vector<CallRecord> old = by_name(before.calls);
    const std::vector<CallRecord> now = by_name(after.calls);
    if (old.size() != now.size()) throw std::logic_error("the two runs do not have the same attempts");
    std::vector<Change> found;
    for (std::size_t i = 0; i < old.size(); ++i) {
        if (name(old[i]) != name(now[i])) throw std::logic_error("an attempt has no twin");
        if (old[i].outcome != now[i].outcome || old[i].reason != now[i].reason)
            found.push_back({old[i], now[i]});
    }
    return found;
}

std::map<Effect, std::uint64_t> effects(const std::vector<Change>& changes) {
    std::map<Effect, std::uint64_t> found;
    for (const Change& change : changes) ++found[{change.after.direction, change.after.reason}];
    return found;
}

}  // namespace tests
