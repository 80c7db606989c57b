#include "sim/deployment/build.hpp"

#include "sim/deployment/run.hpp"
#include "sim/kernel/math.hpp"
#include "sim/scenario/certificates.hpp"

#include <algorithm>

namespace sim::deployment {

namespace {

// PLAN: with the fast-failover timer on, a gateway that has not answered for 10 s is given up.
constexpr kernel::Duration fast_failover = std::chrono::seconds{10};

constexpr double busy_hour_blocking_max = 0.01;  // the usual grade of service for office telephony

std::optional<scenario::SiteId> exit_of(const scenario::Scenario& scenario, const scenario::Cohort& cohort) {
    return cohort.site ? cohort.site : scenario.peer_destination;
}

// Those with voice, or those without. `first` is the number of the first one.
std::vector<calls::Caller> callers_of(const scenario::Cohort& cohort, bool with_voice, std::size_t gateways,
                                      std::size_t first = 0) {
    std::vector<calls::Caller> callers;
    for (const scenario::User& user : cohort.users) {
        if (user.voice_enabled != with_voice) continue;
        calls::Caller caller;
        caller.international = user.international;
        // Numbers are spread over the gateways of the home site in the order of the export.
        if (gateways > 0) caller.home_gateway = static_cast<std::uint16_t>((first + callers.size()) % gateways);
        callers.push_back(caller);
    }
    return callers;
}

std::size_t gateways_of(const scenario::Scenario& scenario, const calls::Cohort& cohort) {
    return cohort.exit ? scenario.sites[*cohort.exit].gateways.size() : 0;
}

calls::Cohort cohort_of(const scenario::Scenario& scenario, const scenario::Traffic& traffic) {
    const scenario::Cohort& users = scenario.cohorts[traffic.cohort];
    calls::Cohort cohort;
    cohort.site = users.site;
    cohort.users = traffic.cohort;
    cohort.exit = exit_of(scenario, users);
    if (users.site) cohort.name = scenario.sites[*users.site].name;
    if (cohort.exit) cohort.zone = scenario.sites[*cohort.exit].zone;
    cohort.callers = callers_of(users, true, gateways_of(scenario, cohort));
    const double busy_hour_rate = traffic.erlangs / traffic.length.mean;  // calls a second
    cohort.slot = traffic.profile.slot;
    for (std::size_t day = 0; day < 7; ++day)
        for (const double intensity : traffic.profile.days[day])
            cohort.calls_per_second[day].push_back(intensity * busy_hour_rate);
    cohort.day_level_cv = traffic.day_level_cv;
    cohort.length = traffic.length;
    cohort.outbound_share = traffic.outbound_share;
    cohort.external_share = traffic.external_share;
    cohort.international_share = traffic.international_share;
    cohort.emergency_share = traffic.emergency_share;
    cohort.escalation_share = traffic.escalation_share;
    if (traffic.redial)
        cohort.redial = calls::RedialHabit{traffic.redial->share, traffic.redial->delay, traffic.redial->tries};
    return cohort;
}

// The users beside these who have no voice. Each would call as often as one of these does.
calls::Cohort newcomers_of(const scenario::Scenario& scenario, calls::CohortId id,
                           const calls::Cohort& cohort) {
    calls::Cohort newcomers = cohort;
    newcomers.newcomers_of = id;
    newcomers.first_caller = static_cast<std::uint32_t>(cohort.callers.size());
    newcomers.callers = callers_of(scenario.cohorts[*cohort.users], false, gateways_of(scenario, cohort),
                                   cohort.callers.size());
    const double as_many =
        static_cast<double>(newcomers.callers.size()) / static_cast<double>(cohort.callers.size());
    for (std::vector<double>& day : newcomers.calls_per_second)
        for (double& rate : day) rate *= as_many;
    return newcomers;
}

void add_appliance(topology::Fleet& fleet, const scenario::Scenario& scenario,
                   const scenario::Appliance& appliance) {
    using vocabulary::Part;
    const auto id = fleet.add_appliance(appliance.site, appliance.calls_max, appliance.version);
    fleet.set_fast_failover(id, appliance.fast_failover);
    if (appliance.backup_version) fleet.set_backup_version(id, vocabulary::Build{*appliance.backup_version});
    const scenario::CertificateEnds ends = scenario::certificate_ends(scenario, appliance.site);
    if (ends.server) fleet.renew(id, vocabulary::server_certificates, *ends.server);
    if (ends.ca) fleet.renew(id, vocabulary::Parts{Part::ca}, *ends.ca);
    if (ends.edge_external) fleet.renew(id, vocabulary::Parts{Part::edge_certificate}, *ends.edge_external);
}

topology::TrunkList trunks_of(const scenario::Gateway& gateway) {
    topology::TrunkList list;
    for (const scenario::Trunk& trunk : gateway.trunks) {
        list.trunks.push_back({{trunk.to, trunk.priority}, trunk.trusted});
        list.names_pool = list.names_pool || trunk.by_pool;
    }
    return list;
}

}  // namespace

topology::Fleet build_fleet(kernel::Simulation& simulation, const scenario::Scenario& scenario) {
    const scenario::Parameters& p = scenario.parameters;
    topology::Fleet fleet(
        simulation, topology::BootTimes{p.boot_host, {p.boot_ad, p.boot_cms, p.boot_mediation, p.boot_edge}});
    for (std::size_t site = 0; site < scenario.sites.size(); ++site)
        fleet.add_site(appliances_needed(scenario, static_cast<scenario::SiteId>(site)));
    for (const scenario::Appliance& appliance : scenario.appliances) add_appliance(fleet, scenario, appliance);
    for (std::size_t i = 0; i < scenario.sites.size(); ++i) {
        const auto site = static_cast<scenario::SiteId>(i);
        if (const auto& host = scenario.sites[site].directory_on) fleet.set_directory_on(site, *host);
    }
    for (const scenario::Gateway& gateway : scenario.gateways) {
        const scenario::GatewayId id =
            fleet.add_gateway(gateway.site, gateway.channels, gateway.reroute_on_5xx.value_or(p.reroute_on_5xx),
                              gateway.protocol == scenario::Protocol::tls);
        fleet.set_carries(id, gateway.carries);
        if (!gateway.trunks.empty()) fleet.set_trunks(id, trunks_of(gateway));
    }
    for (const scenario::Cohort& users : scenario.cohorts) fleet.add_users(users.site);
    fleet.set_peer_destination(scenario.peer_destination);
    return fleet;
}

// One stream of calls a cohort with traffic, named after its site. Callers whose traffic has no rate make no
// stream. Behind them come those who may be given voice.
vocabulary::Table<calls::CohortId, calls::Cohort> build_cohorts(const scenario::Scenario& scenario) {
    vocabulary::Table<calls::CohortId, calls::Cohort> cohorts;
    for (const scenario::Traffic& traffic : scenario.traffic) {
        calls::Cohort cohort = cohort_of(scenario, traffic);
        if (!cohort.callers.empty() && traffic.erlangs > 0) cohorts.add(std::move(cohort));
    }
    const std::size_t ordinary = cohorts.size();
    for (std::size_t i = 0; i < ordinary; ++i) {
        const auto id = static_cast<calls::CohortId>(i);
        calls::Cohort newcomers = newcomers_of(scenario, id, cohorts[id]);
        if (!newcomers.callers.empty()) cohorts.add(std::move(newcomers));
    }
    return cohorts;
}

calls::Rules call_rules(const scenario::Parameters& p) {
    calls::Rules rules;
    rules.patience = calls::Patience{p.cloud_avoids, p.options_period, p.gateway_down_after, p.gateway_retest};
    rules.outbound = p.outbound_distribution == scenario::Spread::random     ? calls::Spread::random
                     : p.outbound_distribution == scenario::Spread::rotating ? calls::Spread::rotating
                                                                             : calls::Spread::least_busy;
    rules.cloud_connect_delay = p.cloud_connect_delay;
    rules.trunk_connect_delay = p.trunk_connect_delay;
    rules.gateway_failover = fast_failover;
    rules.invite_timeout = p.invite_timeout;
    rules.block_over_limit = p.over_limit == scenario::OverLimit::block;
    rules.reroute_on_busy = p.reroute_on_busy;
    rules.second_try = p.second_try;
    rules.outbound_reroute_on_mediation = p.outbound_reroute_on_mediation;
    rules.media_bypass = p.media_bypass;
    rules.misdialled_share = p.misdialled_share;
    rules.transfer_share = p.transfer_share;
    return rules;
}

management::Rules management_rules(const scenario::Parameters& p, scenario::RecoveryPolicy recovery) {
    management::Rules rules;
    rules.detects = recovery != scenario::RecoveryPolicy::none;
    rules.may_give_up = recovery == scenario::RecoveryPolicy::builtin_1_4_1;
    rules.stops_at_once = p.on_error == scenario::StopMode::immediate;
    rules.first_attempt_after = p.first_attempt_after;
    rules.recovery_success = p.recovery_success;
    rules.attempt_takes = p.attempt_takes;
    rules.service_start = p.service_start;
    return rules;
}

maintenance::UpdateRules update_rules(const scenario::Parameters& p, const scenario::UpdatePolicy& policy) {
    maintenance::UpdateRules rules;
    rules.driver = policy.kind == scenario::UpdateKind::program ? maintenance::Driver::program
                                                                : maintenance::Driver::service;
    rules.in_place = policy.kind == scenario::UpdateKind::reboot_in_place;
    const bool drains =
        p.enter_update_mode == scenario::StopMode::drain || policy.drain_limit;  // a limit means a drain
    rules.stop = maintenance::Stop{drains, policy.drain_limit};
    rules.exit_takes = p.exit_takes;
    return rules;
}

maintenance::ReleasePlan release_plan(const scenario::Scenario& scenario) {
    maintenance::ReleasePlan plan;
    if (const auto& said = scenario.releases) {
        plan.patches = said->patches;
        plan.bad_patches = {said->bad_share, said->bad_shows, said->bad_lasts};
    }
    if (const auto& said = scenario.bits_releases) {
        plan.bits = said->out;
        plan.bits_between = said->between;
        plan.bad_bits = {said->bad_share, said->bad_shows, said->bad_lasts};
    }
    return plan;
}

maintenance::PatchTimes patch_times(const scenario::Parameters& p) {
    return {p.os_update_machine, p.os_update_host, p.os_second_restart};
}

operations::Names operator_names(const scenario::Scenario& scenario) {
    operations::Names names{names_of(scenario.sites),
                            names_of(scenario.appliances),
                            names_of(scenario.gateways),
                            names_of(scenario.common_causes),
                            {},
                            {}};
    for (const scenario::Site& site : scenario.sites) names.edges.push_back(site.edge_fqdn);
    for (const scenario::Appliance& appliance : scenario.appliances)
        names.mediations.push_back(appliance.mediation_fqdn);
    return names;
}

operations::Times desk_times(const scenario::Parameters& p) {
    operations::Times times;
    times.exit_takes = p.exit_takes;
    times.service_stop = p.service_stop;
    times.service_start = p.service_start;
    times.shows = p.console_takes;
    times.by_hand = p.by_hand_takes;
    times.register_takes = p.register_takes;
    times.publish_takes = p.publish_takes;
    times.switch_takes = p.switch_takes;
    times.drain_limit = p.drain_limit;
    times.install_large = p.install_large;
    times.install_small = p.install_small;
    times.convert_takes = p.convert_takes;
    times.download_takes = p.download_takes;
    times.change = {p.change_name, p.change_settings, p.change_firewall, p.change_on_site, p.change_carrier};
    times.tenant_takes = p.tenant_takes;
    times.tenant_replication = p.tenant_replication;
    times.provisioning_takes = p.provisioning_takes;
    times.media_bypass_takes = p.media_bypass_takes;
    times.drains = p.enter_update_mode == scenario::StopMode::drain;
    times.certificates = {p.ca_reset_takes,
                          p.certificates_take,
                          p.certificate_files_take,
                          p.gateway_certificate_takes,
                          scenario::server_certificate_lasts,
                          scenario::ca_lasts,
                          p.external_certificate_lasts};
    return times;
}

namespace {

// Power takes hosts and gateways down. A carrier cuts lines and circuits; a subnet cuts lines and takes
// gateways whole.
vocabulary::FaultId fault_of(
    scenario::CauseKind kind,
    const std::variant<scenario::ApplianceId, scenario::GatewayId, scenario::SiteId>& member) {
    using vocabulary::FaultId;
    const bool power = kind == scenario::CauseKind::power;
    if (std::holds_alternative<scenario::ApplianceId>(member))
        return power ? FaultId::host_crash : FaultId::host_uplink_lost;
    if (std::holds_alternative<scenario::GatewayId>(member))
        return kind == scenario::CauseKind::carrier ? FaultId::carrier_lost : FaultId::gateway_down;
    return FaultId::site_provider_lost;
}

}  // namespace

vocabulary::Table<scenario::CommonCauseId, std::vector<faults::Taken>> build_common_causes(
    const scenario::Scenario& scenario) {
    vocabulary::Table<scenario::CommonCauseId, std::vector<faults::Taken>> causes;
    for (const scenario::CommonCause& cause : scenario.common_causes) {
        std::vector<faults::Taken> taken;
        for (const auto& member : cause.members) taken.push_back({member, fault_of(cause.kind, member)});
        causes.add(std::move(taken));
    }
    return causes;
}

faults::Assumed fault_rules(const scenario::Parameters& p) {
    return faults::Assumed{p.name_lifetime, p.slow_destinations, p.certificate_warning};
}

double busy_hour_erlangs(const scenario::Scenario& scenario, scenario::SiteId site) {
    double erlangs = 0;
    for (const scenario::Traffic& traffic : scenario.traffic)
        if (exit_of(scenario, scenario.cohorts[traffic.cohort]) == site) erlangs += traffic.erlangs;
    return erlangs;
}

unsigned appliances_needed(const scenario::Scenario& scenario, scenario::SiteId site) {
    const double erlangs = busy_hour_erlangs(scenario, site);
    unsigned lines = 0;
    unsigned needed = 0;
    for (const scenario::ApplianceId id : scenario.sites[site].appliances) {
        lines += scenario.appliances[id].calls_max;
        ++needed;
        if (kernel::erlang_b(lines, erlangs) <= busy_hour_blocking_max) break;
    }
    return needed;
}

}  // namespace sim::deployment
