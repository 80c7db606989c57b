// A call costs no allocation: two days more of 230 000 calls each cost next to none.

#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <new>

namespace {

std::uint64_t allocations = 0;

void* counted(void* memory) {
    if (memory == nullptr) throw std::bad_alloc();
    ++allocations;
    return memory;
}

}  // namespace

void* operator new(std::size_t size) {
    return counted(std::malloc(size));
}
void* operator new(std::size_t size, std::align_val_t line) {
    const auto step = static_cast<std::size_t>(line);
    return counted(std::aligned_alloc(step, (size + step - 1) / step * step));
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    std::free(memory);
}

using namespace tests;

TEST_CASE("calls come and go without an allocation of their own", "[allocations]") {
    const auto spent = [](Duration length) {
        Scenario plan = one_site(2, 300, 480, length);
        plan.traffic[0].external_share = 0.2;
        const std::uint64_t before = allocations;
        const std::uint64_t calls = attempts(lived(plan));
        return std::pair{calls, allocations - before};
    };
    const auto one = spent(24h);
    const auto three = spent(24h * 3);
    const std::uint64_t calls = three.first - one.first;
    CAPTURE(calls, one.second, three.second);
    REQUIRE(calls > 400'000);
    CHECK((three.second - one.second) * 1000 < calls);
}
