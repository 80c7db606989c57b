// The earliest of a fixed number of streams, each with one time at which it is next due.
//
// A binary tournament: every inner node keeps the loser of its match, and the winner of all stands apart. When
// the winner's stream names its next time, that is played against the losers on the way up from its leaf: as
// many matches as there are levels, each a minimum and a maximum of two words and none of them a branch. A heap
// plays fewer, but where its way ends is a coin that no predictor guesses, and with hundreds of streams that
// costs more.

#pragma once

#include "sim/kernel/check.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sim::kernel {

class Tournament {
public:
    static constexpr unsigned stream_bits = 11;
    static constexpr std::size_t streams_max = std::size_t{1} << stream_bits;
    static constexpr std::int64_t never =
        (std::int64_t{1} << (64 - stream_bits)) - 1;  // 285 years of microseconds

    // The streams' first times, 0 to never. Of equal times the lower stream comes first.
    explicit Tournament(const std::vector<std::int64_t>& times)
        : leaves_(std::bit_ceil(times.size())), losers_(leaves_) {
        SIM_CHECK(times.size() <= streams_max);
        std::vector<std::uint64_t> winners(2 * leaves_);
        for (std::size_t leaf = 0; leaf < leaves_; ++leaf)
            winners[leaves_ + leaf] = entry(leaf < times.size() ? times[leaf] : never, leaf);
        for (std::size_t node = leaves_ - 1; node > 0; --node) {
            const std::uint64_t left = winners[2 * node];
            const std::uint64_t right = winners[2 * node + 1];
            winners[node] = std::min(left, right);
            losers_[node] = std::max(left, right);
        }
        first_ = winners[1];
    }

    // When the first stream is due, and which it is.
    std::int64_t first_at() const { return static_cast<std::int64_t>(first_ >> stream_bits); }
    std::size_t first_stream() const { return first_ % streams_max; }

    // The first stream is due at `at` next. REQUIRES 0 <= at <= never.
    void replace_first(std::int64_t at) {
        std::uint64_t due = entry(at, first_stream());
        for (std::size_t node = (leaves_ + first_stream()) / 2; node > 0; node /= 2) {
            // Arithmetic, because compilers make a branch of std::min.
            const std::uint64_t other = losers_[node];
            const std::uint64_t change = (due ^ other) & (0 - static_cast<std::uint64_t>(other < due));
            losers_[node] = other ^ change;
            due ^= change;
        }
        first_ = due;
    }

private:
    static std::uint64_t entry(std::int64_t at, std::size_t stream) {
        return static_cast<std::uint64_t>(at) << stream_bits | stream;
    }

    std::size_t leaves_;
    std::vector<std::uint64_t> losers_;  // by inner node; the root is 1
    std::uint64_t first_ = 0;
};

}  // namespace sim::kernel
