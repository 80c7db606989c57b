// What all text from outside has in common: it is UTF-8, with or without a byte-order mark, in lines that end
// in LF or CRLF. Anything else is refused here, once, with words for the person who saved the file.

#pragma once

#include "sim/vocabulary/problems.hpp"

#include <string>
#include <string_view>

namespace sim::scenario {

// The text without its byte-order mark. Throws InputError (input_data) if it is no such text.
std::string_view text_of(const std::string& name, std::string_view bytes);

// Line and column, in characters, of a byte of the text.
vocabulary::Place place_at(const std::string& name, std::string_view text, std::size_t offset);

// Columns count characters, as editors do: this many stand in `text`, which is UTF-8.
int characters(std::string_view text);

// The line that begins at `offset`, with its end.
std::string_view line_at(std::string_view text, std::size_t offset);

}  // namespace sim::scenario
