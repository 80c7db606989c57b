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
    const std::vector<scenario::Expectation>& expectations = std::get<Ready>(ready).briefing.expectations;
    while (const auto work = line.next_work()) {
        const Message finished = told(work->replication, [&]() -> Message {
            const Lived lived = task.run(*work);
            return Finished{row_of(work->cell, lived.row, lived.plan_hash, expectations)};
        });
        if (!line.say(packed(finished)) || !std::holds_alternative<Finished>(finished)) return;
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
    Pool(Processes& processes, const Task& task, Agenda& agenda, unsigned jobs, const Listener& listener)
        : processes_(processes), task_(task), agenda_(agenda), jobs_(jobs), listener_(listener) {}

    ~Pool() { end_all(); }
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    Gathered run() {
        if (!start()) raise_no_process(processes_);  // the others when it is known that there is work for them
        while (!finished()) std::visit([this](const auto& news) { hear(news); }, processes_.wait());
        end_all();
        if (error_) raise_error();
        return std::move(gathered_);
    }

private:
    enum class Doing { loading, waiting, running };
    struct Turn {  // work in the order in which the agenda gave it
        std::uint64_t number = 0;
        Work work;
    };
    struct Lost {  // its worker, once or twice
        Turn turn;
        std::string how;
    };
    struct Worker {
        Doing doing = Doing::loading;
        Turn turn;
    };

    bool start() {
        const auto id = processes_.start([this](Line& line) { serve(task_, line); });
        if (id) workers_[*id] = {};
        return id.has_value();
    }

    void start_others() {
        if (error_ || alone_) return;
        while (workers_.size() < jobs_ && count(Doing::loading) < agenda_.available())
            if (!start()) break;
    }

    void end_all() {
        for (const auto& [id, worker] : workers_) processes_.end(id);
        workers_.clear();
    }

    bool finished() const {
        if (gathered_.stopped && (out_of_patience_ || !anyone(Doing::running))) return true;
        return gathered_.briefing && nothing_left_ && !anyone(Doing::running) && again_.empty() && !alone_;
    }

    std::size_t count(Doing doing) const {
        return static_cast<std::size_t>(std::count_if(
            workers_.begin(), workers_.end(), [&](const auto& one) { return one.second.doing == doing; }));
    }
    bool anyone(Doing doing) const { return count(doing) > 0; }

    void hear(const Said& said) {
        const Message message = unpacked(said.message);
        std::visit([&](const auto& one) { take(said.worker, one); }, message);
    }

    void take(WorkerId id, const Ready& ready) {
        workers_[id].doing = Doing::waiting;
        if (!gathered_.briefing) {
            gathered_.briefing = ready.briefing;
            if (listener_.briefed) listener_.briefed(ready.briefing);
            agenda_.open(ready.briefing);
        }
        const std::string& hash = gathered_.briefing->outline.plan_hash;
        if (ready.briefing.outline.plan_hash != hash)
            throw InputError(Exit::not_deterministic,
                             Problem{{},
                                     "E701",
                                     "the script made another plan in a second process",
                                     fmt::format("{}, not {}", hash, ready.briefing.outline.plan_hash),
                                     ""});
        hand_out();
        start_others();
    }

    void take(WorkerId id, const Finished& finished) {
        agenda_.take(finished.row);
        settle(id);
        if (listener_.progressed) listener_.progressed(++rows_);
        hand_out();
    }

    // Whoever ran alone does not any more.
    void settle(WorkerId id) {
        Worker& worker = workers_.at(id);
        if (alone_ && alone_->number == worker.turn.number) alone_.reset();
        worker.doing = Doing::waiting;
    }

    void take(WorkerId id, const Wrong& wrong) { err(id, wrong); }
    void take(WorkerId id, const Defect& defect) { err(id, defect); }
    void take(WorkerId id, const OutOfMemory& out) { err(id, out); }
    void take(WorkerId, const Answer&) { throw kernel::BrokenInvariant("an answer nobody asked for"); }

    // Of several that end in an error the first is told, as one worker would: those before it may end in one,
    // too, and are waited for; those behind it no longer matter.
    template <class Error>
    void err(WorkerId id, const Error& error) {
        const Worker worker = workers_.at(id);
        if (worker.doing != Doing::running) raise(error);
        error_ = error;
        last_ = worker.turn.number - 1;
        if (alone_ && alone_->number == worker.turn.number) alone_.reset();
        std::erase_if(again_, [this](const Lost& lost) { return lost.turn.number > last_; });
        for (auto one = workers_.begin(); one != workers_.end();) {
            const bool is_needless = one->second.doing == Doing::running && one->second.turn.number > last_;
            if (is_needless) processes_.end(one->first);
            one = is_needless ? workers_.erase(one) : std::next(one);
        }
        hand_out();
    }

    [[noreturn]] void raise_error() const {
        for (const Lost& lost : lost_twice_)
            if (lost.turn.number <= last_)
                note(fmt::format("replication {} was {}, alone too", lost.turn.work.replication, lost.how));
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
            lose(worker.turn, ended.how);
        }
        hand_out();
    }

    // Work that killed its worker is tried once more, alone: memory may have been short, not the model wrong.
    void lose(const Turn& turn, const std::string& how) {
        if (alone_ && alone_->number == turn.number) {
            lost_twice_.push_back({turn, how});
            agenda_.give_up(turn.work, how);
            alone_.reset();
            return;
        }
        note(fmt::format("replication {} was {}; once more, alone", turn.work.replication, how));
        again_.push_back({turn, how});
    }

    void hear(const Interrupted& interrupted) { gathered_.stopped = interrupted.exit; }
    void hear(const PatienceOver&) { out_of_patience_ = true; }

    void hand_out() {
        if (gathered_.stopped || !gathered_.briefing) return;
        for (auto& [id, worker] : workers_) {
            if (worker.doing != Doing::waiting) continue;
            if (alone_)
                give(id, worker, *alone_);
            else if (const auto work = next())
                give(id, worker, {++given_, *work});
        }
        nothing_left_ = error_ || agenda_.available() == 0;
        replace();
    }

    std::optional<Work> next() { return error_ ? std::nullopt : agenda_.next(); }

    void give(WorkerId id, Worker& worker, const Turn& turn) {
        worker.doing = Doing::running;
        worker.turn = turn;
        processes_.send(id, turn.work);
    }

    // New workers for those that died: one for what is left of the agenda, or one for what has to run alone.
    void replace() {
        if (anyone(Doing::running) || anyone(Doing::loading)) return;
        alone_.reset();
        if (nothing_left_) {
            if (again_.empty()) return;
            alone_ = again_.front().turn;
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
    Agenda& agenda_;
    unsigned jobs_;
    const Listener& listener_;
    std::map<WorkerId, Worker> workers_;
    std::uint64_t given_ = 0;  // turns
    std::uint64_t last_ = 0;   // that matters, once there is an error
    std::optional<std::variant<Wrong, Defect, OutOfMemory>> error_;
    std::vector<Lost> again_;
    std::vector<Lost> lost_twice_;
    std::optional<Turn> alone_;  // the one of them that runs now
    std::uint64_t rows_ = 0;
    bool nothing_left_ = false;
    bool died_loading_ = false;
    bool out_of_patience_ = false;
    Gathered gathered_;
};

}  // namespace

Gathered gather(Processes& processes, const Task& task, Agenda& agenda, unsigned jobs,
                const Listener& listener) {
    return Pool(processes, task, agenda, jobs, listener).run();
}

Gathered gather_here(const Task& task, Agenda& agenda, const Listener& listener) {
    Gathered gathered;
    gathered.briefing = task.load();
    if (listener.briefed) listener.briefed(*gathered.briefing);
    agenda.open(*gathered.briefing);
    std::uint64_t rows = 0;
    while (true) {
        if (listener.interrupted) gathered.stopped = listener.interrupted();
        const auto work = gathered.stopped ? std::nullopt : agenda.next();
        if (!work) return gathered;
        try {
            const Lived lived = task.run(*work);
            agenda.take(row_of(work->cell, lived.row, lived.plan_hash, gathered.briefing->expectations));
        } catch (const kernel::BrokenInvariant& defect) {
            throw WorkerDefect(defect.what(), work->replication);
        }
        if (listener.progressed) listener.progressed(++rows);
    }
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
