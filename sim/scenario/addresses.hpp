// Internet addresses and names, as far as the product restricts them.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sim::scenario {

// "10.20.0.31" as a number. Nothing for less or more than four parts, parts over 255 and leading zeros.
std::optional<std::uint32_t> ipv4(std::string_view text);

// The network that an address belongs to. REQUIRES 1 <= prefix <= 31.
constexpr std::uint32_t network(std::uint32_t address, unsigned prefix) {
    return address & ~(0xFFFFFFFFU >> prefix);
}

// Which rule a name breaks, in words ("must have labels of 1 to 63 characters"); empty if none.
std::string broken_rule_of_fqdn(std::string_view name);
std::string broken_rule_of_server(std::string_view name);  // a computer name, as NetBIOS knows it

// The words of a list that is separated by blanks or commas.
std::vector<std::string> words(std::string_view list);

}  // namespace sim::scenario
