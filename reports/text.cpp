#include "reports/text.hpp"

#include "reports/figures.hpp"
#include "reports/parts.hpp"
#include "reports/table.hpp"
#include "reports/verdicts.hpp"
#include "sim/kernel/fingerprint.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace reports {

using sim::experiment::Experiment;
using sim::experiment::Judged;
using sim::experiment::Replication;
using sim::experiment::Verdict;
using sim::kernel::Duration;
using sim::vocabulary::Direction;
using sim::vocabulary::Ledger;
using sim::vocabulary::Outcome;
using sim::vocabulary::Reason;
using sim::vocabulary::shown;
using sim::vocabulary::SiteRow;

namespace {

std::string head(const Experiment& experiment, Look look) {
    const std::size_t done = experiment.done.size();
    const Duration each = done == 0 ? Duration{} : experiment.sum.simulated / static_cast<Duration::rep>(done);
    std::string line = fmt::format("{}   policy {}   {}", shown(experiment.outline.scenario),
                                   shown(experiment.outline.policy), sim::vocabulary::text(each));
    if (experiment.asked > 1) line += "   " + plural(done, "replication") + ", counts are their sums";
    if (experiment.partial())
        line += "\n" + painted(fmt::format("PARTIAL: {} of {} replications", done, experiment.asked),
                               Verdict::undecided, look);
    return line + "\n";
}

std::string expectations(const Experiment& experiment, Look look) {
    if (experiment.expectations.empty()) return "";
    Table table({{"expectation", Align::left},
                 {"wanted", Align::left},
                 {"seen"},
                 {"verdict", Align::left},
                 {"at", Align::left}});
    for (const Judged& judged : experiment.expectations) {
        std::string verdict = painted(std::string(text(judged.verdict)), judged.verdict, look);
        if (!judged.why.empty()) verdict += ", " + shown(judged.why);
        table.add({shown(asked(judged)), wanted(judged), seen(judged), verdict, shown(judged.at)});
    }
    return "\n" + table.text();
}

void append_ledger(std::vector<std::string>& cells, const Ledger& ledger) {
    cells.push_back(grouped(ledger.attempts().value));
    for (Outcome outcome : sim::vocabulary::outcomes) cells.push_back(grouped(ledger[outcome].value));
}

std::uint64_t micros(Duration duration) {
    return static_cast<std::uint64_t>(duration.count());
}

std::string busiest_gateway(const SiteRow& site) {
    const sim::vocabulary::GatewayRow* busiest = nullptr;
    for (const auto& gateway : site.gateways)
        if (gateway.channels > 0 &&
            (!busiest || gateway.busy_max * busiest->channels > busiest->busy_max * gateway.channels))
            busiest = &gateway;
    return busiest ? percent(busiest->busy_max, busiest->channels, 0) : dash;
}

void append_state(std::vector<std::string>& cells, const SiteRow& site, Duration simulated) {
    cells.push_back(busiest_gateway(site));
    if (site.appliances.empty()) {
        cells.insert(cells.end(), 3, dash);
        return;
    }
    cells.push_back(fmt::format("{} of {}", site.appliances_ready_min, site.appliances.size()));
    cells.push_back(percent(micros(site.one_ready), micros(simulated), 3));
    cells.push_back(percent(micros(site.enough_ready), micros(simulated), 3));
}

bool is_worth_a_line(const SiteRow& site) {
    return site.name != sim::vocabulary::no_site || site.ledger().attempts().value > 0;
}

std::string sites(const Replication& sum) {
    Table table({{"site", Align::left},
                 {"attempts"},
                 {"completed"},
                 {"dropped"},
                 {"blocked"},
                 {"refused"},
                 {"failed"},
                 {"un-\nreachable"},
                 {"in\nprogress"},
                 {"channels\nbusy max"},
                 {"appliances\nready min"},
                 {"one\nready"},
                 {"enough\nready"}});
    for (const SiteRow& site : sum.sites) {
        if (!is_worth_a_line(site)) continue;
        std::vector<std::string> cells{shown(site.name)};
        append_ledger(cells, site.ledger());
        append_state(cells, site, sum.simulated);
        table.add(cells);
    }
    std::vector<std::string> total{"all"};
    append_ledger(total, sum.ledger());
    table.total(total);
    return "\n" + table.text();
}

// The groups of users are for machines; people read a loss by what it hit.
std::string losses(const Replication& sum) {
    std::map<std::tuple<std::string, Outcome, Reason, Direction, std::string>, std::uint64_t> rows;
    std::uint64_t all = 0;
    for (const auto& loss : sum.losses) {
        rows[{loss.site, loss.outcome, loss.reason, loss.direction, loss.appliance}] += loss.calls.value;
        all += loss.calls.value;
    }
    if (rows.empty()) return "\nNo call was lost.\n";
    Table table({{"lost calls\nat site", Align::left},
                 {"outcome", Align::left},
                 {"reason", Align::left},
                 {"direction", Align::left},
                 {"appliance", Align::left},
                 {"calls"}});
    for (const auto& [key, calls] : rows) {
        const auto& [site, outcome, reason, direction, appliance] = key;
        table.add({shown(site), std::string(text(outcome)), std::string(text(reason)),
                   std::string(text(direction)), appliance.empty() ? dash : shown(appliance), grouped(calls)});
    }
    table.total({"all", "", "", "", "", grouped(all)});
    return "\n" + table.text();
}

// What befell some replications, equal rows joined: how often, and in which.
class Befallen {
public:
    using Key = std::vector<std::string>;

