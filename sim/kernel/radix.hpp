// A radix heap of due things: buckets by the highest bit in which a time differs from the last one taken.
//
// Takes only times not before the last one taken, as a future does. An entry moves to a lower bucket at most
// once a bit; nothing is ever compared except inside the lowest bucket, whose times are all equal.

#pragma once

#include "sim/kernel/due.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace sim::kernel {

class Radix {
public:
    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    const Due& first() {  // REQUIRES not empty
        if (next_ == buckets_[0].size()) refill();
        return buckets_[0][next_];
    }

    void push(Due due) {  // REQUIRES due.at not before the last first()
        buckets_[bucket_of(due.at)].push_back(due);
        ++size_;
    }

    void pop() {  // REQUIRES not empty
        first();
        ++next_;
        --size_;
    }

private:
    std::size_t bucket_of(std::int64_t at) const {
        const auto differs = static_cast<std::uint64_t>(at ^ last_);
        return differs == 0 ? 0 : 64 - static_cast<std::size_t>(__builtin_clzll(differs));
    }

    void refill() {
        buckets_[0].clear();
        next_ = 0;
        std::size_t lowest = 1;
        while (buckets_[lowest].empty()) ++lowest;
        std::vector<Due>& bucket = buckets_[lowest];
        last_ = std::min_element(bucket.begin(), bucket.end())->at;
        for (const Due& due : bucket)
            buckets_[bucket_of(due.at)].push_back(due);  // all to lower ones, in their order
        bucket.clear();
    }

    std::array<std::vector<Due>, 65> buckets_;
    std::size_t next_ = 0;  // in bucket 0
    std::size_t size_ = 0;
    std::int64_t last_ = 0;
};

}  // namespace sim::kernel
