// When the calls in progress end: the future of the call plane.
//
// An entry is 16 bytes - the time, and sequence and slot in one word. A call that is cut off leaves its entry behind:
// the slot has another sequence by then, so the entry is dead and is thrown away when it surfaces. Nothing is ever
// searched or cancelled in place. All ends have rank `timer`, so (time, sequence) is their whole order.

#pragma once

#include "sim/kernel/event_queue.hpp"

#include <cstdint>
#include <vector>

namespace sim::calls {

struct End {
    std::int64_t at;     // microseconds
    std::uint64_t word;  // sequence << slot_bits | slot

    static constexpr unsigned slot_bits = 24;  // 16 million calls in progress

    std::uint64_t sequence() const { return word >> slot_bits; }
    std::uint32_t slot() const { return static_cast<std::uint32_t>(word & ((1u << slot_bits) - 1)); }
    friend bool operator<(const End& a, const End& b) { return a.at != b.at ? a.at < b.at : a.word < b.word; }
};

class Ends {
public:
    Ends() { heap_.reserve(1024); }

    bool empty() const { return heap_.empty(); }
    const End& first() const { return heap_.front(); }

    void push(End end) {
        heap_.push_back(end);
        std::size_t hole = heap_.size() - 1;
        while (hole > 0) {
            const std::size_t parent = (hole - 1) / 4;
            if (!(end < heap_[parent])) break;
            heap_[hole] = heap_[parent];
            hole = parent;
        }
        heap_[hole] = end;
    }

    void pop() {
        const End last = heap_.back();
        heap_.pop_back();
        const std::size_t size = heap_.size();
        if (size == 0) return;
        std::size_t hole = 0;
        for (std::size_t child = 1; child < size; child = hole * 4 + 1) {
            const std::size_t past = child + 4 < size ? child + 4 : size;
            std::size_t least = child;
            for (std::size_t other = child + 1; other < past; ++other)
                if (heap_[other] < heap_[least]) least = other;
            if (!(heap_[least] < last)) break;
            heap_[hole] = heap_[least];
            hole = least;
        }
        heap_[hole] = last;
    }

private:
    std::vector<End> heap_;  // implicit 4-ary heap
};

}  // namespace sim::calls
