#include "tests/support/oracles.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace tests {

namespace {

double leading_number(const std::string& text) {
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    if (end == text.c_str()) throw std::runtime_error("no number: \"" + text + '"');
    return number;
}

std::string file_text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<Oracle> read_oracles() {
    std::vector<Oracle> rows;
    bool is_header = true;
    for (auto& fields : csv_records(file_text(CCESIM_SOURCE_DIR "/tests/oracle/oracles.csv"))) {
        if (fields.size() != 6)
            throw std::runtime_error("oracles.csv: not six fields in the row of " + fields.front());
        if (!is_header) rows.push_back({fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]});
        is_header = false;
    }
    return rows;
}

}  // namespace

std::vector<std::vector<std::string>> csv_records(std::string_view text) {
    std::vector<std::vector<std::string>> records;
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool doubled = quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"';
        if (doubled) {
            fields.back() += text[++i];
        } else if (c == '"') {
            quoted = !quoted;
        } else if (quoted) {
            fields.back() += c;
        } else if (c == ',') {
            fields.emplace_back();
        } else if (c == '\n') {
            records.push_back(std::exchange(fields, {""}));
        } else if (c != '\r') {
            fields.back() += c;
        }
    }
    if (quoted) throw std::runtime_error("a quoted field does not end");
    if (fields.size() > 1 || !fields.front().empty()) records.push_back(fields);
    return records;
}

double Oracle::number() const {
    return leading_number(value);
}

std::pair<double, double> Oracle::interval() const {
    double lo = 0;
    double hi = 0;
    if (std::sscanf(value.c_str(), "[%lf, %lf]", &lo, &hi) != 2)
        throw std::runtime_error("no interval: \"" + value + '"');
    return {lo, hi};
}

std::vector<double> numbers(const std::string& text) {
    std::istringstream words(text);
    std::vector<double> data;
    for (double x = 0; words >> x;) data.push_back(x);
    return data;
}

std::string Oracle::text_parameter(std::string_view key) const {
    const std::string wanted = std::string(key) + '=';
    for (std::size_t at = 0; at < parameters.size();) {
        const std::size_t end = std::min(parameters.find(';', at), parameters.size());
        if (parameters.compare(at, wanted.size(), wanted) == 0)
            return parameters.substr(at + wanted.size(), end - at - wanted.size());
        at = std::min(parameters.find_first_not_of(' ', end + 1), parameters.size());
    }
    throw std::runtime_error("no parameter " + wanted + " in \"" + parameters + '"');
}

double Oracle::parameter(std::string_view key) const {
    return leading_number(text_parameter(key));
}

const std::vector<Oracle>& oracles() {
    static const std::vector<Oracle> rows = read_oracles();
    return rows;
}

std::vector<Oracle> oracles_named(std::string_view name) {
    std::vector<Oracle> rows;
    for (const Oracle& row : oracles())
        if (row.name == name) rows.push_back(row);
    if (rows.empty()) throw std::runtime_error("no oracle named " + std::string(name));
    return rows;
}

const Oracle& oracle(std::string_view name, std::string_view parameters, std::string_view quantity) {
    const Oracle* found = nullptr;
    for (const Oracle& row : oracles()) {
        if (row.name != name || row.parameters != parameters || row.quantity != quantity) continue;
        if (found != nullptr && found->value != row.value)
            throw std::runtime_error("two oracles for " + std::string(name) + ": " + std::string(parameters));
        found = &row;
    }
    if (found == nullptr)
        throw std::runtime_error("no oracle for " + std::string(name) + ": " + std::string(parameters) + ": " +
                                 std::string(quantity));
    return *found;
}

}  // namespace tests
