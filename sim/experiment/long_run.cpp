#include "sim/experiment/long_run.hpp"

#include "sim/experiment/estimators.hpp"
#include "sim/experiment/moments.hpp"
#include "sim/kernel/math.hpp"

namespace sim::experiment {

namespace {

// From `first` on. What does not fill a batch is left out at the end.
std::vector<double> means_of(const std::vector<double>& series, std::size_t first, std::size_t batch) {
    std::vector<double> means;
    for (std::size_t at = first; at + batch <= series.size(); at += batch) {
        double sum = 0;
        for (std::size_t i = at; i < at + batch; ++i) sum += series[i];
        means.push_back(sum / static_cast<double>(batch));
    }
    return means;
}

}  // namespace

// From the end to the beginning, so that one more batch kept is one step of Welford's recursion.
std::optional<WarmUp> mser_5(const std::vector<double>& series) {
    constexpr std::size_t batch = 5;
    const std::vector<double> means = means_of(series, 0, batch);
    if (means.size() < 2) return {};
    const std::size_t limit = means.size() / 2;
    std::optional<WarmUp> best;
    double middle = 0;
    double spread = 0;
    for (std::size_t deleted = means.size(); deleted-- > 0;) {
        const auto kept = static_cast<double>(means.size() - deleted);
        const double distance = means[deleted] - middle;
        middle += distance / kept;
        spread += distance * (means[deleted] - middle);
        const double statistic = spread / (kept * kept);
        if (deleted <= limit && (!best || statistic <= best->statistic))
            best = {deleted, deleted * batch, statistic, deleted == limit};
    }
    return best;
}

std::optional<BatchMeans> batch_means(const std::vector<double>& series, double confidence) {
    constexpr auto b = static_cast<double>(batches_of_a_run);
    const std::size_t batch = series.size() / batches_of_a_run;
    if (batch < 2) return {};
    const std::vector<double> means = means_of(series, series.size() - batch * batches_of_a_run, batch);
    double steps = 0;
    for (std::size_t i = 1; i < means.size(); ++i) {
        const double step = means[i] - means[i - 1];
        steps += step * step;
    }
    const double spread = squares(means, mean(means));
    const double correlation = spread > 0 ? 1 - steps / (2 * spread) : 0;
    const double limit = kernel::normal_quantile(0.95) * kernel::square_root((b - 2) / (b * b - 1));
    return BatchMeans{mean_interval(means, confidence), batch, correlation, correlation <= limit};
}

}  // namespace sim::experiment
