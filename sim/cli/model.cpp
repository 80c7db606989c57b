#include "sim/cli/model.hpp"

#include "sim/cli/plan.hpp"

#include "reports/figures.hpp"
#include "reports/table.hpp"
#include "sim/deployment/run.hpp"
#include "sim/experiment/metrics.hpp"
#include "sim/kernel/math.hpp"
#include "sim/scenario/certificates.hpp"
#include "sim/scenario/describe.hpp"
#include "sim/scenario/windows.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace sim::cli {

using reports::Align;
using reports::dash;
using reports::grouped;
using reports::Table;
using scenario::Scenario;
using scenario::SiteId;
using vocabulary::shown;

namespace {

constexpr auto left = Align::left;
constexpr int openings_shown = 5;  // of a window; and beyond them
constexpr int changes_shown = 4;   // that meet a change of the clocks
constexpr const char* until_cleared = "until cleared";

std::string yes(bool is_so) {
    return is_so ? "yes" : "no";
}

std::string number(double x) {
    return fmt::format("{:.4g}", x);
}

std::string share(double x) {
    return x > 0 && x < 1e-6 ? "< 0.0001 %" : fmt::format("{:.4g} %", 100 * x);
}

std::string date(std::chrono::year_month_day day) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

std::string head(const Scenario& scenario) {
    return fmt::format(
        "{}   from {}   {}   seed {}\n", shown(scenario.name), date(scenario.from),
        vocabulary::text(scenario.length),
        scenario.seed ? fmt::format("{}", *scenario.seed) : fmt::format("{} (default)", default_seed));
}

template <class Id>
SiteId nth_site(Id i) {
    return static_cast<SiteId>(i);
}

std::uint64_t users_of(const Scenario& scenario, SiteId site) {
    std::uint64_t users = 0;
    for (const auto& cohort : scenario.cohorts)
        if (cohort.site == site) users += cohort.users.size();
    return users;
}

std::string directory(const Scenario& scenario, const scenario::Site& site) {
    if (site.appliances.empty()) return dash;
    return shown(scenario.appliances[site.directory_on.value_or(site.appliances.front())].name);
}

std::string sites(const Scenario& scenario) {
    Table table({{"site", left},
                 {"zone", left},
                 {"appliances"},
                 {"needed in\nbusy hour"},
                 {"gateways"},
                 {"users"},
                 {"busy hour\nerlangs"},
                 {"Site Directory on", left},
                 {"", left}});
    for (std::size_t i = 0; i < scenario.sites.size(); ++i) {
        const SiteId id = nth_site(i);
        const auto& site = scenario.sites[id];
        table.add({shown(site.name), site.zone.name + (site.zone_given ? "" : " (assumed)"),
                   grouped(site.appliances.size()), grouped(deployment::appliances_needed(scenario, id)),
                   grouped(site.gateways.size()), grouped(users_of(scenario, id)),
                   number(deployment::busy_hour_erlangs(scenario, id)), directory(scenario, site),
                   scenario.peer_destination == id ? "PeerDestination" : ""});
    }
    return table.text();
}

std::string appliances(const Scenario& scenario) {
    Table table({{"appliance", left},
                 {"site", left},
                 {"version", left},
                 {"backup", left},
                 {"hardware", left},
                 {"calls max"},
                 {"Mediation", left},
                 {"address", left}});
    for (const auto& appliance : scenario.appliances)
        table.add(
            {shown(appliance.name), shown(scenario.sites[appliance.site].name),
             std::string{vocabulary::version(appliance.version).name},
             appliance.backup_version ? std::string{vocabulary::version(*appliance.backup_version).name} : dash,
             appliance.hardware == scenario::Hardware::large ? "Normal" : "Minimum",
             grouped(appliance.calls_max), shown(appliance.mediation_fqdn), shown(appliance.mediation_ip)});
    return table.text();
}

std::string carried(vocabulary::NumberClasses classes) {
    if (classes.has_all()) return "all";
    std::string words;
    for (const auto one : vocabulary::number_classes)
        if (classes.has(one)) words += (words.empty() ? "" : ", ") + std::string{text(one)};
    return words;
}

std::string gateways(const Scenario& scenario) {
    Table table({{"gateway", left},
                 {"site", left},
                 {"address", left},
                 {"protocol", left},
                 {"channels"},
                 {"carries", left}});
    for (const auto& gateway : scenario.gateways)
        table.add({shown(gateway.name), shown(scenario.sites[gateway.site].name),
                   fmt::format("{}:{}", shown(gateway.ip), gateway.port),
                   gateway.protocol == scenario::Protocol::tls ? "TLS" : "TCP", grouped(gateway.channels),
                   carried(gateway.carries)});
    return table.text();
}

std::string trunks(const Scenario& scenario) {
    Table table({{"trunk of", left}, {"to", left}, {"priority"}, {"", left}});
    for (const auto& gateway : scenario.gateways)
        for (const auto& trunk : gateway.trunks) {
            const auto& appliance = scenario.appliances[trunk.to];
            const char* note = trunk.by_pool                    ? "by the pool's name"
                               : appliance.site != gateway.site ? "of another site"
                               : !trunk.trusted                 ? "not trusted"
                                                                : "";
            table.add({shown(gateway.name), shown(appliance.name), grouped(trunk.priority), note});
        }
    return table.empty()
               ? "Each gateway has a trunk to each Mediation of its site, all alike.\n"
               : table.text() + "Any other gateway has a trunk to each Mediation of its site, all alike.\n";
}

std::string member_name(const Scenario& scenario, scenario::ApplianceId id) {
    return shown(scenario.appliances[id].name);
}

std::string member_name(const Scenario& scenario, scenario::GatewayId id) {
    return shown(scenario.gateways[id].name);
}

std::string member_name(const Scenario& scenario, SiteId id) {
    return "the Internet provider of " + shown(scenario.sites[id].name);
}

std::string common_causes(const Scenario& scenario) {
    if (scenario.common_causes.empty()) return "No common causes.\n";
    Table table({{"common cause", left}, {"takes", left}});
    for (const auto& cause : scenario.common_causes) {
        std::string takes;
        for (const auto& member : cause.members)
            takes += (takes.empty() ? "" : ", ") +
                     std::visit([&](auto id) { return member_name(scenario, id); }, member);
        table.add({shown(cause.name), takes});
    }
    return table.text();
}

std::string name_of(const Scenario& scenario, const scenario::Cohort& cohort) {
    return cohort.site ? shown(scenario.sites[*cohort.site].name) : vocabulary::no_site;
}

std::string cohorts(const Scenario& scenario) {
    Table table({{"users of", left}, {"users"}, {"voice-enabled"}, {"international"}});
    for (const auto& cohort : scenario.cohorts) {
        const auto count = [&](auto has) {
            return grouped(
                static_cast<std::uint64_t>(std::count_if(cohort.users.begin(), cohort.users.end(), has)));
        };
        table.add({name_of(scenario, cohort), grouped(cohort.users.size()),
                   count([](const auto& user) { return user.voice_enabled; }),
                   count([](const auto& user) { return user.voice_enabled && user.international; })});
    }
    return table.text();
}

std::string law(const kernel::Law& law) {
    using Family = kernel::Law::Family;
    const std::string mean = vocabulary::text(kernel::rounded(law.mean));
    switch (law.family) {
        case Family::fixed:
            return "always " + mean;
        case Family::exponential:
            return "exponential, mean " + mean;
        case Family::lognormal:
            return fmt::format("lognormal, mean {}, sigma {}", mean, number(law.shape));
        case Family::weibull:
            return fmt::format("Weibull, mean {}, shape {}", mean, number(law.shape));
        case Family::hyperexponential:
            return fmt::format("hyperexponential, mean {}, cv {}", mean, number(law.shape));
        case Family::uniform:
            return "uniform, mean " + mean;
        case Family::empirical:
            return fmt::format("one of {} values", law.sample.size());
    }
    return "?";
}

std::string traffic(const Scenario& scenario) {
    if (scenario.traffic.empty()) return "No traffic.\n";
    Table table({{"traffic of", left},
                 {"busy hour\nerlangs"},
                 {"call length", left},
                 {"day level\ncv"},
                 {"outbound"},
                 {"external\nclients"},
                 {"inter-\nnational"},
                 {"emergency"},
                 {"redial", left}});
    for (const auto& one : scenario.traffic)
        table.add({name_of(scenario, scenario.cohorts[one.cohort]), number(one.erlangs), law(one.length),
                   number(one.day_level_cv), share(one.outbound_share), share(one.external_share),
                   share(one.international_share), share(one.emergency_share),
                   one.redial ? fmt::format("{} after {}, {} times", share(one.redial->share),
                                            vocabulary::text(one.redial->delay), one.redial->tries)
                              : dash});
    return table.text();
}

// Lines in groups, a call knows one group or all of them.
struct Lines {
    std::vector<unsigned> groups;

