// The entries of an INI file, in order, each with its place.
//
// libinih splits lines. What it would swallow or cut is found before it sees the line: lines over 198 bytes,
// names over 49, lines without '=', an indented line (to libinih the continuation of the one above), and ':'
// instead of '='. A ';' or '#' at the start of a line begins a comment, and so does ';' after a blank. Blanks
// and one pair of quotes around a value are dropped.

#pragma once

#include "sim/vocabulary/problems.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sim::scenario {

struct IniEntry {
    std::string section;  // as written; empty: before the first section
    std::string key;
    std::string value;
    vocabulary::Place key_place;
    vocabulary::Place value_place;
};

struct IniSection {
    std::string name;
    vocabulary::Place place;
};

struct IniText {
    std::vector<IniSection> sections;
    std::vector<IniEntry> entries;
};

// Lines that are none of the above are added to `problems` and left out.
IniText read_entries(const std::string& name, std::string_view bytes, vocabulary::Problems& problems);

}  // namespace sim::scenario
