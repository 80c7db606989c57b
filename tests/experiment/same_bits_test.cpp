// Intervals are part of a result, and results are the same bytes whatever the compiler, level or machine: one
// digest over all that this folder computes from numbers.

#include "sim/experiment/comparison.hpp"
#include "sim/experiment/estimators.hpp"
#include "sim/experiment/long_run.hpp"
#include "sim/experiment/proportions.hpp"
#include "sim/experiment/quantiles.hpp"
#include "sim/experiment/selection.hpp"
#include "sim/kernel/fingerprint.hpp"
#include "tests/experiment/noise.hpp"

#include <catch2/catch.hpp>

#include <bit>

using namespace sim::experiment;

namespace {

class Bits {
public:
    void add(double value) { all_.fold(std::bit_cast<std::uint64_t>(value)); }
    void add(std::optional<double> value) { add(value.value_or(-1)); }
    void add(const Interval& interval) {
        add(interval.value);
        add(interval.lo);
        add(interval.hi);
    }
    void add(const Contrast& contrast) {
        add(contrast.paired);
        add(contrast.unpaired);
        add(contrast.correlation);
        add(contrast.variance_reduction);
        add(contrast.narrower);
    }
    std::string text() { return sim::kernel::hex(all_.digest()); }

private:
    sim::kernel::Fingerprint all_;
};

constexpr double confidence = 0.95;

void add_shares(Bits& bits) {
    for (const double trials : {1.0, 7.0, 64.0, 1000.0, 123456.0})
        for (const double part : {0.0, 0.001, 0.03, 0.5, 1.0}) {
            bits.add(wilson_interval(part * trials, trials, confidence));
            bits.add(clopper_pearson_interval(part * trials, trials, confidence));
        }
}

void add_comparisons(Bits& bits, const tests::Policies& policies) {
    for (const std::uint64_t n : {2U, 10U, 300U}) {
        const auto responses = policies.responses(n);
        for (const Pair& pair : all_pairs(responses, confidence)) bits.add(pair.contrast);
        for (const AgainstBest& one : against_best(responses, Better::lower, confidence))
            bits.add(one.interval);
        bits.add(quantile_interval(policies.values(1, n), 0.5, confidence));
    }
}

void add_ratios(Bits& bits, const tests::Policies& policies) {
    std::vector<Seen> some, others;
    for (std::uint64_t r = 1; r <= 100; ++r) {
        some.push_back({policies.value(0, r), 100 + policies.value(1, r)});
        others.push_back({policies.value(2, r), 100 + policies.value(1, r)});
    }
    bits.add(ratio_interval(some, confidence));
    bits.add(contrast(response(some, Estimator::ratio), response(others, Estimator::ratio), confidence));
}

void add_selection(Bits& bits, const tests::Policies& policies) {
    SelectionRules rules;
    rules.indifference = 0.4;
    Selection seeking(3, rules);
    while (!seeking.selected()) {
        std::vector<Seen> round;
        for (const std::size_t i : seeking.survivors())
            round.push_back({policies.value(i, seeking.rounds() + 1), 1});
        seeking.add(round);
    }
    for (const Elimination& one : seeking.eliminated()) bits.add(static_cast<double>(one.rounds));
    for (const double share : ocba_shares({5, 5.3, 6}, {1, 2, 3}, Better::lower)) bits.add(share);
    bits.add(kn_constants(7, 23, 0.04).h2);
}

}  // namespace

TEST_CASE("intervals, comparisons and selections are the same bits everywhere", "[experiment]") {
    const tests::Policies policies(17, {5, 5.3, 6}, 1, 2);
    Bits bits;
    add_shares(bits);
    add_comparisons(bits, policies);
    add_ratios(bits, policies);
    add_selection(bits, policies);
    bits.add(mser_5(policies.values(0, 333)).value().statistic);
    bits.add(batch_means(policies.values(0, 333), confidence).value().interval);
    CHECK(bits.text() == "dde2f352b5a81451");
}
