#include "sim/kernel/heap.hpp"
#include "sim/kernel/ladder.hpp"
#include "sim/kernel/radix.hpp"
#include "sim/kernel/random.hpp"
#include "sim/kernel/tournament.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <vector>

namespace {

using sim::kernel::Due;

// Random numbers for schedules; which ones they are does not matter, that they are the same each time does.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : luck_({seed, 1}, "dice", "schedules") {}
    std::uint64_t in(std::uint64_t count) {
        const sim::kernel::Block word = luck_.at(++throws_);
        return (static_cast<std::uint64_t>(word[0]) << 32 | word[1]) % count;
    }

private:
    sim::kernel::Stream luck_;
    std::uint64_t throws_ = 0;
};

// How far ahead a thing is due: the shapes that break queues which guess the width of their buckets.
std::int64_t step(Dice& dice, unsigned shape, std::int64_t in_burst) {
    switch (shape) {
        case 0:
            return static_cast<std::int64_t>(dice.in(10));  // nearly everything at once
        case 1:
            return static_cast<std::int64_t>(dice.in(200'000'000));  // calls of minutes
        case 2:
            return std::int64_t{1} << dice.in(45);  // a microsecond or a year
        case 3:
            return in_burst % 2 == 0 ? 100'000'000 : 5;  // far and near in turn
        case 4:
            return 1'000'000 - in_burst * 3;  // each earlier than the one before
        case 5:
            return dice.in(5) == 0 ? 10'000'000'000 : static_cast<std::int64_t>(dice.in(1000));
        default:
            return dice.in(3) == 0 ? 0 : static_cast<std::int64_t>(dice.in(70));
    }
}

// Plays one schedule through a queue and returns what came out, in order. A cancelled entry stays in the queue
// and is skipped when it surfaces, as the call plane does with the end of a call that was cut off.
template <class Queue>
std::vector<std::uint64_t> play(std::uint64_t seed, unsigned shape) {
    Dice dice(seed);
    Queue queue;
    std::vector<bool> cancelled{false};
    std::vector<std::uint64_t> out;
    std::int64_t now = 0;
    const auto take = [&] {
        const Due next = queue.first();
        queue.pop();
        now = next.at;
        if (!cancelled[next.word]) out.push_back(next.word);
    };
    for (int turn = 0; turn < 3000; ++turn) {
        if (queue.empty() || dice.in(100) < (turn < 1500 ? 60u : 45u)) {
            const std::uint64_t burst = dice.in(50) == 0 ? 1 + dice.in(300) : 1;
            for (std::uint64_t i = 0; i < burst; ++i) {
                const std::int64_t ahead =
                    std::max<std::int64_t>(0, step(dice, shape, static_cast<std::int64_t>(i)));
                queue.push({now + ahead, cancelled.size()});
                cancelled.push_back(false);
            }
            if (dice.in(4) == 0) cancelled[dice.in(cancelled.size())] = true;
        } else {
            take();
        }
    }
    while (!queue.empty()) take();
    return out;
}

// The same schedule through a sorted set.
class Reference {
public:
    bool empty() const { return due_.empty(); }
    Due first() const { return {due_.begin()->first, due_.begin()->second}; }
    void push(Due due) { due_.insert({due.at, due.word}); }
    void pop() { due_.erase(due_.begin()); }

private:
    std::set<std::pair<std::int64_t, std::uint64_t>> due_;
};

}  // namespace

TEST_CASE("every queue gives the order of a sorted list, bursts and cancellations included", "[kernel]") {
    for (unsigned shape = 0; shape < 7; ++shape)
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            CAPTURE(shape, seed);
            const std::vector<std::uint64_t> expected = play<Reference>(seed, shape);
            CHECK(expected.size() > 1000);
            CHECK(play<sim::kernel::Heap>(seed, shape) == expected);
            CHECK(play<sim::kernel::Radix>(seed, shape) == expected);
            CHECK(play<sim::kernel::Ladder>(seed, shape) == expected);
        }
}

TEST_CASE("things of one instant leave a ladder in the order of their numbers", "[kernel]") {
    sim::kernel::Ladder ladder;
    for (std::uint64_t number = 1; number <= 5000; ++number) ladder.push({7'000'000, number});
    for (std::uint64_t number = 1; number <= 5000; ++number) {
        REQUIRE(ladder.first() == Due{7'000'000, number});
        ladder.pop();
    }
    CHECK(ladder.empty());
}

TEST_CASE("a tournament names its streams in the order of a sorted list, equal times by stream", "[kernel]") {
    using sim::kernel::Tournament;
    for (const std::size_t streams : {1u, 2u, 3u, 7u, 64u, 200u, 2048u})
        for (const std::uint64_t apart : {3u, 1000u, 1'000'000'000u}) {
            CAPTURE(streams, apart);
            Dice dice(streams);
            std::vector<std::int64_t> times;
            Reference sorted;
            for (std::size_t stream = 0; stream < streams; ++stream) {
                times.push_back(static_cast<std::int64_t>(dice.in(apart)));
                sorted.push({times.back(), stream});
            }
            Tournament tournament(times);
            for (int turn = 0; turn < 5000; ++turn) {
                REQUIRE(Due{tournament.first_at(), tournament.first_stream()} == sorted.first());
                const std::int64_t next =
                    dice.in(2000) == 0
                        ? Tournament::never
                        : std::min(Tournament::never,
                                   tournament.first_at() + static_cast<std::int64_t>(dice.in(apart)));
                sorted.pop();
                sorted.push({next, tournament.first_stream()});
                tournament.replace_first(next);
            }
        }
}

TEST_CASE("a tournament without streams is due never", "[kernel]") {
    const sim::kernel::Tournament nobody{{}};
    CHECK(nobody.first_at() == sim::kernel::Tournament::never);
}
