// Words that the tests of the importers share.

#pragma once

#include "sim/vocabulary/problems.hpp"

#include <fstream>
#include <sstream>
#include <string>

namespace tests::scenario {

// What an importer says of bad input; empty if it takes it.
template <class Importing>
std::string said_by(Importing importing) {
    try {
        importing();
    } catch (const sim::vocabulary::InputError& error) {
        return error.what();
    }
    return "";
}

inline std::string with(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    if (at == text.npos) throw std::logic_error("the text to replace is not there: " + from);
    return text.replace(at, from.size(), to);
}

// A file of the repository. Tests run in its root.
inline std::string shipped(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) throw std::logic_error("cannot open " + path);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

}  // namespace tests::scenario
