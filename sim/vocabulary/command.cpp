#include "sim/vocabulary/command.hpp"

#include "sim/vocabulary/fault_ids.hpp"
#include "sim/vocabulary/letters.hpp"
#include "sim/vocabulary/problems.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

namespace sim::vocabulary {

using kernel::Duration;
using List = std::vector<std::string>;

namespace {

constexpr std::string_view null_word = "$null";

// --- reading ------------------------------------------------------------------------------------------------

std::string_view unquoted(std::string_view text) {
    text = trimmed(text);
    const bool in_quotes = text.size() >= 2 && (text.front() == '"' || text.front() == '\'');
    return in_quotes && text.back() == text.front() ? text.substr(1, text.size() - 2) : text;
}

// "Saturday, 'Sunday'". Empty elements are kept: they are wrong.
List list_of(std::string_view text) {
    List names;
    while (true) {
        const std::size_t comma = text.find(',');
        names.emplace_back(unquoted(text.substr(0, comma)));
        if (comma == std::string_view::npos) return names;
        text.remove_prefix(comma + 1);
    }
}

// @{add="Night","Weekend"}
std::optional<Change> change_of(std::string_view text) {
    text = trimmed(text);
    if (text.size() < 3 || text.substr(0, 2) != "@{" || text.back() != '}') return std::nullopt;
    text = text.substr(2, text.size() - 3);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view verb = trimmed(text.substr(0, equals));
    Change change;
    if (same_word(verb, "add")) {
        change.how = Change::How::add;
    } else if (same_word(verb, "remove")) {
        change.how = Change::How::remove;
    } else if (same_word(verb, "replace")) {
        change.how = Change::How::replace;
    } else {
        return std::nullopt;
    }
    change.names = list_of(text.substr(equals + 1));
    return change;
}

std::optional<bool> truth_of(std::string_view text) {
    for (const std::string_view word : {"$true", "true", "1"})
        if (same_word(text, word)) return true;
    for (const std::string_view word : {"$false", "false", "0"})
        if (same_word(text, word)) return false;
    return std::nullopt;
}

std::optional<std::int64_t> integer_of(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// One or two digits, at most `most`.
std::optional<unsigned> two_digits(std::string_view text, unsigned most) {
    if (text.empty() || text.size() > 2) return std::nullopt;
    const auto number = whole_number(text);
    return number && *number <= most ? number : std::nullopt;
}

// "6:00", "06:00:30": less than a day.
std::optional<Duration> clock_of(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto hours = two_digits(text.substr(0, colon), 23);
    text.remove_prefix(colon + 1);
    const std::size_t second = text.find(':');
    const auto minutes = two_digits(text.substr(0, second), 59);
    const auto seconds =
        second == std::string_view::npos ? std::optional{0U} : two_digits(text.substr(second + 1), 59);
    if (!hours || !minutes || !seconds) return std::nullopt;
    return std::chrono::hours{*hours} + std::chrono::minutes{*minutes} + std::chrono::seconds{*seconds};
}

// "6:00", "1.00:00:00" as PowerShell has it, "6h" as scenarios do.
std::optional<Duration> duration_of(std::string_view text) {
    if (const auto ours = duration(text)) return ours;
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) return clock_of(text);
    const auto days = two_digits(text.substr(0, dot), 99);
    const auto rest = clock_of(text.substr(dot + 1));
    if (!days || !rest) return std::nullopt;
    return std::chrono::hours{24 * *days} + *rest;
}

bool is_time_of_day(std::string_view text) {
    const auto time = clock_of(text);
    return time && *time % std::chrono::minutes{1} == Duration{0};
}

std::optional<std::string> time_of(std::string_view text) {
    if (!is_time_of_day(text)) return std::nullopt;
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(*clock_of(text)).count();
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

bool is_date(std::string_view text) {
    const std::size_t blank = text.find(' ');
    return iso_date(text.substr(0, blank)) &&
           (blank == std::string_view::npos || is_time_of_day(text.substr(blank + 1)));
}

// The word as the catalogue writes it, else as it is.
std::string in_its_case(const CmdletParameter& parameter, const std::string& word) {
    for (const CmdletWord& known : parameter.words)
        if (same_word(known.word, word)) return std::string(known.word);
    return word;
}

List in_their_case(const CmdletParameter& parameter, List words) {
    for (std::string& word : words) word = in_its_case(parameter, word);
    return words;
}

template <class T>
std::optional<Argument> argument_of(std::optional<T> value) {
    if (!value) return std::nullopt;
    return Argument{*std::move(value)};
}

std::optional<Argument> read(const CmdletParameter& parameter, const std::string& typed) {
    const bool null = parameter.nullable && same_word(typed, null_word);
    switch (parameter.takes) {
        case Takes::flag:
        case Takes::boolean:
            return argument_of(truth_of(typed));
        case Takes::whole:
            return argument_of(integer_of(typed));
        case Takes::duration:
            return argument_of(duration_of(typed));
        case Takes::time_of_day:
            return argument_of(time_of(typed));
        case Takes::date:
            return is_date(typed) ? std::optional<Argument>{typed} : std::nullopt;
        case Takes::some_of:
        case Takes::names:
            return null ? List{} : in_their_case(parameter, list_of(typed));
        case Takes::changes:
            if (null) return List{};
            if (typed.substr(0, 2) == "@{") return argument_of(change_of(typed));
            return list_of(typed);
        case Takes::text:
        case Takes::one_of:
        case Takes::fault:
            return null ? std::string{} : in_its_case(parameter, typed);
    }
    return std::nullopt;
}

bool takes_list(const CmdletParameter& parameter) {
    return parameter.takes == Takes::some_of || parameter.takes == Takes::names ||
           parameter.takes == Takes::changes;
}

bool takes_text(const CmdletParameter& parameter) {
    switch (parameter.takes) {
        case Takes::text:
        case Takes::one_of:
        case Takes::fault:
        case Takes::date:
        case Takes::time_of_day:
            return true;
        default:
            return false;
    }
}

// Of the kind the parameter takes, whatever its value.
bool is_of_kind(const CmdletParameter& parameter, const Argument& argument) {
    if (takes_text(parameter)) return std::holds_alternative<std::string>(argument);
    if (std::holds_alternative<Change>(argument)) return parameter.takes == Takes::changes;
    if (takes_list(parameter)) return std::holds_alternative<List>(argument);
    if (parameter.takes == Takes::whole) return std::holds_alternative<std::int64_t>(argument);
    if (parameter.takes == Takes::duration) return std::holds_alternative<Duration>(argument);
    return std::holds_alternative<bool>(argument);
}

// --- telling ------------------------------------------------------------------------------------------------

// A sentence of PowerShell's, and a hint of ours in the form of did_you_mean().
std::string hinted(std::string sentence, const std::string& hint) {
    return std::move(sentence) + (hint.empty() ? "." : hint);
}

std::string joined(const List& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : ",") + name;
    return out;
}

std::string clock_text(Duration duration) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    const auto days = seconds / 86'400;
    const std::string clock =
        fmt::format("{:02}:{:02}:{:02}", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    return days == 0 ? clock : fmt::format("{}.{}", days, clock);
}

std::string text_of(const Change& change) {
    switch (change.how) {
        case Change::How::add:
            return "@{add=" + joined(change.names) + "}";
        case Change::How::remove:
            return "@{remove=" + joined(change.names) + "}";
        case Change::How::replace:
            return "@{replace=" + joined(change.names) + "}";
    }
    return "?";
}

struct ArgumentText {
    std::string operator()(bool is) const { return is ? "$true" : "$false"; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(const std::string& words) const { return words; }
    std::string operator()(Duration duration) const { return clock_text(duration); }
    std::string operator()(const List& names) const { return joined(names); }
    std::string operator()(const Change& change) const { return text_of(change); }
};

std::string text_of(const Argument& argument) {
    return std::visit(ArgumentText{}, argument);
}

std::string_view type_of(const CmdletParameter& parameter) {
    switch (parameter.takes) {
        case Takes::flag:
            return "System.Management.Automation.SwitchParameter";
        case Takes::boolean:
            return "System.Boolean";
        case Takes::whole:
            return "System.Int32";
        case Takes::duration:
        case Takes::time_of_day:
            return "System.TimeSpan";
        case Takes::date:
            return "System.DateTime";
        case Takes::some_of:
        case Takes::names:
        case Takes::changes:
            return "System.String[]";
        case Takes::text:
        case Takes::one_of:
        case Takes::fault:
            return "System.String";
    }
    return "?";
}

std::string_view form_of(const CmdletParameter& parameter) {
    switch (parameter.takes) {
        case Takes::flag:
        case Takes::boolean:
            return "; $true or $false is one";
        case Takes::duration:
            return "; 4:00 is one, or 4h";
        case Takes::time_of_day:
            return "; 22:00 is one";
        case Takes::date:
            return R"(; "2019-11-18 10:20" is one)";
        case Takes::changes:
            return R"(; a list is one, or @{add="NAME"}, @{remove="NAME"}, @{replace="NAME"})";
        default:
            return "";
    }
}

std::string cannot_convert(const CmdletParameter& parameter, const Argument& argument) {
    return hinted(
        fmt::format("Cannot process argument transformation on parameter '{}'. Cannot convert value {} to "
                    "type \"{}\"",
                    parameter.name, quoted(text_of(argument)), type_of(parameter)),
        std::string(form_of(parameter)));
}

std::string cannot_validate(const CmdletParameter& parameter, const std::string& why,
                            const std::string& hint = "") {
    return hinted(fmt::format("Cannot validate argument on parameter '{}'. {}", parameter.name, why), hint);
}

std::string span_of(VersionId first, VersionId last) {
    if (first == last) return fmt::format("in {} alone", version(first).name);
    if (first == oldest_version) return fmt::format("up to {}", version(last).name);
    if (last == newest_version) return fmt::format("from {} on", version(first).name);
    return fmt::format("from {} to {}", version(first).name, version(last).name);
}

std::string other_release(VersionId first, VersionId last, VersionId runs) {
    return fmt::format("; it is there {}, and this is {}", span_of(first, last), version(runs).name);
}

std::string not_recognized(std::string_view name, const std::string& hint) {
    return hinted(
        fmt::format("The term '{}' is not recognized as the name of a cmdlet, function, script file, or "
                    "operable program",
                    shown(name.substr(0, 64))),
        hint);
}

std::string unknown_parameter(const Cmdlet& cmdlet, std::string_view name) {
    List names;
    for (const CmdletParameter& parameter : cmdlet.parameters) names.emplace_back(parameter.name);
    return hinted(
        fmt::format("A parameter cannot be found that matches parameter name '{}'", shown(name.substr(0, 64))),
        did_you_mean(name, names));
}

// --- checking -----------------------------------------------------------------------------------------------

List words_of(const CmdletParameter& parameter, VersionId version) {
    List words;
    for (const CmdletWord& word : parameter.words)
        if (word.first <= version) words.emplace_back(word.word);
    return words;
}

std::optional<std::string> wrong_word(const CmdletParameter& parameter, const std::string& word,
                                      VersionId version) {
    const List words = words_of(parameter, version);
    for (const std::string& known : words)
        if (same_word(known, word)) return std::nullopt;
    return cannot_validate(parameter,
                           fmt::format("The argument {} does not belong to the set \"{}\" specified by the "
                                       "ValidateSet attribute",
                                       quoted(word), joined(words)),
                           did_you_mean(word, words));
}

std::optional<std::string> wrong_fault(const CmdletParameter& parameter, const std::string& id) {
    if (fault_named(id)) return std::nullopt;
    List ids;
    for (const FaultName& fault : fault_names) ids.emplace_back(fault.name);
    return cannot_validate(parameter, fmt::format("There is no fault {}", quoted(id)), did_you_mean(id, ids));
}

std::optional<std::string> wrong_text(const CmdletParameter& parameter, const std::string& text,
                                      VersionId version) {
    if (text.empty()) {
        if (parameter.nullable) return std::nullopt;
        return fmt::format("Cannot bind argument to parameter '{}' because it is an empty string.",
                           parameter.name);
    }
    if (parameter.takes == Takes::one_of) return wrong_word(parameter, text, version);
    if (parameter.takes == Takes::fault) return wrong_fault(parameter, text);
    const bool fits = parameter.takes == Takes::date          ? is_date(text)
                      : parameter.takes == Takes::time_of_day ? is_time_of_day(text)
                                                              : true;
    if (fits) return std::nullopt;
    return cannot_convert(parameter, text);
}

std::optional<std::string> wrong_list(const CmdletParameter& parameter, const List& names, VersionId version) {
    if (names.empty() && !parameter.nullable)
        return fmt::format("Cannot bind argument to parameter '{}' because it is an empty array.",
                           parameter.name);
    for (const std::string& name : names) {
        if (name.empty())
            return fmt::format("Cannot bind argument to parameter '{}' because it is an empty string.",
                               parameter.name);
        if (parameter.takes != Takes::some_of) continue;
        if (auto problem = wrong_word(parameter, name, version)) return problem;
    }
    return std::nullopt;
}

std::optional<std::string> wrong_number(const CmdletParameter& parameter, std::int64_t number) {
    if (number < parameter.least)
        return cannot_validate(
            parameter, fmt::format("The {} argument is less than the minimum allowed range of {}", number,
                                   parameter.least));
    if (number > parameter.most)
        return cannot_validate(
            parameter, fmt::format("The {} argument is greater than the maximum allowed range of {}", number,
                                   parameter.most));
    return std::nullopt;
}

std::optional<std::string> wrong_argument(const CmdletParameter& parameter, const Argument& argument,
                                          VersionId version) {
    if (!is_of_kind(parameter, argument)) return cannot_convert(parameter, argument);
    if (const auto* text = std::get_if<std::string>(&argument)) return wrong_text(parameter, *text, version);
    if (const auto* names = std::get_if<List>(&argument)) return wrong_list(parameter, *names, version);
    if (const auto* number = std::get_if<std::int64_t>(&argument)) return wrong_number(parameter, *number);
    if (const auto* change = std::get_if<Change>(&argument))
        return wrong_list(parameter, change->names, version);
    const auto* duration = std::get_if<Duration>(&argument);
    if (duration != nullptr && *duration <= Duration{0})
        return cannot_validate(parameter, "The argument is not longer than nothing");
    return std::nullopt;
}

bool is_given(const Command& command, const CmdletParameter& parameter) {
    const std::string name(parameter.name);
    return parameter.takes == Takes::flag ? has_flag(command, name) : command.arguments.count(name) > 0;
}

bool is_missing(const Command& command, const CmdletParameter& parameter, VersionId version) {
    return parameter.mandatory && parameter.known_to(version) && !is_given(command, parameter);
}

// The sets that all given parameters belong to.
unsigned sets_of(const Command& command) {
    unsigned sets = every_set;
    for (const CmdletParameter& parameter : cmdlet(command.cmdlet).parameters)
        if (is_given(command, parameter)) sets &= parameter.sets;
    return sets;
}

// The mandatory parameters that are not there, of those that belong to each of these sets.
std::vector<const CmdletParameter*> missing_in(const Command& command, VersionId version, unsigned sets) {
    std::vector<const CmdletParameter*> out;
    for (const CmdletParameter& parameter : cmdlet(command.cmdlet).parameters)
        if ((parameter.sets & sets) == sets && is_missing(command, parameter, version))
            out.push_back(&parameter);
    return out;
}

// One set that needs nothing more is enough.
bool any_set_is_whole(const Command& command, VersionId version, unsigned sets) {
    for (unsigned set = 1; set <= every_set; set <<= 1)
        if ((sets & set) != 0 && missing_in(command, version, set).empty()) return true;
    return false;
}

// The sets that the cmdlet has: a bit that no parameter singles out is none.
unsigned sets_there_are(const Cmdlet& cmdlet) {
    unsigned sets = 0;
    for (const CmdletParameter& parameter : cmdlet.parameters)
        if (parameter.sets != every_set) sets |= parameter.sets;
    return sets == 0 ? unsigned{every_set} : sets;
}

std::optional<std::string> wrong_parameters(const Command& command, VersionId version) {
    const Cmdlet& row = cmdlet(command.cmdlet);
    for (const auto& [name, argument] : command.arguments) {
        const CmdletParameter* parameter = parameter_named(row, name);
        if (parameter == nullptr || parameter->name != name) return unknown_parameter(row, name);
        if (!parameter->known_to(version))
            return hinted(fmt::format("A parameter cannot be found that matches parameter name '{}'", name),
                          other_release(parameter->first, parameter->last, version));
    }
    for (const CmdletParameter& parameter : row.parameters) {
        const auto found = command.arguments.find(std::string(parameter.name));
        if (found == command.arguments.end()) continue;
        if (auto problem = wrong_argument(parameter, found->second, version)) return problem;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> add(Command& command, std::string_view parameter, Argument argument) {
    const Cmdlet& row = cmdlet(command.cmdlet);
    const CmdletParameter* found = parameter_named(row, parameter);
    if (found == nullptr) return unknown_parameter(row, parameter);
    const std::string name(found->name);
    if (command.arguments.count(name) > 0)
        return fmt::format("Cannot bind parameter because parameter '{}' is specified more than once.", name);
    if (const auto* text = std::get_if<std::string>(&argument); text != nullptr && text->size() > text_max)
        return fmt::format("The text for parameter '{}' has {} bytes; it must have at most {}.", name,
                           text->size(), text_max);
    if (takes_text(*found) && std::holds_alternative<std::int64_t>(argument)) argument = text_of(argument);
    if (const auto* words = std::get_if<List>(&argument)) argument = in_their_case(*found, *words);
    if (const auto* typed = std::get_if<std::string>(&argument)) {
        const std::optional<Argument> value = read(*found, *typed);
        if (!value) return cannot_convert(*found, argument);
        argument = *value;
    }
    if (!is_of_kind(*found, argument)) return cannot_convert(*found, argument);
    command.arguments.emplace(name, std::move(argument));
    return std::nullopt;
}

std::vector<const CmdletParameter*> missing(const Command& command, VersionId version) {
    const unsigned sets = sets_of(command) & sets_there_are(cmdlet(command.cmdlet));
    if (sets == 0 || any_set_is_whole(command, version, sets)) return {};
    return missing_in(command, version, sets);
}

std::optional<std::string> wrong(const Command& command, VersionId version) {
    const Cmdlet& row = cmdlet(command.cmdlet);
    if (!row.known_to(version)) return not_recognized(row.name, other_release(row.first, row.last, version));
    if (auto problem = wrong_parameters(command, version)) return problem;
    const unsigned sets = sets_of(command) & sets_there_are(row);
    if (sets != 0 && any_set_is_whole(command, version, sets)) return std::nullopt;
    List names;
    for (const CmdletParameter* parameter : missing(command, version)) names.emplace_back(parameter->name);
    if (!names.empty())
        return fmt::format("Cannot process command because of one or more missing mandatory parameters: {}.",
                           joined(names));
    return "Parameter set cannot be resolved using the specified named parameters.";
}

std::string unknown_cmdlet(std::string_view name) {
    List names;
    for (const Cmdlet& row : cmdlets()) names.emplace_back(row.name);
    return not_recognized(name, did_you_mean(name, names));
}

std::string not_recognized(std::string_view name) {
    return not_recognized(name, "");
}

bool has_flag(const Command& command, const std::string& parameter) {
    const bool* is = given<bool>(command, parameter);
    return is != nullptr && *is;
}

std::optional<Machine> machine_of(const Command& command) {
    for (const char* parameter : {"Machine", "VMName", "ComputerName"}) {
        const auto* name = given<std::string>(command, parameter);
        const CmdletParameter* row = parameter_named(cmdlet(command.cmdlet), parameter);
        // The computer that Test-NetConnection wants to reach is any.
        if (name == nullptr || row == nullptr || row->takes != Takes::one_of) continue;
        for (const Machine machine : machines)
            if (same_word(text(machine), *name)) return machine;
    }
    return std::nullopt;
}

std::string text(const Command& command) {
    const Cmdlet& row = cmdlet(command.cmdlet);
    std::string out(row.name);
    for (const CmdletParameter& parameter : row.parameters) {
        const auto found = command.arguments.find(std::string(parameter.name));
        if (found == command.arguments.end()) continue;
        if (parameter.takes == Takes::flag && std::holds_alternative<bool>(found->second)) {
            out += fmt::format(" -{}{}", parameter.name, std::get<bool>(found->second) ? "" : ":$false");
            continue;
        }
        std::string value = parameter.secret ? "***" : text_of(found->second);
        if (value.empty()) value = null_word;
        if (takes_text(parameter) && value.find(' ') != std::string::npos) value = "'" + value + "'";
        out += fmt::format(" -{} {}", parameter.name, shown(value));
    }
    return out;
}

}  // namespace sim::vocabulary
