// Numbers that only grow keep their low halves in a slot; the whole is found again from the last one.

#include "sim/calls/demand.hpp"

#include <catch2/catch.hpp>

using sim::calls::last_with;

TEST_CASE("an ordinal is found again from its low half, also across the end of 32 bits", "[calls]") {
    const std::uint64_t turn = std::uint64_t{1} << 32;
    for (const std::uint64_t last :
         {std::uint64_t{1}, std::uint64_t{1000}, turn - 1, turn, turn + 1, 7 * turn + 12'345})
        for (const std::uint64_t ago :
             {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{999}, turn / 2, turn - 1}) {
            if (ago > last) continue;
            CAPTURE(last, ago);
            CHECK(last_with(last, static_cast<std::uint32_t>(last - ago)) == last - ago);
        }
}
