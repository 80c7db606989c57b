// From what the script said to a plan in which everything is given. The order matters: what --set overrides
// must be known before defaults are taken, and calendar times need the zones.

#include "lua/binding/plan.hpp"
#include "lua/binding/values.hpp"
#include "sim/scenario/import.hpp"
#include "sim/scenario/windows.hpp"
#include "sim/vocabulary/letters.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace lua::binding {

using sim::vocabulary::Exit;
using sim::vocabulary::Problems;
using sim::vocabulary::quoted;

namespace {

// Parameters that traffic may say for itself, all but the scale.
constexpr std::array traffic_keys{"erlangs_per_user",    "call_mean",       "day_level_cv",
                                  "night_floor",         "outbound_share",  "external_share",
                                  "international_share", "emergency_share", "escalation_share"};

bool leaves_open(const TrafficSaid& said, const std::string& key) {
    if (key == "night_floor" && !said.profile) return false;  // nothing to have a floor
    return said.given.count(key) == 0;
}

// A parameter is given by the traffic if some entry says it and none leaves it open. Then cce.parameters would
// say it in vain.
void note_given(Plan& plan, Problems& problems) {
    for (const std::string key : traffic_keys) {
        bool open = false;
        std::optional<Place> said;
        for (const TrafficSaid& traffic : plan.traffic) {
            open = open || leaves_open(traffic, key);
            if (const auto place = traffic.given.find(key); place != traffic.given.end() && !said)
                said = place->second;
        }
        if (!said || open) continue;
        const auto [given, is_new] = plan.scenario.given.emplace(key, *said);
        if (is_new) continue;
        problems.add(
            {given->second, "E109",
             fmt::format("cce.parameters: {} is given by cce.traffic at {}:{}", key, said->file, said->line),
             "", "all traffic says its own: leave out one of them"});
    }
}

bool is_of_certificates(sim::vocabulary::CmdletId id) {
    using Id = sim::vocabulary::CmdletId;
    static constexpr std::array these{Id::backup_cc_certification_authority,
                                      Id::remove_cc_certification_authority_file,
                                      Id::remove_cc_legacy_server_certificate,
                                      Id::renew_cc_ca_certificate,
                                      Id::renew_cc_server_certificate,
                                      Id::reset_cc_ca_certificate,
                                      Id::update_cc_ca_certificate,
                                      Id::update_cc_server_certificate,
                                      Id::export_cc_root_certificate,
                                      Id::set_cc_external_certificate_file_path,
                                      Id::import_certificate,
                                      Id::request_certificate};
    return std::find(these.begin(), these.end(), id) != these.end();
}

// A cmdlet for which `is_one` holds is typed, or may be: what a program will type is not known before it runs.
template <class IsOne>
bool may_type(const Plan& plan, IsOne is_one) {
    const auto& incidents = plan.incidents;
    return !plan.scenario.programs.empty() ||
           std::any_of(incidents.begin(), incidents.end(), [&](const IncidentSaid& incident) {
               const auto* command = std::get_if<CmdletAction>(&incident.action);
               return command != nullptr && is_one(command->cmdlet);
           });
}

// Enter-CcUpdate and Exit-CcUpdate alone have parameters of their own.
bool is_another_than_enter_and_exit(sim::vocabulary::CmdletId id) {
    using Id = sim::vocabulary::CmdletId;
    return id != Id::enter_cc_update && id != Id::exit_cc_update;
}

bool is_of_the_tenant(sim::vocabulary::CmdletId id) {
    using sim::vocabulary::Console;
    const Console at = sim::vocabulary::cmdlet(id).at;
    return at == Console::tenant || at == Console::desk;
}

bool warns_of_certificates(const Plan& plan) {
    const auto is_one = [](const sim::vocabulary::Fault& fault) {
        return fault.id == sim::vocabulary::FaultId::server_certs_expiring ||
               fault.id == sim::vocabulary::FaultId::ca_expiring;
    };
    const auto strikes = [&](const IncidentSaid& incident) {
        const auto* fault = std::get_if<sim::scenario::FaultAction>(&incident.action);
        return fault != nullptr && is_one(*fault);
    };
    const auto has_one = [&](const auto& rows) {
        return std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return is_one(row.fault); });
    };
    return std::any_of(plan.incidents.begin(), plan.incidents.end(), strikes) ||
           has_one(plan.scenario.failures) || has_one(plan.scenario.configured);
}

