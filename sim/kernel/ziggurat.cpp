#include "sim/kernel/ziggurat.hpp"

#include "sim/kernel/math.hpp"
#include "sim/kernel/math_tables.hpp"

#include <cstddef>

namespace sim::kernel {

Block SpareLuck::operator()(std::uint32_t k) const {
    const std::uint32_t branch = 16 * (k + 1) + variate_;
    return philox({static_cast<std::uint32_t>(ordinal_), static_cast<std::uint32_t>(ordinal_ >> 32), branch, 0},
                  key_);
}

namespace ziggurat {

namespace {

// A falling density with f(0) = 1, and what the layers follow from: where the tail begins, chosen such that the
// uppermost layer ends at height 1, and how much area lies beyond it.
struct Exponential {
    static constexpr double tail_start = 7.69711747013104972;
    static constexpr double tail_area = tables::exp(-tail_start);
    static constexpr double density(double x) { return tables::exp(-x); }
    static constexpr double where(double height) { return -tables::log(height); }
};

struct HalfNormal {
    static constexpr double density(double x) { return tables::exp(-x * x / 2); }
    static constexpr double where(double height) { return tables::square_root(-2 * tables::log(height)); }
    static constexpr double tail_start = 3.6541528853610088;
    static constexpr double tail_area =
        tables::mills_ratio(tail_start) * tables::exp(-tail_start * tail_start / 2);
};

// Layer i reaches from 0 to edge[i] and from height[i] to height[i + 1]. The lowest one is a rectangle and the
// tail; it counts as a rectangle of the same area, which is why it seems wider than where the tail begins.
struct Outline {
    std::array<double, layers + 1> edge;
    std::array<double, layers + 1> height;
};

template <class Law>
constexpr Outline make_outline() {
    Outline outline{};
    const double area = Law::tail_start * Law::density(Law::tail_start) + Law::tail_area;
    outline.edge[0] = area / Law::density(Law::tail_start);
    outline.edge[1] = Law::tail_start;
    outline.height[1] = Law::density(Law::tail_start);
    for (std::size_t i = 2; i < layers; ++i) {
        outline.height[i] = outline.height[i - 1] + area / outline.edge[i - 1];
        outline.edge[i] = Law::where(outline.height[i]);
    }
    outline.height[layers] = 1;
    return outline;
}

constexpr std::array<Layer, layers> layers_of(const Outline& outline) {
    std::array<Layer, layers> table{};
    for (std::size_t i = 0; i < layers; ++i) table[i] = {outline.edge[i] * 0x1p-53, outline.edge[i + 1]};
    return table;
}

constexpr Outline exponential_outline = make_outline<Exponential>();
constexpr Outline normal_outline = make_outline<HalfNormal>();

// A wrong start of the tail would leave the uppermost layer larger or smaller than the others.
template <class Law>
constexpr bool closes(const Outline& outline) {
    const double area = outline.edge[0] * outline.height[1];
    const double miss = outline.edge[layers - 1] * (1 - outline.height[layers - 1]) / area - 1;
    return miss < 1e-12 && miss > -1e-12;
}

static_assert(closes<Exponential>(exponential_outline));
static_assert(closes<HalfNormal>(normal_outline));

std::uint64_t second_word(const Block& block) {
    return static_cast<std::uint64_t>(block[2]) << 32 | block[3];
}

// Whether a place in the edge of a layer, at height u between its floor and its ceiling, lies under the
// density.
template <class Law>
bool under_density(const Outline& outline, std::uint64_t word, double x, double u) {
    const std::size_t i = word % layers;
    return outline.height[i] + u * (outline.height[i + 1] - outline.height[i]) < Law::density(x);
}

// Beyond the start of the tail, by Marsaglia (1964): exponential, and accepted with what the normal law lacks.
double normal_tail(std::uint32_t k, const Spare& more) {
    for (;; ++k) {
        const Block block = more(k);
        const double beyond = -log(1 - unit(block[0], block[1])) / HalfNormal::tail_start;
        const double chance = -log(1 - unit(block[2], block[3]));
        if (2 * chance > beyond * beyond) return HalfNormal::tail_start + beyond;
    }
}

}  // namespace

constinit const std::array<Layer, layers> exponential_layers = layers_of(exponential_outline);
constinit const std::array<Layer, layers> normal_layers = layers_of(normal_outline);

// The tail of the exponential law is the law itself, further out: so it starts again from there.
double exponential_rest(std::uint64_t word, const Spare& more) {
    double start = 0;
    for (std::uint32_t k = 0;; ++k) {
        const Place seen = place(exponential_layers, word);
        if (seen.inside) return start + seen.x;
        const Block block = more(k);
        if (word % layers == 0) {
            start += Exponential::tail_start;
        } else if (under_density<Exponential>(exponential_outline, word, seen.x, unit(block[0], block[1]))) {
            return start + seen.x;
        }
        word = second_word(block);
    }
}

double normal_rest(std::uint64_t word, const Spare& more) {
    for (std::uint32_t k = 0;; ++k) {
        const Place seen = place(normal_layers, word);
        if (seen.inside) return with_sign(seen.x, word);
        if (word % layers == 0) return with_sign(normal_tail(k, more), word);
        const Block block = more(k);
        if (under_density<HalfNormal>(normal_outline, word, seen.x, unit(block[0], block[1])))
            return with_sign(seen.x, word);
        word = second_word(block);
    }
}

}  // namespace ziggurat

}  // namespace sim::kernel
