#include "sim/experiment/workers.hpp"

#include "sim/kernel/check.hpp"
#include "tests/experiment/rows.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <new>
#include <set>

using namespace sim::experiment;
using namespace tests;
using sim::vocabulary::Exit;
using sim::vocabulary::InputError;

namespace {

// Processes that are none: a worker runs when somebody waits for news, one step at a time, the longest idle
// first.
class FakeProcesses : public Processes {
public:
    std::set<std::uint64_t> deadly;       // replications that kill their worker, each time
    std::set<std::uint64_t> deadly_once;  // and those that do it once
    int deaths_while_loading = 0;
    bool out_of_time = false;
    unsigned at_most = 100;                        // workers at once
    std::optional<std::uint64_t> interrupt_after;  // so many rows
    bool never_done = false;                       // replications hang once interrupted
    std::set<std::uint64_t> slow;                  // replications that others overtake while they can
    std::map<std::uint64_t, unsigned> run_by;      // replication -> worker
    unsigned started = 0, alive_max = 0;

    std::optional<WorkerId> start(const Body& body) override {
        if (workers_.size() >= at_most) return std::nullopt;
        const WorkerId id{started++};
        workers_[id] = {body, {}, false};
        turn_.push_back(id);
        alive_max = std::max(alive_max, static_cast<unsigned>(workers_.size()));
        return id;
    }
    std::string lacking() const override { return "too many open files; raise ulimit -n"; }
    void send(WorkerId worker, const Work& work) override {
        workers_.at(worker).number = work.replication;
        turn_.push_back(worker);
    }
    void end(WorkerId worker) override { workers_.erase(worker); }

    News wait() override {
        if (interrupt_after && rows_ >= *interrupt_after) {
            interrupt_after.reset();
            interrupted_ = true;
            return Interrupted{Exit::interrupted};
        }
        if (interrupted_ && never_done) return PatienceOver{};
        while (!turn_.empty()) {
            const auto next = whose_turn();
            const WorkerId id = *next;
            turn_.erase(next);
            if (workers_.count(id)) return step(id);
        }
        FAIL("everybody waits for everybody");
        return PatienceOver{};
    }

    std::size_t alive() const { return workers_.size(); }

private:
    struct Worker {
        Body body;
        std::optional<std::uint64_t> number;
        bool is_ready = false;
    };

    // The body runs from its start each time; only what is new is passed on.
    struct OneStep : Line {
        std::deque<Work> work;
        std::vector<std::string> said;
        bool say(const std::string& message) override {
            said.push_back(message);
            return true;
        }
        std::optional<Work> next_work() override {
            if (work.empty()) return std::nullopt;
            const Work next = work.front();
            work.pop_front();
            return next;
        }
    };

    std::deque<WorkerId>::iterator whose_turn() {
        const auto quick = std::find_if(turn_.begin(), turn_.end(), [this](WorkerId id) {
            const auto found = workers_.find(id);
            return found == workers_.end() || !found->second.number || slow.count(*found->second.number) == 0;
        });
        return quick == turn_.end() ? turn_.begin() : quick;
    }

    News step(WorkerId id) {
        Worker& worker = workers_.at(id);
        if (!worker.is_ready && deaths_while_loading > 0) {
            --deaths_while_loading;
            workers_.erase(id);
            return Ended{id, "killed by signal 11 (Segmentation fault)", out_of_time};
        }
        OneStep line;
        if (worker.number) {
            const std::uint64_t number = *worker.number;
            run_by[number] = static_cast<unsigned>(id);
            if (deadly.count(number) || deadly_once.erase(number)) {
                workers_.erase(id);
                return Ended{id, "killed by signal 9 (Killed)", false};
            }
            line.work.push_back({CellId{0}, number});
            ++rows_;
        }
        worker.body(line);
        worker.is_ready = true;
        return Said{id, line.said.back()};
    }

    std::map<WorkerId, Worker> workers_;
    std::deque<WorkerId> turn_;
    std::uint64_t rows_ = 0;
    bool interrupted_ = false;
};

std::vector<Cell> one_cell(const Briefing&) {
    return {{"careful", {}}};
}

struct Finish {
    Store store = Store::temporary();
    Gathered gathered;
};

std::vector<std::uint64_t> numbers(const Store& store) {
    std::vector<std::uint64_t> all;
    store.each(CellId{0}, [&](const Replication& row) { all.push_back(row.number); });
    return all;
}

struct Bench {
    FakeProcesses processes;
    Listener listener;
    std::vector<std::string> notes;
    std::function<Replication(std::uint64_t)> live = [](std::uint64_t r) { return busy_day(r); };
    Task task{"patch-night.lua", [] { return Briefing{}; },
              [this](const Work& work) {
                  return Lived{live(work.replication), ""};
              }};

