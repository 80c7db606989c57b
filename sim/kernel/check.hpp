// Our own mistakes. A broken invariant is a defect of the simulator, never of its input, so it is checked in
// every build and carries what a developer needs to see it again; cli adds the seed and the command line.

#pragma once

#include <stdexcept>
#include <string>

namespace sim::kernel {

class BrokenInvariant : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

// Tells where in simulated time the process stands, for the text of a BrokenInvariant. Set by the loop.
struct Whereabouts {
    long long at = 0;              // microseconds since the start of the run
    unsigned long long event = 0;  // control events taken so far
};
inline Whereabouts whereabouts;

[[noreturn]] void broken(const char* condition, const char* file, int line);

}  // namespace sim::kernel

#define SIM_CHECK(condition)                           \
    (__builtin_expect(static_cast<bool>(condition), 1) \
         ? static_cast<void>(0)                        \
         : ::sim::kernel::broken(#condition, __FILE__, __LINE__))
