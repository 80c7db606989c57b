#include "sim/experiment/store.hpp"

#include "sim/experiment/agenda.hpp"
#include "tests/experiment/rows.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include <unistd.h>

using namespace sim::experiment;
using namespace tests;
using sim::vocabulary::Exit;
using sim::vocabulary::InputError;

namespace {

Study study(std::uint64_t last = 4, std::uint64_t seed = 42) {
    Study study;
    study.briefing.outline.scenario = "patch-night";
    study.briefing.outline.policy = "careful";
    study.briefing.outline.seed = seed;
    study.briefing.outline.inputs = {{"patch-night.lua", "00ff"}};
    study.cells = {{"careful", {}}, {"careless", {}}};
    study.asked = {{1, last}};
    return study;
}

Row row(std::uint32_t cell, std::uint64_t number, std::uint64_t dropped = 20) {
    return row_of(CellId{cell}, busy_day(number, dropped), "plan", {});
}

// A folder that goes with the test.
struct Folder {
    std::filesystem::path path;
    Folder() : path(std::filesystem::temp_directory_path() / ("ccesim-store-" + std::to_string(::getpid()))) {
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string file(const std::string& name) const { return (path / name).string(); }
};

std::string complaint(const std::function<void()>& what, Exit exit) {
    try {
        what();
    } catch (const InputError& error) {
        CHECK(error.exit() == exit);
        return error.problems().front().what;
    }
    return "nothing";
}

std::string numbers(const Store& store, std::uint32_t cell) {
    std::string all;
    store.each(CellId{cell}, [&](const Replication& one) { all += std::to_string(one.number) + " "; });
    return all;
}

}  // namespace

TEST_CASE("what was finished is there again, in the order of its numbers", "[experiment]") {
    const Folder folder;
    {
        Store store = Store::at(folder.file("x.db"));
        store.begin(study());
        for (const std::uint64_t number : {3, 1, 2}) store.add(row(0, number));
        store.add(row(1, 1));
    }  // as if killed: nothing was closed
    Store store = Store::at(folder.file("x.db"));
    CHECK(store.rows() == 4);
    CHECK(store.wanted() == 8);
    CHECK(store.is_partial());
    CHECK(store.has({CellId{0}, 3}));
    CHECK_FALSE(store.has({CellId{1}, 3}));
    CHECK(numbers(store, 0) == "1 2 3 ");
    const Sample sample = store.sample(CellId{0});
    CHECK(sample.numbers() == std::vector<std::uint64_t>{1, 2, 3});
    CHECK(sample.estimate(*find_metric("calls_dropped"), {}).value == 20);
    CHECK(store.sample(CellId{0}, 2).size() == 2);
}

TEST_CASE("another experiment is refused, with what differs", "[experiment]") {
    const Folder folder;
    const std::string path = folder.file("x.db");
    Store::at(path).begin(study());
    CHECK(complaint([&] { Store::at(path).begin(study(4, 7)); }, Exit::output) ==
          "holds another experiment: its seed is 42, not 7");
    Study edited = study();
    edited.briefing.outline.inputs["patch-night.lua"] = "00fe";
    CHECK(complaint([&] { Store::at(path).begin(edited); }, Exit::output) ==
          "holds another experiment: \"patch-night.lua\" was changed: its hash was 00ff, now it is 00fe");
    Study one = study();
    one.cells.pop_back();
    CHECK(complaint([&] { Store::at(path).begin(one); }, Exit::output) ==
          "holds another experiment: it has 2 policies and points, this 1");
    Study more = study(9);
    Store store = Store::at(path);
    store.begin(more);  // only more of the same
    CHECK(store.wanted() == 18);
}

TEST_CASE("a file has one user at a time", "[experiment]") {
    const Folder folder;
    Store store = Store::at(folder.file("x.db"));
    store.begin(study());
    CHECK(complaint([&] { Store::at(folder.file("x.db")); }, Exit::output) ==
          "cannot write: database is locked");
}

TEST_CASE("what is no result file stays as it is", "[experiment]") {
    const Folder folder;
    const std::string path = folder.file("letter.db");
    std::ofstream(path) << "Dear planner, this is no database and must not become one. "
                        << std::string(4096, '.');
    CHECK(complaint([&] { Store::at(path); }, Exit::output) == "is no result file, or is damaged");
    CHECK(complaint([&] { Store::of(path); }, Exit::input_data) == "is no result file, or is damaged");
    CHECK(complaint([&] { Store::of(folder.file("none.db")); }, Exit::input_data) ==
          "cannot read: unable to open database file");
}

TEST_CASE("a bit that has turned is told and not counted", "[experiment]") {
    const Folder folder;
    const std::string path = folder.file("x.db");
    {
        Store store = Store::at(path);
        store.begin(study());
        store.add(row(0, 1));
        store.close();
    }
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(file)), {});
    const std::size_t at = bytes.find("Amsterdam", bytes.find("by_outcome") - 400);
    REQUIRE(at != std::string::npos);
    file.clear();
    file.seekp(static_cast<std::streamoff>(at));
    file.put('a');
    file.close();
    const Store store = Store::of(path);
    CHECK(complaint([&] { numbers(store, 0); }, Exit::input_data) == "replication 1 is damaged");
}

