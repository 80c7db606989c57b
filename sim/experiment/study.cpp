#include "sim/experiment/study.hpp"

#include "sim/experiment/wire.hpp"
#include "sim/kernel/check.hpp"
#include "sim/kernel/fingerprint.hpp"
#include "sim/vocabulary/problems.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace sim::experiment {

using vocabulary::quoted;

std::string_view text(Question question) {
    switch (question) {
        case Question::run:
            return "run";
        case Question::compare:
            return "compare";
        case Question::sweep:
            return "sweep";
        case Question::solve:
            return "solve";
    }
    return "?";
}

std::vector<Range> joined(std::vector<Range> ranges) {
    std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.first < b.first; });
    std::vector<Range> all;
    for (const Range& range : ranges) {
        if (!all.empty() && range.first <= all.back().last + 1)
            all.back().last = std::max(all.back().last, range.last);
        else
            all.push_back(range);
    }
    return all;
}

std::uint64_t size(const std::vector<Range>& ranges) {
    std::uint64_t sum = 0;
    for (const Range& range : ranges) sum += range.last - range.first + 1;
    return sum;
}

Outline outline_of(const Study& study, CellId cell) {
    Outline outline = study.briefing.outline;
    const Cell& here = study.cells.at(static_cast<std::size_t>(cell));
    outline.policy = here.policy;
    for (const auto& [input, value] : here.point) {
        outline.set[input] = value;
        outline.assumed.erase(input);
    }
    return outline;
}

namespace {

// The first file that is not the same on both sides.
std::string other_input(const std::map<std::string, std::string>& one,
                        const std::map<std::string, std::string>& other) {
    for (const auto& [name, hash] : one) {
        const auto found = other.find(name);
        if (found == other.end()) return fmt::format("{} is not read any more", quoted(name));
        if (found->second != hash)
            return fmt::format("{} was changed: its hash was {}, now it is {}", quoted(name), hash,
                               found->second);
    }
    for (const auto& [name, hash] : other)
        if (one.count(name) == 0) return fmt::format("{} was not read before", quoted(name));
    return "";
}

std::string text(const std::map<std::string, std::string>& values) {
    std::string words;
    for (const auto& [key, value] : values)
        words += fmt::format("{}{}={}", words.empty() ? "" : ", ", key, value);
    return words.empty() ? "nothing" : words;
}

std::string cells_differ(const Study& one, const Study& other) {
    if (one.cells == other.cells) return "";
    if (one.cells.size() != other.cells.size())
        return fmt::format("it has {} policies and points, this {}", one.cells.size(), other.cells.size());
    const auto [a, b] = std::mismatch(one.cells.begin(), one.cells.end(), other.cells.begin());
    if (a->policy != b->policy)
        return fmt::format("its policy is {}, not {}", quoted(a->policy), quoted(b->policy));
    return fmt::format("its point is {}, not {}", text(a->point), text(b->point));
}

}  // namespace

std::vector<std::string> differences(const Study& one, const Study& other) {
    std::vector<std::string> all;
    const auto add = [&all](const std::string& what) {
        if (!what.empty()) all.push_back(what);
    };
    const Outline& a = one.briefing.outline;
    const Outline& b = other.briefing.outline;
    if (one.question != other.question)
        add(fmt::format("it answers {}, not {}", text(one.question), text(other.question)));
    if (a.scenario != b.scenario)
        add(fmt::format("it is of the scenario {}, not {}", quoted(a.scenario), quoted(b.scenario)));
    add(other_input(a.inputs, b.inputs));
    if (a.seed != b.seed) add(fmt::format("its seed is {}, not {}", a.seed, b.seed));
    if (a.set != b.set) add(fmt::format("it was made with {} set, not {}", text(a.set), text(b.set)));
    if (a.zone_data_version != b.zone_data_version)
        add(fmt::format("it knows zones of {}, not {}", a.zone_data_version, b.zone_data_version));
    if (one.question == other.question) add(cells_differ(one, other));
    if (one.rules != other.rules)
        add(fmt::format("it was asked for {}, not {}", text(one.rules), text(other.rules)));
    if (all.empty() && identity(one) != identity(other)) add("it was made of another plan");
    return all;
}

std::uint64_t identity(const Study& study) {
    Study same = study;
    same.asked.clear();
    same.briefing.printed.clear();
    same.briefing.outline.warnings.clear();
    return kernel::hash(packed(same));
}

}  // namespace sim::experiment
