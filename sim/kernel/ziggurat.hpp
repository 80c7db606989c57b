// Exponential and normal numbers for the path of every call, by the ziggurat (Marsaglia and Tsang 2000).
//
// The area under the density is cut into 256 horizontal layers of equal area. One 64-bit word picks a layer (8
// bits), a sign (1 bit) and a place across the layer (53 other bits); in 98 of 100 cases that place lies under
// the density and is the answer. Else it lies in the edge of the layer or in the tail of the law, and more
// words are needed.
//
// These further words must not come from "the next draw", or one unlucky call would shift the luck of all later
// ones. They are asked for by number, and SpareLuck takes them from branches of the same ordinal that nobody
// else uses.
//
// Not increasing in a uniform, unlike the laws of variates.hpp: choose here for speed, there for inversion.

#pragma once

#include "sim/kernel/random.hpp"

#include <array>
#include <cstdint>

namespace sim::kernel {

// The spare blocks of the variates drawn for one ordinal. Branches 0 to 15 are the caller's own; variate v
// takes 16 + v, 32 + v, ... REQUIRES variate < 16, another one for each ziggurat drawn for the same ordinal.
class SpareLuck {
public:
    SpareLuck(std::array<std::uint32_t, 2> key, std::uint64_t ordinal, std::uint32_t variate = 0)
        : key_(key), ordinal_(ordinal), variate_(variate) {}

    Block operator()(std::uint32_t k) const;

private:
    std::array<std::uint32_t, 2> key_;
    std::uint64_t ordinal_;
    std::uint32_t variate_;
};

namespace ziggurat {

// Refers to a callable that gives the k-th spare block, whatever its type; lives no longer than the draw.
class Spare {
public:
    template <class Source>
    explicit Spare(const Source& source)
        : source_(&source), ask_([](const void* from, std::uint32_t k) -> Block {
              return (*static_cast<const Source*>(from))(k);
          }) {}

    Block operator()(std::uint32_t k) const { return ask_(source_, k); }

private:
    const void* source_;
    Block (*ask_)(const void*, std::uint32_t);
};

struct Layer {
    double scale;  // the width of the layer, divided by 2^53
    double inner;  // up to here the layer lies wholly under the density: the width of the layer above
};

inline constexpr int layers = 256;
extern const std::array<Layer, layers> exponential_layers;
extern const std::array<Layer, layers> normal_layers;

double exponential_rest(std::uint64_t word, const Spare& more);
double normal_rest(std::uint64_t word, const Spare& more);

struct Place {
    double x;
    bool inside;
};

inline Place place(const std::array<Layer, layers>& table, std::uint64_t word) {
    const Layer& layer = table[word % layers];
    const double x = static_cast<double>(static_cast<std::int64_t>(word >> 11)) * layer.scale;
    return {x, x < layer.inner};
}

// By bits, for a branch would be guessed wrong every other time.
inline double with_sign(double x, std::uint64_t word) {
    const std::uint64_t sign = (word & layers) << 55;
    return __builtin_bit_cast(double, __builtin_bit_cast(std::uint64_t, x) | sign);
}

}  // namespace ziggurat

// Mean 1. `more(k)` gives the k-th spare Block; it is rarely called.
template <class Extra>
double exponential_unit(std::uint32_t high, std::uint32_t low, const Extra& more) {
    const std::uint64_t word = static_cast<std::uint64_t>(high) << 32 | low;
    const ziggurat::Place place = ziggurat::place(ziggurat::exponential_layers, word);
    if (__builtin_expect(place.inside, 1)) return place.x;
    return ziggurat::exponential_rest(word, ziggurat::Spare(more));
}

// Mean 0, standard deviation 1.
template <class Extra>
double normal_unit(std::uint32_t high, std::uint32_t low, const Extra& more) {
    const std::uint64_t word = static_cast<std::uint64_t>(high) << 32 | low;
    const ziggurat::Place place = ziggurat::place(ziggurat::normal_layers, word);
    if (__builtin_expect(place.inside, 1)) return ziggurat::with_sign(place.x, word);
    return ziggurat::normal_rest(word, ziggurat::Spare(more));
}

}  // namespace sim::kernel
