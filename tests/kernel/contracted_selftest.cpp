// Built with contraction on, together with selftest.cpp and nothing else: such a build must refuse to run.
// Returns 0 when it does, and 77 (skipped) on a processor that has no instruction to contract to.

#include "sim/kernel/check.hpp"
#include "sim/kernel/selftest.hpp"

#include <cstdio>

int main() {
#if defined(__x86_64__)
    if (!__builtin_cpu_supports("fma")) return 77;
#endif
    try {
        sim::kernel::check_arithmetic();
    } catch (const sim::kernel::BrokenInvariant& defect) {
        std::puts(defect.what());
        return 0;
    }
    std::puts("a contracted build was not refused");
    return 1;
}
