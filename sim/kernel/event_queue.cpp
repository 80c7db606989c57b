#include "sim/kernel/event_queue.hpp"

#include "sim/kernel/check.hpp"

#include <algorithm>

namespace sim::kernel {

namespace {

constexpr std::size_t arity = 4;
constexpr unsigned slot_bits = 24;
constexpr std::uint64_t slot_mask = (std::uint64_t{1} << slot_bits) - 1;

}  // namespace

Ticket EventQueue::schedule(Instant at, Rank rank, Kind kind, std::uint32_t subject, RecordId cause) {
    SIM_CHECK(at >= last_taken_);
    const std::uint64_t sequence = next_sequence();
    SIM_CHECK(sequence >> sequence_bits == 0);
    const std::uint32_t slot = take_slot();
    slots_[slot] = Slot{sequence, cause, subject, kind};
    push(Entry{Key{at, order_of(rank, sequence)}, slot});
    return static_cast<Ticket>(sequence << slot_bits | slot);
}

bool EventQueue::cancel(Ticket ticket) {
    const auto sequence = static_cast<std::uint64_t>(ticket) >> slot_bits;
    const auto slot = static_cast<std::uint64_t>(ticket) & slot_mask;
    if (sequence == 0 || slot >= slots_.size() || slots_[slot].sequence != sequence) return false;
    slots_[slot].sequence = 0;  // its entry is dead now and leaves when it surfaces
    ++dead_;
    drop_dead();
    return true;
}

std::optional<Event> EventQueue::take_until(Instant end) {
    if (heap_.empty() || head_.at > end) return std::nullopt;
    const Entry top = heap_.front();
    Slot& slot = slots_[top.slot];
    const Event event{top.key.at,   slot.cause, slot.sequence,
                      slot.subject, slot.kind,  static_cast<Rank>(top.key.order >> 56)};
    slot.sequence = 0;
    free_.push_back(top.slot);
    last_taken_ = top.key.at;
    pop();
    drop_dead();
    return event;
}

// Cancelled entries that have come to the top leave, so that head() always names an event that will run.
void EventQueue::drop_dead() {
    while (dead_ > 0 && !heap_.empty() && slots_[heap_.front().slot].sequence == 0) {
        free_.push_back(heap_.front().slot);
        --dead_;
        pop();
    }
    head_ = heap_.empty() ? Key{} : heap_.front().key;
}

void EventQueue::push(Entry entry) {
    std::size_t hole = heap_.size();
    heap_.push_back(entry);
    while (hole > 0) {
        const std::size_t parent = (hole - 1) / arity;
        if (!(entry.key < heap_[parent].key)) break;
        heap_[hole] = heap_[parent];
        hole = parent;
    }
    heap_[hole] = entry;
    head_ = heap_.front().key;
}

void EventQueue::pop() {
    const Entry last = heap_.back();
    heap_.pop_back();
    if (heap_.empty()) return;
    std::size_t hole = 0;
    for (;;) {
        const std::size_t first = hole * arity + 1;
        if (first >= heap_.size()) break;
        std::size_t least = first;
        for (std::size_t child = first + 1; child < std::min(first + arity, heap_.size()); ++child)
            if (heap_[child].key < heap_[least].key) least = child;
        if (!(heap_[least].key < last.key)) break;
        heap_[hole] = heap_[least];
        hole = least;
    }
    heap_[hole] = last;
}

std::uint32_t EventQueue::take_slot() {
    if (!free_.empty()) {
        const std::uint32_t slot = free_.back();
        free_.pop_back();
        return slot;
    }
    SIM_CHECK(slots_.size() < slot_mask);
    slots_.emplace_back();
    return static_cast<std::uint32_t>(slots_.size() - 1);
}

}  // namespace sim::kernel