// Parameters that nothing in this scenario asks, and why.
std::map<std::string, std::string> idle_parameters(const Plan& plan) {
    std::map<std::string, std::string> idle;
    const auto has_profile = [](const TrafficSaid& said) { return said.profile.has_value(); };
    if (std::none_of(plan.traffic.begin(), plan.traffic.end(), has_profile))
        idle["night_floor"] = "no traffic has a profile";
    const auto& gateways = plan.scenario.gateways;
    const auto says_its_own = [](const Gateway& gateway) { return gateway.reroute_on_5xx.has_value(); };
    if (gateways.size() > 0 && std::all_of(gateways.begin(), gateways.end(), says_its_own))
        idle["reroute_on_5xx"] = "every gateway says its own";
    if (!may_type(plan, is_of_certificates))
        for (const char* key : {"ca_reset_takes", "certificates_take", "certificate_files_take",
                                "gateway_certificate_takes", "external_certificate_lasts"})
            idle[key] = "nobody renews a certificate";
    if (!warns_of_certificates(plan)) idle["certificate_warning"] = "no fault says that one expires";
    if (!may_type(plan, is_another_than_enter_and_exit) && !plan.bits)
        for (const std::string& key : sim::scenario::parameters_of_cmdlets())
            idle[key] = "nobody types a cmdlet";
    if (!may_type(plan, is_of_the_tenant))
        for (const char* key :
             {"tenant_takes", "tenant_replication", "provisioning_takes", "media_bypass_takes"})
            idle[key] = "nobody types a cmdlet of the tenant";
    return idle;
}

void note_idle(Plan& plan, Problems& problems) {
    for (const auto& [key, why] : idle_parameters(plan)) {
        plan.scenario.idle.insert(key);
        if (const auto given = plan.scenario.given.find(key); given != plan.scenario.given.end())
            problems.add({given->second, "E109",
                          fmt::format("cce.parameters: {} has no effect in this scenario", key), "", why});
    }
}

void apply_set(const Session& session, Scenario& scenario) {
    const Place command_line;
    Problems problems;
    for (const auto& [key, value] : session.request.set) {
        const ParameterRow* row = find_parameter(key);
        const auto given = scenario.given.find(key);
        if (row == nullptr)
            problems.add({command_line, "E120",
                          fmt::format("--set: unknown parameter {}{}", quoted(key),
                                      sim::vocabulary::did_you_mean(key, parameter_keys())),
                          "", "ccesim check lists what is assumed"});
        else if (given != scenario.given.end())
            problems.add({command_line, "E121",
                          fmt::format("--set: {} is given by the scenario at {}:{}", key, given->second.file,
                                      given->second.line),
                          "must be a parameter that is only assumed", "change it there"});
        else if (!row->assign(scenario.parameters, value))
            problems.add(
                {command_line, "E122", fmt::format("--set: {} is {}", key, quoted(value)), row->expected, ""});
        else if (scenario.idle.count(key) != 0)
            problems.add({command_line, "E121", fmt::format("--set: {} has no effect in this scenario", key),
                          "", idle_parameters(session.plan).at(key)});
        else
            scenario.set[key] = value;
    }
    problems.throw_if_any(Exit::command_line);
}

// What the name of a trunk's target leads to.
struct Target {
    ApplianceId to{};
    bool by_pool = false;
};
std::optional<Target> target_of(const Scenario& scenario, const Gateway& gateway, const std::string& name) {
    using sim::vocabulary::same_word;
    if (name.empty()) return std::nullopt;
    for (std::size_t i = 0; i < scenario.appliances.size(); ++i) {
        const Appliance& appliance = scenario.appliances[static_cast<ApplianceId>(i)];
        if (same_word(appliance.mediation_fqdn, name) || appliance.mediation_ip == name)
            return Target{static_cast<ApplianceId>(i), false};
    }
    const std::vector<ApplianceId>& near = scenario.sites[gateway.site].appliances;
    if (!near.empty() && same_word(scenario.appliances[near.front()].mediation_pool, name))
        return Target{near.front(), true};
    return std::nullopt;
}

