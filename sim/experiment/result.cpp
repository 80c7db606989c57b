#include "sim/experiment/result.hpp"

#include "sim/kernel/check.hpp"
#include "sim/kernel/fingerprint.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace sim::experiment {

using vocabulary::ApplianceRow;
using vocabulary::CrewRow;
using vocabulary::Exit;
using vocabulary::GatewayRow;
using vocabulary::Loss;
using vocabulary::SiteRow;

std::string_view text(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass:
            return "pass";
        case Verdict::fail:
            return "fail";
        case Verdict::undecided:
            return "undecided";
        case Verdict::vacuous:
            return "vacuous";
    }
    return "?";
}

namespace {

// Little-endian on every machine: the fingerprint is compared between them.
void append(std::string& bytes, std::uint64_t word) {
    for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(word >> shift & 0xff);
}

}  // namespace

std::uint64_t fingerprint(const std::string& policy, const std::vector<Done>& done) {
    std::string bytes;
    for (const Done& row : done) {
        bytes += policy;
        bytes += '\0';
        append(bytes, row.number);
        append(bytes, row.fingerprint);
    }
    return kernel::hash(bytes);
}

std::uint64_t fingerprint(const std::vector<std::uint64_t>& cells) {
    std::string bytes;
    for (const std::uint64_t cell : cells) append(bytes, cell);
    return kernel::hash(bytes);
}

Exit Experiment::exit() const {
    Exit exit = partial() ? Exit::interrupted : Exit::done;
    for (const Judged& judged : expectations) exit = gravest(exit, exit_of(judged.verdict));
    return exit;
}

Exit exit_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass:
            return Exit::done;
        case Verdict::fail:
            return Exit::expectation_unmet;
        case Verdict::undecided:
            return Exit::undecided;
        case Verdict::vacuous:
            return Exit::vacuous;
    }
    return Exit::defect;
}

Exit gravest(Exit a, Exit b) {
    constexpr std::array gravest_first{
        Exit::defect,   Exit::interrupted, Exit::terminated,        Exit::command_line,      Exit::output,
        Exit::scenario, Exit::input_data,  Exit::not_deterministic, Exit::expectation_unmet, Exit::undecided,
        Exit::vacuous};
    for (Exit exit : gravest_first)
        if (a == exit || b == exit) return exit;
    return Exit::done;
}

namespace {

void add(ApplianceRow& sum, const ApplianceRow& row) {
    sum.ready += row.ready;
    sum.talk += row.talk;
    sum.over_limit += row.over_limit;
    sum.busy_max = std::max(sum.busy_max, row.busy_max);
}

void add(GatewayRow& sum, const GatewayRow& row) {
    sum.talk += row.talk;
    sum.busy_max = std::max(sum.busy_max, row.busy_max);
}

void add(SiteRow& sum, const SiteRow& row) {
    SIM_CHECK(sum.name == row.name);
    SIM_CHECK(sum.appliances.size() == row.appliances.size() && sum.gateways.size() == row.gateways.size());
    for (std::size_t d = 0; d < sum.by_direction.size(); ++d) sum.by_direction[d] += row.by_direction[d];
    sum.appliances_ready_min = std::min(sum.appliances_ready_min, row.appliances_ready_min);
    sum.one_ready += row.one_ready;
    sum.enough_ready += row.enough_ready;
    sum.exposed += row.exposed;
    for (std::size_t hour = 0; hour < sum.hours.size(); ++hour) {
        sum.hours[hour].attempts += row.hours[hour].attempts;
        sum.hours[hour].blocked += row.hours[hour].blocked;
        sum.hours[hour].lost += row.hours[hour].lost;
    }
    for (std::size_t i = 0; i < sum.appliances.size(); ++i) add(sum.appliances[i], row.appliances[i]);
    for (std::size_t i = 0; i < sum.gateways.size(); ++i) add(sum.gateways[i], row.gateways[i]);
}

void add(CrewRow& sum, const CrewRow& row) {
    sum.repairs += row.repairs;
    sum.waited += row.waited;
    sum.waiting_max = std::max(sum.waiting_max, row.waiting_max);
    sum.wait += row.wait;
    sum.wait_max = std::max(sum.wait_max, row.wait_max);
    sum.busy += row.busy;
}

auto key(const Loss& loss) {
    return std::tie(loss.site, loss.outcome, loss.reason, loss.direction, loss.appliance, loss.group);
}

std::vector<Loss> joined(std::vector<Loss> losses) {
    std::stable_sort(losses.begin(), losses.end(),
                     [](const Loss& a, const Loss& b) { return key(a) < key(b); });
    std::vector<Loss> sums;
    for (Loss& loss : losses) {
        if (!sums.empty() && key(sums.back()) == key(loss))
            sums.back().calls += loss.calls;
        else
            sums.push_back(std::move(loss));
    }
    return sums;
}

}  // namespace

void add_to(Replication& sum, const Replication& row) {
    SIM_CHECK(sum.sites.size() == row.sites.size());
    sum.simulated += row.simulated;
    for (std::size_t i = 0; i < sum.sites.size(); ++i) add(sum.sites[i], row.sites[i]);
    sum.losses.insert(sum.losses.end(), row.losses.begin(), row.losses.end());
    sum.losses = joined(std::move(sum.losses));
    sum.degraded += row.degraded;
    sum.escalations += row.escalations;
    sum.escalations_failed += row.escalations_failed;
    sum.transfers_failed += row.transfers_failed;
    sum.redials += row.redials;
    sum.emergency_attempts += row.emergency_attempts;
    sum.emergency_lost += row.emergency_lost;
    sum.post_dial_delay += row.post_dial_delay;
    sum.delayed += row.delayed;
    sum.lost_talk += row.lost_talk;
    sum.unpatched += row.unpatched;
    sum.out_of_support += row.out_of_support;
    for (const auto& [name, count] : row.events) sum.events[name] += count;
    SIM_CHECK(sum.crews.size() == row.crews.size());
    for (std::size_t i = 0; i < sum.crews.size(); ++i) add(sum.crews[i], row.crews[i]);
}

Replication sum_of(Replication first) {
    first.number = 0;
    first.fingerprint = 0;
    first.losses = joined(std::move(first.losses));
    first.missed_windows.clear();
    first.refused_cmdlets.clear();
    return first;
}

}  // namespace sim::experiment
