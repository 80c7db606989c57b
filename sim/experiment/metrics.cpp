#include "sim/experiment/metrics.hpp"

#include "sim/experiment/estimators.hpp"

#include <algorithm>

namespace sim::experiment {

using scenario::MetricScope;
using vocabulary::Direction;
using vocabulary::Outcome;
using vocabulary::SiteRow;

namespace {

using Sight = std::optional<Seen>;
using Look = std::function<Sight(const Replication&, const MetricScope&)>;

double number(vocabulary::Calls calls) {
    return static_cast<double>(calls.value);
}
double number(std::uint64_t count) {
    return static_cast<double>(count);
}

std::vector<const SiteRow*> sites_in(const Replication& row, const MetricScope& scope) {
    std::vector<const SiteRow*> sites;
    for (const SiteRow& site : row.sites)
        if (!scope.site || site.name == *scope.site) sites.push_back(&site);
    return sites;
}

std::vector<const SiteRow*> staffed_sites_in(const Replication& row, const MetricScope& scope) {
    std::vector<const SiteRow*> sites = sites_in(row, scope);
    sites.erase(std::remove_if(sites.begin(), sites.end(),
                               [](const SiteRow* site) { return site->appliances.empty(); }),
                sites.end());
    return sites;
}

Ledger ledger_in(const Replication& row, const MetricScope& scope) {
    Ledger ledger;
    for (const SiteRow* site : sites_in(row, scope))
        for (Direction direction : vocabulary::directions)
            if (!scope.direction || direction == *scope.direction)
                ledger += site->by_direction[static_cast<std::size_t>(direction)];
    return ledger;
}

// A count of calls; where nobody called there was nothing to see.
Look calls(std::function<vocabulary::Calls(const Ledger&)> counted) {
    return [counted](const Replication& row, const MetricScope& scope) -> Sight {
        const Ledger ledger = ledger_in(row, scope);
        if (ledger.attempts().value == 0) return std::nullopt;
        return Seen{number(counted(ledger))};
    };
}

Look calls(Outcome outcome) {
    return calls([outcome](const Ledger& ledger) { return ledger[outcome]; });
}

// Calls for each `unit` attempts.
Look calls_per(double unit, std::function<vocabulary::Calls(const Ledger&)> counted) {
    return [unit, counted](const Replication& row, const MetricScope& scope) -> Sight {
        const Ledger ledger = ledger_in(row, scope);
        if (ledger.attempts().value == 0) return std::nullopt;
        return Seen{number(counted(ledger)), number(ledger.attempts()) / unit};
    };
}

vocabulary::Calls served(const Ledger& ledger) {
    return ledger[Outcome::completed] + ledger[Outcome::in_progress];
}

Sight attempts(const Replication& row, const MetricScope& scope) {
    if (sites_in(row, scope).empty()) return std::nullopt;
    return Seen{number(ledger_in(row, scope).attempts())};
}

Sight dropped_planned(const Replication& row, const MetricScope& scope) {
    if (ledger_in(row, scope).attempts().value == 0) return std::nullopt;
    double planned = 0;
    for (const vocabulary::Loss& loss : row.losses)
        if (loss.outcome == Outcome::dropped && vocabulary::is_planned(loss.reason) &&
            (!scope.site || loss.site == *scope.site) &&
            (!scope.direction || loss.direction == *scope.direction))
            planned += number(loss.calls);
    return Seen{planned};
}

// A count over the whole replication, calls there or not.
Look whole(std::function<double(const Replication&)> counted) {
    return [counted](const Replication& row, const MetricScope&) -> Sight { return Seen{counted(row)}; };
}

Look events(const std::string& name) {
    return whole([name](const Replication& row) {
        const auto found = row.events.find(name);
        return found == row.events.end() ? 0.0 : number(found->second);
    });
}

// A share of the time, each site weighing the same.
Look time_share(kernel::Duration SiteRow::*up) {
    return [up](const Replication& row, const MetricScope& scope) -> Sight {
        const auto sites = staffed_sites_in(row, scope);
        if (sites.empty() || row.simulated.count() == 0) return std::nullopt;
        kernel::Duration sum{};
        for (const SiteRow* site : sites) sum += site->*up;
        const kernel::Duration all = row.simulated * static_cast<kernel::Duration::rep>(sites.size());
        return Seen{kernel::seconds(sum), kernel::seconds(all)};
    };
}

Sight appliances_ready(const Replication& row, const MetricScope& scope) {
    Sight fewest;
    for (const SiteRow* site : staffed_sites_in(row, scope)) {
        const double here = number(std::uint64_t{site->appliances_ready_min});
        if (!fewest || here < fewest->above) fewest = Seen{here};
    }
    return fewest;
}

Sight channels_busy_max(const Replication& row, const MetricScope& scope) {
    Sight busiest;
    for (const SiteRow* site : sites_in(row, scope))
        for (const vocabulary::GatewayRow& gateway : site->gateways) {
            if (gateway.channels == 0) continue;
            const Seen here{number(gateway.busy_max), number(std::uint64_t{gateway.channels})};
            if (!busiest || here.value() > busiest->value()) busiest = here;
        }
    return busiest;
}

Sight channel_use(const Replication& row, const MetricScope& scope) {
    kernel::Duration talk{};
    std::uint64_t channels = 0;
    for (const SiteRow* site : sites_in(row, scope))
        for (const vocabulary::GatewayRow& gateway : site->gateways) {
            talk += gateway.talk;
            channels += gateway.channels;
        }
    if (channels == 0 || row.simulated.count() == 0) return std::nullopt;
    return Seen{kernel::seconds(talk), kernel::seconds(row.simulated) * number(channels)};
}

// Over all appliances, each for itself: two of them above at once count twice.
Sight hours_exposed(const Replication& row, const MetricScope& scope) {
    const auto sites = staffed_sites_in(row, scope);
    if (sites.empty()) return std::nullopt;
    kernel::Duration exposed{};
    for (const SiteRow* site : sites) exposed += site->exposed;
    return Seen{kernel::seconds(exposed) / 3600};
}

Sight over_limit_minutes(const Replication& row, const MetricScope& scope) {
    const auto sites = staffed_sites_in(row, scope);
    if (sites.empty()) return std::nullopt;
    kernel::Duration over{};
    for (const SiteRow* site : sites)
        for (const vocabulary::ApplianceRow& appliance : site->appliances) over += appliance.over_limit;
    return Seen{kernel::seconds(over) / 60};
}

// The local hour of the day in which the largest share was blocked, over all days of the run.
Sight blocking_worst_hour(const Replication& row, const MetricScope& scope) {
    Sight worst;
    for (const SiteRow* site : sites_in(row, scope))
        for (const vocabulary::HourRow& hour : site->hours) {
            if (hour.attempts.value == 0) continue;
            const Seen here{number(hour.blocked), number(hour.attempts)};
            if (!worst || here.value() > worst->value()) worst = here;
        }
    return worst;
}

// Of all crews together, each person and each repair weighing the same.
Sight crew_wait_mean(const Replication& row, const MetricScope&) {
    kernel::Duration wait{};
    std::uint64_t repairs = 0;
    for (const vocabulary::CrewRow& crew : row.crews) {
        wait += crew.wait;
        repairs += crew.repairs;
    }
    if (repairs == 0) return std::nullopt;
    return Seen{kernel::seconds(wait) / 60, number(repairs)};
}

Sight crew_busy(const Replication& row, const MetricScope&) {
    kernel::Duration busy{};
    std::uint64_t people = 0;
    for (const vocabulary::CrewRow& crew : row.crews) {
        busy += crew.busy;
        people += crew.people;
    }
    if (people == 0 || row.simulated.count() == 0) return std::nullopt;
    return Seen{kernel::seconds(busy), kernel::seconds(row.simulated) * number(people)};
}

Sight post_dial_delay(const Replication& row, const MetricScope&) {
    const vocabulary::Calls attempted = row.ledger().attempts();
    if (attempted.value == 0) return std::nullopt;
    return Seen{kernel::seconds(row.post_dial_delay), number(attempted)};
}

Sight emergency_lost(const Replication& row, const MetricScope&) {
    if (row.emergency_attempts.value == 0) return std::nullopt;
    return Seen{number(row.emergency_lost)};
}

constexpr bool by_site = true, by_direction = true, no = false;
constexpr double per_10k = 10'000;

std::vector<Metric> call_metrics() {
    const auto mean = Estimator::mean;
    const auto ratio = Estimator::ratio;
    const auto lower = Better::lower;
    const auto higher = Better::higher;
    const auto lost = [](const Ledger& ledger) { return ledger.lost(); };
    const auto dropped = [](const Ledger& ledger) { return ledger[Outcome::dropped]; };
    const auto blocked = [](const Ledger& ledger) { return ledger[Outcome::blocked]; };
    return {
        {"attempts", "calls", "call attempts, redials too", by_site, by_direction, mean, higher, attempts},
        {"calls_completed", "calls", "answered and ended by themselves", by_site, by_direction, mean, higher,
         calls(Outcome::completed)},
        {"calls_dropped", "calls", "cut after answer", by_site, by_direction, mean, lower,
         calls(Outcome::dropped)},
        {"calls_dropped_planned", "calls", "cut on purpose: by maintenance or an operator", by_site,
         by_direction, mean, lower, dropped_planned},
        {"calls_blocked", "calls", "no line, channel or media port free", by_site, by_direction, mean, lower,
         calls(Outcome::blocked)},
        {"calls_refused", "calls", "turned down by policy or licence", by_site, by_direction, mean, lower,
         calls(Outcome::refused)},
        {"calls_failed", "calls", "path broken, no appliance ready, no route", by_site, by_direction, mean,
         lower, calls(Outcome::failed)},
        {"calls_unreachable", "calls", "user signed out, or the tenant down", by_site, by_direction, mean,
         lower, calls(Outcome::unreachable)},
        {"calls_lost", "calls", "dropped, blocked, refused, failed or unreachable", by_site, by_direction, mean,
         lower, calls(lost)},
        {"calls_in_progress", "calls", "still up when the run ended", by_site, by_direction, mean, higher,
         calls(Outcome::in_progress)},
        {"calls_degraded", "calls", "completed, but without audio control for a while", no, no, mean, lower,
         whole([](const Replication& row) { return number(row.degraded); })},
        {"dropped_per_10k", "calls per 10 000", "dropped, for each 10 000 attempts", by_site, by_direction,
         ratio, lower, calls_per(per_10k, dropped), Each::attempt},
        {"lost_per_10k", "calls per 10 000", "lost, for each 10 000 attempts", by_site, by_direction, ratio,
         lower, calls_per(per_10k, lost), Each::attempt},
        {"attempts_served", "share", "completed or still up, of all attempts", by_site, by_direction, ratio,
         higher, calls_per(1, served), Each::attempt},
        {"blocking", "share", "blocked, of all attempts", by_site, by_direction, ratio, lower,
         calls_per(1, blocked), Each::attempt},
        {"blocking_worst_hour", "share", "blocked, of the attempts of the local hour of day that was worst",
         by_site, no, Estimator::worst, lower, blocking_worst_hour},
        {"lost_call_minutes", "min", "conversation that drops cut off", no, no, mean, lower,
         whole([](const Replication& row) { return kernel::seconds(row.lost_talk) / 60; })},
        {"post_dial_delay", "s", "added before the call is set up, mean of all attempts", no, no, ratio, lower,
         post_dial_delay},
        {"calls_delayed", "calls", "calls that were set up after a connect delay", no, no, mean, lower,
         whole([](const Replication& row) { return number(row.delayed); })},
        {"emergency_lost", "calls", "emergency calls that were lost", no, no, mean, lower, emergency_lost},
        {"redials", "calls", "attempts that are second tries of lost callers", no, no, mean, lower,
         whole([](const Replication& row) { return number(row.redials); })},
        {"escalations", "calls", "two-party calls that were to become a conference", no, no, mean, higher,
         whole([](const Replication& row) { return number(row.escalations); })},
        {"escalations_failed", "calls", "of them, those that could not; the two-party call lives on", no, no,
         mean, lower, whole([](const Replication& row) { return number(row.escalations_failed); })},
        {"transfers_failed", "calls", "transfers that a gateway refused (refer-unsupported); the call lives on",
         no, no, mean, lower, whole([](const Replication& row) { return number(row.transfers_failed); })},
    };
}

std::vector<Metric> state_metrics() {
    return {
        {"availability_one_ready", "share", "of the time, at least one appliance ready", by_site, no,
         Estimator::ratio, Better::higher, time_share(&SiteRow::one_ready)},
        {"availability_enough_ready", "share", "of the time, enough appliances ready for the busy hour",
         by_site, no, Estimator::ratio, Better::higher, time_share(&SiteRow::enough_ready)},
        {"appliances_ready", "appliances", "ready at once in a site, fewest over the run", by_site, no,
         Estimator::worst, Better::higher, appliances_ready, Each::moment},
        {"channels_busy_max", "share", "of the channels of the busiest gateway, most over the run", by_site, no,
         Estimator::worst, Better::lower, channels_busy_max, Each::moment},
        {"channel_use", "share", "of the time, a channel carries a call", by_site, no, Estimator::ratio,
         Better::lower, channel_use},
        {"over_limit_minutes", "min", "appliances carried more calls than their limit, added up", by_site, no,
         Estimator::mean, Better::lower, over_limit_minutes},
        {"unpatched_days", "days", "appliances lacked the newest patch of Windows, all together", no, no,
         Estimator::mean, Better::lower,
         whole([](const Replication& row) { return kernel::seconds(row.unpatched) / 86400; })},
        {"out_of_support_days", "days",
         "appliances ran a version more than 60 days after a newer one had come out, all together", no, no,
         Estimator::mean, Better::lower,
         whole([](const Replication& row) { return kernel::seconds(row.out_of_support) / 86400; })},
        {"hours_exposed", "h", "keys of an appliance's CA or servers were in wrong hands, added up", by_site,
         no, Estimator::mean, Better::lower, hours_exposed},
        {"crew_wait_mean", "min", "from a failure to the beginning of its repair, mean of all repairs by crews",
         no, no, Estimator::ratio, Better::lower, crew_wait_mean},
        {"crew_busy", "share", "of the time, somebody of a crew repairs, mean of all people", no, no,
         Estimator::ratio, Better::lower, crew_busy},
    };
}

Metric event_metric(const std::string& name, const std::string& meaning, Better better) {
    return {name, "events", meaning, no, no, Estimator::mean, better, events(name)};
}

std::vector<Metric> event_metrics() {
    return {
        event_metric("detections", "a management service found something bad", Better::lower),
        event_metric("recovery_attempts", "a management service tried to repair", Better::lower),
        event_metric("recoveries", "it succeeded", Better::higher),
        event_metric("drains", "an appliance was emptied before work", Better::lower),
        event_metric("drains_with_calls", "a drain began with calls up", Better::lower),
        event_metric("drains_cut", "a drain reached its limit with calls up", Better::lower),
        event_metric("windows_opened", "an update window opened", Better::higher),
        event_metric("windows_missed", "an update window closed before an appliance's turn came",
                     Better::lower),
        event_metric("updates_finished", "an appliance was patched", Better::higher),
        event_metric("updates_failed", "an update broke off and left the appliance as it was", Better::lower),
        event_metric("bits_updates_finished", "a management service brought an appliance to a new version",
                     Better::higher),
        event_metric("bits_updates_failed", "that broke off, and the old version served on", Better::lower),
        event_metric("cmdlets_run", "a cmdlet was accepted", Better::higher),
        event_metric("cmdlets_failed", "a cmdlet was refused, or broke off", Better::lower),
        event_metric("faults_struck", "something broke", Better::lower),
        event_metric("faults_cleared", "what was broken works again", Better::higher),
        event_metric("repairs_waited", "a repair could not begin, because nobody of the crew was free",
                     Better::lower),
        event_metric("warnings", "the product warned an operator", Better::lower),
    };
}

std::vector<Metric> whole_catalogue() {
    std::vector<Metric> all = call_metrics();
    for (auto part : {state_metrics(), event_metrics()}) all.insert(all.end(), part.begin(), part.end());
    return all;
}

}  // namespace

const std::vector<Metric>& metric_catalogue() {
    static const std::vector<Metric> catalogue = whole_catalogue();
    return catalogue;
}

bool worse(const Metric& metric, double a, double b) {
    return metric.better == Better::lower ? a > b : a < b;
}

const Metric* find_metric(const std::string& name) {
    for (const Metric& metric : metric_catalogue())
        if (metric.name == name) return &metric;
    return nullptr;
}

std::optional<double> most_of(const Metric& metric) {
    if (metric.unit == "share") return 1;
    if (metric.unit == "calls per 10 000") return per_10k;
    return std::nullopt;
}

std::string_view always_text(const std::string& name) {
    const Metric* metric = find_metric(name);
    return metric != nullptr && metric->each == Each::moment ? "always" : "in every replication";
}

std::vector<Sighting> sightings(const Replication& row) {
    std::vector<Sighting> all;
    const auto add = [&](const Metric& metric, std::optional<std::string> site) {
        const auto seen = metric.look(row, {site, false, {}});
        all.push_back(
            {metric.name, std::move(site), seen ? std::optional(seen->value()) : std::nullopt, metric.unit});
    };
    for (const Metric& metric : metric_catalogue()) {
        add(metric, std::nullopt);
        if (!metric.by_site) continue;
        for (const SiteRow& site : row.sites) add(metric, site.name);
    }
    return all;
}

namespace {

double chances(const Metric& metric, const std::vector<Seen>& seen, double most) {
    if (metric.each != Each::attempt) return number(std::uint64_t{seen.size()});
    double attempts = 0;
    for (const Seen& one : seen) attempts += one.below * most;
    return attempts;
}

// What was never seen, or always, has no spread, and yet it is not certain. Of what has no bound and was never
// seen - minutes, seconds - nothing says how much it would be: there the interval has no upper end.
Interval bounded(const Metric& metric, const Interval& plain, const std::vector<Seen>& seen,
                 double confidence) {
    if (const auto most = most_of(metric))
        return with_edge_bound(plain, seen, *most, chances(metric, seen, *most), confidence);
    if (metric.better == Better::higher) return plain;
    if (metric.unit == "events" || metric.unit == "calls") return with_rare_bound(plain, seen, confidence);
    Interval open = plain;
    if (std::all_of(seen.begin(), seen.end(), [](const Seen& one) { return !(one.above > 0); }))
        open.hi.reset();
    return open;
}

Interval within(const Metric& metric, Interval interval) {
    const auto most = most_of(metric);
    if (interval.lo && *interval.lo < 0) interval.lo = 0;
    if (interval.hi && most && *interval.hi > *most) interval.hi = most;
    return interval;
}

}  // namespace

Estimate estimate(const Metric& metric, const std::vector<Seen>& seen, double confidence) {
    const Interval plain = metric.estimator == Estimator::ratio ? ratio_interval(seen, confidence)
                                                                : mean_interval(values(seen), confidence);
    const Interval interval = within(metric, bounded(metric, plain, seen, confidence));
    return {interval.value, interval.lo, interval.hi, confidence, seen.size(), metric.unit};
}

std::string text(const MetricScope& scope) {
    std::string words;
    if (scope.per_site) words = "per site";
    if (scope.site) words = "site " + *scope.site;
    if (scope.direction) words += (words.empty() ? "" : ", ") + std::string(vocabulary::text(*scope.direction));
    return words;
}

}  // namespace sim::experiment