Problem to_nowhere(const Scenario& scenario, const Gateway& gateway, const TrunkSaid& said,
                   const std::string& name) {
    std::vector<std::string> near, all;
    for (const Appliance& appliance : scenario.appliances) {
        if (appliance.mediation_fqdn.empty()) continue;
        all.push_back(appliance.mediation_fqdn);
        if (appliance.site == gateway.site) near.push_back(appliance.mediation_fqdn);
    }
    const std::string site = quoted(scenario.sites[gateway.site].name);
    const std::string hint = existing(name, near).hint;
    return {said.place, "E130",
            fmt::format("cce.trunk: a trunk to nowhere: no Mediation Server is called {}{}", quoted(name),
                        hint.empty() ? existing(name, all).hint : hint),
            near.empty() ? fmt::format("no file names the Mediation Servers of site {}", site)
                         : fmt::format("the Mediation Servers of site {} are {}", site, fmt::join(near, ", ")),
            near.empty() ? "say it by the appliance: to = site.appliances[1]" : ""};
}

void settle_trunks(const Plan& plan, Scenario& scenario, Problems& problems) {
    for (const TrunkSaid& said : plan.trunks) {
        Gateway& gateway = scenario.gateways[said.from];
        const auto* name = std::get_if<std::string>(&said.to);
        const std::optional<Target> target = name != nullptr ? target_of(scenario, gateway, *name)
                                                             : Target{std::get<ApplianceId>(said.to), false};
        if (!target) {
            problems.add(to_nowhere(scenario, gateway, said, *name));
            continue;
        }
        const auto first = std::find_if(gateway.trunks.begin(), gateway.trunks.end(),
                                        [&](const Trunk& other) { return other.to == target->to; });
        if (first != gateway.trunks.end())
            problems.add({said.place, "E131",
                          fmt::format("cce.trunk: gateway {} has a trunk to appliance {} already",
                                      quoted(gateway.name), quoted(scenario.appliances[target->to].name)),
                          "", fmt::format("first at {}:{}", first->place.file, first->place.line)});
        if (said.trusted && gateway.protocol != Protocol::tls)
            problems.add({said.place, "E132",
                          fmt::format("cce.trunk: \"trusted\" is said of gateway {}, which uses TCP",
                                      quoted(gateway.name)),
                          "must be said of a gateway that uses TLS", "write tls = true at its cce.site"});
        gateway.trunks.push_back(
            {target->to, said.priority, said.trusted.value_or(true), target->by_pool, said.place});
    }
}

void settle_zones(const Session& session, Scenario& scenario, Problems& problems) {
    constexpr int days_of_year_min = 365;
    const int first = static_cast<int>(scenario.from.year());
    const int years = static_cast<int>(scenario.length / std::chrono::hours{24 * days_of_year_min}) + 1;
    for (const ZoneSaid& said : session.plan.zones) {
        Site& site = scenario.sites[said.site];
        const auto zone = session.request.zones.find(said.name, first, first + years);
        site.zone_given = zone.has_value();
        if (zone)
            site.zone = *zone;
        else
            problems.add({said.place, "E108",
                          fmt::format("site {}: unknown time zone {}{}", quoted(site.name), quoted(said.name),
                                      sim::vocabulary::did_you_mean(said.name, session.request.zones.names())),
                          R"(must be a name such as "Europe/Amsterdam")", ""});
    }
}

void check_installed(const Plan& plan, const Scenario& scenario, Problems& problems) {
    const auto text = [](std::chrono::year_month_day day) {
        return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                           static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    };
    for (const InstalledSaid& said : plan.installed) {
        const Site& site = scenario.sites[said.site];
        if (*site.installed <= scenario.from) continue;
        problems.add({said.place, "E125",
                      fmt::format("site {}: its appliances are installed on {}, after the first day of the run",
                                  quoted(site.name), text(*site.installed)),
                      fmt::format("must be {} or earlier", text(scenario.from)),
                      "the run begins with all that the scenario describes"});
    }
}

void settle_peer_destination(const Session& session, Scenario& scenario, Problems& problems) {
    if (!session.plan.peer_destination) return;
    const std::string& name = session.plan.peer_destination->name;
    const Place& place = session.plan.peer_destination->place;
    for (std::size_t i = 0; i < scenario.sites.size(); ++i)
        if (scenario.sites[static_cast<SiteId>(i)].name == name)
            scenario.peer_destination = static_cast<SiteId>(i);
    if (scenario.peer_destination) return;
    const Existing others = existing(name, names_of(scenario.sites));
    problems.add({place, "E108", fmt::format("peer_destination: unknown site {}{}", quoted(name), others.hint),
                  others.list, ""});
}

