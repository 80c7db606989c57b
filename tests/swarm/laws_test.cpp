// Deployments drawn from a seed, and laws that hold in all of them, whatever breaks: figures add up, nothing
// exceeds its limit, nobody talks over what is dead, two runs agree, who watches changes nothing, and an idle
// site added at the end changes no other figure.

#include "sim/kernel/fingerprint.hpp"
#include "sim/kernel/random.hpp"
#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <string>

using namespace tests;
namespace kernel = sim::kernel;
namespace scenario = sim::scenario;
namespace vocabulary = sim::vocabulary;
using vocabulary::CommonCauseId;
using vocabulary::Strikes;
using vocabulary::VersionId;

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
    if (dice.in(2)) traffic.escalation_share = dice.unit();
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
    some.media_bypass = dice.in(3);
    some.name_lifetime = dice.in(2) ? Duration{} : dice.within(1h);
    some.misdialled_share = dice.unit();
    some.slow_destinations = dice.unit();
    if (dice.in(2)) some.certificate_warning = dice.within(2h);
    if (dice.in(3)) {
        some.boot_host = dice.within(10min);
        some.boot_ad = some.boot_cms = Duration{};
        some.exit_takes = some.service_stop = Duration{};
        some.options_period = 1s + dice.within(2min);
        some.gateway_down_after = some.cloud_avoids = Duration{};
    }
    return some;
}

std::vector<vocabulary::FaultName> injectable_faults() {
    std::vector<vocabulary::FaultName> faults;
    for (const vocabulary::FaultName& fault : vocabulary::fault_names)
        if (fault.can_be_injected()) faults.push_back(fault);
    return faults;
}

template <class Id, class Named>
Id some_id(Dice& dice, const vocabulary::Table<Id, Named>& table) {
    return static_cast<Id>(dice.below(static_cast<unsigned>(table.size())));
}

vocabulary::FaultPlace some_place(Dice& dice, const Scenario& plan, Strikes strikes) {
    switch (strikes) {
        case Strikes::gateway:
        case Strikes::trunk:
            return some_id(dice, plan.gateways);
        case Strikes::site:
            return some_id(dice, plan.sites);
        case Strikes::users:
            return some_id(dice, plan.cohorts);
        case Strikes::common_cause:
            return CommonCauseId{dice.below(static_cast<unsigned>(plan.common_causes.size()))};
        case Strikes::tenant:
            return vocabulary::TheTenant{};
        default:
            return some_id(dice, plan.appliances);
    }
}

// Another site than this one, in the order of the plan. REQUIRES two.
SiteId site_after(const Scenario& plan, std::optional<SiteId> site) {
    return static_cast<SiteId>(site ? (vocabulary::index(*site) + 1) % plan.sites.size() : 0);
}

bool needs_another_site(FaultId fault) {
    return fault == FaultId::gateway_cross_site || fault == FaultId::user_wrong_site ||
           fault == FaultId::peer_destination_wrong;
}

bool needs_tls(FaultId fault) {
    return fault == FaultId::cce_root_not_on_gateway || fault == FaultId::gateway_root_not_on_ms ||
           fault == FaultId::gateway_cert_bad_name;
}

// Nothing, where the plan has no place for it.
std::optional<scenario::FaultAction> some_fault(Dice& dice, const Scenario& plan) {
    static const std::vector<vocabulary::FaultName> faults = injectable_faults();
    const vocabulary::FaultName fault = dice.of(faults);
    if (fault.strikes == Strikes::common_cause && plan.common_causes.empty()) return std::nullopt;
    if (fault.strikes == Strikes::users && plan.cohorts.empty()) return std::nullopt;
    if (needs_another_site(fault.id) && plan.sites.size() < 2) return std::nullopt;
    scenario::FaultAction action;
    action.id = fault.id;
    action.on = some_place(dice, plan, fault.strikes);
    if (const auto* id = std::get_if<GatewayId>(&action.on)) {
        const scenario::Gateway& gateway = plan.gateways[*id];
        const scenario::Site& site = plan.sites[gateway.site];
        if (needs_tls(fault.id) && gateway.protocol != scenario::Protocol::tls) return std::nullopt;
        if (fault.id == FaultId::carrier_reroute && site.gateways.size() < 2) return std::nullopt;
        if (fault.id == FaultId::gateway_cross_site) action.site = site_after(plan, gateway.site);
        if (fault.strikes == Strikes::trunk && dice.in(2))
            action.to = gateway.trunks.empty() ? dice.of(site.appliances) : dice.of(gateway.trunks).to;
    }
    if (const auto* id = std::get_if<CohortId>(&action.on)) {
        if (fault.id == FaultId::user_wrong_site) action.site = site_after(plan, plan.cohorts[*id].site);
        if (dice.in(2)) action.share = dice.unit();
    }
    if (fault.id == FaultId::peer_destination_wrong) action.site = some_id(dice, plan.sites);
    if (fault.id == FaultId::port_range_too_small) action.ports = dice.below(200);
    if (fault.id == FaultId::firewall_port_closed) action.media = dice.in(2);
    if (fault.strikes == Strikes::machine) action.machine = dice.of(vocabulary::machines);
    if (fault.can_last && !dice.in(4))
        action.lasts = 1s + dice.within(dice.in(2) ? Duration{2min} : Duration{3h});
    return action;
}

