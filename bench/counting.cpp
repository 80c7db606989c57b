#include "bench/counting.hpp"

#include <malloc.h>

#include <cstdlib>
#include <new>

namespace bench {

namespace {

Heap counted;

}  // namespace

const Heap& heap() {
    return counted;
}

void forget_peak() {
    counted.bytes_max = counted.bytes;
}

}  // namespace bench

void* operator new(std::size_t size) {
    void* memory = std::malloc(size);
    if (memory == nullptr) throw std::bad_alloc();
    ++bench::counted.allocations;
    bench::counted.bytes += malloc_usable_size(memory);
    if (bench::counted.bytes > bench::counted.bytes_max) bench::counted.bytes_max = bench::counted.bytes;
    return memory;
}

void operator delete(void* memory) noexcept {
    if (memory != nullptr) bench::counted.bytes -= malloc_usable_size(memory);
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    operator delete(memory);
}
