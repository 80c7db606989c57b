// Figures known from elsewhere: closed forms, published tables, exact arithmetic. They stand in
// tests/oracle/oracles.csv with their source; a test looks one up by what it is about and never types the value
// itself.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tests {

struct Oracle {
    std::string name;        // "erlang-b"
    std::string parameters;  // "c=5; A=4 E"
    std::string quantity;    // "blocking probability (time = call congestion)"
    std::string value;
    std::string tolerance;  // in words
    std::string source;

    // The value as a number, decimal or hexadecimal. Throws when it is none.
    double number() const;

    // The value as "[lo, hi]". Throws when it is none.
    std::pair<double, double> interval() const;

    // The text after `key=` in the parameters, up to the next semicolon; `parameter` reads it as a number. A
    // unit behind the number does not disturb. Both throw when there is no such key.
    std::string text_parameter(std::string_view key) const;
    double parameter(std::string_view key) const;
};

// All rows, in the order of the file. Read once.
const std::vector<Oracle>& oracles();

// The rows of one name. Throws when there are none, so that no test is met by having looked at nothing.
std::vector<Oracle> oracles_named(std::string_view name);

// The one row. Throws when there is none or, with different values, more than one.
const Oracle& oracle(std::string_view name, std::string_view parameters, std::string_view quantity);

std::vector<double> numbers(const std::string& text);  // up to the first word that is none

// The records of a text with quotes as in RFC 4180: a quoted field may hold commas, line ends and doubled
// quotes.
std::vector<std::vector<std::string>> csv_records(std::string_view text);

}  // namespace tests
