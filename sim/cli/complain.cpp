#include "sim/cli/complain.hpp"

#include "sim/cli/files.hpp"
#include "sim/cli/outputs.hpp"

namespace sim::cli {

using vocabulary::Problem;

namespace {

Problem placed(Problem problem, const std::string& folder) {
    if (!problem.place.file.empty()) problem.place.file = joined(folder, problem.place.file);
    return problem;
}

}  // namespace

void warn(const std::vector<Problem>& warnings, const std::string& folder) {
    for (const Problem& warning : warnings) tell(text(placed(warning, folder)));
}

void complain(const vocabulary::InputError& error) {
    tell(error.what());
}

vocabulary::InputError placed(const vocabulary::InputError& error, const std::string& folder) {
    std::vector<Problem> problems;
    for (const Problem& problem : error.problems()) problems.push_back(placed(problem, folder));
    return {error.exit(), problems, error.left_out()};
}

}  // namespace sim::cli
