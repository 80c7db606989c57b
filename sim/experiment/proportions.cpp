#include "sim/experiment/proportions.hpp"

#include "sim/kernel/check.hpp"
#include "sim/kernel/math.hpp"

namespace sim::experiment {

namespace {

void check(double events, double trials, double confidence) {
    SIM_CHECK(trials > 0 && events >= 0 && events <= trials);
    SIM_CHECK(confidence > 0 && confidence < 1);
}

// alpha^(1/n): what happens every time with at least this chance can go n times without fail.
double root_of_doubt(double trials, double confidence) {
    return kernel::exp(kernel::log(1 - confidence) / trials);
}

// Both sides together leave out as much as one side of this confidence.
double one_side_of(double confidence) {
    return 0.5 + confidence / 2;
}

}  // namespace

Interval wilson_interval(double events, double trials, double confidence) {
    check(events, trials, confidence);
    const double share = events / trials;
    const double z = kernel::normal_quantile(one_side_of(confidence));
    const double doubt = z * z / trials;
    const double centre = (share + doubt / 2) / (1 + doubt);
    const double half =
        z * kernel::square_root(share * (1 - share) / trials + doubt / (4 * trials)) / (1 + doubt);
    // The ends are 0 and 1 exactly where all trials agree; rounding would miss them by a little.
    return {share, events == 0 ? 0 : centre - half, events == trials ? 1 : centre + half};
}

double share_at_least(double events, double trials, double confidence) {
    check(events, trials, confidence);
    if (events == 0) return 0;
    if (events == trials) return root_of_doubt(trials, confidence);
    return kernel::beta_quantile(1 - confidence, events, trials - events + 1);
}

double share_at_most(double events, double trials, double confidence) {
    check(events, trials, confidence);
    if (events == trials) return 1;
    if (events == 0) return 1 - root_of_doubt(trials, confidence);
    return kernel::beta_quantile(confidence, events + 1, trials - events);
}

Interval clopper_pearson_interval(double events, double trials, double confidence) {
    const double each = one_side_of(confidence);
    const double low = share_at_least(events, trials, each);
    const double high = share_at_most(events, trials, each);
    return {events / trials, low, high};
}

}  // namespace sim::experiment
