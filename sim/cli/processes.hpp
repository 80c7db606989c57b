// Worker processes of this machine: fork, pipes, signals, and no zombie whatever dies.

#pragma once

#include "sim/cli/descriptor.hpp"
#include "sim/experiment/workers.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include <sys/types.h>

namespace sim::cli {

// From now on SIGINT, SIGTERM and SIGHUP are noted for wait(); the second one ends the process at once. A
// SIGHUP that was ignored before (nohup) stays ignored.
void watch_signals();
std::optional<vocabulary::Exit> signalled();

// Ten more seconds of CPU time for this process; past them the system ends it.
void limit_cpu_time();
void lift_cpu_limit();

class ForkedProcesses : public experiment::Processes {
public:
    ForkedProcesses() = default;
    ~ForkedProcesses() override;
    ForkedProcesses(const ForkedProcesses&) = delete;
    ForkedProcesses& operator=(const ForkedProcesses&) = delete;

    std::optional<experiment::WorkerId> start(const Body& body) override;
    std::string lacking() const override;
    void send(experiment::WorkerId worker, const experiment::Work& work) override;
    void end(experiment::WorkerId worker) override;
    experiment::News wait() override;

private:
    struct Child {
        pid_t pid = 0;
        Descriptor work;    // we write
        Descriptor words;   // we read
        std::string heard;  // what came so far of the next message
    };

    std::optional<experiment::Said> whole_message();
    std::optional<experiment::Ended> listen(experiment::WorkerId id);
    experiment::Ended bury(experiment::WorkerId id);
    std::optional<experiment::News> interruption();
    int patience_left() const;

    std::map<experiment::WorkerId, Child> children_;
    std::uint32_t started_ = 0;
    int refused_ = 0;  // errno of the last start() that gave none
    std::optional<std::chrono::steady_clock::time_point> given_up_at_;
};

}  // namespace sim::cli
