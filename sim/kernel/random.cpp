#include "sim/kernel/random.hpp"

#include "sim/kernel/check.hpp"

#include <Random123/philox.h>
#include <xxhash.h>

#include <string>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace sim::kernel {

Block philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
    const philox4x32_ctr_t in{{counter[0], counter[1], counter[2], counter[3]}};
    const philox4x32_key_t under{{key[0], key[1]}};
    const philox4x32_ctr_t out = philox4x32(in, under);
    return {out.v[0], out.v[1], out.v[2], out.v[3]};
}

namespace {

void append_little_endian(std::string& bytes, std::uint64_t value) {
    for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(value >> shift & 0xff);
}

// The zero byte keeps ("ab", "c") and ("a", "bc") apart; no name contains one.
std::array<std::uint32_t, 2> key_of(Luck luck, std::string_view entity, std::string_view purpose) {
    std::string bytes;
    append_little_endian(bytes, luck.seed);
    append_little_endian(bytes, luck.replication);
    bytes.append(entity).append(1, '\0').append(purpose);
    const std::uint64_t hash = XXH3_64bits(bytes.data(), bytes.size());
    return {static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(hash >> 32)};
}

constexpr std::array<std::uint32_t, 4> counter_of(std::uint64_t ordinal, std::uint32_t branch) {
    return {static_cast<std::uint32_t>(ordinal), static_cast<std::uint32_t>(ordinal >> 32), branch, 0};
}

}  // namespace

Stream::Stream(Luck luck, std::string_view entity, std::string_view purpose)
    : key_(key_of(luck, entity, purpose)) {}

Block Stream::at(std::uint64_t ordinal, std::uint32_t branch) const {
    return philox(counter_of(ordinal, branch), key_);
}

double Stream::uniform(std::uint64_t ordinal, std::uint32_t branch) const {
    const Block block = at(ordinal, branch);
    return unit(block[0], block[1]);
}

namespace {

using Key = std::array<std::uint32_t, 2>;

#if defined(__x86_64__)

// The generator once more, four counters side by side. A vector has four lanes of 64 bits, and of each lane
// only the low half counts: the multiplication does not look at the high one, so what collects there may stay.
using Wide = __m256i;

struct WideState {
    Wide word_0, word_1, word_2, word_3;
};

[[gnu::target("avx2"), gnu::always_inline]] inline void turn(WideState& state, Wide key_0, Wide key_1) {
    const Wide left = _mm256_mul_epu32(state.word_0, _mm256_set1_epi64x(0xd2511f53));
    const Wide right = _mm256_mul_epu32(state.word_2, _mm256_set1_epi64x(0xcd9e8d57));
    state.word_0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(right, 32), state.word_1), key_0);
    state.word_1 = right;
    state.word_2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(left, 32), state.word_3), key_1);
    state.word_3 = left;
}

// Two words from two vectors into the halves of one.
[[gnu::target("avx2"), gnu::always_inline]] inline Wide interleaved(Wide low, Wide high) {
    return _mm256_blend_epi32(low, _mm256_slli_epi64(high, 32), 0xaa);
}

// The four blocks, `stride` apart.
[[gnu::target("avx2"), gnu::always_inline]] inline void store(const WideState& state, Block* out,
                                                              std::size_t stride) {
    const Wide front = interleaved(state.word_0, state.word_1);
    const Wide back = interleaved(state.word_2, state.word_3);
    const Wide even = _mm256_unpacklo_epi64(front, back);  // blocks 0 and 2
    const Wide odd = _mm256_unpackhi_epi64(front, back);   // blocks 1 and 3
    const auto put = [](Block& block, __m128i words) {
        _mm_storeu_si128(reinterpret_cast<__m128i*>(&block), words);
    };
    put(out[0], _mm256_castsi256_si128(even));
    put(out[stride], _mm256_castsi256_si128(odd));
    put(out[2 * stride], _mm256_extracti128_si256(even, 1));
    put(out[3 * stride], _mm256_extracti128_si256(odd, 1));
}

constexpr std::size_t vectors = 4;  // side by side, so that one multiplies while another waits
constexpr std::size_t ordinals_at_once = 4 * vectors;

// One branch of `ordinals_at_once` ordinals.
[[gnu::target("avx2"), gnu::always_inline]] inline void generate(Key key, std::uint64_t ordinal,
                                                                 std::uint32_t branch, std::uint32_t branches,
                                                                 Block* out) {
    WideState states[vectors];
    for (std::size_t v = 0; v < vectors; ++v) {
        const Wide first = _mm256_set1_epi64x(static_cast<long long>(ordinal + 4 * v));
        const Wide ordinals = _mm256_add_epi64(first, _mm256_set_epi64x(3, 2, 1, 0));
        states[v] = {ordinals, _mm256_srli_epi64(ordinals, 32), _mm256_set1_epi64x(branch),
                     _mm256_setzero_si256()};
    }
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
        const Wide key_0 = _mm256_set1_epi64x(key[0]);
        const Wide key_1 = _mm256_set1_epi64x(key[1]);
#pragma GCC unroll 8
        for (WideState& state : states) turn(state, key_0, key_1);
        key[0] += 0x9e3779b9;
        key[1] += 0xbb67ae85;
    }
    for (std::size_t v = 0; v < vectors; ++v) store(states[v], out + 4 * v * branches + branch, branches);
}

// As many whole groups of ordinals as fit into `blocks`; says how many ordinals that were.
[[gnu::target("avx2")]] std::size_t generate_wide(Key key, std::uint64_t first, std::uint32_t branches,
                                                  Block* out, std::size_t blocks) {
    const std::size_t group = ordinals_at_once * branches;
    std::size_t done = 0;
    for (; blocks >= group; blocks -= group, done += ordinals_at_once, out += group)
        for (std::uint32_t branch = 0; branch < branches; ++branch)
            generate(key, first + done, branch, branches, out);
    return done;
}

bool machine_is_wide() {
    return __builtin_cpu_supports("avx2");
}

#else

std::size_t generate_wide(Key, std::uint64_t, std::uint32_t, Block*, std::size_t) {
    return 0;
}
bool machine_is_wide() {
    return false;
}

#endif

}  // namespace

void philox_batch(std::array<std::uint32_t, 2> key, std::uint64_t first_ordinal, std::uint32_t branches,
                  Block* out, std::size_t blocks) {
    SIM_CHECK(branches > 0);
    const std::size_t wide = machine_is_wide() ? generate_wide(key, first_ordinal, branches, out, blocks) : 0;
    std::uint64_t ordinal = first_ordinal + wide;
    std::uint32_t branch = 0;
    for (std::size_t i = wide * branches; i < blocks; ++i) {
        out[i] = philox(counter_of(ordinal, branch), key);
        if (++branch < branches) continue;
        branch = 0;
        ++ordinal;
    }
}

}  // namespace sim::kernel
