#include "sim/scenario/text_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace sim::scenario {

using vocabulary::Exit;
using vocabulary::InputError;
using vocabulary::Place;

namespace {

void refuse_utf16(const std::string& name, std::string_view bytes) {
    if (!bytes.starts_with("\xFF\xFE") && !bytes.starts_with("\xFE\xFF")) return;
    throw InputError(Exit::input_data,
                     {Place{name}, "E300", "looks like UTF-16", "must be UTF-8", "save the file as UTF-8"});
}

void refuse_nul(const std::string& name, std::string_view text) {
    const std::size_t at = text.find('\0');
    if (at == text.npos) return;
    throw InputError(Exit::input_data,
                     {place_at(name, text, at), "E301", fmt::format("contains a NUL byte at offset {}", at),
                      "must be text", "is this a binary file?"});
}

void refuse_lone_cr(const std::string& name, std::string_view text) {
    for (std::size_t at = text.find('\r'); at != text.npos; at = text.find('\r', at + 1)) {
        if (at + 1 < text.size() && text[at + 1] == '\n') continue;
        throw InputError(Exit::input_data,
                         {place_at(name, text, at), "E302", "a carriage return stands without a line feed",
                          "lines must end in LF or CRLF", "save the file with Windows or Unix line ends"});
    }
}

void refuse_not_utf8(const std::string& name, std::string_view text) {
    const std::optional<std::size_t> at = vocabulary::first_byte_not_utf8(text);
    if (!at) return;
    // The column would count characters, and the text stops having any here.
    const Place place{name, place_at(name, text, *at).line};
    throw InputError(Exit::input_data,
                     {place, "E300",
                      fmt::format("byte 0x{:02X} at line {} is not UTF-8; the file looks like Windows-1252",
                                  static_cast<unsigned char>(text[*at]), place.line),
                      "must be UTF-8", "save the file as UTF-8"});
}

}  // namespace

std::string_view text_of(const std::string& name, std::string_view bytes) {
    refuse_utf16(name, bytes);
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    refuse_nul(name, bytes);
    refuse_not_utf8(name, bytes);
    refuse_lone_cr(name, bytes);
    return bytes;
}

Place place_at(const std::string& name, std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0: the first line
    return {name, static_cast<int>(lines) + 1, characters(before.substr(line_start)) + 1};
}

int characters(std::string_view text) {
    const auto starts_character = [](char byte) { return (static_cast<unsigned char>(byte) >> 6) != 2; };
    return static_cast<int>(std::count_if(text.begin(), text.end(), starts_character));
}

std::string_view line_at(std::string_view text, std::size_t offset) {
    const std::size_t end = text.find('\n', offset);
    return text.substr(offset, end == text.npos ? end : end + 1 - offset);
}

}  // namespace sim::scenario
