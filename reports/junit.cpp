#include "reports/junit.hpp"

#include "reports/gates.hpp"
#include "reports/verdicts.hpp"

#include <fmt/core.h>
#include <pugixml.hpp>

#include <cstdint>
#include <sstream>

namespace reports {

using sim::experiment::Gate;
using sim::experiment::Gates;
using sim::experiment::Judged;
using sim::vocabulary::shown;

namespace {

struct Counts {
    std::uint64_t tests = 0, failures = 0, errors = 0, skipped = 0;

    void operator+=(const Counts& other) {
        tests += other.tests;
        failures += other.failures;
        errors += other.errors;
        skipped += other.skipped;
    }
};

void set(pugi::xml_node node, const char* attribute, const std::string& value) {
    node.append_attribute(attribute).set_value(value.c_str());
}

void set(pugi::xml_node node, const Counts& counts) {
    node.append_attribute("tests").set_value(counts.tests);
    node.append_attribute("failures").set_value(counts.failures);
    node.append_attribute("errors").set_value(counts.errors);
    node.append_attribute("skipped").set_value(counts.skipped);
}

// Characters that XML has no way to write are shown as \x1b, line by line.
std::string lines(const std::string& text) {
    std::istringstream all(text);
    std::string out;
    for (std::string line; std::getline(all, line);) out += (out.empty() ? "" : "\n") + shown(line);
    return out;
}

pugi::xml_node add_case(pugi::xml_node suite, const Gate& gate, const std::string& name) {
    pugi::xml_node node = suite.append_child("testcase");
    set(node, "classname", shown(gate.file));
    set(node, "name", shown(name));
    return node;
}

void add_outcome(pugi::xml_node node, const char* kind, const std::string& message, const std::string& body) {
    pugi::xml_node outcome = node.append_child(kind);
    set(outcome, "message", message);
    if (!body.empty()) outcome.text().set(body.c_str());
}

void add_wrong(pugi::xml_node suite, const Gate& gate, Counts& counts) {
    pugi::xml_node node = add_case(suite, gate, "runs");
    const std::string all = lines(gate.wrong->what);
    add_outcome(node, "error", all.substr(0, all.find('\n')), all);
    ++counts.errors;
}

void add_expectation(pugi::xml_node suite, const Gate& gate, const Judged& judged, bool undecided_ok,
                     Counts& counts) {
    // The place tells two expectations of one metric apart.
    pugi::xml_node node =
        add_case(suite, gate, fmt::format("{} {} ({})", asked(judged), wanted(judged), judged.at));
    if (judged.verdict != Verdict::pass) {
        const std::string why = reason(judged, gate);
        const std::string message =
            shown(fmt::format("{}: seen {}, n {}{}", sim::experiment::text(judged.verdict), seen(judged),
                              gate.replications, why.empty() ? "" : "; " + why));
        const bool is_soft = undecided_ok && judged.verdict == Verdict::undecided;
        add_outcome(node, is_soft ? "skipped" : "failure", message, "");
        ++(is_soft ? counts.skipped : counts.failures);
    }
    const std::string how =
        fmt::format("seed {}, replications {}\n{}\n", gate.seed, gate.replications, gate.again);
    node.append_child("system-out").text().set(lines(how).c_str());
}

Counts add_suite(pugi::xml_node suites, const Gate& gate, bool undecided_ok) {
    pugi::xml_node suite = suites.append_child("testsuite");
    set(suite, "name", shown(gate.file));
    Counts counts;
    counts.tests = gate.expectations.size() + (gate.wrong ? 1 : 0);
    pugi::xml_document cases;  // counted before they stand behind their counts
    for (const Judged& judged : gate.expectations) add_expectation(cases, gate, judged, undecided_ok, counts);
    if (gate.wrong) add_wrong(cases, gate, counts);
    set(suite, counts);
    for (const pugi::xml_node& node : cases) suite.append_copy(node);
    return counts;
}

}  // namespace

std::string junit(const Gates& gates) {
    pugi::xml_document document;
    pugi::xml_node declaration = document.append_child(pugi::node_declaration);
    set(declaration, "version", "1.0");
    set(declaration, "encoding", "UTF-8");
    pugi::xml_node suites = document.append_child("testsuites");
    set(suites, "name", "ccesim test");
    pugi::xml_document each;
    Counts all;
    for (const Gate& gate : gates.all) all += add_suite(each, gate, gates.undecided_ok);
    set(suites, all);
    for (const pugi::xml_node& node : each) suites.append_copy(node);
    std::ostringstream out;
    document.save(out, "  ");
    return out.str();
}

}  // namespace reports