scenario::CmdletAction some_cmdlet(Dice& dice, const Scenario& plan) {
    scenario::CmdletAction action;
    action.cmdlet = dice.in(2) ? CmdletId::enter_cc_update : CmdletId::exit_cc_update;
    action.on = static_cast<ApplianceId>(dice.below(static_cast<unsigned>(plan.appliances.size())));
    if (action.cmdlet == CmdletId::exit_cc_update) return action;
    if (dice.in(2)) action.arguments["Immediate"] = dice.in(2);
    if (dice.in(2)) action.arguments["Limit"] = dice.within(30min);
    return action;
}

void add_some_failures(Dice& dice, Scenario& plan) {
    const auto fault = some_fault(dice, plan);
    if (!fault || !vocabulary::fault_name(fault->id).can_last) return;
    scenario::Failures failures;
    failures.fault = *fault;
    failures.fault.lasts.reset();
    for (const scenario::Failures& other : plan.failures)
        if (other.fault.id == fault->id && other.fault.on == fault->on) return;
    failures.between = some_law(dice, 4h);
    failures.lasts = some_law(dice, 20min);
    if (!plan.crews.empty() && dice.in(2)) failures.repaired_by = some_id(dice, plan.crews);
    plan.failures.push_back(failures);
}

void add_some_configured(Dice& dice, Scenario& plan) {
    auto fault = some_fault(dice, plan);
    if (!fault || !vocabulary::fault_name(fault->id).can_last) return;
    fault->lasts.reset();
    for (const scenario::Configured& other : plan.configured)
        if (other.fault.id == fault->id && other.fault.on == fault->on) return;
    plan.configured.push_back({*fault, {}});
}

void some_release(Dice& dice, scenario::Appliance& appliance, bool old) {
    const unsigned oldest = static_cast<unsigned>(old ? VersionId::v1_3_8 : VersionId::v2_0);
    appliance.version = static_cast<VersionId>(dice.between(oldest, static_cast<unsigned>(VersionId::v2_1)));
    appliance.fast_failover = !dice.in(3);
}

// Some trunks to appliances of any site, some numbers: as nobody would set a gateway up on purpose.
void some_trunks(Dice& dice, Scenario& plan, scenario::Gateway& gateway) {
    for (std::size_t i = 0; i < plan.appliances.size(); ++i) {
        if (dice.in(3)) continue;
        scenario::Trunk trunk;
        trunk.to = static_cast<ApplianceId>(i);
        trunk.priority = dice.between(1, 3);
        trunk.trusted = !dice.in(4);
        gateway.trunks.push_back(trunk);
    }
    gateway.carries = {};
    for (const auto one : vocabulary::number_classes)
        if (!dice.in(3)) gateway.carries.add(one);
}

void set_up_soundly(Scenario& plan) {
    for (scenario::Gateway& gateway : plan.gateways) {
        gateway.trunks.clear();
        gateway.carries = vocabulary::NumberClasses::all();
    }
}

void add_some_common_cause(Dice& dice, Scenario& plan) {
    scenario::CommonCause cause;
    cause.name = "cause" + std::to_string(plan.common_causes.size());
    cause.members.emplace_back(some_id(dice, plan.appliances));
    cause.members.emplace_back(some_id(dice, plan.gateways));
    if (dice.in(2)) cause.members.emplace_back(some_id(dice, plan.sites));
    plan.common_causes.add(cause);
}

