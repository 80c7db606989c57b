#include "sim/kernel/event_queue.hpp"
#include "sim/kernel/check.hpp"
#include "sim/kernel/random.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace kernel = sim::kernel;
using namespace std::chrono_literals;
using kernel::EventQueue;
using kernel::Instant;
using kernel::Kind;
using kernel::Rank;
using kernel::Ticket;

namespace {

constexpr std::uint32_t nobody = 0;
const Instant noon = kernel::start_of_run + 12h;

// A queue whose events are letters, so that a whole order is one string.
struct Tape {
    EventQueue queue;

    Ticket at(Instant when, Rank rank, char letter) {
        return queue.schedule(when, rank, Kind{static_cast<std::uint16_t>(letter)}, nobody, kernel::no_cause);
    }
    std::string play(Instant until = noon) {
        std::string letters;
        while (auto event = queue.take_until(until)) letters += static_cast<char>(event->kind);
        return letters;
    }
};

// What the queue should be: all that waits, sorted, the next one first.
class SortedList {
public:
    struct Entry {
        Instant at;
        Rank rank;
        std::uint64_t sequence;
        Ticket ticket;
        std::uint32_t subject;

        auto place() const { return std::tuple{at, rank, sequence}; }
    };

    void add(Entry entry) {
        const auto later =
            std::upper_bound(waiting_.begin(), waiting_.end(), entry,
                             [](const Entry& a, const Entry& b) { return a.place() < b.place(); });
        waiting_.insert(later, entry);
    }
    bool remove(Ticket ticket) {
        const auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                        [ticket](const Entry& entry) { return entry.ticket == ticket; });
        if (found == waiting_.end()) return false;
        waiting_.erase(found);
        return true;
    }
    Entry take() {
        const Entry first = waiting_.front();
        waiting_.erase(waiting_.begin());
        return first;
    }
    const std::vector<Entry>& waiting() const { return waiting_; }

private:
    std::vector<Entry> waiting_;
};

}  // namespace

TEST_CASE("within one instant: repairs, then faults, then timers, then arrivals, then samples", "[kernel]") {
    Tape tape;
    tape.at(noon, Rank::sample, 's');
    tape.at(noon, Rank::arrival, 'a');
    tape.at(noon, Rank::fault, 'f');
    tape.at(noon, Rank::timer, 't');
    tape.at(noon, Rank::repair, 'r');
    CHECK(tape.play() == "rftas");
}

TEST_CASE("of equal rank within one instant the first scheduled runs first", "[kernel]") {
    Tape tape;
    for (const char letter : std::string{"the queue keeps this order"}) tape.at(noon, Rank::timer, letter);
    CHECK(tape.play() == "the queue keeps this order");
}

TEST_CASE("an earlier time comes before every rank", "[kernel]") {
    Tape tape;
    tape.at(noon, Rank::repair, 'b');
    tape.at(noon - 1us, Rank::sample, 'a');
    CHECK(tape.play() == "ab");
}

TEST_CASE("what is scheduled at this instant with a lower rank still comes next", "[kernel]") {
    Tape tape;
    tape.at(noon, Rank::timer, 't');
    tape.at(noon, Rank::arrival, 'a');
    REQUIRE(static_cast<char>(tape.queue.take_until(noon)->kind) == 't');
    tape.at(noon, Rank::repair, 'r');
    CHECK(tape.play() == "ra");
}

TEST_CASE("an event leaves with what was said about it", "[kernel]") {
    EventQueue queue;
    queue.schedule(noon, Rank::fault, Kind{7}, 42, kernel::RecordId{99});
    const auto event = queue.take_until(noon);
    REQUIRE(event);
    CHECK((event->at == noon && event->rank == Rank::fault && event->kind == Kind{7}));
    CHECK((event->subject == 42 && event->cause == kernel::RecordId{99}));
}

TEST_CASE("the end of a stretch belongs to it and what is later waits", "[kernel]") {
    Tape tape;
    tape.at(noon + 1us, Rank::timer, 'c');
    tape.at(noon, Rank::timer, 'b');
    tape.at(noon - 1us, Rank::timer, 'a');
    CHECK(tape.play(noon) == "ab");
    CHECK(tape.queue.size() == 1);
    CHECK(tape.play(kernel::never) == "c");
}

