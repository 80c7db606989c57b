// The worker is the engine: single-threaded processes load the script and run replications; the
// one that started them hands out what the agenda says, gathers rows and alone writes.
//
// How a process is started, heard and ended is cli's affair and comes in as Processes. So the
// rules - who gets which replication, what follows a death or an interruption - are tested without a process
// and without a clock. Which worker runs a replication and when changes nothing in its row, nor which error is
// told: that of the first replication, in the order of the agenda, that ends in one.

#pragma once

#include "sim/experiment/agenda.hpp"
#include "sim/experiment/wire.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace sim::experiment {

// A worker's end of the line to the process that started it.
class Line {
public:
    virtual ~Line() = default;
    virtual bool say(const std::string& message) = 0;  // false: nobody listens any more
    virtual std::optional<Work> next_work() = 0;       // nothing: no more work
};

enum class WorkerId : std::uint32_t {};

struct Said {
    WorkerId worker{};
    std::string message;
};
struct Ended {
    WorkerId worker{};
    std::string how;           // "killed by signal 9 (Killed)"
    bool out_of_time = false;  // it used up the CPU time it was allowed
};
struct Interrupted {
    vocabulary::Exit exit{};  // interrupted or terminated
};
struct PatienceOver {};  // some seconds after Interrupted: who still runs is given up
using News = std::variant<Said, Ended, Interrupted, PatienceOver>;

class Processes {
public:
    using Body = std::function<void(Line&)>;

    virtual ~Processes() = default;
    // A new process that runs `body` and then ends. Nothing if the system gives no more.
    virtual std::optional<WorkerId> start(const Body& body) = 0;
    // Why the last start() gave none, and what helps: "too many open files; raise ulimit -n".
    virtual std::string lacking() const = 0;
    virtual void send(WorkerId worker, const Work& work) = 0;  // to one that has died: nothing happens
    virtual void end(WorkerId worker) = 0;                     // at once, whatever it does; no Ended follows
    virtual News wait() = 0;                                   // REQUIRES a worker that has not ended
};

struct Lived {
    Replication row;
    std::string plan_hash;  // of the cell's plan
};
struct Task {            // what a worker does
    std::string script;  // its name, for people
    std::function<Briefing()> load;
    std::function<Lived(const Work&)> run;  // after load, in the same process
};

struct Listener {
    std::function<void(const Briefing&)> briefed;   // before the first replication; may throw
    std::function<void(std::uint64_t)> progressed;  // with the number of rows made so far
    std::function<void(const std::string&)> noted;  // something odd that was mended
    std::function<std::optional<vocabulary::Exit>()>
        interrupted;  // asked between replications when there is one process
};

struct Gathered {
    std::optional<Briefing> briefing;  // none: interrupted before a script was loaded
    std::optional<vocabulary::Exit> stopped;
};

// One of our mistakes, with the replication in which it shows.
class WorkerDefect : public std::runtime_error {
public:
    WorkerDefect(const std::string& what, std::optional<std::uint64_t> in)
        : std::runtime_error(what), replication(in) {}
    std::optional<std::uint64_t> replication;
};
class WorkerOutOfMemory : public std::runtime_error {
public:
    explicit WorkerOutOfMemory(const std::string& what) : std::runtime_error(what) {}
};

// What a worker process runs from its start to its end.
void serve(const Task& task, Line& line);

// Has up to `jobs` workers do what the agenda says. Throws InputError, WorkerDefect or WorkerOutOfMemory as a
// worker reports it, of the first work that ends so; no worker is left then either.
Gathered gather(Processes& processes, const Task& task, Agenda& agenda, unsigned jobs,
                const Listener& listener);

// The same without a second process.
Gathered gather_here(const Task& task, Agenda& agenda, const Listener& listener);

// Lets a worker load the script and make a text. Throws like gather().
std::string ask(Processes& processes, const std::string& script, const std::function<std::string()>& make);

}  // namespace sim::experiment
