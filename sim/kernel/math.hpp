// Elementary functions that give the same bits everywhere.
//
// libm does not: glibc picks FMA variants by CPU, and log, exp and pow then differ in the last bit
// (determinism.md). These use only + - * / and integer operations on the bits of a double, so with contraction
// off every compiler and every CPU agrees. Accuracy: log, exp and power within 1 ulp over the whole range, the
// square root exactly rounded, the special functions to 1e-12 of the value (log_gamma: to 1e-12 as such, for it
// has zeros at 1 and 2).

#pragma once

namespace sim::kernel {

double log(double x);                        // REQUIRES x > 0
double exp(double x);                        // 0 below -745.14, infinity above 709.79
double power(double base, double exponent);  // REQUIRES base > 0, or base 0 and exponent > 0
double square_root(double x);                // REQUIRES x >= 0

double log_gamma(double x);                            // REQUIRES x > 0
double beta_incomplete(double a, double b, double x);  // regularised, REQUIRES a, b > 0 and 0 <= x <= 1
double normal_upper(double z);                         // the chance that a standard normal number exceeds z
double normal_quantile(double p);                      // REQUIRES 0 < p < 1
double t_quantile(double p, double degrees);           // Student's t; REQUIRES 0 < p < 1, degrees > 0
double beta_quantile(double p, double a, double b);    // REQUIRES 0 <= p <= 1, a, b > 0

// The chance that a call finds all of `lines` busy when `erlangs` are offered (Erlang 1917), by the stable
// recursion.
double erlang_b(unsigned lines, double erlangs);

// The fewest lines with erlang_b at most `blocking`. REQUIRES erlangs >= 0, 0 < blocking < 1.
unsigned lines_for(double erlangs, double blocking);

}  // namespace sim::kernel
