// The workloads of ccesim_bench, written as a thrifty user of ns-3 would write them; compare.py runs it.
//
//   peer_ns3 hold SCHEDULER SEED PENDING     nanoseconds an event of the hold model
//   peer_ns3 loss SCHEDULER SEED CALLS       500 lines, 480 erlangs, exponential calls of 180 s
//   peer_ns3 fleet SCHEDULER SEED DAYS       four appliances that fail, 1440 erlangs
//
// ns-3 gets what is best for it: luck from splitmix64 instead of its own slower generator, plain
// functions as events, no cancellation (a call that was cut off ends with the epoch of an earlier life), no
// books but a few counters.

#include <ns3/object-factory.h>
#include <ns3/simulator.h>

#include <time.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using ns3::Simulator;

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// splitmix64 (Steele, Lea and Flood 2014)
std::uint64_t luck_state;
double unit() {
    std::uint64_t word = luck_state += 0x9e3779b97f4a7c15u;
    word = (word ^ word >> 30) * 0xbf58476d1ce4e5b9u;
    word = (word ^ word >> 27) * 0x94d049bb133111ebu;
    return static_cast<double>((word ^ word >> 31) >> 11) * 0x1p-53;
}

constexpr double second = 1e9;  // in the steps of ns-3's clock
constexpr double hour = 3600 * second;
constexpr double day = 24 * hour;

ns3::Time in(double steps) {
    return ns3::TimeStep(static_cast<std::uint64_t>(steps));
}
ns3::Time exponential(double mean) {
    return in(-std::log(1 - unit()) * mean);
}

// --- hold: each event puts itself back one step ahead

struct Hold {
    static constexpr std::uint64_t times = 2'000'000;
    std::vector<ns3::Time> steps;  // drawn beforehand, as ours are
    std::uint64_t step = 0;
    std::uint64_t left = 0;
    double began = 0;
    double ended = 0;

    const ns3::Time& next_step() { return steps[step++ & (steps.size() - 1)]; }
} hold;

void hold_once() {
    if (--hold.left == Hold::times) hold.began = cpu_seconds();
    if (hold.left == 0) {
        hold.ended = cpu_seconds();
        Simulator::Stop();
    }
    Simulator::Schedule(hold.next_step(), &hold_once);
}

void run_hold(std::uint64_t pending) {
    for (int i = 0; i < 1 << 18; ++i) hold.steps.push_back(exponential(180 * second));
    hold.left = 2 * pending + Hold::times / 4 + Hold::times;
    for (std::uint64_t i = 0; i < pending; ++i) Simulator::Schedule(hold.next_step(), &hold_once);
    Simulator::Run();
    std::printf("{\"ns\": %.3f}\n", (hold.ended - hold.began) * 1e9 / Hold::times);
}

// --- loss

struct Loss {
    std::uint64_t calls = 0;
    std::uint64_t offered = 0;
    std::uint64_t blocked = 0;
    unsigned busy = 0;
} loss;

void loss_end() {
    --loss.busy;
}
void loss_arrival() {
    if (++loss.offered == loss.calls)
        Simulator::Stop();
    else
        Simulator::Schedule(exponential(180 * second / 480), &loss_arrival);
    if (loss.busy == 500) {
        ++loss.blocked;
        return;
    }
    ++loss.busy;
    Simulator::Schedule(exponential(180 * second), &loss_end);
}

void run_loss(std::uint64_t calls) {
    loss.calls = calls;
    Simulator::Schedule(exponential(180 * second / 480), &loss_arrival);
    const double began = cpu_seconds();
    Simulator::Run();
    std::printf("{\"ns\": %.3f, \"calls\": %llu, \"blocked\": %llu}\n",
                (cpu_seconds() - began) * 1e9 / static_cast<double>(calls),
                static_cast<unsigned long long>(loss.offered), static_cast<unsigned long long>(loss.blocked));
}

// --- fleet

struct Appliance {
    unsigned busy = 0;
    std::uint32_t epoch = 0;  // which of its lives
    bool up = true;
    bool believed_up = true;
};
struct Fleet {
    std::array<Appliance, 4> appliances;
    std::uint64_t calls = 0;
    std::uint64_t blocked = 0;
    std::uint64_t lost = 0;  // sent to an appliance that was down already
    std::uint64_t cut_off = 0;
    std::uint64_t failures = 0;
} fleet;

void fleet_end(std::uint32_t index, std::uint32_t epoch) {
    Appliance& appliance = fleet.appliances[index];
    if (appliance.epoch == epoch) --appliance.busy;
}

void fleet_arrival() {
    Simulator::Schedule(exponential(180 * second / 1440), &fleet_arrival);
    ++fleet.calls;
    Appliance* best = nullptr;
    for (Appliance& appliance : fleet.appliances)
        if (appliance.believed_up && (best == nullptr || appliance.busy < best->busy)) best = &appliance;
    if (best == nullptr || best->busy == 500) {
        ++fleet.blocked;
    } else if (!best->up) {
        ++fleet.lost;
    } else {
        ++best->busy;
        const auto index = static_cast<std::uint32_t>(best - fleet.appliances.data());
        Simulator::Schedule(exponential(180 * second), &fleet_end, index, best->epoch);
    }
}

void fleet_repair(std::uint32_t index);
void fleet_detection(std::uint32_t index) {
    fleet.appliances[index].believed_up = false;
}
void fleet_failure(std::uint32_t index) {
    Appliance& appliance = fleet.appliances[index];
    ++fleet.failures;
    fleet.cut_off += appliance.busy;
    appliance = {.busy = 0, .epoch = appliance.epoch + 1, .up = false, .believed_up = true};
    Simulator::Schedule(in(unit() * 60 * second), &fleet_detection, index);
    Simulator::Schedule(in(hour), &fleet_repair, index);
}
void fleet_repair(std::uint32_t index) {
    fleet.appliances[index].up = true;
    fleet.appliances[index].believed_up = true;
    Simulator::Schedule(exponential(7 * day), &fleet_failure, index);
}

void run_fleet(std::uint64_t days) {
    for (std::uint32_t i = 0; i < fleet.appliances.size(); ++i)
        Simulator::Schedule(exponential(7 * day), &fleet_failure, i);
    Simulator::Schedule(exponential(180 * second / 1440), &fleet_arrival);
    Simulator::Stop(in(static_cast<double>(days) * day));
    Simulator::Run();
    std::printf("{\"calls\": %llu, \"blocked\": %llu, \"lost\": %llu, \"cut_off\": %llu, \"failures\": %llu}\n",
                static_cast<unsigned long long>(fleet.calls), static_cast<unsigned long long>(fleet.blocked),
                static_cast<unsigned long long>(fleet.lost), static_cast<unsigned long long>(fleet.cut_off),
                static_cast<unsigned long long>(fleet.failures));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fprintf(stderr, "peer_ns3 hold|loss|fleet SCHEDULER SEED PENDING|CALLS|DAYS\n");
        return 2;
    }
    const std::string workload = argv[1];
    Simulator::SetScheduler(ns3::ObjectFactory{std::string{"ns3::"} + argv[2] + "Scheduler"});
    luck_state = std::strtoull(argv[3], nullptr, 10) << 40;
    const std::uint64_t size = std::strtoull(argv[4], nullptr, 10);
    if (workload == "hold") run_hold(size);
    if (workload == "loss") run_loss(size);
    if (workload == "fleet") run_fleet(size);
    return 0;  // without Simulator::Destroy: to free what is pending is not the work that is timed
}
