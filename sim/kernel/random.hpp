// Luck has a name. A stream of random words is keyed by (seed, replication, entity, purpose) and addressed by
// ordinal: the words of the k-th arrival are the same whoever asks for them and whenever. So two policies on
// one seed see the same luck however differently they use it, and a new site changes nobody else's.
//
// The generator is Philox4x32-10 (Salmon et al. 2011, the Random123 library), a bijection of a 128-bit counter
// under a 64-bit key. The key is a hash of the names; the counter is (ordinal, branch).

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sim::kernel {

struct Luck {  // what all streams of one replication share
    std::uint64_t seed = 42;
    std::uint64_t replication = 1;
};

using Block = std::array<std::uint32_t, 4>;  // what one turn of the generator yields

Block philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

// Many blocks of one stream at once, for those who go through the ordinals in order: (first, branch 0), (first,
// branch 1), ... (first + 1, branch 0), ... with `branches` of each. The same words as Stream::at, only sooner.
// REQUIRES branches > 0.
void philox_batch(std::array<std::uint32_t, 2> key, std::uint64_t first_ordinal, std::uint32_t branches,
                  Block* out, std::size_t blocks);

// Random access to one name's luck.
class Stream {
public:
    Stream(Luck luck, std::string_view entity, std::string_view purpose);

    // Word block `branch` of the ordinal-th thing that happens to this entity. Pure: same arguments, same
    // words.
    Block at(std::uint64_t ordinal, std::uint32_t branch = 0) const;

    // In [0, 1), 53 bits; the value of (ordinal, branch).
    double uniform(std::uint64_t ordinal, std::uint32_t branch = 0) const;

    std::array<std::uint32_t, 2> key() const { return key_; }

private:
    std::array<std::uint32_t, 2> key_;
};

// 53 random bits in [0, 1): exact multiples of 2^-53.
constexpr double unit(std::uint32_t high, std::uint32_t low) {
    const std::uint64_t bits = (static_cast<std::uint64_t>(high) << 32 | low) >> 11;
    return static_cast<double>(bits) * 0x1p-53;
}

// An index below `count`, from 32 random bits, without division: floor(u * count). REQUIRES count > 0.
constexpr std::uint32_t pick(std::uint32_t word, std::uint32_t count) {
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(word) * count >> 32);
}

}  // namespace sim::kernel
