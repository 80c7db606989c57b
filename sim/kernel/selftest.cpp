#include "sim/kernel/selftest.hpp"

#include "sim/kernel/check.hpp"

#include <cfloat>

#ifdef __FAST_MATH__
#error "-ffast-math lets the compiler reorder sums; results would depend on the build"
#endif

namespace sim::kernel {

namespace {

static_assert(FLT_EVAL_METHOD == 0, "a double must be computed as a double, not in wider registers");
static_assert(FLT_RADIX == 2 && DBL_MANT_DIG == 53 && DBL_MIN_EXP == -1021 && DBL_MAX_EXP == 1024,
              "a double must be that of IEEE 754");

// Passes a number through memory, so that the compiler cannot know the sums below beforehand.
double seen(double value) {
    volatile double hidden = value;
    return hidden;
}

// (1 + e)(1 - e) = 1 - e^2 rounds to 1, and 1 - 1 leaves nothing; computed with one rounding, -e^2 would
// remain. Asked after the direction of rounding, which would leave something too.
bool contracts() {
    const double a = seen(1 + 0x1p-27);
    const double b = seen(1 - 0x1p-27);
    const double c = seen(-1);
    const double value = a * b + c;
    return seen(value) != 0;
}

// Sums just under and at half a unit above and below 1. Each other direction of rounding gets one of them
// wrong.
bool rounds_to_nearest() {
    const double half = seen(0x1p-53);
    const double more_than_half = seen(0x1.8p-53);
    const double one = seen(1);
    return one + half == 1 && -one - half == -1 && one + more_than_half == 1 + 0x1p-52 &&
           -one - more_than_half == -1 - 0x1p-52;
}

bool keeps_small_numbers() {
    const double smallest_normal = seen(DBL_MIN);
    const double half = seen(smallest_normal / 2);
    const double least = seen(DBL_TRUE_MIN);
    return half > 0 && half * seen(2) == smallest_normal && least * seen(1) > 0 && least + least > least;
}

}  // namespace

void check_arithmetic() {
    if (!rounds_to_nearest())
        throw BrokenInvariant(
            "the processor does not round to the nearest number; something has changed its mode");
    if (contracts())
        throw BrokenInvariant(
            "this build contracts a * b + c into one rounding, so its results would differ from "
            "those of other machines; build with -ffp-contract=off");
    if (!keeps_small_numbers())
        throw BrokenInvariant("the processor flushes small numbers to zero; something has changed its mode");
}

}  // namespace sim::kernel
