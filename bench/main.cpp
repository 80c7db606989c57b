// The figures that the project promises, measured: ccesim_bench CCESIM SCENARIOS [OUT.json [INSTRUCTIONS]]
//
// CPU time of one core, the median of several runs after a warm-up; what is compared with something is measured
// in turn with it. Blocking is printed beside Erlang B, so that a bench that became fast by doing less shows
// it.

#include "bench/counting.hpp"
#include "bench/workloads.hpp"
#include "sim/deployment/run.hpp"
#include "sim/deployment/world.hpp"
#include "sim/kernel/heap.hpp"
#include "sim/kernel/ladder.hpp"
#include "sim/kernel/math.hpp"
#include "sim/kernel/radix.hpp"
#include "sim/kernel/ziggurat.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace {

using namespace sim;
using namespace std::chrono_literals;

nlohmann::ordered_json figures;

void report(const std::string& key, double value, const std::string& what) {
    figures[key] = value;
    fmt::print("{:<32} {:>12.4g}   {}\n", key, value, what);
    std::fflush(stdout);
}

double clock_seconds(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}
double cpu_seconds() {
    return clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// --- the hold model: take the earliest, put it back one exponential step ahead
// ------------------------------------------

std::vector<std::int64_t> exponential_steps(double mean) {
    const kernel::Stream luck({1, 1}, "bench", "hold");
    std::vector<std::int64_t> steps(1 << 18);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const kernel::Block word = luck.at(i);
        const double x = kernel::exponential_unit(word[0], word[1], kernel::SpareLuck(luck.key(), i));
        steps[i] = static_cast<std::int64_t>(mean * x);
    }
    return steps;
}

template <class Queue>
double hold_ns(std::size_t pending, const std::vector<std::int64_t>& steps) {
    Queue queue;
    std::uint64_t number = 0;
    std::size_t step = 0;
    const auto next_step = [&] { return steps[step++ & (steps.size() - 1)]; };
    for (std::size_t i = 0; i < pending; ++i) queue.push({next_step(), ++number});
    const auto hold = [&](std::size_t times) {
        for (std::size_t i = 0; i < times; ++i) {
            const kernel::Due due = queue.first();
            queue.pop();
            queue.push({due.at + next_step(), ++number});
        }
    };
    constexpr std::size_t times = 2'000'000;
    hold(2 * pending + times / 4);
    std::vector<double> runs;
    for (int run = 0; run < 5; ++run) {
        const double begin = cpu_seconds();
        hold(times);
        runs.push_back((cpu_seconds() - begin) * 1e9 / times);
    }
    return median(runs);
}