    Bench() {
        listener.noted = [this](const std::string& note) { notes.push_back(note); };
    }
    FixedAgenda agenda(Store& store, std::uint64_t replications) {
        return {store, Question::run, one_cell, {Range{1, replications}}};
    }
    Finish run(std::uint64_t replications, unsigned jobs) {
        Finish outcome;
        FixedAgenda agenda = this->agenda(outcome.store, replications);
        outcome.gathered = gather(processes, task, agenda, jobs, listener);
        CHECK(processes.alive() == 0);
        return outcome;
    }
};

}  // namespace

TEST_CASE("every replication is run once, by whoever is free, and comes back in order", "[experiment]") {
    Bench bench;
    CHECK(numbers(bench.run(7, 3).store) == std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7});
    CHECK(bench.processes.started == 3);
    CHECK(bench.processes.run_by.size() == 7);
}

TEST_CASE("there are never more workers than replications", "[experiment]") {
    Bench bench;
    bench.run(2, 8);
    CHECK(bench.processes.started == 2);
}

TEST_CASE("a system that gives fewer workers gets the job done with those", "[experiment]") {
    Bench bench;
    bench.processes.at_most = 1;
    CHECK(bench.run(5, 4).store.rows() == 5);
    Bench none;
    none.processes.at_most = 0;
    CHECK_THROWS_WITH(none.run(5, 4),
                      "the system gives no worker process: too many open files; raise ulimit -n");
}

TEST_CASE("a replication that kills its worker is tried once more, alone", "[experiment]") {
    Bench bench;
    bench.processes.deadly_once = {3};
    const Finish outcome = bench.run(6, 2);
    CHECK(outcome.store.rows() == 6);
    CHECK(outcome.store.given_up().empty());
    CHECK(bench.notes ==
          std::vector<std::string>{"replication 3 was killed by signal 9 (Killed); once more, alone"});
    CHECK(bench.processes.run_by.at(3) == 2);  // a fresh worker, after the two
}

TEST_CASE("one that does it twice is reported, and the others are kept", "[experiment]") {
    Bench bench;
    bench.processes.deadly = {2, 5};
    const Finish outcome = bench.run(6, 2);
    CHECK(numbers(outcome.store) == std::vector<std::uint64_t>{1, 3, 4, 6});
    REQUIRE(outcome.store.given_up().size() == 2);
    CHECK(outcome.store.given_up()[0].how == "killed by signal 9 (Killed)");
}

TEST_CASE("when every replication kills its worker the end is still reached", "[experiment]") {
    Bench bench;
    bench.processes.deadly = {1, 2, 3, 4};
    CHECK(bench.run(4, 2).store.given_up().size() == 4);
}

TEST_CASE("a script that takes too long is the script's fault", "[experiment]") {
    Bench bench;
    bench.processes.deaths_while_loading = 1;
    bench.processes.out_of_time = true;
    try {
        bench.run(1, 1);
        FAIL("it was accepted");
    } catch (const InputError& error) {
        CHECK(error.exit() == Exit::scenario);
        CHECK(error.problems()[0].place.file == "patch-night.lua");
    }
    CHECK(bench.processes.alive() == 0);
}

TEST_CASE("a worker that dies loading gets one successor, not more", "[experiment]") {
    Bench once;
    once.processes.deaths_while_loading = 1;
    CHECK(once.run(3, 1).store.rows() == 3);
    Bench twice;
    twice.processes.deaths_while_loading = 2;
    CHECK_THROWS_AS(twice.run(3, 1), WorkerDefect);
}

TEST_CASE("wrong input is told once and nobody is left", "[experiment]") {
    Bench bench;
    bench.task.load = []() -> Briefing {
        throw InputError(
            Exit::scenario,
            std::vector<sim::vocabulary::Problem>{{{"patch-night.lua", 5, 0}, "E104", "unknown key", "", ""}},
            37);
    };
    CHECK_THROWS_WITH(bench.run(4, 2), "patch-night.lua:5: error[E104]: unknown key\nand 37 more");
    CHECK(bench.processes.alive() == 0);
}

TEST_CASE("a broken invariant names its replication", "[experiment]") {
    Bench bench;
    bench.live = [](std::uint64_t r) {
        if (r == 3) throw sim::kernel::BrokenInvariant("busy <= capacity");
        return busy_day(r);
    };
    try {
        bench.run(5, 2);
        FAIL("it went unseen");
    } catch (const WorkerDefect& defect) {
        CHECK(defect.replication == 3);
        CHECK(std::string(defect.what()) == "busy <= capacity");
    }
}

namespace {

Replication wrong(std::uint64_t r) {
    throw InputError(Exit::scenario, sim::vocabulary::Problem{
                                         {"drill.lua", static_cast<int>(r), 0}, "E150", "refused", "", ""});
}

}  // namespace

