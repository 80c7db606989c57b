#include "reports/verdicts.hpp"

#include "reports/figures.hpp"

#include <fmt/core.h>

namespace reports {

using sim::experiment::Judged;
using sim::experiment::Verdict;

std::string painted(const std::string& word, Verdict verdict, Look look) {
    if (!look.colour) return word;
    const char* colour = verdict == Verdict::pass ? "32" : verdict == Verdict::fail ? "31" : "33";
    return fmt::format("\x1b[{}m{}\x1b[0m", colour, word);
}

std::string asked(const Judged& judged) {
    return judged.scope.empty() ? judged.metric : judged.metric + " " + judged.scope;
}

std::string wanted(const Judged& judged) {
    const std::string sign =
        judged.relation == "no worse than" ? judged.relation + " before, by" : judged.relation;
    const std::string words = sign + " " + figure(judged.target, judged.unit);
    return judged.always ? fmt::format("{}, {}", words, sim::experiment::always_text(judged.metric)) : words;
}

std::string seen(const Judged& judged) {
    std::string words = figure(judged.seen, judged.unit);
    if (judged.confidence && judged.lo && judged.hi)
        words += fmt::format(" [{}, {}] {:g} %", figure(*judged.lo, judged.unit),
                             figure(*judged.hi, judged.unit), 100 * *judged.confidence);
    return words;
}

}  // namespace reports
