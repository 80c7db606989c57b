#include "sim/experiment/workers.hpp"

#include "sim/kernel/check.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <new>

namespace sim::experiment {

using vocabulary::Exit;
using vocabulary::InputError;
using vocabulary::Problem;

namespace {

// Runs `work` and turns what it throws into what a worker says.
template <class Work>
Message told(std::optional<std::uint64_t> replication, const Work& work) {
    try {
        return work();
    } catch (const InputError& error) {
        return Wrong{error.exit(), error.problems(), error.left_out()};
    } catch (const std::bad_alloc&) {
        return OutOfMemory{replication};
    } catch (const std::exception& error) {
        return Defect{error.what(), replication};
    }
}

}  // namespace

void serve(const Task& task, Line& line) {
    const Message ready = told({}, [&]() -> Message { return Ready{task.load()}; });
    if (!line.say(packed(ready)) || !std::holds_alternative<Ready>(ready)) return;
    while (const auto number = line.next_number()) {
        const Message row = told(*number, [&]() -> Message { return Row{task.run(*number)}; });
        if (!line.say(packed(row)) || !std::holds_alternative<Row>(row)) return;
    }
}

namespace {

[[noreturn]] void raise(const Wrong& wrong) {
    throw InputError(wrong.exit, wrong.problems, wrong.left_out);
}

[[noreturn]] void raise(const Defect& defect) {
    throw WorkerDefect(defect.what, defect.replication);
}

[[noreturn]] void raise(const OutOfMemory& out) {
    throw WorkerOutOfMemory(out.replication ? fmt::format("out of memory in replication {}", *out.replication)
                                            : "out of memory while loading the script");
}

[[noreturn]] void raise_loading(const std::string& script, const Ended& ended) {
    if (ended.out_of_time)
        throw InputError(Exit::scenario, Problem{{script, 0, 0},
                                                 "E199",
                                                 "the script used more than 10 s of CPU time",
                                                 "a script that makes a plan and ends",
                                                 "look for a loop without end"});
    throw WorkerDefect("while loading the script a worker was " + ended.how, {});
}

[[noreturn]] void raise_no_process(const Processes& processes) {
    throw WorkerOutOfMemory("the system gives no worker process: " + processes.lacking());
}

class Pool {
public:
    Pool(Processes& processes, const Task& task, const Plan& plan, const Listener& listener)
        : processes_(processes), task_(task), plan_(plan), listener_(listener), last_(plan.replications) {}

    ~Pool() { end_all(); }
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    Gathered run() {
        const auto wanted = std::min<std::uint64_t>(plan_.jobs, plan_.replications);
        for (std::uint64_t i = 0; i < wanted; ++i)
            if (!start()) break;
        if (workers_.empty()) raise_no_process(processes_);
        while (!finished()) std::visit([this](const auto& news) { hear(news); }, processes_.wait());
        end_all();
        if (error_) raise_error();
        std::sort(gathered_.rows.begin(), gathered_.rows.end(),
                  [](const auto& a, const auto& b) { return a.number < b.number; });
        return std::move(gathered_);
    }

private:
    enum class Doing { loading, waiting, running };
    struct Worker {
        Doing doing = Doing::loading;
        std::uint64_t replication = 0;
    };

    bool start() {
        const auto id = processes_.start([this](Line& line) { serve(task_, line); });
        if (id) workers_[*id] = {};
        return id.has_value();
    }

    void end_all() {
        for (const auto& [id, worker] : workers_) processes_.end(id);
        workers_.clear();
    }

    bool finished() const {
        const bool is_idle = !anyone(Doing::running);
        if (gathered_.stopped && (out_of_patience_ || is_idle)) return true;
        return is_idle && next_ > last_ && again_.empty() && !alone_;
    }

    bool anyone(Doing doing) const {
        return std::any_of(workers_.begin(), workers_.end(),
                           [&](const auto& one) { return one.second.doing == doing; });
    }

    void hear(const Said& said) {
        const Message message = unpacked(said.message);
        std::visit([&](const auto& one) { take(said.worker, one); }, message);
    }

    void take(WorkerId id, const Ready& ready) {
        if (!gathered_.briefing) {
            gathered_.briefing = ready.briefing;
            if (listener_.briefed) listener_.briefed(ready.briefing);
        }
        const std::string& hash = gathered_.briefing->outline.plan_hash;
        if (ready.briefing.outline.plan_hash != hash)
            throw InputError(Exit::not_deterministic,
                             Problem{{},
                                     "E701",
                                     "the script made another plan in a second process",
                                     fmt::format("{}, not {}", hash, ready.briefing.outline.plan_hash),
                                     ""});
        workers_[id].doing = Doing::waiting;
        hand_out();
    }

    void take(WorkerId id, const Row& row) {
        gathered_.rows.push_back(row.row);
        if (alone_ == row.row.number) alone_.reset();
        workers_[id].doing = Doing::waiting;
        if (listener_.progressed) listener_.progressed(gathered_.rows.size());
        hand_out();
    }

    void take(WorkerId id, const Wrong& wrong) { err(id, wrong); }
    void take(WorkerId id, const Defect& defect) { err(id, defect); }
    void take(WorkerId id, const OutOfMemory& out) { err(id, out); }
    void take(WorkerId, const Answer&) { throw kernel::BrokenInvariant("an answer nobody asked for"); }

