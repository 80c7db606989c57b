// Replications to look at, as a run could have left them: two sites, three appliances, a few losses.

#pragma once

#include "sim/experiment/judge.hpp"

#include <chrono>

namespace tests {

using sim::experiment::Replication;
using sim::vocabulary::ApplianceRow;
using sim::vocabulary::Calls;
using sim::vocabulary::Direction;
using sim::vocabulary::GatewayRow;
using sim::vocabulary::Outcome;
using sim::vocabulary::Reason;
using sim::vocabulary::SiteRow;

inline constexpr sim::kernel::Duration day = std::chrono::hours{24};

inline SiteRow site(const std::string& name, std::vector<std::string> appliances) {
    SiteRow row;
    row.name = name;
    row.appliances_needed = 1;
    row.appliances_ready_min = static_cast<unsigned>(appliances.size());
    row.one_ready = row.enough_ready = appliances.empty() ? sim::kernel::Duration{} : day;
    for (const std::string& appliance : appliances) row.appliances.push_back({appliance, 500, day, {}, {}, 40});
    if (!appliances.empty()) row.gateways.push_back({name + "-gw", 100, day * 20, 60});
    return row;
}

// Empty books: nobody called.
inline Replication quiet_day(std::uint64_t number = 1) {
    Replication row;
    row.number = number;
    row.fingerprint = 1000 + number;
    row.simulated = day;
    row.sites = {site("Amsterdam", {"ams-1", "ams-2"}), site("Seattle", {"sea-1"}),
                 site(sim::vocabulary::no_site, {})};
    return row;
}

inline void add_calls(Replication& row, const std::string& site, Direction direction, Outcome outcome,
                      std::uint64_t calls) {
    for (SiteRow& one : row.sites) {
        if (one.name != site) continue;
        one.by_direction[static_cast<std::size_t>(direction)][outcome] += Calls{calls};
        one.hours[9].attempts += Calls{calls};
    }
}

inline void lose(Replication& row, const std::string& site, Direction direction, Reason reason,
                 std::uint64_t calls, const std::string& appliance = "") {
    add_calls(row, site, direction, outcome_of(reason), calls);
    row.losses.push_back({outcome_of(reason), reason, direction, site, appliance, site, Calls{calls}});
}

// 1000 calls a site and direction; `dropped` of Amsterdam's die with ams-2, 5 of Seattle's find no channel.
inline Replication busy_day(std::uint64_t number = 1, std::uint64_t dropped = 20) {
    Replication row = quiet_day(number);
    for (const char* name : {"Amsterdam", "Seattle"})
        for (Direction direction : sim::vocabulary::directions)
            add_calls(row, name, direction, Outcome::completed, 1000);
    if (dropped > 0) lose(row, "Amsterdam", Direction::inbound, Reason::host_lost, dropped, "ams-2");
    lose(row, "Seattle", Direction::outbound, Reason::no_channel, 5);
    row.events = {{"detections", 1}};
    return row;
}

inline sim::scenario::Expectation expects(const std::string& metric, sim::scenario::Relation relation,
                                          double target) {
    sim::scenario::Expectation expectation;
    expectation.metric = metric;
    expectation.relation = relation;
    expectation.target = target;
    expectation.place = {"patch-night.lua", 19, 0};
    return expectation;
}

// What these rows come to.
inline sim::experiment::Findings findings(const std::vector<Replication>& rows,
                                          const std::vector<sim::scenario::Expectation>& expectations = {}) {
    sim::experiment::Findings all(expectations);
    for (const Replication& row : rows) all.add(row);
    return all;
}
inline sim::experiment::Experiment conclude(const sim::experiment::Briefing& briefing,
                                            const std::vector<Replication>& rows, std::uint64_t asked) {
    return sim::experiment::conclude(briefing, findings(rows, briefing.expectations), asked);
}
inline sim::experiment::Estimate estimate(const sim::experiment::Metric& metric,
                                          const sim::scenario::MetricScope& scope,
                                          const std::vector<Replication>& rows) {
    sim::scenario::Expectation asked;
    asked.metric = metric.name;
    asked.scope = scope;
    return findings(rows, {asked}).sample().estimate(metric, scope);
}

}  // namespace tests
