// The plain loss system of teletraffic, through the product's own call plane: one appliance of 500 lines, 480
// erlangs offered, exponential calls of 180 s. Ledger, reasons, utilisation, fingerprint and the books are on,
// as in any run.
//
// Blocking is printed beside Erlang B, so that a bench that became fast by doing less shows it.

#include "sim/deployment/run.hpp"
#include "sim/kernel/math.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace sim;
using namespace std::chrono_literals;

constexpr unsigned lines = 500;
constexpr double erlangs = 480;

scenario::Scenario loss_system(kernel::Duration length) {
    scenario::Scenario plan;
    plan.name = "loss-system";
    plan.from = std::chrono::year{2019} / 11 / 10;
    plan.length = length;
    scenario::Site here;
    here.name = "Here";
    const scenario::SiteId site = plan.sites.add(std::move(here));
    scenario::Appliance appliance;
    appliance.name = "here-1";
    appliance.site = site;
    appliance.calls_max = lines;
    plan.sites[site].appliances.push_back(plan.appliances.add(std::move(appliance)));
    scenario::Gateway gateway;
    gateway.name = "here-gw-1";
    gateway.site = site;
    gateway.channels = 2 * lines;
    plan.sites[site].gateways.push_back(plan.gateways.add(std::move(gateway)));
    scenario::Cohort users;
    users.site = site;
    users.users.resize(1000);
    scenario::Traffic traffic;
    traffic.cohort = plan.cohorts.add(std::move(users));
    traffic.erlangs = erlangs;
    traffic.length = kernel::exponential_law(180s);
    for (auto& day : traffic.profile.days) day.assign(288, 1.0);
    plan.traffic.push_back(std::move(traffic));
    plan.policies.emplace_back();
    return plan;
}

void loss_system_500_lines(benchmark::State& state) {
    const scenario::Scenario plan = loss_system(std::chrono::hours{24 * 4});
    std::uint64_t calls = 0;
    std::uint64_t blocked = 0;
    std::uint64_t replication = 0;
    for (auto _ : state) {
        const vocabulary::Replication row = deployment::run(plan, plan.policies.front(), {42, ++replication});
        calls += row.ledger().attempts().value;
        blocked += row.ledger()[vocabulary::Outcome::blocked].value;
    }
    const auto count = static_cast<double>(calls);
    state.counters["calls/s"] = benchmark::Counter(count, benchmark::Counter::kIsRate);
    state.counters["ns/call"] =
        benchmark::Counter(count * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
    state.counters["blocking"] = static_cast<double>(blocked) / count;
    state.counters["erlang_b"] = kernel::erlang_b(lines, erlangs);
}
BENCHMARK(loss_system_500_lines)->Unit(benchmark::kMillisecond)->Repetitions(5)->ReportAggregatesOnly();

}  // namespace
