// The classes of the numbers that people dial. Our calls have a class, not a number.

#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace sim::vocabulary {

enum class NumberClass : std::uint8_t { local, international, emergency };
inline constexpr std::array number_classes{NumberClass::local, NumberClass::international,
                                           NumberClass::emergency};

constexpr std::string_view text(NumberClass of) {
    constexpr std::array<std::string_view, 3> names{"local", "international", "emergency"};
    return names[static_cast<std::size_t>(of)];
}

// A set of them.
class NumberClasses {
public:
    static constexpr NumberClasses all() {
        NumberClasses every;
        for (const NumberClass one : number_classes) every.add(one);
        return every;
    }

    constexpr void add(NumberClass one) { bits_ |= bit(one); }
    constexpr bool has(NumberClass one) const { return (bits_ & bit(one)) != 0; }
    constexpr bool has_all() const { return bits_ == all().bits_; }
    constexpr std::uint8_t bits() const { return bits_; }

private:
    static constexpr std::uint8_t bit(NumberClass one) {
        return static_cast<std::uint8_t>(1u << static_cast<unsigned>(one));
    }

    std::uint8_t bits_ = 0;
};

}  // namespace sim::vocabulary
