// Counts that add to their own kind only.

#pragma once

#include <compare>
#include <cstdint>

namespace sim::vocabulary {

template <class Tag>
struct Count {
    std::uint64_t value = 0;

    constexpr Count& operator+=(Count other) {
        value += other.value;
        return *this;
    }
    constexpr Count& operator++() {
        ++value;
        return *this;
    }
    friend constexpr Count operator+(Count a, Count b) { return Count{a.value + b.value}; }
    friend constexpr auto operator<=>(Count, Count) = default;
};

using Calls = Count<struct CallsTag>;

}  // namespace sim::vocabulary
