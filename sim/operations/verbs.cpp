#include "sim/operations/verb_rows.hpp"

#include "sim/kernel/check.hpp"
#include "sim/vocabulary/letters.hpp"

namespace sim::operations {

const topology::Appliance& appliance(const Estate& estate, const Command& command) {
    return estate.fleet.appliances()[*command.on];
}

std::optional<Duration> until_told(const Estate&, const Command&) {
    return std::nullopt;
}

std::string nothing_more(Estate&, const Command&, Answer&) {
    return "";
}

std::optional<Duration> tenant_takes(const Estate& estate, const Command&) {
    return estate.times.tenant_takes;
}

std::string never_refuses(const Estate&, const Command&) {
    return "";
}

std::string text_of(const Command& command, const std::string& parameter) {
    const auto* text = vocabulary::given<std::string>(command, parameter);
    return text == nullptr ? "" : *text;
}

bool is_given(const Command& command, const std::string& parameter) {
    return command.arguments.find(parameter) != command.arguments.end();
}

bool is_like(std::string_view name, std::string_view pattern) {
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) return pattern.empty() || vocabulary::same_word(name, pattern);
    if (name.size() < star || !vocabulary::same_word(name.substr(0, star), pattern.substr(0, star)))
        return false;
    pattern.remove_prefix(star + 1);
    if (pattern.empty()) return true;
    for (std::size_t from = star; from <= name.size(); ++from)
        if (is_like(name.substr(from), pattern)) return true;
    return false;
}

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    return all;
}

const Verb* verb(CmdletId id) {
    for (const auto rows : {drain_verbs(), host_verbs(), certificate_verbs(), tenant_verbs(), site_verbs(),
                            appliance_object_verbs(), user_verbs(), session_verbs(), windows_verbs()})
        for (const Verb& one : rows)
            if (one.id == id) return &one;
    return nullptr;
}

}  // namespace sim::operations
