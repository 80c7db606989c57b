// The future of the simulation: all that is scheduled and has not happened yet.
//
// Events leave in the order (time, rank, sequence). Rank says what comes first inside one instant: a repaired
// link must be up before the calls that want it. Sequence settles the rest: first scheduled, first run. No two
// events compare equal, so the order never depends on the heap, the library or the machine.
//
// An event is plain data. What it does is known to the room that owns its kind; the queue could serve a bakery.

#pragma once

#include "sim/kernel/time.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace sim::kernel {

enum class Rank : std::uint8_t {
    repair,   // capacity comes back before it goes away,
    fault,    // so a swap within one instant leaves no gap
    timer,    // probes, ends of calls, drains
    arrival,  // new calls see the world the above have left
    sample,   // gauges are read last
};

enum class Kind : std::uint16_t {};      // named by the rooms, dispatched by the loop
enum class RecordId : std::uint64_t {};  // 0: no record, the start of everything
enum class Ticket : std::uint64_t {};    // names one event, also after it has run

inline constexpr RecordId no_cause{};
inline constexpr Ticket no_ticket{};

// Where an event stands in the total order.
struct Key {
    Instant at = never;
    std::uint64_t order = ~std::uint64_t{0};  // rank, then sequence

    friend constexpr bool operator<(const Key& a, const Key& b) {
        return a.at != b.at ? a.at < b.at : a.order < b.order;
    }
    friend constexpr bool operator==(const Key&, const Key&) = default;
};

inline constexpr unsigned sequence_bits = 40;  // a million million events a run

constexpr std::uint64_t order_of(Rank rank, std::uint64_t sequence) {
    return static_cast<std::uint64_t>(rank) << 56 | sequence;
}

struct Event {
    Instant at;
    RecordId cause;  // the record this event grew out of; `explain` walks these links
    std::uint64_t sequence;
    std::uint32_t subject;  // whom it is about: an index into the table of the owning room
    Kind kind;
    Rank rank;
};

class EventQueue {
public:
    // REQUIRES: at is not before the last event taken; the past is closed.
    Ticket schedule(Instant at, Rank rank, Kind kind, std::uint32_t subject, RecordId cause);

    // False if the event has run or was cancelled before. Then nothing changes.
    bool cancel(Ticket ticket);

    // The next event due at or before `end`, or nothing.
    std::optional<Event> take_until(Instant end);

    // The place of the next event in the total order; {never, …} when there is none.
    const Key& head() const { return head_; }

    // The next number of the sequence that all events of a run share.
    std::uint64_t next_sequence() { return ++sequence_; }

    std::size_t size() const { return heap_.size() - dead_; }

private:
    struct Entry {
        Key key;
        std::uint32_t slot;
    };
    struct Slot {
        std::uint64_t sequence = 0;  // of the event that lives here; 0: free or cancelled
        RecordId cause{};
        std::uint32_t subject = 0;
        Kind kind{};
    };

    void push(Entry entry);
    void pop();
    void drop_dead();
    std::uint32_t take_slot();

    std::vector<Entry> heap_;  // implicit 4-ary heap
    std::vector<Slot> slots_;
    std::vector<std::uint32_t> free_;
    std::size_t dead_ = 0;  // cancelled entries still in the heap
    Key head_;
    std::uint64_t sequence_ = 0;
    Instant last_taken_ = start_of_run;
};

}  // namespace sim::kernel