Scenario some_estate(std::uint64_t seed) {
    Dice dice(seed);
    Scenario plan = quiet_world(1h + dice.within(36h));
    plan.from = std::chrono::year_month_day{std::chrono::year{2019}, std::chrono::November,
                                            std::chrono::day{dice.between(1, 5)}};
    const unsigned sites = dice.between(1, 3);
    for (unsigned number = 1; number <= sites; ++number) {
        const bool old = dice.in(2);  // then at most four appliances; argument lists do not say who draws first
        const unsigned appliances = dice.between(1, old ? 4 : 6);
        const unsigned calls_max = dice.between(1, 40);
        const unsigned gateways = dice.between(1, 3);
        const unsigned channels = dice.between(1, 60);
        const SiteId site =
            add_site(plan, "site" + std::to_string(number), appliances, calls_max, gateways, channels);
        for (const ApplianceId id : plan.sites[site].appliances) some_release(dice, plan.appliances[id], old);
        for (const GatewayId id : plan.sites[site].gateways)
            if (dice.in(2)) plan.gateways[id].protocol = scenario::Protocol::tls;
        if (dice.in(2)) plan.sites[site].zone = los_angeles();
        if (!dice.in(5)) add_some_users(dice, plan, site);
        if (dice.in(2)) patches_daily(plan, site, dice.between(0, 23) * 1h, 1min + dice.within(26h));
    }
    for (scenario::Gateway& gateway : plan.gateways)
        if (dice.in(3)) some_trunks(dice, plan, gateway);
    if (dice.in(2)) add_some_users(dice, plan, std::nullopt);
    if (dice.in(2)) plan.peer_destination = static_cast<SiteId>(dice.below(sites));
    plan.parameters = some_parameters(dice);
    patches_by(plan,
               dice.of(std::vector{UpdateKind::one_at_a_time, UpdateKind::reboot_in_place, UpdateKind::never}));
    if (dice.in(2)) plan.policies[0].update.drain_limit = dice.within(1h);
    if (dice.in(2)) {
        plan.bits_releases.emplace();
        plan.bits_releases->between = sim::kernel::exponential_law(1h + dice.within(48h));
        plan.bits_releases->bad_share = dice.in(2) ? 0.5 : 0;
    }
    if (dice.in(4)) plan.policies[0].recovery = scenario::RecoveryPolicy::none;
    if (dice.in(3)) plan.policies[0].recovery = scenario::RecoveryPolicy::builtin_1_4_1;
    for (unsigned causes = dice.below(3); causes > 0; --causes) add_some_common_cause(dice, plan);

    const unsigned incidents = dice.below(40);
    for (unsigned i = 0; i < incidents; ++i) {
        scenario::Incident incident;
        // Some at whole minutes, so that instants are shared with windows and with each other.
        incident.at = start_of_run + dice.within(plan.length);
        if (dice.in(2)) incident.at = start_of_run + (incident.at - start_of_run) / 1min * 1min;
        if (dice.in(3)) {
            incident.action = some_cmdlet(dice, plan);
        } else if (const auto fault = some_fault(dice, plan)) {
            incident.action = *fault;
        } else {
            continue;
        }
        plan.incidents.push_back(incident);
    }
    for (unsigned crews = dice.below(3); crews > 0; --crews)
        plan.crews.add({"crew" + std::to_string(crews), dice.between(1, 2), {}});
    for (unsigned processes = dice.below(6); processes > 0; --processes) add_some_failures(dice, plan);
    for (unsigned wrong = dice.in(3) ? dice.below(4) : 0; wrong > 0; --wrong) add_some_configured(dice, plan);
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

using vocabulary::Ledger;

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
        vocabulary::Calls attempts, lost, blocked;
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

bool strikes_with(const Scenario& plan, FaultId id) {
    const auto comes_again = [id](const scenario::Failures& failures) { return failures.fault.id == id; };
    if (std::any_of(plan.failures.begin(), plan.failures.end(), comes_again)) return true;
    const auto is_configured_so = [id](const scenario::Configured& one) { return one.fault.id == id; };
    if (std::any_of(plan.configured.begin(), plan.configured.end(), is_configured_so)) return true;
    return std::any_of(plan.incidents.begin(), plan.incidents.end(), [id](const scenario::Incident& incident) {
        const auto* fault = std::get_if<scenario::FaultAction>(&incident.action);
        return fault != nullptr && fault->id == id;
    });
}

void crews_are_sound(const Scenario& plan, const Replication& tally) {
    std::uint64_t waited = 0;
    for (const auto& crew : tally.crews) {
        waited += crew.waited;
        CHECK(crew.busy <= plan.length * crew.people);
        CHECK(crew.waited <= crew.repairs);
        CHECK(crew.waiting_max <= crew.waited);
        CHECK(crew.wait <= crew.wait_max * static_cast<Duration::rep>(crew.waited));
    }
    CHECK(tally.events.at("repairs_waited") == waited);
}

void nothing_exceeds_its_limit(const Scenario& plan, const Replication& tally) {
    // Bypassed media needs no line; a port range may shrink under the calls that are up.
    const bool lines_bind =
        plan.parameters.over_limit == scenario::OverLimit::block && !plan.parameters.media_bypass;
    const bool may_shrink = strikes_with(plan, FaultId::port_range_too_small);
    Duration by_appliances{};
    Duration by_gateways{};
    for (const auto& site : tally.sites) {
        CHECK(site.one_ready <= plan.length);
        CHECK(site.enough_ready <= site.one_ready);
        CHECK(site.appliances_ready_min <= site.appliances.size());
        for (const auto& appliance : site.appliances) {
            CHECK(appliance.ready <= plan.length);
            CHECK(appliance.over_limit <= plan.length);
            by_appliances += appliance.talk;
            if (lines_bind) CHECK(appliance.busy_max <= appliance.calls_max);
            if (lines_bind && !may_shrink) CHECK(appliance.over_limit == 0s);
        }
        for (const auto& gateway : site.gateways) {
            CHECK(gateway.busy_max <= gateway.channels);
            by_gateways += gateway.talk;
        }
    }
    CHECK(by_appliances == by_gateways);  // of one site alone only where no trunk leads elsewhere
    CHECK(tally.escalations_failed.value <= tally.escalations.value);
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

// While this lasts, something is certainly dead or offline.
struct Span {
    Instant from, until;
};
using Spans = std::vector<Span>;

bool begins_in(const CallRecord& call, const Span& span) {
    return call.start >= span.from && call.start < span.until;
}
bool is_up_at(const CallRecord& call, Instant when) {
    return call.start < when && call.end > when;
}

// What the journal says of what is dead. A span ends at the first record that might have ended it.
class Obituary {
public:
    Obituary(const Scenario& plan, const Story& told)
        : plan_(plan),
          journal_(told.journal),
          mediations_(plan.appliances.size()),
          edges_(plan.appliances.size()),
          offline_(plan.appliances.size()),
          gateways_(plan.gateways.size()) {
        for (std::size_t row = 0; row < journal_.size(); ++row) read(row);
    }
    const Spans& of_mediation(ApplianceId id) const { return mediations_[vocabulary::index(id)]; }
    const Spans& of_edge(ApplianceId id) const { return edges_[vocabulary::index(id)]; }
    const Spans& by_detection(ApplianceId id) const { return offline_[vocabulary::index(id)]; }
    const Spans& of_gateway(GatewayId id) const { return gateways_[vocabulary::index(id)]; }

private:
    void read(std::size_t row) {
        const Record& entry = journal_[row];
        if (entry.kind == record::services_stopped)
            mediations_[entry.subject].push_back({entry.at, next(row, record::services_started)});
        if (entry.kind == record::host_restarted)
            mediations_[entry.subject].push_back({entry.at, next(row, record::host_started)});
        if (entry.kind == record::detected)
            offline_[entry.subject].push_back({entry.at, next(row, record::services_started)});
        const bool breaks = entry.kind == record::fault_struck || entry.kind == record::configured;
        if (breaks && takes_effect(row)) struck(row);
    }

    void struck(std::size_t row) {
        const Record& entry = journal_[row];
        const Span span{entry.at, next(row, record::fault_cleared)};
        switch (static_cast<FaultId>(entry.detail)) {
            case FaultId::host_crash:
                mediations_[entry.subject].push_back({entry.at, next(row, record::host_started)});
                break;
            case FaultId::common_cause:
                for (const auto& member : plan_.common_causes[CommonCauseId{entry.subject}].members)
                    if (const auto* id = std::get_if<ApplianceId>(&member))
                        mediations_[vocabulary::index(*id)].push_back(
                            {entry.at, next(row, record::host_started, subject(*id))});
                break;
            case FaultId::med_rtcsrv_down:
            case FaultId::med_medsvc_down:
                mediations_[entry.subject].push_back(
                    {entry.at, std::min({span.until, next(row, record::services_started),
                                         next(row, record::machine_started)})});
                break;
            case FaultId::fw_rule_med_disabled:
                mediations_[entry.subject].push_back(span);
                break;
            case FaultId::host_uplink_lost:
            case FaultId::vm_off_internet:
            case FaultId::fw_rule_edge_disabled:
                edges_[entry.subject].push_back(span);
                break;
            case FaultId::site_provider_lost:
                for (const ApplianceId id : plan_.sites[static_cast<SiteId>(entry.subject)].appliances)
                    edges_[vocabulary::index(id)].push_back(span);
                break;
            case FaultId::gateway_down:
            case FaultId::carrier_lost:
                gateways_[entry.subject].push_back(span);
                break;
            default:
                break;
        }
    }

    bool takes_effect(std::size_t row) const {
        return row + 1 == journal_.size() || journal_[row + 1].kind != record::fault_had_no_effect;
    }

    // When the next record of this kind was written of the same subject; of faults: of the same fault there.
    Instant next(std::size_t row, sim::kernel::RecordKind kind, std::optional<std::uint32_t> of = {}) const {
        const Record& from = journal_[row];
        for (std::size_t later = row + 1; later < journal_.size(); ++later) {
            const Record& entry = journal_[later];
            if (entry.kind != kind || entry.subject != of.value_or(from.subject)) continue;
            if (kind != record::fault_cleared || entry.detail == from.detail) return entry.at;
        }
        return start_of_run + plan_.length + 1s;
    }

    const Scenario& plan_;
    const std::vector<Record>& journal_;
    std::vector<Spans> mediations_, edges_, offline_, gateways_;
};

bool had_a_line(const CallRecord& call) {
    return call.outcome == Outcome::completed || call.outcome == Outcome::dropped ||
           call.outcome == Outcome::in_progress;
}

bool begins_in_one(const CallRecord& call, const Spans& spans) {
    return std::any_of(spans.begin(), spans.end(), [&](const Span& span) { return begins_in(call, span); });
}
bool outlives_one(const CallRecord& call, const Spans& spans) {
    return std::any_of(spans.begin(), spans.end(), [&](const Span& span) { return is_up_at(call, span.from); });
}

// What breaks this law, or nothing. A call whose media does not need what has died lives on, degraded.
std::string talks_over_the_dead(const Scenario& plan, const Obituary& dead, const CallRecord& call) {
    const ApplianceId id = *call.appliance;
    if (begins_in_one(call, dead.of_mediation(id))) return "begins on a dead Mediation";
    if (begins_in_one(call, dead.of_edge(id))) return "begins on a dead Edge";
    if (begins_in_one(call, dead.by_detection(id))) return "begins where detection took the appliance offline";
    if (!call.degraded && outlives_one(call, dead.of_mediation(id))) return "outlives its Mediation";
    if (!call.degraded && outlives_one(call, dead.of_edge(id))) return "outlives its Edge unharmed";
    const auto& gateways = plan.sites[plan.appliances[id].site].gateways;
    // Which gateway an inbound call uses, or one of several, is not in the record.
    if (call.direction == Direction::inbound || gateways.size() > 1) return "";
    if (begins_in_one(call, dead.of_gateway(gateways[0]))) return "begins on a dead gateway";
    if (outlives_one(call, dead.of_gateway(gateways[0]))) return "outlives its gateway";
    return "";
}

void nobody_talks_over_the_dead(const Scenario& plan, const Story& told) {
    const Obituary dead(plan, told);
    for (const CallRecord& call : told.calls) {
        if (!had_a_line(call)) continue;
        const std::string crime = talks_over_the_dead(plan, dead, call);
        if (crime.empty()) continue;
        FAIL_CHECK("call " << call.ordinal << " of cohort " << vocabulary::index(call.cohort) << " on "
                           << plan.appliances[*call.appliance].name << " at "
                           << sim::kernel::seconds(call.start - start_of_run) << " s " << crime);
        return;
    }
}

bool same_row(const vocabulary::SiteRow& a, const vocabulary::SiteRow& b) {
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
    std::uint64_t repairs_waited = 0;
    for_each_estate(1, 600, [&](const Scenario& plan) {
        const Story told = story(plan);
        books_balance(told);
        nothing_exceeds_its_limit(plan, told.tally);
        crews_are_sound(plan, told.tally);
        repairs_waited += told.tally.events.at("repairs_waited");
        calls_are_sound(plan, told);
        nobody_talks_over_the_dead(plan, told);
    });
    CHECK(repairs_waited > 0);  // or the crews were not looked at
}

TEST_CASE("the dice strike with every fault that can be injected, and only as a scenario may say it",
          "[swarm]") {
    std::set<std::string_view> drawn;
    for_each_estate(1, 300, [&](Scenario plan) {
        plan.updates.clear();  // their windows overlap, and some users may not call: the world bears it
        plan.windows = {};
        plan.traffic.clear();
        CHECK_NOTHROW(scenario::validate(plan));
        for (const scenario::Incident& incident : plan.incidents)
            if (const auto* fault = std::get_if<scenario::FaultAction>(&incident.action))
                drawn.insert(text(fault->id));
    });
    for (const vocabulary::FaultName& fault : injectable_faults()) {
        INFO(fault.name);
        CHECK(drawn.count(fault.name) == 1);
    }
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
        plan.configured.clear();
        plan.updates.clear();
        plan.parameters.on_error = StopMode::immediate;
        plan.parameters.enter_update_mode = StopMode::drain;
        plan.policies[0].update = {UpdateKind::one_at_a_time, std::nullopt};
        set_up_soundly(plan);
        for (std::size_t site = 0; site < plan.sites.size(); ++site)
            patches_daily(plan, static_cast<SiteId>(site), 1h, 23h);
        const Replication tally = lived(plan);
        CHECK(tally.ledger()[Outcome::dropped].value == 0);
        for (const auto& site : tally.sites) CHECK(site.appliances.size() - site.appliances_ready_min <= 1);
    });
}

