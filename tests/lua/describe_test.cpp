// The plan's hash sees every field that can change an answer, and none that cannot.

#include "sim/scenario/describe.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <set>

using namespace sim::scenario;
using namespace std::chrono_literals;
using Change = std::function<void(Scenario&)>;

namespace {

// One of everything.
Scenario full() {
    Scenario plan;
    plan.name = "full";
    plan.from = std::chrono::year{2019} / 11 / 10;
    plan.length = 336h;
    plan.seed = 42;
    Site site;
    site.name = "ams";
    site.zone.rules = {{INT64_MIN, 0}, {1000, 3600}};
    site.appliances = {ApplianceId{0}};
    site.gateways = {GatewayId{0}};
    plan.sites.add(site);
    Appliance appliance;
    appliance.name = "ams-1";
    plan.appliances.add(appliance);
    Gateway gateway;
    gateway.name = "gw";
    plan.gateways.add(gateway);
    plan.cohorts.add({SiteId{0}, {{"jo", true, true}}});
    plan.common_causes.add({"rack", {ApplianceId{0}, GatewayId{0}}, {}});
    Traffic traffic;
    traffic.profile.days[1] = {1, 2};
    traffic.redial = Redial{0.1, 30s, 1};
    traffic.length = sim::kernel::empirical_law({1, 2});
    plan.traffic.push_back(traffic);
    plan.windows.add({});
    plan.windows.add({MonthlyByDate{15}, 0h, 24h, {}});
    plan.windows.add({MonthlyByWeekday{1, 1}, 0h, 24h, {}});
    plan.updates.push_back({});
    plan.bits_releases.emplace();
    plan.bits_releases->out = {sim::kernel::start_of_run + 1h};
    plan.programs.add({true, {}});
    plan.programs.add({false, {}});
    plan.policies.push_back({"a", {}, RecoveryPolicy::builtin_2_0, {sim::vocabulary::ProgramId{0}}, {}});
    FaultAction fault;
    fault.on = ApplianceId{0};
    plan.incidents.push_back({sim::kernel::start_of_run + 1h, fault, {}});
    plan.incidents.push_back({sim::kernel::start_of_run + 2h, CmdletAction{}, {}});
    plan.failures.push_back(
        {fault, sim::kernel::exponential_law(1h), sim::kernel::fixed_law(1h), {}, CrewId{0}});
    plan.crews.add({"fitters", 2, {}});
    plan.configured.push_back({fault, {}});
    Expectation expectation;
    expectation.metric = "calls_dropped";
    expectation.when = Precondition{"drains", 1};
    expectation.baseline = Baseline{"base.json", "{}", 0.1, true};
    plan.expectations.push_back(expectation);
    return plan;
}

FaultAction& fault(Scenario& plan) {
    return std::get<FaultAction>(plan.incidents[0].action);
}
CmdletAction& cmdlet(Scenario& plan) {
    return std::get<CmdletAction>(plan.incidents[1].action);
}

const std::vector<Change> that_matter{
    [](Scenario& p) { p.from = std::chrono::year{2019} / 11 / 11; },
    [](Scenario& p) { p.length += 1us; },
    [](Scenario& p) { p.seed = 43; },
    [](Scenario& p) { p.seed.reset(); },
    [](Scenario& p) { p.sites[SiteId{0}].name = "amz"; },
    [](Scenario& p) { p.sites[SiteId{0}].edge_fqdn = "e"; },
    [](Scenario& p) { p.sites[SiteId{0}].zone.name = "Z"; },
    [](Scenario& p) { p.sites[SiteId{0}].zone.rules[1].from = 1001; },
    [](Scenario& p) { p.sites[SiteId{0}].zone.rules[1].offset = 7200; },
    [](Scenario& p) { p.sites[SiteId{0}].appliances.clear(); },
    [](Scenario& p) { p.sites[SiteId{0}].gateways.clear(); },
    [](Scenario& p) { p.sites[SiteId{0}].installed = std::chrono::year{2018} / 3 / 6; },
    [](Scenario& p) { p.sites[SiteId{0}].edge_certificate = std::chrono::year{2018} / 3 / 6; },
    [](Scenario& p) { p.sites[SiteId{0}].directory_on = ApplianceId{0}; },
    [](Scenario& p) { p.appliances[ApplianceId{0}].backup_version = sim::vocabulary::VersionId::v2_0; },
    [](Scenario& p) { p.appliances[ApplianceId{0}].name = "x"; },
    [](Scenario& p) { p.appliances[ApplianceId{0}].site = SiteId{1}; },
    [](Scenario& p) { p.appliances[ApplianceId{0}].hardware = Hardware::small; },
    [](Scenario& p) { p.appliances[ApplianceId{0}].calls_max = 499; },
    [](Scenario& p) { p.appliances[ApplianceId{0}].version = sim::vocabulary::VersionId::v1_4_2; },
    [](Scenario& p) { p.appliances[ApplianceId{0}].fast_failover = false; },
    [](Scenario& p) { p.appliances[ApplianceId{0}].mediation_fqdn = "m"; },
    [](Scenario& p) { p.appliances[ApplianceId{0}].mediation_ip = "1.2.3.4"; },
    [](Scenario& p) { p.gateways[GatewayId{0}].name = "x"; },
    [](Scenario& p) { p.gateways[GatewayId{0}].site = SiteId{1}; },
    [](Scenario& p) { p.gateways[GatewayId{0}].ip = "1.2.3.4"; },
    [](Scenario& p) { p.gateways[GatewayId{0}].port = 5061; },
    [](Scenario& p) { p.gateways[GatewayId{0}].protocol = Protocol::tls; },
    [](Scenario& p) { p.gateways[GatewayId{0}].channels = 1; },
    [](Scenario& p) { p.gateways[GatewayId{0}].reroute_on_5xx = true; },
    [](Scenario& p) { p.gateways[GatewayId{0}].carries = {}; },
    [](Scenario& p) {
        p.gateways[GatewayId{0}].carries = {};
        p.gateways[GatewayId{0}].carries.add(sim::vocabulary::NumberClass::local);
    },
    [](Scenario& p) {
        p.gateways[GatewayId{0}].trunks = {{ApplianceId{0}, 1, true, false, {}}};
    },
    [](Scenario& p) {
        p.gateways[GatewayId{0}].trunks = {{ApplianceId{1}, 1, true, false, {}}};
    },
    [](Scenario& p) {
        p.gateways[GatewayId{0}].trunks = {{ApplianceId{0}, 2, true, false, {}}};
    },
    [](Scenario& p) {
        p.gateways[GatewayId{0}].trunks = {{ApplianceId{0}, 1, false, false, {}}};
    },
    [](Scenario& p) {
        p.gateways[GatewayId{0}].trunks = {{ApplianceId{0}, 1, true, true, {}}};
    },
    [](Scenario& p) { p.common_causes = {}; },
    [](Scenario& p) { p.common_causes[CommonCauseId{0}].name = "x"; },
    [](Scenario& p) { p.common_causes[CommonCauseId{0}].members[0] = SiteId{0}; },
    [](Scenario& p) { p.common_causes[CommonCauseId{0}].members[1] = ApplianceId{1}; },
    [](Scenario& p) { p.common_causes[CommonCauseId{0}].members.push_back(SiteId{0}); },
    [](Scenario& p) { p.peer_destination = SiteId{0}; },
    [](Scenario& p) { p.crews[CrewId{0}].name = "x"; },
    [](Scenario& p) { p.crews[CrewId{0}].people = 3; },
    [](Scenario& p) { p.failures[0].repaired_by.reset(); },
    [](Scenario& p) { p.failures[0].repaired_by = CrewId{1}; },
    [](Scenario& p) { p.configured.clear(); },
    [](Scenario& p) { p.configured[0].fault.on = ApplianceId{1}; },
    [](Scenario& p) { p.configured[0].fault.share = 0.5; },
    [](Scenario& p) { p.cohorts[CohortId{0}].site.reset(); },
    [](Scenario& p) { p.cohorts[CohortId{0}].users[0].name = "al"; },
    [](Scenario& p) { p.cohorts[CohortId{0}].users[0].voice_enabled = false; },
    [](Scenario& p) { p.cohorts[CohortId{0}].users[0].international = false; },
    [](Scenario& p) {
        p.cohorts[CohortId{0}].users.push_back({"al", true, true});
    },
    [](Scenario& p) { p.traffic[0].cohort = CohortId{1}; },
    [](Scenario& p) { p.traffic[0].profile.slot = 1min; },
    [](Scenario& p) { p.traffic[0].profile.days[1][1] = 3; },
    [](Scenario& p) { std::swap(p.traffic[0].profile.days[1], p.traffic[0].profile.days[2]); },
    [](Scenario& p) { p.traffic[0].erlangs = 0x1p-1074; },
    [](Scenario& p) { p.traffic[0].length.family = sim::kernel::Law::Family::fixed; },
    [](Scenario& p) { p.traffic[0].length.mean += 1; },
    [](Scenario& p) { p.traffic[0].length.shape += 1; },
    [](Scenario& p) { p.traffic[0].length.sample[0] += 0.5; },
    [](Scenario& p) { p.traffic[0].day_level_cv = 0.1; },
    [](Scenario& p) { p.traffic[0].outbound_share = 0.1; },
    [](Scenario& p) { p.traffic[0].external_share = 0.1; },
    [](Scenario& p) { p.traffic[0].international_share = 0.1; },
    [](Scenario& p) { p.traffic[0].emergency_share = 0.1; },
    [](Scenario& p) { p.traffic[0].escalation_share = 0.1; },
    [](Scenario& p) { p.traffic[0].redial.reset(); },
    [](Scenario& p) { p.traffic[0].redial->share = 0.2; },
    [](Scenario& p) { p.traffic[0].redial->delay = 31s; },
    [](Scenario& p) { p.traffic[0].redial->tries = 2; },
    [](Scenario& p) { p.updates[0].site = SiteId{1}; },
    [](Scenario& p) { p.updates[0].window = WindowId{1}; },
    [](Scenario& p) { p.updates[0].purposes.os = false; },
    [](Scenario& p) { p.updates[0].purposes.bits = false; },
    [](Scenario& p) { p.bits_releases.reset(); },
    [](Scenario& p) { p.bits_releases->out[0] += 1us; },
    [](Scenario& p) { p.bits_releases->between = sim::kernel::exponential_law(24h); },
    [](Scenario& p) { p.bits_releases->bad_share = 0.1; },
    [](Scenario& p) { p.bits_releases->bad_shows = sim::kernel::fixed_law(1h); },
    [](Scenario& p) { p.bits_releases->bad_lasts += 1us; },
    [](Scenario& p) { std::get<Weekly>(p.windows[WindowId{0}].opens_on).days_of_week.set(3); },
    [](Scenario& p) { p.windows[WindowId{0}].start = 1h; },
    [](Scenario& p) { p.windows[WindowId{0}].length = 1h; },
    [](Scenario& p) { std::get<MonthlyByDate>(p.windows[WindowId{1}].opens_on).day_of_month = 16; },
    [](Scenario& p) { std::get<MonthlyByWeekday>(p.windows[WindowId{2}].opens_on).weeks_of_month.set(4); },
    [](Scenario& p) { std::get<MonthlyByWeekday>(p.windows[WindowId{2}].opens_on).days_of_week.set(4); },
    [](Scenario& p) { p.policies[0].name = "b"; },
    [](Scenario& p) { p.policies[0].update.kind = UpdateKind::never; },
    [](Scenario& p) { p.policies[0].update.drain_limit = 45min; },
    [](Scenario& p) { p.policies[0].recovery = RecoveryPolicy::none; },
    [](Scenario& p) { p.incidents[0].at += 1us; },
    [](Scenario& p) { fault(p).id = sim::vocabulary::FaultId::vm_stopped; },
    [](Scenario& p) { fault(p).on = GatewayId{0}; },
    [](Scenario& p) { fault(p).on = ApplianceId{1}; },
    [](Scenario& p) { fault(p).machine = sim::vocabulary::Machine::ad; },
    [](Scenario& p) { fault(p).to = ApplianceId{0}; },
    [](Scenario& p) { fault(p).site = SiteId{0}; },
    [](Scenario& p) { fault(p).share = 0.5; },
    [](Scenario& p) { fault(p).ports = 4; },
    [](Scenario& p) { fault(p).media = true; },
    [](Scenario& p) { fault(p).lasts = 0s; },
    [](Scenario& p) { cmdlet(p).cmdlet = sim::vocabulary::CmdletId::exit_cc_update; },
    [](Scenario& p) { cmdlet(p).on = ApplianceId{1}; },
    [](Scenario& p) { cmdlet(p).arguments["Immediate"] = true; },
    [](Scenario& p) { p.policies[0].programs.clear(); },
    [](Scenario& p) { p.policies[0].programs[0] = sim::vocabulary::ProgramId{1}; },
    [](Scenario& p) { p.programs[sim::vocabulary::ProgramId{0}].each_site = false; },
    [](Scenario& p) { cmdlet(p).arguments["Limit"] = Duration{1h}; },
    [](Scenario& p) { p.failures[0].fault.machine = sim::vocabulary::Machine::cms; },
    [](Scenario& p) { p.failures[0].between.mean += 1; },
    [](Scenario& p) { p.failures[0].lasts->mean += 1; },
    [](Scenario& p) { p.expectations[0].metric = "x"; },
    [](Scenario& p) { p.expectations[0].scope.site = "ams"; },
    [](Scenario& p) { p.expectations[0].scope.per_site = true; },
    [](Scenario& p) { p.expectations[0].scope.direction = sim::vocabulary::Direction::outbound; },
    [](Scenario& p) { p.expectations[0].relation = Relation::at_least; },
    [](Scenario& p) { p.expectations[0].target = 1; },
    [](Scenario& p) { p.expectations[0].always = true; },
    [](Scenario& p) { p.expectations[0].confidence = 0.9; },
    [](Scenario& p) { p.expectations[0].when.reset(); },
    [](Scenario& p) { p.expectations[0].when->metric = "x"; },
    [](Scenario& p) { p.expectations[0].when->at_least = 2; },
    [](Scenario& p) { p.expectations[0].baseline->content = "[]"; },
    [](Scenario& p) { p.expectations[0].baseline->by = 0.2; },
    [](Scenario& p) { p.expectations[0].baseline->by_is_share = false; },
};

const std::vector<Change> that_do_not{
    [](Scenario& p) { p.name = "other"; },
    [](Scenario& p) {
        p.sites[SiteId{0}].place = {"x.lua", 3, 0};
    },
    [](Scenario& p) {
        p.common_causes[CommonCauseId{0}].place = {"x.lua", 3, 0};
    },
    [](Scenario& p) {
        p.expectations[0].place = {"x.lua", 3, 0};
    },
    [](Scenario& p) { p.expectations[0].baseline->file = "other.json"; },
    [](Scenario& p) {
        p.given["boot_ad"] = {"x.lua", 3, 0};
    },
    [](Scenario& p) { p.inputs["x.lua"] = "0123456789abcdef"; },
    [](Scenario& p) {
        p.warnings.push_back({{}, "W1", "w", "", ""});
    },
};

}  // namespace

TEST_CASE("each field that can change an answer changes the hash", "[scenario]") {
    std::set<std::string> hashes{plan_hash(full())};
    std::size_t number = 0;
    for (const Change& change : that_matter) {
        Scenario plan = full();
        change(plan);
        INFO("change no. " << number++);
        CHECK(hashes.insert(plan_hash(plan)).second);
    }
}

TEST_CASE("each parameter changes the hash", "[scenario]") {
    std::set<std::string> hashes{plan_hash(full())};
    for (const ParameterRow& row : parameter_catalogue()) {
        Scenario plan = full();
        const std::string before = row.shown(plan.parameters);
        for (const char* value : {"7s", "0.125", "count", "drain", "immediate", "rotating", "true", "false"})
            if (row.shown(plan.parameters) == before) row.assign(plan.parameters, value);
        INFO(row.key);
        CHECK(hashes.insert(plan_hash(plan)).second);
    }
}

TEST_CASE("places, names of files and who gave a parameter do not change the hash", "[scenario]") {
    for (const Change& change : that_do_not) {
        Scenario plan = full();
        change(plan);
        CHECK(plan_hash(plan) == plan_hash(full()));
    }
    CHECK(plan_hash(full()).size() == 16);
}