    // Of several replications that end in an error the first is told, as one worker would: those before it may
    // end in one, too, and are waited for; those behind it no longer matter.
    template <class Error>
    void err(WorkerId id, const Error& error) {
        const Worker worker = workers_.at(id);
        if (worker.doing != Doing::running) raise(error);
        error_ = error;
        last_ = worker.replication - 1;
        if (alone_ == worker.replication) alone_.reset();
        const auto is_behind = [this](std::uint64_t replication) { return replication > last_; };
        again_.erase(std::remove_if(again_.begin(), again_.end(), is_behind), again_.end());
        for (auto one = workers_.begin(); one != workers_.end();) {
            const bool is_needless = one->second.doing == Doing::running && is_behind(one->second.replication);
            if (is_needless) processes_.end(one->first);
            one = is_needless ? workers_.erase(one) : std::next(one);
        }
        hand_out();
    }

    [[noreturn]] void raise_error() const {
        for (const Failed& lost : gathered_.failed)
            if (lost.replication <= last_)
                note(fmt::format("replication {} was {}, alone too", lost.replication, lost.how));
        std::visit([](const auto& error) { raise(error); }, *error_);
        throw kernel::BrokenInvariant("an error that nobody raises");
    }

    void hear(const Ended& ended) {
        const Worker worker = workers_.at(ended.worker);
        workers_.erase(ended.worker);
        if (worker.doing == Doing::loading) {
            if (ended.out_of_time || died_loading_) raise_loading(task_.script, ended);
            died_loading_ = true;
            note("a worker was " + ended.how + " while loading the script; once more");
            if (workers_.empty() && !start()) raise_no_process(processes_);
        } else if (worker.doing == Doing::running) {
            lose(worker.replication, ended.how);
        }
        hand_out();
    }

    // A replication that killed its worker is tried once more, alone: memory may have been short, not the model
    // wrong.
    void lose(std::uint64_t replication, const std::string& how) {
        if (alone_ == replication) {
            gathered_.failed.push_back({replication, how});
            alone_.reset();
            return;
        }
        note(fmt::format("replication {} was {}; once more, alone", replication, how));
        again_.push_back(replication);
    }

    void hear(const Interrupted& interrupted) { gathered_.stopped = interrupted.exit; }
    void hear(const PatienceOver&) { out_of_patience_ = true; }

    void hand_out() {
        if (gathered_.stopped) return;
        for (auto& [id, worker] : workers_) {
            if (worker.doing != Doing::waiting) continue;
            if (alone_) {
                give(id, worker, *alone_);
            } else if (next_ <= last_) {
                give(id, worker, next_++);
            }
        }
        replace();
    }

    void give(WorkerId id, Worker& worker, std::uint64_t replication) {
        worker.doing = Doing::running;
        worker.replication = replication;
        processes_.send_number(id, replication);
    }

    // New workers for those that died: one for what is left of the row, or one for what has to run alone.
    void replace() {
        if (anyone(Doing::running) || anyone(Doing::loading)) return;
        const bool is_left = next_ <= last_;
        alone_.reset();
        if (!is_left) {
            if (again_.empty()) return;
            alone_ = again_.front();
            again_.erase(again_.begin());
        }
        end_all();
        if (!start()) raise_no_process(processes_);
    }

    void note(const std::string& what) const {
        if (listener_.noted) listener_.noted(what);
    }

    Processes& processes_;
    const Task& task_;
    const Plan& plan_;
    const Listener& listener_;
    std::map<WorkerId, Worker> workers_;
    std::uint64_t next_ = 1;
    std::uint64_t last_;  // that is wanted: behind it one has ended in an error
    std::optional<std::variant<Wrong, Defect, OutOfMemory>> error_;
    std::vector<std::uint64_t> again_;    // lost their worker once
    std::optional<std::uint64_t> alone_;  // the one of them that runs now
    bool died_loading_ = false;
    bool out_of_patience_ = false;
    Gathered gathered_;
};

}  // namespace

Gathered gather(Processes& processes, const Task& task, const Plan& plan, const Listener& listener) {
    return Pool(processes, task, plan, listener).run();
}

Gathered gather_here(const Task& task, const Plan& plan, const Listener& listener) {
    Gathered gathered;
    gathered.briefing = task.load();
    if (listener.briefed) listener.briefed(*gathered.briefing);
    for (std::uint64_t r = 1; r <= plan.replications; ++r) {
        if (listener.interrupted) gathered.stopped = listener.interrupted();
        if (gathered.stopped) break;
        try {
            gathered.rows.push_back(task.run(r));
        } catch (const kernel::BrokenInvariant& defect) {
            throw WorkerDefect(defect.what(), r);
        }
        if (listener.progressed) listener.progressed(r);
    }
    return gathered;
}

std::string ask(Processes& processes, const std::string& script, const std::function<std::string()>& make) {
    const auto worker = processes.start(
        [&](Line& line) { line.say(packed(told({}, [&]() -> Message { return Answer{make()}; }))); });
    if (!worker) raise_no_process(processes);
    const News news = processes.wait();
    processes.end(*worker);
    if (const auto* ended = std::get_if<Ended>(&news)) raise_loading(script, *ended);
    if (const auto* interrupted = std::get_if<Interrupted>(&news))
        throw InputError(interrupted->exit, Problem{{}, "E901", "interrupted", "", ""});
    const Message message = unpacked(std::get<Said>(news).message);
    if (const auto* wrong = std::get_if<Wrong>(&message)) raise(*wrong);
    if (const auto* defect = std::get_if<Defect>(&message)) raise(*defect);
    if (const auto* out = std::get_if<OutOfMemory>(&message)) raise(*out);
    return std::get<Answer>(message).text;
}

}  // namespace sim::experiment