namespace {

// Trouble in the first six hours, of at most three; whoever is in maintenance leaves it at sixteen.
Scenario with_trouble_that_ends(Scenario plan) {
    plan.traffic.resize(std::min<std::size_t>(plan.traffic.size(), 1));
    set_up_soundly(plan);
    plan.updates.clear();
    plan.failures.clear();
    plan.configured.clear();
    scenario::Parameters parameters;
    parameters.on_error = plan.parameters.on_error;
    parameters.media_bypass = plan.parameters.media_bypass;
    parameters.name_lifetime = plan.parameters.name_lifetime;
    plan.parameters = parameters;
    plan.policies[0].recovery = scenario::RecoveryPolicy::builtin_2_0;
    for (scenario::Incident& incident : plan.incidents) {
        incident.at = start_of_run + (incident.at - start_of_run) % 6h;
        auto* fault = std::get_if<scenario::FaultAction>(&incident.action);
        if (fault != nullptr && fault->id != FaultId::mgmt_service_restart && !fault->lasts) fault->lasts = 2h;
    }
    for (std::size_t id = 0; id < plan.appliances.size(); ++id)
        exits_at(plan, 16h, static_cast<ApplianceId>(id));
    plan.length = 23h;
    return plan;
}

// Busy lines and what the plan itself forbids, trouble or not.
bool needs_no_fault(Reason reason) {
    return reason == Reason::none || reason == Reason::appliance_full || reason == Reason::no_channel ||
           reason == Reason::international_not_allowed || reason == Reason::no_route;
}

}  // namespace

TEST_CASE("when all trouble is over every appliance is ready again, and the tenant knows it", "[swarm]") {
    for_each_estate(8701, 600, [](const Scenario& drawn) {
        Scenario plan = with_trouble_that_ends(drawn);
        const Story told = story(plan);
        plan.length -= 1h;
        const Replication before = lived(plan);
        for (std::size_t site = 0; site < before.sites.size(); ++site)
            for (std::size_t id = 0; id < before.sites[site].appliances.size(); ++id) {
                INFO(before.sites[site].appliances[id].name);
                CHECK(told.tally.sites[site].appliances[id].ready - before.sites[site].appliances[id].ready ==
                      1h);
            }
        for (const CallRecord& call : told.calls) {
            if (call.start < start_of_run + 22h || needs_no_fault(call.reason)) continue;
            FAIL_CHECK("a call is still lost: " << text(call.reason));
            return;
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
