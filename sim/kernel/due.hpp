// Something that is due at an instant, in 16 bytes. What it is stands in the word; the word's high bits hold
// its number in the sequence of all events, so (at, word) is a total order.

#pragma once

#include <cstdint>

namespace sim::kernel {

struct Due {
    std::int64_t at;  // microseconds since the start of the run, never negative
    std::uint64_t word;

    friend constexpr bool operator<(const Due& a, const Due& b) {
        // Without a branch: which of two comes first is a coin that no predictor guesses.
        return (a.at < b.at) | ((a.at == b.at) & (a.word < b.word));
    }
    friend constexpr bool operator==(const Due&, const Due&) = default;
};

}  // namespace sim::kernel