void hold_model() {
    const std::vector<std::int64_t> steps = exponential_steps(180e6);
    for (const auto& [name, pending] : {std::pair{"10k", 10'000ul}, {"1m", 1'000'000ul}}) {
        report(std::string{"hold_ns_"} + name, hold_ns<kernel::Ladder>(pending, steps),
               "ns an event, the ladder of the calls");
        report(std::string{"hold_radix_ns_"} + name, hold_ns<kernel::Radix>(pending, steps),
               "ns an event, radix heap");
        report(std::string{"hold_heap_ns_"} + name, hold_ns<kernel::Heap>(pending, steps),
               "ns an event, 4-ary heap");
    }
}

// --- calls
// ---------------------------------------------------------------------------------------------------------------

struct Lived {
    double seconds = 0;
    vocabulary::Ledger ledger;
    double ns_per_call() const { return seconds * 1e9 / static_cast<double>(ledger.attempts().value); }
};

Lived live(const scenario::Scenario& plan, std::uint64_t replication) {
    Lived lived;
    const double begin = cpu_seconds();
    lived.ledger = deployment::run(plan, plan.policies.front(), {42, replication}).ledger();
    lived.seconds = cpu_seconds() - begin;
    return lived;
}

void loss_system() {
    const scenario::Scenario plan = bench::loss_system(std::chrono::hours{24 * 4});
    std::vector<double> runs;
    vocabulary::Ledger all;
    live(plan, 1);
    for (std::uint64_t run = 1; run <= 7; ++run) {
        const Lived lived = live(plan, run);
        runs.push_back(lived.ns_per_call());
        all += lived.ledger;
    }
    report("loss_ns_per_call", median(runs), "ns a call, 500 lines at 480 erlangs");
    report("loss_calls_per_second", 1e9 / median(runs), "calls a second and core");
    const double blocking = static_cast<double>(all[vocabulary::Outcome::blocked].value) /
                            static_cast<double>(all.attempts().value);
    report("loss_blocking", blocking, fmt::format("Erlang B says {:.6f}", kernel::erlang_b(500, 480)));
    report("loss_calls", static_cast<double>(all.attempts().value), "calls behind that");
}

// One site with all the calls against 200 sites that share them.
void growth() {
    bench::Fleet one;
    one.sites = 1;
    one.appliances = 16;
    one.erlangs = 6000;
    one.outbound_share = 0.5;
    one.length = kernel::exponential_law(180s);
    one.lasts = 24h;
    bench::Fleet many = one;
    many.sites = 200;
    many.appliances = 4;
    many.erlangs = one.erlangs / many.sites;
    const scenario::Scenario small = bench::plan_of(one);
    const scenario::Scenario large = bench::plan_of(many);
    std::vector<double> alone, together, ratios;
    for (std::uint64_t run = 1; run <= 5; ++run) {
        alone.push_back(live(small, run).ns_per_call());
        together.push_back(live(large, run).ns_per_call());
        ratios.push_back(together.back() / alone.back());
    }
    report("growth_1_site_ns_per_call", median(alone), "ns a call, 6 000 erlangs in one site");
    report("growth_200_sites_ns_per_call", median(together), "ns a call, 6 000 erlangs over 200 sites");
    report("growth_200_sites_ratio", median(ratios), "the one by the other");
}

// Memory by the heap's own count: a fleet that holds many calls at once against one that holds few. Both are
// sized for their load, because the call plane keeps a slot for each line.
void memory() {
    const auto peak = [](double erlangs, unsigned calls_max) {
        bench::Fleet fleet;
        fleet.sites = 40;
        fleet.appliances = 16;
        fleet.calls_max = calls_max;
        fleet.erlangs = erlangs / fleet.sites;
        fleet.length = kernel::exponential_law(180s);
        fleet.lasts = 20min;
        const scenario::Scenario plan = bench::plan_of(fleet);
        bench::forget_peak();
        const std::size_t before = bench::heap().bytes;
        const vocabulary::Replication row = deployment::run(plan, plan.policies.front(), {42, 1});
        const auto in_progress = static_cast<double>(row.ledger()[vocabulary::Outcome::in_progress].value);
        return std::pair{in_progress, static_cast<double>(bench::heap().bytes_max - before)};
    };
    const auto few = peak(1000, 3);
    const auto many = peak(250'000, 400);
    report("bytes_per_call", (many.second - few.second) / (many.first - few.first),
           fmt::format("bytes a call in progress, from {:.0f} to {:.0f} calls", few.first, many.first));
    report("bytes_fixed_mib", few.second / 1048576, "MiB besides");
    report("bytes_total_mib", many.second / 1048576,
           fmt::format("MiB with {:.0f} calls; 64 B each and 50 MiB are {:.1f} MiB", many.first,
                       many.first * 64 / 1048576 + 50));
}

// The largest tenant that the product allows, in a year in which nothing happens and nobody calls.
void quiet_year() {
    bench::Fleet fleet;
    fleet.sites = scenario::sites_per_tenant_max;
    fleet.appliances = scenario::appliances_per_site_max;
    fleet.erlangs = 0;
    fleet.length = kernel::exponential_law(180s);
    fleet.lasts = 24h * 365;
    const scenario::Scenario plan = bench::plan_of(fleet);
    std::vector<double> builds, years;
    std::size_t bytes = 0;
    for (std::uint64_t run = 1; run <= 5; ++run) {
        bench::forget_peak();
        const std::size_t before = bench::heap().bytes;
        const double begin = cpu_seconds();
        {
            const deployment::World world(plan, plan.policies.front(), {42, run}, false);
            builds.push_back(cpu_seconds() - begin);
        }
        bytes = std::max(bytes, bench::heap().bytes_max - before);
        years.push_back(live(plan, run).seconds);
    }
    report("build_3200_seconds", median(builds), "s, a world of 200 sites with 16 appliances each");
    report("build_3200_mib", static_cast<double>(bytes) / 1048576, "MiB of heap that it takes");
    report("quiet_year_seconds", median(years),
           "s, a year without a call or a fault there, building it included");
}

// The same tenant in a year of automatic patches, in windows that are weekly: one in which all appliances of a
// site have their turn, and one that most of them miss.
void patched_year() {
    for (const auto& [key, window] : {std::pair{"patched_year_seconds", 48h}, {"short_windows_seconds", 6h}}) {
        const scenario::Scenario plan = bench::patched_year(window);
        std::vector<double> years;
        vocabulary::Replication row;
        for (std::uint64_t run = 1; run <= 3; ++run) {
            const double begin = cpu_seconds();
            row = deployment::run(plan, plan.policies.front(), {42, run});
            years.push_back(cpu_seconds() - begin);
        }
        report(key, median(years),
               fmt::format("s, a year without a call there, weekly windows of {} h: {} updates, {} missed",
                           window.count(), row.events.at("updates_finished"), row.missed_windows.size()));
    }
}

void allocations() {
    const auto spent = [](kernel::Duration lasts) {
        const scenario::Scenario plan = bench::loss_system(lasts);
        const std::uint64_t before = bench::heap().allocations;
        const std::uint64_t calls = live(plan, 1).ledger.attempts().value;
        return std::pair{calls, bench::heap().allocations - before};
    };
    const auto day = spent(24h);
    const auto week = spent(std::chrono::hours{24 * 7});
    report("allocations_per_million_calls",
           static_cast<double>(week.second - day.second) * 1e6 / static_cast<double>(week.first - day.first),
           "on the heap, from the second day on");
}

// --- whole programs
// ------------------------------------------------------------------------------------------------------

struct Program {
    double wall = 0;
    double cpu = 0;
    double rss_mib = 0;
};

pid_t start(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const pid_t child = fork();
    if (child != 0) return child;
    if (std::freopen("/dev/null", "w", stdout) == nullptr || std::freopen("/dev/null", "w", stderr) == nullptr)
        _exit(127);
    execv(arguments[0], arguments.data());
    _exit(127);
}

Program finish(pid_t child) {
    int status = 0;
    rusage used{};
    if (wait4(child, &status, 0, &used) != child || !WIFEXITED(status) || WEXITSTATUS(status) == 127) {
        fmt::print(stderr, "ccesim_bench: the program could not be run\n");
        std::exit(1);
    }
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    return {0, seconds(used.ru_utime) + seconds(used.ru_stime), static_cast<double>(used.ru_maxrss) / 1024};
}

Program run(const std::vector<std::string>& words) {
    const double begin = clock_seconds(CLOCK_MONOTONIC);
    Program program = finish(start(words));
    program.wall = clock_seconds(CLOCK_MONOTONIC) - begin;
    return program;
}

void fleet_of_a_month(const std::string& ccesim, const std::string& scenarios) {
    std::vector<double> runs;
    double rss = 0;
    for (int i = 0; i < 5; ++i) {
        const Program program = run({ccesim, "run", scenarios + "/fleet-30-days.lua", "--quiet"});
        runs.push_back(program.cpu);
        rss = std::max(rss, program.rss_mib);
    }
    report("fleet_30d_seconds", median(runs), "s of CPU, four appliances, 20.7 million calls, by ccesim run");
    report("fleet_30d_rss_mib", rss, "MiB, the largest process");
}

// Two jobs against one job, and against two processes side by side that share nothing.
void jobs(const std::string& ccesim, const std::string& scenarios) {
    const auto words = [&](int replications, int jobs, int seed) {
        return std::vector<std::string>{ccesim,
                                        "run",
                                        scenarios + "/contoso-patch-weeks.lua",
                                        "--quiet",
                                        "--replications",
                                        std::to_string(replications),
                                        "--jobs",
                                        std::to_string(jobs),
                                        "--seed",
                                        std::to_string(seed)};
    };
    std::vector<double> against_processes, against_one;
    for (int i = 0; i < 3; ++i) {
        const double two = run(words(64, 2, 1)).wall;
        const double begin = clock_seconds(CLOCK_MONOTONIC);
        const pid_t left = start(words(32, 1, 1));
        const pid_t right = start(words(32, 1, 2));
        finish(left);
        finish(right);
        const double apart = clock_seconds(CLOCK_MONOTONIC) - begin;
        const double one = run(words(64, 1, 1)).wall;
        against_processes.push_back(apart / two);
        against_one.push_back(one / two);
    }
    report("jobs_2_ratio", median(against_processes), "rate of two jobs / of two processes side by side");
    report("jobs_2_speedup", median(against_one), "rate of two jobs / of one");
}

// One workload by itself, to be run in turn with a peer's.
bool only(const std::string& workload) {
    if (workload == "hold-10k" || workload == "hold-1m") {
        const std::size_t pending = workload == "hold-1m" ? 1'000'000 : 10'000;
        report("hold_ns", hold_ns<kernel::Ladder>(pending, exponential_steps(180e6)), "ns an event");
    } else if (workload == "loss") {
        loss_system();
    } else if (workload == "growth") {
        growth();
    } else if (workload == "memory") {
        memory();
    } else if (workload == "quiet") {
        quiet_year();
    } else if (workload == "patched") {
        patched_year();
    } else {
        return false;
    }
    return true;
}

}  // namespace

namespace {

// What other benches have written there stays.
void merge_into(const char* file) {
    nlohmann::ordered_json all = nlohmann::ordered_json::object();
    if (std::ifstream before(file); before) {
        const auto read = nlohmann::ordered_json::parse(before, nullptr, false);
        if (read.is_object()) all = read;
    }
    for (const auto& [key, value] : figures.items()) all[key] = value;
    std::ofstream(file) << all.dump(2) << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 2 &&
        std::string{argv[1]} == "--loss-only") {  // under callgrind: half a million calls and nothing else
        const Lived lived = live(bench::loss_system(54h), 1);
        fmt::print("{}\n", lived.ledger.attempts().value);
        return 0;
    }
    if (argc == 3 && std::string{argv[1]} == "--only") return only(argv[2]) ? 0 : 2;
    if (argc < 3) {
        fmt::print(stderr,
                   "ccesim_bench CCESIM SCENARIOS [OUT.json] | --only "
                   "hold-10k|hold-1m|loss|growth|memory|quiet|patched\n");
        return 2;
    }
    hold_model();
    loss_system();
    growth();
    memory();
    quiet_year();
    patched_year();
    allocations();
    fleet_of_a_month(argv[1], argv[2]);
    jobs(argv[1], argv[2]);
    if (argc > 4)
        report("loss_instructions_per_call", std::strtod(argv[4], nullptr),
               "instructions, as callgrind counts them");
    if (argc > 3) merge_into(argv[3]);
    return 0;
}
