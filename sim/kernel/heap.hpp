// An implicit 4-ary heap of due things: the simplest future, with no assumption about times.

#pragma once

#include "sim/kernel/due.hpp"

#include <cstddef>
#include <vector>

namespace sim::kernel {

class Heap {
public:
    bool empty() const { return heap_.empty(); }
    std::size_t size() const { return heap_.size(); }
    const Due& first() const { return heap_.front(); }  // REQUIRES not empty

    void push(Due due) {
        std::size_t hole = heap_.size();
        heap_.push_back(due);
        while (hole > 0) {
            const std::size_t parent = (hole - 1) / 4;
            if (!(due < heap_[parent])) break;
            heap_[hole] = heap_[parent];
            hole = parent;
        }
        heap_[hole] = due;
    }

    void pop() {  // REQUIRES not empty
        const Due last = heap_.back();
        heap_.pop_back();
        if (!heap_.empty()) replace_first(last);
    }

    // As pop() and push(due), in one way down. REQUIRES not empty.
    void replace_first(Due due) {
        const std::size_t size = heap_.size();
        std::size_t hole = 0;
        std::size_t child = 1;
        for (; child + 4 <= size; child = hole * 4 + 1) {
            // The least of four by two rounds of arithmetic selection.
            const std::size_t left = child + static_cast<std::size_t>(heap_[child + 1] < heap_[child]);
            const std::size_t right = child + 2 + static_cast<std::size_t>(heap_[child + 3] < heap_[child + 2]);
            const std::size_t least =
                left + (right - left) * static_cast<std::size_t>(heap_[right] < heap_[left]);
            if (!(heap_[least] < due)) break;
            heap_[hole] = heap_[least];
            hole = least;
        }
        if (child + 4 > size && child < size) {
            std::size_t least = child;
            for (std::size_t other = child + 1; other < size; ++other)
                if (heap_[other] < heap_[least]) least = other;
            if (heap_[least] < due) {
                heap_[hole] = heap_[least];
                hole = least;
            }
        }
        heap_[hole] = due;
    }

private:
    std::vector<Due> heap_;
};

}  // namespace sim::kernel