    void add(Key key, std::uint64_t replication) { rows_[std::move(key)].push_back(replication); }

    // `columns` are those of the keys.
    std::string text(std::vector<Column> columns, const Experiment& experiment) const {
        if (rows_.empty()) return "";
        const bool several = experiment.asked > 1;
        columns.push_back({"times"});
        if (several) columns.push_back({"in replication", Align::left});
        Table table(std::move(columns));
        for (const auto& [key, replications] : rows_) {
            std::vector<std::string> cells;
            for (const std::string& name : key) cells.push_back(name.empty() ? dash : shown(name));
            cells.push_back(grouped(replications.size()));
            if (several) cells.push_back(listed(replications));
            table.add(cells);
        }
        return "\n" + table.text();
    }

private:
    // Each once, the first of many: enough to look one up.
    static std::string listed(std::vector<std::uint64_t> replications) {
        constexpr std::size_t listed_max = 5;
        replications.erase(std::unique(replications.begin(), replications.end()), replications.end());
        std::string list;
        for (std::size_t i = 0; i < replications.size() && i < listed_max; ++i)
            list += fmt::format("{}{}", i == 0 ? "" : ", ", replications[i]);
        if (replications.size() > listed_max)
            list += fmt::format(" and {} more", replications.size() - listed_max);
        return list;
    }

