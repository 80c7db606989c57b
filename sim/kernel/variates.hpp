// From uniform numbers to durations and counts. Each takes its uniform as an argument, so that where the luck
// comes from is said by the caller, and none draws twice in one argument list.

#pragma once

#include "sim/kernel/time.hpp"

#include <cstdint>
#include <vector>

namespace sim::kernel {

// All take u in [0, 1) and are increasing in u; the means are in the unit of the parameters.
double exponential(double u, double mean);  // -mean * log(1 - u)
double weibull(double u, double shape, double scale);
double normal(double u);  // standard; the quantile of u, never infinite
double lognormal(double u, double mu, double sigma);
std::uint64_t poisson_count(double u, double mean);  // by inversion; REQUIRES 0 <= mean <= 700

// A law of durations. `draw` maps a uniform in [0, 1) to whole microseconds, never negative.
struct Law {
    enum class Family : std::uint8_t {
        fixed,
        exponential,
        lognormal,
        weibull,
        hyperexponential,
        uniform,
        empirical
    };
    Family family = Family::exponential;
    double mean = 0;   // seconds
    double shape = 0;  // lognormal: sigma; weibull: shape; hyperexponential: coefficient of variation (> 1)
    std::vector<double> sample;  // empirical: values in seconds, ascending; a uniform picks one of them

    Duration draw(double u) const;

    // Residual life: a draw of what is left after `elapsed`, given that it has not ended.
    // Nothing is left of what cannot have lasted so long.
    Duration draw_residual(double u, Duration elapsed) const;

    bool operator==(const Law&) const = default;
};

Law exponential_law(Duration mean);
Law fixed_law(Duration value);
Law lognormal_law(Duration mean, double cv);  // cv = standard deviation / mean, > 0
Law weibull_law(Duration mean, double shape);
Law hyperexponential_law(Duration mean, double cv);  // two balanced phases, cv > 1
Law uniform_law(Duration mean);                      // between 0 and twice the mean
Law empirical_law(std::vector<double> seconds);      // REQUIRES at least one value, none negative

}  // namespace sim::kernel
