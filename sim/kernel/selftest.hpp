// Before anything is computed: does this machine, as this program was built for it, compute as the promise of
// equal bits needs? Asked once at the start, for a wrong answer here is wrong everywhere and nowhere to be
// seen.

#pragma once

namespace sim::kernel {

// Throws BrokenInvariant with the reason when products and sums are contracted into one rounding, when rounding
// is not to the nearest, or when small numbers are flushed to zero.
void check_arithmetic();

}  // namespace sim::kernel
