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

namespace {

void* counted_memory(void* memory) {
    if (memory == nullptr) throw std::bad_alloc();
    ++bench::counted.allocations;
    bench::counted.bytes += malloc_usable_size(memory);
    if (bench::counted.bytes > bench::counted.bytes_max) bench::counted.bytes_max = bench::counted.bytes;
    return memory;
}

}  // namespace

void* operator new(std::size_t size) {
    return counted_memory(std::malloc(size));
}

void* operator new(std::size_t size, std::align_val_t line) {
    const auto step = static_cast<std::size_t>(line);
    return counted_memory(std::aligned_alloc(step, (size + step - 1) / step * step));
}

void operator delete(void* memory) noexcept {
    if (memory != nullptr) bench::counted.bytes -= malloc_usable_size(memory);
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    operator delete(memory);
}

void operator delete(void* memory, std::align_val_t) noexcept {
    operator delete(memory);
}

void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    operator delete(memory);
}
