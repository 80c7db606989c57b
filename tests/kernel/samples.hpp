// What the tests of the kernel ask of many numbers at once: do they follow a law, and are they the same bits as
// ever?

#pragma once

#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

namespace tests {

// The bits of a run of doubles as one number, whatever the order of bytes of the machine.
class Digest {
public:
    void add(double value) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        for (int shift = 0; shift < 64; shift += 8)
            bytes_.push_back(static_cast<unsigned char>(bits >> shift & 0xff));
    }
    std::uint64_t value() const { return XXH3_64bits(bytes_.data(), bytes_.size()); }

private:
    std::vector<unsigned char> bytes_;
};

// The largest distance between the steps of the sample and the law, in units of 1 / sqrt(n) (Kolmogorov,
// Smirnov). One sample in a hundred exceeds 1.63.
template <class Cdf>
double distance_from_law(std::vector<double> sample, const Cdf& cdf) {
    std::sort(sample.begin(), sample.end());
    const auto n = static_cast<double>(sample.size());
    double worst = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const double expected = cdf(sample[i]);
        const auto below = static_cast<double>(i);
        worst = std::max({worst, expected - below / n, (below + 1) / n - expected});
    }
    return worst * std::sqrt(n);
}

struct Moments {
    double mean;
    double variance;
    double fourth;  // the fourth central moment
};

inline Moments moments_of(const std::vector<double>& sample) {
    const auto n = static_cast<double>(sample.size());
    double sum = 0;
    for (const double x : sample) sum += x;
    const double mean = sum / n;
    double second = 0;
    double fourth = 0;
    for (const double x : sample) {
        const double square = (x - mean) * (x - mean);
        second += square;
        fourth += square * square;
    }
    return {mean, second / n, fourth / n};
}

}  // namespace tests