    unsigned all() const {
        unsigned sum = 0;
        for (unsigned lines : groups) sum += lines;
        return sum;
    }
    Lines without_largest() const {
        Lines rest = *this;
        if (!groups.empty()) rest.groups.erase(std::max_element(rest.groups.begin(), rest.groups.end()));
        return rest;
    }
    // Each call may take any line.
    std::string full_access(double erlangs) const {
        return groups.empty() ? dash : share(kernel::erlang_b(all(), erlangs));
    }
    // Each call picks one group at random and takes no other.
    std::string random_split(double erlangs) const {
        if (groups.empty()) return dash;
        const auto n = static_cast<double>(groups.size());
        double blocked = 0;
        for (unsigned lines : groups) blocked += kernel::erlang_b(lines, erlangs / n) / n;
        return share(blocked);
    }
};

void add_lines(Table& table, const std::string& site, const std::string& what, const Lines& lines,
               double erlangs) {
    const Lines rest = lines.without_largest();
    table.add({site, what, grouped(lines.groups.size()), grouped(lines.all()), number(erlangs),
               lines.full_access(erlangs), lines.random_split(erlangs), rest.full_access(erlangs),
               rest.random_split(erlangs)});
}

std::string blocking(const Scenario& scenario) {
    Table table({{"busy-hour blocking\nby Erlang B", left},
                 {"of", left},
                 {"number"},
                 {"lines"},
                 {"erlangs"},
                 {"full\naccess"},
                 {"random\nsplit"},
                 {"one less:\nfull access"},
                 {"one less:\nrandom split"}});
    for (std::size_t i = 0; i < scenario.sites.size(); ++i) {
        const auto& site = scenario.sites[nth_site(i)];
        const double erlangs = deployment::busy_hour_erlangs(scenario, nth_site(i));
        Lines appliances, channels;
        for (auto id : site.appliances) appliances.groups.push_back(scenario.appliances[id].calls_max);
        for (auto id : site.gateways) channels.groups.push_back(scenario.gateways[id].channels);
        add_lines(table, shown(site.name), "appliances", appliances, erlangs);
        add_lines(table, "", "channels", channels, erlangs);
    }
    const auto& parameters = scenario.parameters;
    return table.text() + fmt::format(
                              "Inbound calls that find an appliance full try the next: {} (reroute_on_busy); "
                              "outbound calls: {} "
                              "(second_try).\nWhere they do, full access holds; where not, the random split.\n",
                              yes(parameters.reroute_on_busy), yes(parameters.second_try));
}

std::string local_and_utc(const Scenario& scenario, kernel::Instant at, const vocabulary::Zone& zone) {
    return fmt::format("{}   {}", vocabulary::text(scenario.calendar().local(at, zone)),
                       vocabulary::utc_text(scenario.calendar(), at));
}

std::string text(const vocabulary::Purposes& purposes) {
    return purposes.os && purposes.bits ? "os, bits" : purposes.os ? "os" : "bits";
}

// The clocks of the zone change while the window is open, or on the local day on which it opens.
bool meets_change(const scenario::Window& window, kernel::Instant opening, const vocabulary::Zone& zone,
                  const vocabulary::Calendar& calendar) {
    using std::chrono::days;
    const auto day = std::chrono::floor<days>(calendar.local(opening, zone));
    const kernel::Instant midnight = calendar.instant(day, zone);
    const kernel::Instant next_midnight = calendar.instant(day + days{1}, zone);
    const kernel::Instant change = calendar.next_change(midnight - kernel::Duration{1}, zone);
    return change < std::max(next_midnight, opening + window.length);
}

// The next openings, and the next in the run that meet a change of the clocks.
std::vector<kernel::Instant> openings_to_show(const Scenario& scenario, const scenario::Window& window,
                                              const vocabulary::Zone& zone) {
    std::vector<kernel::Instant> shown;
    int changes = 0;
    const kernel::Instant end = kernel::start_of_run + scenario.length;
    kernel::Instant at = kernel::start_of_run - kernel::Duration{1};
    for (int i = 0; i < openings_shown || (at < end && changes < changes_shown); ++i) {
        const auto next = scenario::next_opening(window, zone, scenario.calendar(), at);
        if (!next) break;
        at = *next;
        const bool is_changed = meets_change(window, at, zone, scenario.calendar());
        changes += is_changed ? 1 : 0;
        if (i < openings_shown || (is_changed && at < end)) shown.push_back(at);
    }
    return shown;
}

std::string first_days(const Scenario& scenario, const std::vector<kernel::Instant>& out) {
    std::string days;
    for (std::size_t i = 0; i < std::min<std::size_t>(out.size(), openings_shown); ++i)
        days += (i == 0 ? ": " : ", ") + vocabulary::utc_text(scenario.calendar(), out[i]).substr(0, 10);
    return out.size() > static_cast<std::size_t>(openings_shown) ? days + ", …" : days;
}

std::string releases(const Scenario& scenario) {
    if (!scenario.releases) return "";
    const scenario::Releases& plan = *scenario.releases;
    return fmt::format(
        "{} patches of Windows come out{}\n{} of them are bad: {} after the patching Mediation fails, for {}\n",
        plan.patches.size(), first_days(scenario, plan.patches), share(plan.bad_share), law(plan.bad_shows),
        vocabulary::text(plan.bad_lasts));
}

std::string bits_releases(const Scenario& scenario) {
    if (!scenario.bits_releases) return "";
    const scenario::BitsReleases& plan = *scenario.bits_releases;
    const std::string come =
        plan.between ? "Bits come out again and again, with between them: " + law(*plan.between)
                     : fmt::format("{} times bits come out{}", plan.out.size(), first_days(scenario, plan.out));
    return fmt::format("{}\n{} of them are bad: {} after the switch Mediation fails, for {}\n", come,
                       share(plan.bad_share), law(plan.bad_shows), vocabulary::text(plan.bad_lasts));
}

std::string windows(const Scenario& scenario) {
    if (scenario.updates.empty()) return "No update windows.\n";
    Table table({{"update window", left},
                 {"opens", left},
                 {"lasts", left},
                 {"for", left},
                 {"from, local time", left},
                 {"until", left},
                 {"UTC", left}});
    for (const auto& update : scenario.updates) {
        const auto& site = scenario.sites[update.site];
        const auto& window = scenario.windows[update.window];
        const auto local = [&](kernel::Instant at) {
            return vocabulary::text(scenario.calendar().local(at, site.zone));
        };
        std::vector<std::string> head{shown(site.name), scenario::text(window), vocabulary::text(window.length),
                                      text(update.purposes)};
        for (const kernel::Instant at : openings_to_show(scenario, window, site.zone)) {
            std::vector<std::string> row = head;
            row.insert(row.end(),
                       {local(at), local(at + window.length),
                        vocabulary::utc_text(scenario.calendar(), at) +
                            (at >= kernel::start_of_run + scenario.length ? ", after the run" : "")});
            table.add(std::move(row));
            head.assign(head.size(), "");
        }
    }
    return table.text() +
           "Where the clock skips its time, a window opens at the first instant that exists; where the\n"
           "time comes twice, at the first. It lasts real time. After the next openings come those in the\n"
           "run that meet a change of the clocks.\n" +
           releases(scenario) + bits_releases(scenario);
}

// What ends in the run or soon after, and from when on somebody who looked would see it coming.
std::string certificates(const Scenario& scenario) {
    Table table({{"certificates end, local time", left},
                 {"UTC", left},
                 {"site", left},
                 {"which", left},
                 {"near", left}});
    const kernel::Instant end = kernel::start_of_run + scenario.length;
    for (const scenario::Expiry& expiry : scenario::expiries(scenario)) {
        const auto& site = scenario.sites[expiry.site];
        const auto local = [&](kernel::Instant at) { return scenario.calendar().local(at, site.zone); };
        const auto near = std::chrono::floor<std::chrono::days>(local(expiry.at)) - scenario::near_expiration;
        table.add({vocabulary::text(local(expiry.at)) + (expiry.at <= kernel::start_of_run ? ", before the run"
                                                         : expiry.at >= end                ? ", after the run"
                                                                                           : ""),
                   vocabulary::utc_text(scenario.calendar(), expiry.at), shown(site.name),
                   std::string{expiry.what}, "from " + date(std::chrono::year_month_day{near})});
    }
    const bool unsaid = std::any_of(scenario.sites.begin(), scenario.sites.end(),
                                    [](const scenario::Site& site) { return !site.installed; });
    const std::string rest =
        unsaid ? "Sites that do not say when they were installed renew their own certificates in time.\n" : "";
    const std::string none = fmt::format("No certificate ends in the run or in the {} days after it.\n",
                                         scenario::near_expiration.count());
    return (table.empty() ? none : table.text()) + rest;
}

// What is struck, by name.
struct Struck {
    const Scenario& scenario;