std::size_t voice_users(const Cohort& cohort) {
    return static_cast<std::size_t>(std::count_if(cohort.users.begin(), cohort.users.end(),
                                                  [](const User& user) { return user.voice_enabled; }));
}

// The same all day and all week.
Profile constant_profile() {
    Profile profile;
    profile.slot = std::chrono::hours{1};
    for (auto& day : profile.days) day.assign(24, 1.0);
    return profile;
}

Traffic settled(const TrafficSaid& said, CohortId id, const Cohort& cohort, const Parameters& assumed) {
    Traffic traffic;
    traffic.cohort = id;
    traffic.profile = said.profile ? with_floor(*said.profile, said.night_floor.value_or(assumed.night_floor))
                                   : constant_profile();
    const double per_user = said.erlangs_per_user.value_or(assumed.erlangs_per_user);
    const double offered = said.erlangs ? *said.erlangs : per_user * static_cast<double>(voice_users(cohort));
    traffic.erlangs = offered * assumed.traffic_scale;
    traffic.length = said.length ? *said.length : sim::kernel::exponential_law(assumed.call_mean);
    traffic.day_level_cv = said.day_level_cv.value_or(assumed.day_level_cv);
    traffic.outbound_share = said.outbound_share.value_or(assumed.outbound_share);
    traffic.external_share = said.external_share.value_or(assumed.external_share);
    traffic.international_share = said.international_share.value_or(assumed.international_share);
    traffic.emergency_share = said.emergency_share.value_or(assumed.emergency_share);
    traffic.escalation_share = said.escalation_share.value_or(assumed.escalation_share);
    traffic.redial = said.redial;
    traffic.place = said.place;
    return traffic;
}

std::string name_of(const Scenario& scenario, const Cohort& cohort) {
    return cohort.site ? fmt::format("site {}", quoted(scenario.sites[*cohort.site].name))
                       : "users without a site";
}

std::vector<CohortId> cohorts_of(const TrafficSaid& said, const Scenario& scenario, Problems& problems) {
    std::vector<CohortId> found;
    const auto is_at = [&](const Cohort& cohort, const Callers& callers) {
        const SiteId* site = std::get_if<SiteId>(&callers);
        return site == nullptr ? !cohort.site : cohort.site == *site;
    };
    for (std::size_t i = 0; i < scenario.cohorts.size(); ++i) {
        const Cohort& cohort = scenario.cohorts[static_cast<CohortId>(i)];
        const bool everyone = said.at.empty() && voice_users(cohort) > 0;
        const bool named = std::any_of(said.at.begin(), said.at.end(),
                                       [&](const Callers& callers) { return is_at(cohort, callers); });
        if (everyone || named) found.push_back(static_cast<CohortId>(i));
    }
    for (const Callers& callers : said.at) {
        const SiteId* site = std::get_if<SiteId>(&callers);
        const bool someone = std::any_of(found.begin(), found.end(), [&](CohortId id) {
            return is_at(scenario.cohorts[id], callers) && voice_users(scenario.cohorts[id]) > 0;
        });
        if (someone) continue;
        problems.add({said.place, "E107",
                      site == nullptr ? "cce.traffic: no voice-enabled user is without a site"
                                      : fmt::format("cce.traffic: site {} has no voice-enabled users",
                                                    quoted(scenario.sites[*site].name)),
                      "must have users who call",
                      site == nullptr ? "" : "a site without files says users = 500"});
    }
    return found;
}

void settle_traffic(const Plan& plan, Scenario& scenario, Problems& problems) {
    std::map<CohortId, Place> before;
    for (const TrafficSaid& said : plan.traffic) {
        for (const CohortId id : cohorts_of(said, scenario, problems)) {
            const Cohort& cohort = scenario.cohorts[id];
            const auto [other, is_new] = before.emplace(id, said.place);
            if (is_new)
                scenario.traffic.push_back(settled(said, id, cohort, scenario.parameters));
            else
                problems.add({said.place, "E109",
                              fmt::format("cce.traffic: {} has its traffic already", name_of(scenario, cohort)),
                              "", fmt::format("first at {}:{}", other->second.file, other->second.line)});
        }
    }
}