TEST_CASE("a cancelled event does not run, and a second cancel changes nothing", "[kernel]") {
    Tape tape;
    tape.at(noon, Rank::timer, 'a');
    const Ticket b = tape.at(noon, Rank::timer, 'b');
    tape.at(noon, Rank::timer, 'c');
    CHECK(tape.queue.cancel(b));
    CHECK_FALSE(tape.queue.cancel(b));
    CHECK(tape.queue.size() == 2);
    CHECK(tape.play() == "ac");
}

TEST_CASE("the ticket of an event that has run cancels nothing, not even its successor in the same place",
          "[kernel]") {
    Tape tape;
    const Ticket first = tape.at(noon - 1h, Rank::timer, 'a');
    REQUIRE(tape.play(noon - 1h) == "a");
    tape.at(noon, Rank::timer, 'b');
    CHECK_FALSE(tape.queue.cancel(first));
    CHECK_FALSE(tape.queue.cancel(kernel::no_ticket));
    CHECK(tape.play() == "b");
}

TEST_CASE("the head is the place of the next event that will run", "[kernel]") {
    Tape tape;
    CHECK(tape.queue.head() == kernel::Key{});
    const Ticket early = tape.at(noon - 1h, Rank::timer, 'a');
    tape.at(noon, Rank::fault, 'b');
    CHECK(tape.queue.head().at == noon - 1h);
    tape.queue.cancel(early);
    CHECK(tape.queue.head() == kernel::Key{noon, kernel::order_of(Rank::fault, 2)});
    CHECK(tape.play() == "b");
    CHECK(tape.queue.head() == kernel::Key{});
}

TEST_CASE("numbers of the other plane and of events are one sequence", "[kernel]") {
    EventQueue queue;
    queue.schedule(noon, Rank::timer, Kind{1}, nobody, kernel::no_cause);
    CHECK(queue.next_sequence() == 2);
    queue.schedule(noon, Rank::timer, Kind{1}, nobody, kernel::no_cause);
    CHECK(queue.take_until(noon)->sequence == 1);
    CHECK(queue.take_until(noon)->sequence == 3);
}

TEST_CASE("the past is closed", "[kernel]") {
    Tape tape;
    tape.at(noon, Rank::arrival, 'a');
    REQUIRE(tape.play() == "a");
    CHECK_THROWS_AS(tape.at(noon - 1us, Rank::repair, 'b'), kernel::BrokenInvariant);
    CHECK_NOTHROW(tape.at(noon, Rank::repair, 'c'));
}

TEST_CASE("a thousand random schedules and cancellations leave in the order of a sorted list", "[kernel]") {
    for (std::uint64_t round = 1; round <= 20; ++round) {
        CAPTURE(round);
        const kernel::Stream luck({42, round}, "queue", "what to do");
        EventQueue queue;
        SortedList list;
        std::vector<Ticket> tickets;
        Instant now = kernel::start_of_run;
        for (std::uint32_t step = 0; step < 1000; ++step) {
            const kernel::Block word = luck.at(step);
            const std::uint32_t what = kernel::pick(word[0], 10);
            if (what < 5) {
                // Few instants and all ranks, so that ties are the rule.
                const Instant at = now + std::chrono::seconds{kernel::pick(word[1], 5)};
                const auto rank = static_cast<Rank>(kernel::pick(word[2], 5));
                const std::uint64_t sequence = tickets.size() + 1;
                tickets.push_back(queue.schedule(at, rank, Kind{1}, step, kernel::no_cause));
                list.add({at, rank, sequence, tickets.back(), step});
            } else if (what < 8 && !tickets.empty()) {
                const Ticket ticket =
                    tickets[kernel::pick(word[1], static_cast<std::uint32_t>(tickets.size()))];
                REQUIRE(queue.cancel(ticket) == list.remove(ticket));
            } else if (!list.waiting().empty()) {
                const auto event = queue.take_until(kernel::never);
                REQUIRE(event);
                REQUIRE(event->subject == list.take().subject);
                now = event->at;
            }
            REQUIRE(queue.size() == list.waiting().size());
            REQUIRE(queue.head().at == (list.waiting().empty() ? kernel::never : list.waiting().front().at));
        }
    }
}
