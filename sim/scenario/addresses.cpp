#include "sim/scenario/addresses.hpp"

#include "sim/vocabulary/quantity.hpp"

#include <algorithm>

namespace sim::scenario {

namespace {

constexpr std::size_t fqdn_max = 255, label_max = 63, server_max = 15;

bool is_name_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

bool has_other_letters(std::string_view label) {
    return !std::all_of(label.begin(), label.end(), is_name_letter);
}

std::string_view take_label(std::string_view& name) {
    const std::size_t end = std::min(name.find('.'), name.size());
    const std::string_view label = name.substr(0, end);
    name.remove_prefix(std::min(end + 1, name.size()));
    return label;
}

std::string broken_rule_of_label(std::string_view label) {
    if (label.empty() || label.size() > label_max)
        return "must have labels of 1 to 63 characters between its dots";
    if (has_other_letters(label)) return "must have letters, digits, hyphens and dots only (no underscore)";
    if (label.front() == '-' || label.back() == '-')
        return "must have no label that begins or ends with a hyphen";
    return "";
}

}  // namespace

std::optional<std::uint32_t> ipv4(std::string_view text) {
    if (std::count(text.begin(), text.end(), '.') != 3 || text.ends_with('.')) return std::nullopt;
    std::uint32_t address = 0;
    while (!text.empty()) {
        const std::string_view part = take_label(text);
        const std::optional<unsigned> value = vocabulary::whole_number(part);
        if (!value || *value > 255 || (part.size() > 1 && part[0] == '0')) return std::nullopt;
        address = address << 8 | *value;
    }
    return address;
}

std::string broken_rule_of_fqdn(std::string_view name) {
    if (name.size() > fqdn_max) return "must have at most 255 characters";
    if (name.ends_with('.')) return "must not end with a dot";
    if (name.find('.') == name.npos) return "must have a host and a domain, such as sbc1.contoso.com";
    if (ipv4(name)) return "must be a name, not an address";
    while (!name.empty()) {
        const std::string rule = broken_rule_of_label(take_label(name));
        if (!rule.empty()) return rule;
    }
    return "";
}

std::string broken_rule_of_server(std::string_view name) {
    if (name.empty() || name.size() > server_max) return "must have 1 to 15 characters";
    if (has_other_letters(name)) return "must have letters, digits and hyphens only";
    return "";
}

std::vector<std::string> words(std::string_view list) {
    std::vector<std::string> result;
    constexpr std::string_view separators = " \t,";
    for (std::size_t begin = list.find_first_not_of(separators); begin != list.npos;) {
        const std::size_t end = std::min(list.find_first_of(separators, begin), list.size());
        result.emplace_back(list.substr(begin, end - begin));
        begin = list.find_first_not_of(separators, end);
    }
    return result;
}

}  // namespace sim::scenario
