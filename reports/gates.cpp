#include "reports/gates.hpp"

#include "reports/figures.hpp"
#include "reports/table.hpp"
#include "reports/verdicts.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

namespace reports {

using sim::experiment::Gate;
using sim::experiment::Gates;
using sim::experiment::Judged;
using sim::vocabulary::Exit;
using sim::vocabulary::shown;

namespace {

Verdict worst_of(const Gate& gate) {
    Verdict worst = Verdict::pass;
    for (const Judged& judged : gate.expectations)
        if (sim::experiment::gravest(exit_of(judged.verdict), exit_of(worst)) != exit_of(worst))
            worst = judged.verdict;
    return worst;
}

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

// What was run, in one line.
std::string ran(const Gate& gate) {
    if (gate.policy.empty()) return "";
    std::string words = fmt::format("policy {}   seed {}", shown(gate.policy), gate.seed);
    if (gate.replications > 0) words += "   " + plural(gate.replications, "replication");
    if (gate.looks > 1) words += ", " + plural(gate.looks, "look") + " at most";
    if (gate.out_of_time) words += ", no time for more";
    return words;
}

std::string paragraph(const Gate& gate, Look look) {
    std::string text = shown(gate.file) + "   " + ran(gate) + "\n";
    if (gate.wrong)
        return shown(gate.file) + "   " + painted("error", Verdict::fail, look) + "\n" +
               shown(first_line(gate.wrong->what)) + "\n";
    if (gate.expectations.empty()) return shown(gate.file) + "   nothing expected\n";
    Table table({{"expectation", Align::left},
                 {"wanted", Align::left},
                 {"seen"},
                 {"n"},
                 {"verdict", Align::left},
                 {"at", Align::left}});
    for (const Judged& judged : gate.expectations) {
        std::string verdict = painted(std::string(sim::experiment::text(judged.verdict)), judged.verdict, look);
        if (const std::string why = reason(judged, gate); !why.empty()) verdict += ", " + shown(why);
        table.add({shown(asked(judged)), wanted(judged), seen(judged), grouped(gate.replications), verdict,
                   shown(judged.at)});
    }
    return text + table.text();
}

// In a cell of a table no bar and no line may end it early, and no name is markup.
std::string cell(const std::string& text) {
    std::string safe;
    for (const char c : shown(text)) {
        if (std::string_view("|\\`*_<>[]").find(c) != std::string_view::npos) safe += '\\';
        safe += c;
    }
    return safe;
}

std::string row(const Gate& gate, const std::string& expectation, const std::string& wanted,
                const std::string& seen, const std::string& verdict) {
    return fmt::format("| {} | {} | {} | {} | {} | {} |\n", cell(gate.file), cell(expectation), cell(wanted),
                       cell(seen), gate.replications > 0 ? grouped(gate.replications) : "", cell(verdict));
}

std::string rows(const Gate& gate) {
    if (gate.wrong) return row(gate, "", "", "", "error: " + first_line(gate.wrong->what));
    if (gate.expectations.empty()) return row(gate, "", "", "", "nothing expected");
    std::string lines;
    for (const Judged& judged : gate.expectations) {
        const std::string why = reason(judged, gate);
        lines += row(gate, asked(judged), wanted(judged), seen(judged),
                     std::string(sim::experiment::text(judged.verdict)) + (why.empty() ? "" : ", " + why));
    }
    return lines;
}

std::string replaced(const std::string& text, const std::vector<std::pair<char, const char*>>& by) {
    std::string out;
    for (const char c : text) {
        const auto found = std::find_if(by.begin(), by.end(), [c](const auto& one) { return one.first == c; });
        if (found == by.end())
            out += c;
        else
            out += found->second;
    }
    return out;
}

std::string message(const std::string& text) {
    return replaced(text, {{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}});
}

std::string property(const std::string& text) {
    return replaced(text, {{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}, {':', "%3A"}, {',', "%2C"}});
}

struct Annotation {
    Exit exit{};
    std::string line;
};

std::string annotation(const char* level, const std::string& file, int line, const std::string& title,
                       const std::string& words) {
    return fmt::format("::{} file={}{},title={}::{}\n", level, property(file),
                       line > 0 ? fmt::format(",line={}", line) : "", property(title), message(words));
}

int line_of(const Judged& judged) {
    const std::size_t colon = judged.at.rfind(':');
    int line = 0;
    for (std::size_t i = colon + 1; colon != std::string::npos && i < judged.at.size(); ++i)
        line = 10 * line + (judged.at[i] - '0');
    return line;
}

// The file of a place is named from the scenario's folder.
std::string file_of(const Judged& judged, const Gate& gate) {
    const std::size_t slash = gate.file.rfind('/');
    return (slash == std::string::npos ? "" : gate.file.substr(0, slash + 1)) +
           judged.at.substr(0, judged.at.rfind(':'));
}

void annotate(std::vector<Annotation>& all, const Gate& gate, bool undecided_ok) {
    if (gate.wrong) {
        const auto& place = gate.wrong->place;
        all.push_back(
            {gate.wrong->exit, annotation("error", place.file.empty() ? gate.file : place.file, place.line,
                                          gate.file + ": error", shown(first_line(gate.wrong->what)))});
    }
    for (const Judged& judged : gate.expectations) {
        if (judged.verdict == Verdict::pass) continue;
        const bool is_soft = undecided_ok && judged.verdict == Verdict::undecided;
        const std::string words = fmt::format("{} {}: seen {}, n {}; {}", asked(judged), wanted(judged),
                                              seen(judged), gate.replications, reason(judged, gate));
        all.push_back({is_soft ? Exit::done : exit_of(judged.verdict),
                       annotation(is_soft ? "warning" : "error", file_of(judged, gate), line_of(judged),
                                  fmt::format("{}: {}", gate.file, sim::experiment::text(judged.verdict)),
                                  shown(words))});
    }
}

}  // namespace

std::string word(const Gate& gate) {
    if (gate.wrong) return "error";
    return gate.expectations.empty() ? "nothing expected" : std::string(sim::experiment::text(worst_of(gate)));
}

std::string reason(const Judged& judged, const Gate& gate) {
    const auto more = sim::experiment::needed(judged, gate.replications);
    return more ? fmt::format("needs about {}", plural(*more, "replication")) : judged.why;
}

std::string total(const Gates& gates) {
    std::string words = plural(gates.all.size(), "scenario") + ":";
    const char* comma = " ";
    const auto add = [&](std::uint64_t count, const std::string& what) {
        if (count == 0) return;
        words += comma + grouped(count) + " " + what;
        comma = ", ";
    };
    for (const Verdict verdict : verdicts)
        add(gates.count(verdict), std::string(sim::experiment::text(verdict)));
    const auto scenarios = [&](auto is) {
        return static_cast<std::uint64_t>(std::count_if(gates.all.begin(), gates.all.end(), is));
    };
    add(scenarios([](const Gate& gate) { return gate.wrong.has_value(); }), "in error");
    add(scenarios([](const Gate& gate) { return !gate.wrong && gate.expectations.empty(); }),
        "that expects nothing");
    if (words.back() == ':') words += " none";
    return words;
}

std::string text(const Gates& gates, Look look) {
    std::string out;
    for (const Gate& gate : gates.all) out += paragraph(gate, look) + "\n";
    if (gates.stopped)
        out += painted(fmt::format("PARTIAL: {} of {} scenarios", gates.all.size(), gates.found),
                       Verdict::undecided, look) +
               "\n";
    return out + total(gates) + "\n";
}

std::string markdown(const Gates& gates) {
    std::string out = "### ccesim test\n\n";
    if (gates.stopped) out += fmt::format("**PARTIAL: {} of {} scenarios**\n\n", gates.all.size(), gates.found);
    out += total(gates) +
           "\n\n| scenario | expectation | wanted | seen | n | verdict |\n|---|---|---|---|---|---|\n";
    for (const Gate& gate : gates.all) out += rows(gate);
    return out;
}

std::string annotations(const Gates& gates) {
    constexpr std::size_t shown_max = 10;
    std::vector<Annotation> all;
    for (const Gate& gate : gates.all) annotate(all, gate, gates.undecided_ok);
    std::stable_sort(all.begin(), all.end(), [](const Annotation& a, const Annotation& b) {
        return a.exit != b.exit && sim::experiment::gravest(a.exit, b.exit) == a.exit;
    });
    std::string out;
    for (std::size_t i = 0; i < std::min(all.size(), shown_max); ++i) out += all[i].line;
    return out;
}

}  // namespace reports