TEST_CASE("of several replications that end in an error the first is told, whoever is quicker",
          "[experiment]") {
    for (const unsigned jobs : {1u, 2u, 3u, 5u, 8u})
        for (const std::set<std::uint64_t>& slow :
             {std::set<std::uint64_t>{}, std::set<std::uint64_t>{3}, std::set<std::uint64_t>{2, 3, 4}}) {
            Bench bench;
            bench.processes.slow = slow;
            bench.live = [](std::uint64_t r) {
                if (r == 3 || r == 7) wrong(r);
                if (r == 5) throw sim::kernel::BrokenInvariant("busy <= capacity");
                if (r == 6) throw std::bad_alloc();
                return busy_day(r);
            };
            CHECK_THROWS_WITH(bench.run(8, jobs), "drill.lua:3: error[E150]: refused");
            CHECK(bench.processes.alive() == 0);
            CHECK(bench.processes.run_by.count(1) == 1);
            CHECK(bench.processes.run_by.count(2) == 1);
        }
}

TEST_CASE("after an error no later replication is begun", "[experiment]") {
    Bench bench;
    bench.processes.slow = {1};
    bench.live = [](std::uint64_t r) { return r == 2 ? wrong(r) : busy_day(r); };
    CHECK_THROWS_WITH(bench.run(100, 2), "drill.lua:2: error[E150]: refused");
    CHECK(bench.processes.run_by.size() == 2);
}

TEST_CASE("an earlier replication that killed its worker has its second try before an error is told",
          "[experiment]") {
    const auto run = [](Bench& bench) {
        bench.live = [](std::uint64_t r) { return r == 2 || r == 4 ? wrong(r) : busy_day(r); };
        CHECK_THROWS_AS(bench.run(6, 2), InputError);
        CHECK(bench.processes.alive() == 0);
        return bench.notes;
    };
    Bench twice;
    twice.processes.deadly = {1};
    CHECK(run(twice) ==
          std::vector<std::string>{"replication 1 was killed by signal 9 (Killed); once more, alone",
                                   "replication 1 was killed by signal 9 (Killed), alone too"});
    // The second try of the one may show the error that comes first.
    Bench once;
    once.processes.deadly_once = {2};
    once.live = [](std::uint64_t r) { return r == 2 || r == 4 ? wrong(r) : busy_day(r); };
    CHECK_THROWS_WITH(once.run(6, 2), "drill.lua:2: error[E150]: refused");
}

TEST_CASE("an interruption does not hide an error that was found", "[experiment]") {
    Bench bench;
    bench.processes.slow = {1};
    bench.processes.interrupt_after = 1;
    bench.live = [](std::uint64_t r) { return r == 2 ? wrong(r) : busy_day(r); };
    CHECK_THROWS_WITH(bench.run(100, 2), "drill.lua:2: error[E150]: refused");
    CHECK(bench.processes.alive() == 0);
}

TEST_CASE("two workers that load different plans are not deterministic", "[experiment]") {
    Bench bench;
    int loads = 0;
    bench.task.load = [&loads] {
        Briefing briefing;
        briefing.outline.plan_hash = std::to_string(++loads);
        return briefing;
    };
    try {
        bench.run(4, 2);
        FAIL("it went unseen");
    } catch (const InputError& error) {
        CHECK(error.exit() == Exit::not_deterministic);
    }
}

TEST_CASE("after an interruption nothing new is begun and what runs may end", "[experiment]") {
    Bench bench;
    bench.processes.interrupt_after = 3;
    const Finish outcome = bench.run(100, 2);
    CHECK(outcome.gathered.stopped == Exit::interrupted);
    CHECK(outcome.store.rows() >= 3);
    CHECK(outcome.store.rows() <= 5);
}

TEST_CASE("what does not end is given up after the patience", "[experiment]") {
    Bench bench;
    bench.processes.interrupt_after = 2;
    bench.processes.never_done = true;
    const Finish outcome = bench.run(100, 2);
    CHECK(outcome.gathered.stopped == Exit::interrupted);
    CHECK(outcome.store.rows() == 2);
}

TEST_CASE("in one process the same rows come out", "[experiment]") {
    Bench bench;
    Store here = Store::temporary();
    FixedAgenda agenda = bench.agenda(here, 3);
    gather_here(bench.task, agenda, bench.listener);
    CHECK(numbers(here) == std::vector<std::uint64_t>{1, 2, 3});
    bench.listener.interrupted = [] { return std::optional(Exit::terminated); };
    Store none = Store::temporary();
    FixedAgenda again = bench.agenda(none, 3);
    CHECK(gather_here(bench.task, again, bench.listener).stopped == Exit::terminated);
    CHECK(none.rows() == 0);
}

TEST_CASE("a worker can be asked for a text", "[experiment]") {
    FakeProcesses processes;
    CHECK(ask(processes, "a.lua", [] { return std::string("the model"); }) == "the model");
    CHECK(processes.alive() == 0);
}
