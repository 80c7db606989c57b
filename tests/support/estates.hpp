// Estates as plain data, in words: what the tests of the model say before they do and ask.
//
// A plan from one_site() has what every run needs and nothing that happens: users who call at one rate day and
// night, half of them out, all from inside; appliances that never break; a gateway that never fills. A test
// adds what it is about and changes what it must. The first instant is midnight UTC of a Monday.

#pragma once

#include "sim/deployment/run.hpp"
#include "sim/kernel/variates.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/vocabulary/kinds.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

namespace tests {

using namespace std::chrono_literals;
using sim::calls::CallRecord;
using sim::kernel::Duration;
using sim::kernel::Instant;
using sim::kernel::Law;
using sim::kernel::Record;
using sim::kernel::RecordKind;
using sim::kernel::start_of_run;
using sim::scenario::Scenario;
using sim::scenario::StopMode;
using sim::scenario::UpdateKind;
using sim::vocabulary::ApplianceId;
using sim::vocabulary::CmdletId;
using sim::vocabulary::CohortId;
using sim::vocabulary::Direction;
using sim::vocabulary::FaultId;
using sim::vocabulary::GatewayId;
using sim::vocabulary::Machine;
using sim::vocabulary::Outcome;
using sim::vocabulary::Reason;
using sim::vocabulary::Replication;
using sim::vocabulary::SiteId;
namespace record = sim::vocabulary::record;

// --- what exists
// ---------------------------------------------------------------------------------------------------

inline constexpr unsigned plenty = 50'000;  // channels that never run out

Scenario quiet_world(Duration length);  // nobody, nothing, one policy "default" with its updates one at a time

// Appliances are named "<site>-1", …; gateways "<site>-gw-1", ….
SiteId add_site(Scenario& plan, const std::string& name, unsigned appliances, unsigned calls_max,
                unsigned gateways = 1, unsigned channels = plenty);

// Users of the site, or of no site, who talk `erlangs` together. Exponential lengths, mean three minutes.
sim::scenario::Traffic& add_users(Scenario& plan, std::optional<SiteId> site, double erlangs,
                                  unsigned users = 20);

// One site "ams" with users of its own.
Scenario one_site(unsigned appliances, unsigned calls_max, double erlangs, Duration length);

sim::scenario::Profile flat_profile();
sim::scenario::Profile only_before(Duration end);  // of each day; in whole minutes. Silence afterwards

sim::vocabulary::Zone los_angeles();  // as of 2019: daylight saving ends on 3 November at 09:00 UTC

ApplianceId appliance(const Scenario& plan, const std::string& name);
GatewayId gateway(const Scenario& plan, const std::string& name);

// --- what happens
// --------------------------------------------------------------------------------------------------

struct How {
    std::optional<Duration> lasts = {};  // none: until cleared
    std::optional<Machine> machine = {};
    std::optional<ApplianceId> to = {};
    std::optional<SiteId> site = {};
    std::optional<double> share = {};
    std::optional<unsigned> ports = {};
    bool media = false;
};
sim::vocabulary::Fault fault_on(FaultId fault, sim::vocabulary::FaultPlace on, How how = {});
void fails_at(Scenario& plan, Duration when, FaultId fault, sim::vocabulary::FaultPlace on, How how = {});

// From the first moment on.
void is_configured(Scenario& plan, FaultId fault, sim::vocabulary::FaultPlace on, How how = {});

void enters_at(Scenario& plan, Duration when, ApplianceId on, StopMode mode = StopMode::drain,
               std::optional<Duration> limit = std::nullopt);
void exits_at(Scenario& plan, Duration when, ApplianceId on);

// The site may be patched from `start` of the local clock, every day of the week.
void patches_daily(Scenario& plan, SiteId site, Duration start, Duration length);
void patches_by(Scenario& plan, UpdateKind kind);

// --- what came of it
// -----------------------------------------------------------------------------------------------

Replication lived(const Scenario& plan, std::uint64_t replication = 1, std::uint64_t seed = 42);

// A run with all that can be seen of it.
struct Story {
    Replication tally;
    std::vector<Record> journal;
    std::vector<CallRecord> calls;

    // When records of this kind were written, of this subject if one is given.
    std::vector<Instant> times(RecordKind kind, std::optional<std::uint32_t> subject = std::nullopt) const;
    std::vector<std::int64_t> details(RecordKind kind) const;
};
Story story(const Scenario& plan, std::uint64_t replication = 1, std::uint64_t seed = 42);
Story chronicle(const Scenario& plan, std::uint64_t replication = 1,
                std::uint64_t seed = 42);  // without the calls

std::uint32_t subject(ApplianceId id);

// Losses of all sites, by what the filter names.
struct Wanted {
    std::optional<Reason> reason = {};
    std::optional<Direction> direction = {};
    std::optional<std::string> site = {};
    std::optional<std::string> appliance = {};
};
std::uint64_t losses(const Replication& tally, const Wanted& wanted = {});
std::uint64_t attempts(const Replication& tally, std::optional<Direction> direction = std::nullopt);

// Attempts that did not end as their twins did on the same seed, with both ends.
struct Change {
    CallRecord before, after;
};
std::vector<Change> changes(const Story& before, const Story& after);

// A call ended otherwise: this direction, and this reason.
using Effect = std::tuple<Direction, Reason>;
std::map<Effect, std::uint64_t> effects(const std::vector<Change>& changes);

}  // namespace tests

namespace Catch {

template <>
struct StringMaker<sim::vocabulary::Outcome> {
    static std::string convert(sim::vocabulary::Outcome outcome) { return std::string{text(outcome)}; }
};
template <>
struct StringMaker<sim::vocabulary::Reason> {
    static std::string convert(sim::vocabulary::Reason reason) { return std::string{text(reason)}; }
};
template <>
struct StringMaker<sim::vocabulary::Direction> {
    static std::string convert(sim::vocabulary::Direction direction) { return std::string{text(direction)}; }
};
template <>
struct StringMaker<sim::kernel::Instant> {
    static std::string convert(sim::kernel::Instant at) {
        return StringMaker<double>::convert(sim::kernel::seconds(at.time_since_epoch())) + " s";
    }
};
template <>
struct StringMaker<sim::kernel::Duration> {
    static std::string convert(sim::kernel::Duration duration) {
        return StringMaker<double>::convert(sim::kernel::seconds(duration)) + " s";
    }
};

}  // namespace Catch
