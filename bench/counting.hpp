// What the program under the bench asks of the heap. Counts every operator new of this process.

#pragma once

#include <cstddef>
#include <cstdint>

namespace bench {

struct Heap {
    std::uint64_t allocations = 0;
    std::size_t bytes = 0;      // now
    std::size_t bytes_max = 0;  // since forget_peak()
};
const Heap& heap();
void forget_peak();

}  // namespace bench