    std::map<Key, std::vector<std::uint64_t>> rows_;
};

std::string missed_windows(const Experiment& experiment) {
    Befallen rows;
    for (const auto& [replication, missed] : experiment.missed_windows)
        rows.add({missed.opened, missed.site, missed.appliance, missed.reason}, replication);
    return rows.text({{"missed window", Align::left},
                      {"site", Align::left},
                      {"appliance", Align::left},
                      {"reason", Align::left}},
                     experiment);
}

std::string refused_cmdlets(const Experiment& experiment) {
    Befallen rows;
    for (const auto& [replication, refused] : experiment.refused_cmdlets)
        rows.add({refused.at, refused.cmdlet, refused.site, refused.appliance, refused.reason}, replication);
    return rows.text({{"cmdlets refused", Align::left},
                      {"cmdlet", Align::left},
                      {"site", Align::left},
                      {"appliance", Align::left},
                      {"reason", Align::left}},
                     experiment);
}

std::string configured(const Experiment& experiment) {
    if (experiment.outline.configured.empty()) return "";
    Table table({{"as configured", Align::left}, {"at", Align::left}, {"said at", Align::left}});
    for (const auto& wrong : experiment.outline.configured)
        table.add({wrong.fault, shown(wrong.on), shown(wrong.at)});
    return "\n" + table.text();
}

std::string minutes(Duration duration) {
    return figure(sim::kernel::seconds(duration) / 60, "min");
}

std::string crews(const Replication& sum) {
    if (sum.crews.empty()) return "";
    Table table({{"crew", Align::left},
                 {"people"},
                 {"repairs"},
                 {"of them\nwaited"},
                 {"wait\nmean"},
                 {"wait\nmax"},
                 {"waiting\nmax"},
                 {"busy"}});
    for (const auto& crew : sum.crews) {
        const bool any = crew.repairs > 0;
        table.add({shown(crew.name), grouped(crew.people), grouped(crew.repairs), grouped(crew.waited),
                   any ? minutes(crew.wait / static_cast<Duration::rep>(crew.repairs)) : dash,
                   any ? minutes(crew.wait_max) : dash, grouped(crew.waiting_max),
                   percent(micros(crew.busy), micros(sum.simulated) * crew.people, 3)});
    }
    return "\n" + table.text();
}

Duration over_limit(const Replication& sum) {
    Duration over{};
    for (const SiteRow& site : sum.sites)
        for (const auto& appliance : site.appliances) over += appliance.over_limit;
    return over;
}

Duration exposed(const Replication& sum) {
    Duration exposed{};
    for (const SiteRow& site : sum.sites) exposed += site.exposed;
    return exposed;
}

std::string happenings(const Replication& sum) {
    Table table({{"also", Align::left}, {"times"}});
    const auto add = [&](const std::string& what, std::uint64_t times) {
        if (times > 0) table.add({what, grouped(times)});
    };
    add("calls degraded", sum.degraded.value);
    add("calls delayed by a hunt", sum.delayed.value);
    add("escalations failed", sum.escalations_failed.value);
    add("transfers failed", sum.transfers_failed.value);
    add("redials", sum.redials.value);
    add("emergency calls lost", sum.emergency_lost.value);
    if (const Duration over = over_limit(sum); over > Duration{})
        table.add({"over limit minutes", figure(sim::kernel::seconds(over) / 60, "min")});
    if (sum.unpatched > Duration{})
        table.add(
            {"appliance-days unpatched", fmt::format("{:.1f}", sim::kernel::seconds(sum.unpatched) / 86400)});
    if (sum.out_of_support > Duration{})
        table.add({"appliance-days out of support",
                   fmt::format("{:.1f}", sim::kernel::seconds(sum.out_of_support) / 86400)});
    if (const Duration time = exposed(sum); time > Duration{})
        table.add({"hours exposed", figure(sim::kernel::seconds(time) / 3600, "h")});
    for (const auto& [name, times] : sum.events) {
        std::string words = name;
        std::replace(words.begin(), words.end(), '_', ' ');
        add(words, times);
    }
    return table.empty() ? "" : "\n" + table.text();
}

std::string manifest(const Experiment& experiment) {
    const auto& outline = experiment.outline;
    return fmt::format("\n{}seed {}   replications {}   policy {}   semantics {}   {}\nfingerprint {}\n",
                       set_text(outline), outline.seed, experiment.done.size(), shown(outline.policy),
                       sim::experiment::semantics_version, assumed_text(outline),
                       sim::kernel::dashed(experiment.fingerprint()));
}

}  // namespace

std::string text(const Experiment& experiment, Look look) {
    const Replication& sum = experiment.sum;
    return head(experiment, look) + expectations(experiment, look) + sites(sum) + losses(sum) +
           configured(experiment) + missed_windows(experiment) + refused_cmdlets(experiment) + crews(sum) +
           happenings(sum) + manifest(experiment);
}

}  // namespace reports