constexpr std::chrono::hours published_at{10};

// By whose clock the vendor publishes.
std::optional<sim::vocabulary::Zone> zone_of_the_vendor(const Session& session, const Scenario& scenario,
                                                        const Place& place, Problems& problems) {
    const int first = static_cast<int>(scenario.from.year());
    auto zone = session.request.zones.find("America/Los_Angeles", first, first + 201);
    if (!zone)
        problems.add({place, "E108",
                      "cce.releases: the zone data lacks America/Los_Angeles, by whose "
                      "clock releases come out",
                      "", ""});
    return zone;
}

// At ten in the morning of these days, those that fall into the run.
void add_days(const std::vector<std::chrono::year_month_day>& days, const sim::vocabulary::Zone& zone,
              const Scenario& scenario, std::vector<Instant>& out) {
    const auto calendar = scenario.calendar();
    for (const auto& day : days) {
        const auto at = calendar.instant(
            sim::vocabulary::CivilDay{std::chrono::sys_days{day}.time_since_epoch()} + published_at, zone);
        if (at >= sim::kernel::start_of_run && at < sim::kernel::start_of_run + scenario.length)
            out.push_back(at);
    }
    std::sort(out.begin(), out.end());
}

// Patches are out on given days or on Patch Tuesdays, the second of each month.
void settle_releases(const Session& session, Scenario& scenario, Problems& problems) {
    if (!session.plan.releases) return;
    const ReleasesSaid& said = *session.plan.releases;
    const auto zone = zone_of_the_vendor(session, scenario, said.releases.place, problems);
    if (!zone) return;
    Window tuesdays;
    tuesdays.opens_on = MonthlyByWeekday{std::bitset<5>{}.set(1), std::bitset<7>{}.set(2)};
    tuesdays.start = published_at;
    const auto calendar = scenario.calendar();
    const auto end = sim::kernel::start_of_run + scenario.length;
    Releases releases = said.releases;
    if (said.on_patch_tuesdays)
        releases.patches = openings(tuesdays, *zone, calendar, sim::kernel::start_of_run, end);
    add_days(said.days, *zone, scenario, releases.patches);
    scenario.releases = std::move(releases);
}

void settle_bits(const Session& session, Scenario& scenario, Problems& problems) {
    if (!session.plan.bits) return;
    const BitsSaid& said = *session.plan.bits;
    const auto zone = zone_of_the_vendor(session, scenario, said.releases.place, problems);
    if (!zone) return;
    scenario.bits_releases = said.releases;
    add_days(said.days, *zone, scenario, scenario.bits_releases->out);
}

void settle_policies(const Plan& plan, Scenario& scenario) {
    std::vector<PolicySaid> all = plan.policies;
    if (all.empty()) all.push_back({"default", {}, RecoveryPolicy::builtin_2_0, {}, plan.run->place});
    for (const PolicySaid& said : all) {
        scenario.policies.push_back(
            {said.name, {said.update.kind, said.update.drain}, said.recovery, said.programs, said.place});
    }
}

const Site& clock_site(const Scenario& scenario, const Action& action) {
    return clock_site(scenario, std::visit([](const auto& one) { return place_of(one); }, action));
}

void settle_incidents(const Plan& plan, Scenario& scenario, Problems& problems) {
    const auto calendar = scenario.calendar();
    const auto end = sim::kernel::start_of_run + scenario.length;
    for (const IncidentSaid& said : plan.incidents) {
        const Site& site = clock_site(scenario, said.action);
        const auto at = instant(said.when, calendar, site.zone);
        const auto outside = [&](const char* side, sim::kernel::Instant bound) {
            problems.add(
                {said.place, "E118",
                 fmt::format("cce.at: {} is {} {} the run", quoted(said.written), utc_text(calendar, at), side),
                 fmt::format("must be {} {}", at < bound ? "from" : "before", utc_text(calendar, bound)),
                 site.zone_given
                     ? ""
                     : fmt::format("site {} has no zone and is taken to be in UTC", quoted(site.name))});
        };
        if (at < sim::kernel::start_of_run)
            outside("before", sim::kernel::start_of_run);
        else if (at >= end)
            outside("after", end);
        else
            scenario.incidents.push_back({at, said.action, said.place});
    }
}

