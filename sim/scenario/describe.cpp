#include "sim/scenario/describe.hpp"

#include "sim/kernel/fingerprint.hpp"

#include <fmt/format.h>

#include <cstring>
#include <type_traits>

namespace sim::scenario {

namespace {

// Writes values one after another. Each is closed by a blank and texts say their length, so no two plans share
// a text.
class Writer {
public:
    void line(std::string_view what) {
        text_ += '\n';
        text_ += what;
        text_ += ' ';
    }

    void put(double value) {
        std::uint64_t bits = 0;
        static_assert(sizeof bits == sizeof value);
        std::memcpy(&bits, &value, sizeof bits);
        text_ += fmt::format("{:016x} ", bits);
    }
    void put(Duration value) { text_ += fmt::format("{} ", value.count()); }
    void put(Instant value) { put(value.time_since_epoch()); }
    void put(const std::string& value) { text_ += fmt::format("{}:{} ", value.size(), value); }
    void put(std::chrono::year_month_day day) {
        put(std::int64_t{std::chrono::sys_days{day}.time_since_epoch().count()});
    }
    template <class T>
    requires(std::is_enum_v<T>) void put(T value) {
        text_ += fmt::format("{} ", static_cast<std::uint64_t>(value));
    }
    template <class T>
    requires(std::is_integral_v<T>) void put(T value) { text_ += fmt::format("{} ", value); }
    template <class T>
    void put(const std::optional<T>& value) {
        if (!value)
            text_ += "- ";
        else
            put(*value);
    }
    template <class T>
    void put(const std::vector<T>& values) {
        put(values.size());
        for (const T& value : values) put(value);
    }

    void put(const kernel::Law& law) {
        put(law.family);
        put(law.mean);
        put(law.shape);
        put(law.sample);
    }
    void put(const vocabulary::Zone& zone) {
        put(zone.name);
        put(zone.rules.size());
        for (const auto& rule : zone.rules) {
            put(rule.from);
            put(rule.offset);
        }
    }
    void put(const Redial& redial) {
        put(redial.share);
        put(redial.delay);
        put(redial.tries);
    }
    void put(const Weekly& days) { put(days.days_of_week.to_ulong()); }
    void put(const MonthlyByDate& days) { put(days.day_of_month); }
    void put(const MonthlyByWeekday& days) {
        put(days.weeks_of_month.to_ulong());
        put(days.days_of_week.to_ulong());
    }
    void put(const Window& window) {
        put(window.opens_on.index());
        std::visit([&](const auto& days) { put(days); }, window.opens_on);
        put(window.start);
        put(window.length);
    }
    template <class... Ids>
    void put(const std::variant<Ids...>& one) {
        put(one.index());
        std::visit([&](auto id) { put(id); }, one);
    }
    void put(const FaultAction& fault) {
        put(fault.id);
        put(fault.on.index());
        put(vocabulary::number_of(fault.on));
        put(fault.machine);
        put(fault.to);
        put(fault.site);
        put(fault.share);
        put(fault.ports);
        put(fault.media);
        put(fault.lasts);
    }
    void put(const vocabulary::Change& change) {
        put(change.how);
        put(change.names);
    }
    void put(const CmdletAction& cmdlet) {
        put(cmdlet.cmdlet);
        put(cmdlet.on);
        put(cmdlet.arguments.size());
        for (const auto& [name, argument] : cmdlet.arguments) {
            put(name);
            put(argument.index());
            std::visit([&](const auto& value) { put(value); }, argument);
        }
    }
    void put(const RunbookAction& runbook) { put(runbook.program); }
    void put(const MetricScope& scope) {
        put(scope.site);
        put(scope.per_site);
        put(scope.direction);
    }
    void put(const Precondition& precondition) {
        put(precondition.metric);
        put(precondition.at_least);
    }
    void put(const Baseline& baseline) {
        put(baseline.content);
        put(baseline.by);
        put(baseline.by_is_share);
    }