TEST_CASE("parts in any order make the same whole, and strangers are turned away", "[experiment]") {
    const Folder folder;
    const auto part = [&](const std::string& name, Shard shard, const Study& of) {
        Store store = Store::at(folder.file(name));
        store.begin(of, shard);
        for (std::uint64_t number = 1; number <= 4; ++number)
            if (shard.takes(number))
                for (const std::uint32_t cell : {0, 1}) store.add(row(cell, number));
        CHECK_FALSE(store.is_partial());
        store.close();
        return Store::of(folder.file(name));
    };
    const Store odd = part("1.db", {1, 2}, study());
    const Store even = part("2.db", {2, 2}, study());
    Store half = Store::temporary();
    half.merge(even);
    CHECK(half.is_partial());
    half.merge(odd);
    CHECK_FALSE(half.is_partial());
    CHECK(numbers(half, 1) == "1 2 3 4 ");
    half.merge(odd);  // once more makes no difference
    CHECK(half.rows() == 8);
    const Store other = part("3.db", {}, study(4, 7));
    CHECK(complaint([&] { half.merge(other); }, Exit::input_data) ==
          "is of another experiment than the first: its seed is 42, not 7");
}

TEST_CASE("a plan that changes from worker to worker is not deterministic", "[experiment]") {
    Store store = Store::temporary();
    store.begin(study());
    store.add(row(0, 1));
    Row other = row(0, 2);
    other.plan_hash = "another";
    CHECK(complaint([&] { store.add(other); }, Exit::not_deterministic) ==
          "the script made another plan in a second process");
}

TEST_CASE("an agenda goes through all cells of a number before the next, and leaves out what is there",
          "[experiment]") {
    Store store = Store::temporary();
    store.begin(study(3));
    store.add(row(1, 1));
    const auto cells = [](const Briefing&) { return study().cells; };
    FixedAgenda agenda(store, Question::run, cells, {Range{1, 3}}, {});
    agenda.open(study().briefing);
    CHECK(agenda.available() == 5);
    std::string order;
    while (const auto work = agenda.next())
        order += std::to_string(work->replication) + (work->cell == CellId{0} ? "a " : "b ");
    CHECK(order == "1a 2a 2b 3a 3b ");
    CHECK(agenda.available() == 0);
}

TEST_CASE("ranges that touch are one", "[experiment]") {
    CHECK(joined({{21, 40}, {1, 20}}) == std::vector<Range>{{1, 40}});
    CHECK(joined({{5, 9}, {1, 2}}) == std::vector<Range>{{1, 2}, {5, 9}});
    CHECK(sim::experiment::size(joined({{5, 9}, {1, 2}, {2, 6}})) == 9);
}

TEST_CASE("a shard takes every n-th replication", "[experiment]") {
    const Shard second{2, 3};
    CHECK_FALSE(second.takes(1));
    CHECK(second.takes(2));
    CHECK(second.takes(5));
    Store store = Store::temporary();
    Study asked = study(10);
    store.begin(asked, second);
    CHECK(store.wanted() == 2 * 3);  // 2, 5 and 8
}
