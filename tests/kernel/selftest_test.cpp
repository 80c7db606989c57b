#include "sim/kernel/selftest.hpp"
#include "sim/kernel/check.hpp"

#include <catch2/catch.hpp>

#include <cfenv>
#include <string>

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace kernel = sim::kernel;

namespace {

// Sets a mode of the processor and gives back the old one, whatever the test does.
class Rounding {
public:
    explicit Rounding(int mode) : before_(std::fegetround()) { std::fesetround(mode); }
    ~Rounding() { std::fesetround(before_); }
    Rounding(const Rounding&) = delete;
    Rounding& operator=(const Rounding&) = delete;

private:
    int before_;
};

// The text is compared only after the mode is restored, for the test library computes too.
std::string refusal() {
    try {
        kernel::check_arithmetic();
    } catch (const kernel::BrokenInvariant& defect) {
        return defect.what();
    }
    return "";
}

}  // namespace

TEST_CASE("this build computes as the promise of equal bits needs", "[kernel]") {
    CHECK_NOTHROW(kernel::check_arithmetic());
}

TEST_CASE("a processor that does not round to the nearest is refused", "[kernel]") {
    for (const int mode : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO}) {
        std::string said;
        {
            const Rounding changed(mode);
            said = refusal();
        }
        CAPTURE(mode);
        CHECK(said == "the processor does not round to the nearest number; something has changed its mode");
    }
    CHECK(refusal().empty());
}

#if defined(__SSE2__)
TEST_CASE("a processor that flushes small numbers is refused", "[kernel]") {
    constexpr unsigned flush_results = 0x8000;
    constexpr unsigned flush_arguments = 0x0040;
    const unsigned before = _mm_getcsr();
    for (const unsigned mode : {flush_results, flush_arguments}) {
        _mm_setcsr(before | mode);
        const std::string said = refusal();
        _mm_setcsr(before);
        CAPTURE(mode);
        CHECK(said == "the processor flushes small numbers to zero; something has changed its mode");
    }
    CHECK(refusal().empty());
}
#endif

namespace {

void break_something() {
    const int busy = 3;
    const int capacity = 2;
    SIM_CHECK(busy <= capacity);
}

}  // namespace

TEST_CASE("a broken invariant says what, where in the source and when in the run", "[kernel]") {
    const kernel::Whereabouts before = kernel::whereabouts;
    kernel::whereabouts = {93'784'000'005, 17};
    std::string said;
    try {
        break_something();
    } catch (const kernel::BrokenInvariant& defect) {
        said = defect.what();
    }
    kernel::whereabouts = before;
    CHECK_THAT(
        said,
        Catch::Matches(
            R"(broken invariant: busy <= capacity \(selftest_test\.cpp:\d+\) at 93784\.000005 s, event 17)"));
}

TEST_CASE("a condition that holds costs nothing and says nothing", "[kernel]") {
    int asked = 0;
    const auto holds = [&] { return ++asked == 1; };
    CHECK_NOTHROW(SIM_CHECK(holds()));
    CHECK(asked == 1);
}
