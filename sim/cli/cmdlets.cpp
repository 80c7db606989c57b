#include "sim/vocabulary/cmdlets.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/outputs.hpp"
#include "sim/cli/pages.hpp"

#include "reports/table.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

namespace sim::cli {

using vocabulary::Cmdlet;
using vocabulary::CmdletParameter;
using vocabulary::CmdletWord;
using vocabulary::Console;
using vocabulary::Exit;
using vocabulary::Takes;
using vocabulary::VersionId;

namespace {

constexpr std::size_t parameters_width = 58;

std::string meaning(Console at) {
    switch (at) {
        case Console::host:
            return "the elevated console of an appliance's host";
        case Console::tenant:
            return "a remote session to the tenant";
        case Console::machine:
            return "the product's shell inside one of an appliance's machines";
        case Console::windows:
            return "any Windows: the host, one of its machines, or an administrator's own computer";
        case Console::desk:
            return "an administrator's own computer, or the telephone";
    }
    return "?";
}

std::string text(Takes takes) {
    switch (takes) {
        case Takes::flag:
            return "flag";
        case Takes::boolean:
            return "$true or $false";
        case Takes::text:
            return "text";
        case Takes::whole:
            return "whole number";
        case Takes::duration:
            return "duration";
        case Takes::date:
            return "date";
        case Takes::time_of_day:
            return "time of day";
        case Takes::one_of:
            return "one of";
        case Takes::some_of:
            return "one or more of";
        case Takes::names:
            return "names";
        case Takes::changes:
            return R"(names, or @{add="NAME"}, @{remove="NAME"}, @{replace="NAME"})";
        case Takes::fault:
            return "id of a fault";
    }
    return "?";
}

std::string release(VersionId id) {
    return std::string(vocabulary::version(id).name);
}

std::string span_of(VersionId first, VersionId last) {
    const bool from_the_first = first == vocabulary::oldest_version;
    const bool to_the_last = last == vocabulary::newest_version;
    if (from_the_first && to_the_last) return "all";
    if (first == last) return release(first) + " only";
    if (to_the_last) return "from " + release(first);
    return from_the_first ? "up to " + release(last) : release(first) + " to " + release(last);
}

std::vector<std::string> releases_of(const Cmdlet& cmdlet) {
    std::vector<std::string> names;
    for (const vocabulary::Version& version : vocabulary::versions)
        if (cmdlet.known_to(version.id)) names.emplace_back(version.name);
    return names;
}

std::vector<Cmdlet> asked(const std::string& name) {
    if (name.empty()) return {vocabulary::cmdlets().begin(), vocabulary::cmdlets().end()};
    if (const Cmdlet* cmdlet = vocabulary::cmdlet_named(name)) return {*cmdlet};
    std::vector<std::string> names;
    for (const Cmdlet& cmdlet : vocabulary::cmdlets()) names.emplace_back(cmdlet.name);
    throw vocabulary::InputError(Exit::command_line,
                                 vocabulary::Problem{{},
                                                     "E506",
                                                     fmt::format("no cmdlet \"{}\"{}", vocabulary::shown(name),
                                                                 vocabulary::did_you_mean(name, names)),
                                                     "",
                                                     "ccesim cmdlets lists them"});
}

// What one does not have to give stands in brackets.
std::string signature(const Cmdlet& cmdlet) {
    std::string out;
    for (const CmdletParameter& parameter : cmdlet.parameters) {
        const bool must = parameter.mandatory && parameter.sets == vocabulary::every_set;
        out +=
            fmt::format("{}{}-{}{}", out.empty() ? "" : " ", must ? "" : "[", parameter.name, must ? "" : "]");
    }
    return out.empty() ? "-" : out;
}

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.find('\n', begin);
        out.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return out;
}

std::string as_table(const std::vector<Cmdlet>& rows) {
    using reports::Align;
    reports::Table table({{"cmdlet", Align::left},
                          {"typed at", Align::left},
                          {"parameters", Align::left},
                          {"versions", Align::left}});
    for (const Cmdlet& cmdlet : rows) {
        const std::vector<std::string> parameters = lines(wrapped("", signature(cmdlet), parameters_width));
        table.add({std::string(cmdlet.name), std::string(vocabulary::text(cmdlet.at)), parameters.front(),
                   span_of(cmdlet.first, cmdlet.last)});
        for (std::size_t i = 1; i < parameters.size(); ++i) table.add({"", "", parameters[i], ""});
    }
    return table.text();
}

std::string words_of(const CmdletParameter& parameter) {
    std::string out;
    for (const CmdletWord& word : parameter.words) {
        out += fmt::format("{} {}", out.empty() ? "" : ",", word.word);
        if (word.first != vocabulary::oldest_version) out += fmt::format(" (from {})", release(word.first));
    }
    return out;
}

// The other parameters it may not stand beside.
std::string excluded_by(const Cmdlet& cmdlet, const CmdletParameter& parameter) {
    std::string out;
    for (const CmdletParameter& other : cmdlet.parameters)
        if ((other.sets & parameter.sets) == 0)
            out += fmt::format("{} -{}", out.empty() ? "" : ",", other.name);
    return out;
}

std::string description(const Cmdlet& cmdlet, const CmdletParameter& parameter) {
    std::string out = text(parameter.takes);
    if (parameter.takes == Takes::whole && parameter.most != std::numeric_limits<std::int32_t>::max())
        out += fmt::format(" from {} to {}", parameter.least, parameter.most);
    if (parameter.takes == Takes::text && !parameter.words.empty()) out += ", such as";
    out += words_of(parameter);
    if (parameter.nullable) out += "; $null too";
    const std::string excluded = excluded_by(cmdlet, parameter);
    if (parameter.mandatory)
        out += excluded.empty() ? "; mandatory" : "; mandatory, if no other set of parameters is meant";
    if (!excluded.empty()) out += "; not beside" + excluded;
    if (parameter.first != vocabulary::oldest_version || parameter.last != vocabulary::newest_version)
        out += "; " + span_of(parameter.first, parameter.last);
    return out;
}

std::string as_page(const Cmdlet& cmdlet) {
    std::string page = std::string(cmdlet.name) + "\n\n";
    page += labelled("does", cmdlet.does);
    page += labelled("typed at", std::string(vocabulary::text(cmdlet.at)) + ": " + meaning(cmdlet.at));
    page += labelled("versions", span_of(cmdlet.first, cmdlet.last));
    if (cmdlet.parameters.empty()) return page + labelled("parameters", "none");
    page += "\nparameters\n";
    std::size_t widest = 0;
    for (const CmdletParameter& parameter : cmdlet.parameters) widest = std::max(widest, parameter.name.size());
    for (const CmdletParameter& parameter : cmdlet.parameters)
        page += wrapped(fmt::format("  -{:<{}}  ", parameter.name, widest), description(cmdlet, parameter));
    return page;
}

nlohmann::ordered_json as_json(const CmdletParameter& parameter) {
    nlohmann::ordered_json words = nlohmann::ordered_json::array();
    for (const CmdletWord& word : parameter.words) words.push_back(word.word);
    return {{"name", parameter.name},
            {"takes", text(parameter.takes)},
            {"words", words},
            {"mandatory", parameter.mandatory},
            {"positional", parameter.positional},
            {"nullable", parameter.nullable},
            {"first", release(parameter.first)},
            {"last", release(parameter.last)}};
}

nlohmann::ordered_json as_json(const Cmdlet& cmdlet) {
    nlohmann::ordered_json names = nlohmann::ordered_json::array();
    nlohmann::ordered_json details = nlohmann::ordered_json::array();
    for (const CmdletParameter& parameter : cmdlet.parameters) {
        names.push_back(parameter.name);
        details.push_back(as_json(parameter));
    }
    return {{"name", cmdlet.name}, {"place", vocabulary::text(cmdlet.at)},
            {"parameters", names}, {"versions", releases_of(cmdlet)},
            {"does", cmdlet.does}, {"details", details}};
}

std::string as_json(const std::vector<Cmdlet>& rows) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const Cmdlet& cmdlet : rows) all.push_back(as_json(cmdlet));
    return all.dump(2) + "\n";
}

}  // namespace

Exit cmdlets(const Options& options) {
    const std::vector<Cmdlet> rows = asked(options.name);
    if (options.json)
        print(as_json(rows));
    else
        print(options.name.empty() ? as_table(rows) : as_page(rows.front()));
    return Exit::done;
}

}  // namespace sim::cli