void settle_expectations(const Plan& plan, Scenario& scenario, Problems& problems) {
    for (const ExpectationSaid& said : plan.expectations) {
        if (!said.has_relation)
            problems.add({said.expectation.place, "E117",
                          fmt::format("cce.expect {} compares with nothing", quoted(said.expectation.metric)),
                          "must have :at_most(x), :at_least(x) or :no_worse_than(file)", ""});
        if (said.expectation.always && said.expectation.relation == Relation::no_worse_than)
            problems.add({said.expectation.place, "E109",
                          fmt::format("cce.expect {}: always() has no effect on no_worse_than()",
                                      quoted(said.expectation.metric)),
                          "", "no_worse_than compares means"});
        scenario.expectations.push_back(said.expectation);
    }
}

std::string text(const Held<Action>& held) {
    if (const auto* fault = std::get_if<FaultAction>(&held.value))
        return fmt::format("{} {}", held.call, quoted(sim::vocabulary::text(fault->id)));
    if (const auto* cmdlet = std::get_if<CmdletAction>(&held.value))
        return fmt::format("{} {}", held.call, quoted(sim::vocabulary::cmdlet(cmdlet->cmdlet).name));
    return held.call;
}
template <class T>
std::string text(const Held<T>& held) {
    return held.call;
}

// What is said and never used is a slip: the author believes that the plan has it.
class Forgotten {
public:
    Forgotten(const Session& session, Problems& problems) : session_(session), problems_(problems) {}

    void all() {
        const Plan& plan = session_.plan;
        for (const HalfSaid& half : plan.half_said)
            if (!half.is_whole)
                problems_.add({half.place, "E123", half.what + " is said and never used", "",
                               fmt::format("its table follows: {} {{ … }}", half.what)});
        for (const Held<Action>& held : plan.actions) ask(held, "must be given to cce.at(when, what)");
        for (std::size_t i = 0; i < plan.scenario.crews.size(); ++i)
            if (const Crew& crew = plan.scenario.crews[static_cast<CrewId>(i)];
                plan.crews_used.count(static_cast<std::uint32_t>(i)) == 0 &&
                crew.place.file == session_.request.path)
                problems_.add({crew.place, "E123",
                               fmt::format("cce.crew {} is said and never used", quoted(crew.name)),
                               "must be given to cce.failures as repaired_by", ""});
        own(plan.laws, "must be given to cce.traffic or cce.failures");
        own(plan.windows, "must be given to cce.update");
        own(plan.updates, "must be given to cce.policy");
        own(plan.recoveries, "must be given to cce.policy");
        own(plan.programs, "must be given to cce.policy");
    }

private:
    template <class T>
    void ask(const Held<T>& held, const char* expected) {
        if (!held.used)
            problems_.add({held.place, "E123", text(held) + " is said and never used", expected, ""});
    }

    // A module may offer more than one scenario takes.
    template <class T>
    void own(const std::vector<Held<T>>& values, const char* expected) {
        for (const Held<T>& held : values)
            if (held.place.file == session_.request.path) ask(held, expected);
    }

    const Session& session_;
    Problems& problems_;
};

std::string base_name(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string file = slash == std::string::npos ? path : path.substr(slash + 1);
    const std::size_t dot = file.rfind('.');
    return dot == std::string::npos || dot == 0 ? file : file.substr(0, dot);
}

}  // namespace

Scenario finish(Session& session) {
    Plan& plan = session.plan;
    Scenario& scenario = plan.scenario;
    scenario.name = base_name(session.request.path);
    scenario.from = plan.run->from;
    scenario.length = plan.run->length;
    scenario.seed = plan.run->seed;
    scenario.zone_data_version = session.request.zones.version();
    Problems problems;
    note_given(plan, problems);
    note_idle(plan, problems);
    apply_set(session, scenario);

    settle_zones(session, scenario, problems);
    check_installed(plan, scenario, problems);
    settle_trunks(plan, scenario, problems);
    settle_peer_destination(session, scenario, problems);
    settle_traffic(plan, scenario, problems);
    settle_releases(session, scenario, problems);
    settle_bits(session, scenario, problems);
    settle_policies(plan, scenario);
    settle_incidents(plan, scenario, problems);
    settle_expectations(plan, scenario, problems);
    Forgotten(session, problems).all();
    problems.throw_if_any(Exit::scenario);
    validate(scenario);
    return std::move(scenario);
}

}  // namespace lua::binding
