#include "sim/kernel/check.hpp"

#include <string>
#include <string_view>

namespace sim::kernel {

namespace {

// Where the sources lay when they were built is nobody's business, and differs from machine to machine.
std::string_view basename(std::string_view path) {
    return path.substr(path.find_last_of("/\\") + 1);
}

std::string in_seconds(long long microseconds) {
    const bool negative = microseconds < 0;
    const unsigned long long distance = negative ? 0ULL - static_cast<unsigned long long>(microseconds)
                                                 : static_cast<unsigned long long>(microseconds);
    const std::string fraction = std::to_string(distance % 1'000'000);
    return (negative ? "-" : "") + std::to_string(distance / 1'000'000) + '.' +
           std::string(6 - fraction.size(), '0') + fraction;
}

}  // namespace

void broken(const char* condition, const char* file, int line) {
    const Whereabouts& here = whereabouts;
    throw BrokenInvariant("broken invariant: " + std::string(condition) + " (" + std::string(basename(file)) +
                          ':' + std::to_string(line) + ") at " + in_seconds(here.at) + " s, event " +
                          std::to_string(here.event));
}

}  // namespace sim::kernel