    std::string operator()(scenario::ApplianceId id) const { return shown(scenario.appliances[id].name); }
    std::string operator()(scenario::GatewayId id) const { return shown(scenario.gateways[id].name); }
    std::string operator()(scenario::SiteId id) const { return shown(scenario.sites[id].name); }
    std::string operator()(scenario::CohortId id) const {
        const auto& site = scenario.cohorts[id].site;
        return site ? "users of " + shown(scenario.sites[*site].name) : "users without a site";
    }
    std::string operator()(scenario::CommonCauseId id) const { return shown(scenario.common_causes[id].name); }
    std::string operator()(vocabulary::TheTenant) const { return "the tenant"; }
};

std::string struck(const Scenario& scenario, const vocabulary::FaultPlace& place) {
    return std::visit(Struck{scenario}, place);
}

// What becomes of the calls that are up: what the plan says itself, else the parameter.
bool drains(const Scenario& scenario, std::optional<scenario::StopMode> said) {
    return said.value_or(scenario.parameters.enter_update_mode) == scenario::StopMode::drain;
}

const char* how(bool is_drained) {
    return is_drained ? "drained" : "stopped at once";
}

std::string what(const Scenario& scenario, const scenario::FaultAction& fault) {
    std::string words{vocabulary::text(fault.id)};
    if (fault.machine) words += fmt::format(" of {}", vocabulary::text(*fault.machine));
    if (fault.to) words += fmt::format(", to {}", shown(scenario.appliances[*fault.to].name));
    if (fault.site) words += fmt::format(", to {}", shown(scenario.sites[*fault.site].name));
    if (fault.share) words += fmt::format(", {:.6g} of them", *fault.share);
    if (fault.ports) words += fmt::format(", {} ports", *fault.ports);
    if (fault.media) words += ", the media range";
    return words;
}

std::string what(const Scenario& scenario, const scenario::CmdletAction& cmdlet) {
    if (cmdlet.cmdlet != vocabulary::CmdletId::enter_cc_update) return shown(vocabulary::text(cmdlet));
    std::optional<scenario::StopMode> mode;
    if (cmdlet.arguments.count("Limit") != 0) mode = scenario::StopMode::drain;  // a limit means a drain
    if (const auto* at_once = vocabulary::given<bool>(cmdlet, "Immediate"))
        mode = *at_once ? scenario::StopMode::immediate : scenario::StopMode::drain;
    return fmt::format("Enter-CcUpdate, {}", how(drains(scenario, mode)));
}

std::string what(const Scenario& scenario, const scenario::RunbookAction& runbook) {
    const vocabulary::Place& place = scenario.programs[runbook.program].place;
    return fmt::format("the runbook at {}:{}", shown(place.file), place.line);
}

std::string how_long(const scenario::FaultAction& fault) {
    return fault.lasts ? vocabulary::text(*fault.lasts) : until_cleared;
}

std::string how_long(const scenario::CmdletAction& cmdlet) {
    const auto* limit = vocabulary::given<kernel::Duration>(cmdlet, "Limit");
    return limit == nullptr ? dash : vocabulary::text(*limit);
}

std::string how_long(const scenario::RunbookAction&) {
    return dash;
}

std::string configured(const Scenario& scenario) {
    if (scenario.configured.empty()) return "Nothing is configured wrong.\n";
    Table table({{"configured wrong", left}, {"on", left}, {"said at", left}});
    for (const auto& one : scenario.configured)
        table.add({what(scenario, one.fault), struck(scenario, one.fault.on),
                   fmt::format("{}:{}", shown(one.place.file), one.place.line)});
    return table.text();
}

std::string repaired(const Scenario& scenario, const scenario::Failures& failures) {
    if (!failures.lasts) return until_cleared;
    const std::string lasts = law(*failures.lasts);
    return failures.repaired_by
               ? fmt::format("{}, by {}", lasts, shown(scenario.crews[*failures.repaired_by].name))
               : lasts;
}

std::string crews(const Scenario& scenario) {
    std::string lines;
    for (const auto& crew : scenario.crews)
        lines += fmt::format("Crew {}: {} at once.\n", shown(crew.name),
                             crew.people == 1 ? "one repair" : fmt::format("{} repairs", crew.people));
    return lines;
}

std::string incidents(const Scenario& scenario) {
    Table table({{"happens, local time      UTC", left}, {"what", left}, {"on", left}, {"for", left}});
    for (const auto& incident : scenario.incidents)
        std::visit(
            [&](const auto& action) {
                const vocabulary::FaultPlace on = scenario::place_of(action);
                table.add({local_and_utc(scenario, incident.at, scenario::clock_site(scenario, on).zone),
                           what(scenario, action), struck(scenario, on), how_long(action)});
            },
            incident.action);
    for (const auto& failures : scenario.failures)
        table.add({"again and again: " + law(failures.between), what(scenario, failures.fault),
                   struck(scenario, failures.fault.on), repaired(scenario, failures)});
    return table.empty() ? "Nothing breaks.\n" : table.text() + crews(scenario);
}

bool drains(const Scenario& scenario, const scenario::UpdatePolicy& update) {
    return update.kind == scenario::UpdateKind::one_at_a_time &&
           (update.drain_limit || drains(scenario, std::nullopt));
}

std::string how(const Scenario& scenario, const scenario::UpdatePolicy& update) {
    switch (update.kind) {
        case scenario::UpdateKind::one_at_a_time:
            return fmt::format("one at a time, {}", how(drains(scenario, update)));
        case scenario::UpdateKind::reboot_in_place:
            return "reboot in place";
        case scenario::UpdateKind::never:
            return "never";
        case scenario::UpdateKind::program:
            return "by its program";
    }
    return "?";
}

std::string limit(const Scenario& scenario, const scenario::UpdatePolicy& update) {
    if (!drains(scenario, update)) return dash;
    return update.drain_limit ? vocabulary::text(*update.drain_limit) : "none";
}

const char* ladder(scenario::RecoveryPolicy recovery) {
    switch (recovery) {
        case scenario::RecoveryPolicy::builtin_2_0:
            return "built in (2.0 and later)";
        case scenario::RecoveryPolicy::builtin_1_4_1:
            return "built in (1.4.1: may give up)";
        case scenario::RecoveryPolicy::none:
            return "none";
    }
    return "?";
}

std::string how(const scenario::Policy& policy) {
    const char* words = ladder(policy.recovery);
    const std::size_t own =
        policy.programs.size() - (policy.update.kind == scenario::UpdateKind::program ? 1 : 0);
    return own == 0 ? words : fmt::format("{}, and {} of its own", words, own);
}

std::string policies(const Scenario& scenario) {
    Table table({{"policy", left}, {"update", left}, {"drain limit", left}, {"recovery", left}});
    for (const auto& policy : scenario.policies)
        table.add(
            {shown(policy.name), how(scenario, policy.update), limit(scenario, policy.update), how(policy)});
    return table.text();
}

std::string wanted(const scenario::Expectation& expectation) {
    using scenario::Relation;
    std::string words;
    if (expectation.relation == Relation::no_worse_than)
        words = fmt::format("no worse than {} by {}", shown(expectation.baseline->file),
                            expectation.baseline->by_is_share ? share(expectation.baseline->by)
                                                              : number(expectation.baseline->by));
    else
        words =
            fmt::format("{} {:g}", expectation.relation == Relation::at_most ? "<=" : ">=", expectation.target);
    if (expectation.always) words += fmt::format(", {}", experiment::always_text(expectation.metric));
    if (expectation.confidence) words += fmt::format(", at {:g} % confidence", 100 * *expectation.confidence);
    if (expectation.when)
        words += fmt::format(", when {} >= {}", expectation.when->metric, expectation.when->at_least);
    return words;
}

std::string expectations(const Scenario& scenario) {
    if (scenario.expectations.empty()) return "Nothing is expected: a run cannot fail.\n";
    Table table({{"expectation", left}, {"scope", left}, {"wanted", left}, {"at", left}});
    for (const auto& expectation : scenario.expectations) {
        const std::string scope = experiment::text(expectation.scope);
        table.add({expectation.metric, scope.empty() ? dash : shown(scope), wanted(expectation),
                   fmt::format("{}:{}", shown(expectation.place.file), expectation.place.line)});
    }
    return table.text();
}

std::string warnings(const Scenario& scenario) {
    if (scenario.warnings.empty()) return "No warnings.\n";
    std::string lines;
    for (const auto& warning : scenario.warnings) lines += text(warning) + "\n";
    return lines;
}

std::string assumptions(const Scenario& scenario) {
    Table table({{"assumed", left}, {"value", left}, {"meaning", left}, {"source", left}});
    for (const auto* row : assumed(scenario))
        table.add({row->key, row->shown(scenario.parameters), row->meaning, row->source});
    std::string text =
        table.empty() ? "Nothing is assumed.\n" : table.text() + "--set KEY=VALUE overrides any of these.\n";
    for (const auto& [key, value] : scenario.set) text += fmt::format("set: {} = {}\n", key, shown(value));
    return text;
}

std::string origin(const Scenario& scenario) {
    Table table({{"input", left}, {"hash", left}});
    for (const auto& [name, hash] : scenario.inputs) table.add({shown(name), hash});
    table.add({"zone data", scenario.zone_data_version});
    table.add({"the whole plan", scenario::plan_hash(scenario)});
    return table.text();
}

}  // namespace

std::vector<vocabulary::Misconfigured> misconfigured(const Scenario& scenario) {
    std::vector<vocabulary::Misconfigured> all;
    for (const auto& one : scenario.configured)
        all.push_back({what(scenario, one.fault), struck(scenario, one.fault.on),
                       fmt::format("{}:{}", one.place.file, one.place.line)});
    return all;
}

std::string model_text(const Scenario& scenario, const std::string& tried) {
    std::string text = head(scenario);
    for (const auto part : {sites, appliances, gateways, trunks, common_causes, cohorts, traffic, blocking,
                            windows, certificates, configured, incidents, policies, expectations, warnings})
        text += "\n" + part(scenario);
    return text + tried + "\n" + assumptions(scenario) + "\n" + origin(scenario);
}

}  // namespace sim::cli
