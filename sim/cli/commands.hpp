// One function a subcommand. Each answers on standard output and returns the exit code; what is wrong is
// thrown.

#pragma once

#include "sim/cli/options.hpp"
#include "sim/vocabulary/problems.hpp"

namespace sim::cli {

vocabulary::Exit run(const Options& options);
vocabulary::Exit compare(const Options& options);
vocabulary::Exit test(const Options& options);
vocabulary::Exit merge(const Options& options);
vocabulary::Exit report(const Options& options);
vocabulary::Exit check(const Options& options);
vocabulary::Exit topology(const Options& options);
vocabulary::Exit metrics(const Options& options);
vocabulary::Exit faults(const Options& options);
vocabulary::Exit cmdlets(const Options& options);

}  // namespace sim::cli