    std::string take() { return std::move(text_); }

private:
    std::string text_ = "plan 1";  // of this form of the text
};

void put_estate(Writer& writer, const Scenario& scenario) {
    for (const Site& site : scenario.sites) {
        writer.line("site");
        writer.put(site.name);
        writer.put(site.edge_fqdn);
        writer.put(site.zone);
        writer.put(site.appliances);
        writer.put(site.gateways);
        writer.put(site.installed);
        writer.put(site.edge_certificate);
        writer.put(site.directory_on);
    }
    for (const Appliance& appliance : scenario.appliances) {
        writer.line("appliance");
        writer.put(appliance.name);
        writer.put(appliance.site);
        writer.put(appliance.hardware);
        writer.put(appliance.calls_max);
        writer.put(appliance.version);
        writer.put(appliance.backup_version);
        writer.put(appliance.fast_failover);
        writer.put(appliance.mediation_fqdn);
        writer.put(appliance.mediation_ip);
    }
    for (const Gateway& gateway : scenario.gateways) {
        writer.line("gateway");
        writer.put(gateway.name);
        writer.put(gateway.site);
        writer.put(gateway.ip);
        writer.put(gateway.port);
        writer.put(gateway.protocol);
        writer.put(gateway.channels);
        writer.put(gateway.reroute_on_5xx);
        if (!gateway.carries.has_all()) {
            writer.line("carries");
            writer.put(gateway.carries.bits());
        }
        for (const Trunk& trunk : gateway.trunks) {
            writer.line("trunk");
            writer.put(trunk.to);
            writer.put(trunk.priority);
            writer.put(trunk.trusted);
            writer.put(trunk.by_pool);
        }
    }
    for (const CommonCause& cause : scenario.common_causes) {
        writer.line("common_cause");
        writer.put(cause.name);
        writer.put(cause.kind);
        writer.put(cause.members);
    }
    writer.line("peer_destination");
    writer.put(scenario.peer_destination);
}

void put_callers(Writer& writer, const Scenario& scenario) {
    for (const Cohort& cohort : scenario.cohorts) {
        writer.line("cohort");
        writer.put(cohort.site);
        writer.put(cohort.users.size());
        for (const User& user : cohort.users) {
            writer.put(user.name);
            writer.put(user.voice_enabled);
            writer.put(user.international);
        }
    }
    for (const Traffic& traffic : scenario.traffic) {
        writer.line("traffic");
        writer.put(traffic.cohort);
        writer.put(traffic.profile.slot);
        for (const auto& day : traffic.profile.days) writer.put(day);
        writer.put(traffic.erlangs);
        writer.put(traffic.length);
        writer.put(traffic.day_level_cv);
        writer.put(traffic.outbound_share);
        writer.put(traffic.external_share);
        writer.put(traffic.international_share);
        writer.put(traffic.emergency_share);
        writer.put(traffic.escalation_share);
        writer.put(traffic.redial);
    }
}

void put_events(Writer& writer, const Scenario& scenario) {
    for (const Window& window : scenario.windows) {
        writer.line("window");
        writer.put(window);
    }
    for (const UpdatePlan& update : scenario.updates) {
        writer.line("update");
        writer.put(update.site);
        writer.put(update.window);
        writer.put(update.purposes.os);
        writer.put(update.purposes.bits);
    }
    if (scenario.releases) {
        writer.line("releases");
        writer.put(scenario.releases->patches);
        writer.put(scenario.releases->bad_share);
        writer.put(scenario.releases->bad_shows);
        writer.put(scenario.releases->bad_lasts);
    }
    if (scenario.bits_releases) {
        writer.line("bits releases");
        writer.put(scenario.bits_releases->out);
        writer.put(scenario.bits_releases->between);
        writer.put(scenario.bits_releases->bad_share);
        writer.put(scenario.bits_releases->bad_shows);
        writer.put(scenario.bits_releases->bad_lasts);
    }
    for (const Policy& policy : scenario.policies) {
        writer.line("policy");
        writer.put(policy.name);
        writer.put(policy.update.kind);
        writer.put(policy.update.drain_limit);
        writer.put(policy.recovery);
        for (const ProgramId program : policy.programs) {
            writer.put(program);
            writer.put(scenario.programs[program].each_site);
        }
    }
    for (const Incident& incident : scenario.incidents) {
        writer.line("incident");
        writer.put(incident.at);
        writer.put(incident.action.index());
        std::visit([&](const auto& action) { writer.put(action); }, incident.action);
    }
    for (const Failures& failures : scenario.failures) {
        writer.line("failures");
        writer.put(failures.fault);
        writer.put(failures.between);
        writer.put(failures.lasts);
        if (!failures.repaired_by) continue;
        writer.line("repaired_by");
        writer.put(*failures.repaired_by);
    }
    for (const Crew& crew : scenario.crews) {
        writer.line("crew");
        writer.put(crew.name);
        writer.put(crew.people);
    }
    for (const Configured& configured : scenario.configured) {
        writer.line("configured");
        writer.put(configured.fault);
    }
}

void put_expectations(Writer& writer, const Scenario& scenario) {
    for (const Expectation& expectation : scenario.expectations) {
        writer.line("expectation");
        writer.put(expectation.metric);
        writer.put(expectation.scope);
        writer.put(expectation.relation);
        writer.put(expectation.target);
        writer.put(expectation.always);
        writer.put(expectation.confidence);
        writer.put(expectation.when);
        writer.put(expectation.baseline);
    }
}

}  // namespace

std::string canonical(const Scenario& scenario) {
    Writer writer;
    writer.line("run");
    writer.put(scenario.from);
    writer.put(scenario.length);
    writer.put(scenario.seed);
    put_estate(writer, scenario);
    put_callers(writer, scenario);
    put_events(writer, scenario);
    put_expectations(writer, scenario);
    for (const ParameterRow& row : parameter_catalogue()) {
        writer.line(row.key);
        writer.put(row.shown(scenario.parameters));
    }
    return writer.take();
}

std::string plan_hash(const Scenario& scenario) {
    return content_hash(canonical(scenario));
}

std::string content_hash(std::string_view bytes) {
    return kernel::hex(kernel::hash(bytes));
}

}  // namespace sim::scenario
