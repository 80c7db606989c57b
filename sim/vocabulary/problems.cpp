#include "sim/vocabulary/problems.hpp"

#include "sim/kernel/check.hpp"
#include "sim/vocabulary/letters.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace sim::vocabulary {

namespace {

constexpr std::size_t name_shown_max = 64;

constexpr unsigned byte(char character) {
    return static_cast<unsigned char>(character);
}

std::string as_hex(char character) {
    constexpr std::string_view digits = "0123456789abcdef";
    return {'\\', 'x', digits[byte(character) >> 4], digits[byte(character) & 15]};
}

std::size_t promised_length(unsigned first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return 2;
    if (first >= 0xE0 && first < 0xF0) return 3;
    if (first >= 0xF0 && first < 0xF5) return 4;
    return 0;
}

// Some first bytes narrow what the second may be: no overlong forms, no surrogates, nothing beyond U+10FFFF.
bool second_fits(unsigned first, unsigned second) {
    switch (first) {
        case 0xE0:
            return second >= 0xA0;
        case 0xED:
            return second < 0xA0;
        case 0xF0:
            return second >= 0x90;
        case 0xF4:
            return second < 0x90;
        default:
            return true;
    }
}

// Bytes of the character at the start of `text`; 0 if that is not UTF-8.
std::size_t utf8_length(std::string_view text) {
    const std::size_t length = promised_length(byte(text[0]));
    if (length == 0 || length > text.size()) return 0;
    if (length > 1 && !second_fits(byte(text[0]), byte(text[1]))) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if (byte(text[i]) >> 6 != 2) return 0;
    return length;
}

// Control characters, and those that turn the direction of writing or break a line unseen.
bool is_shown_in_hex(std::string_view character) {
    if (character.size() == 1) return byte(character[0]) < 0x20 || byte(character[0]) == 0x7F;
    if (character.size() == 2) return character < "\xC2\xA0" || character == "\xD8\x9C";  // C1; U+061C
    return (character >= "\xE2\x80\x8E" && character <= "\xE2\x80\x8F") ||                // U+200E, U+200F
           (character >= "\xE2\x80\xA8" && character <= "\xE2\x80\xAE") ||                // U+2028 to U+202E
           (character >= "\xE2\x81\xA6" && character <= "\xE2\x81\xA9");                  // U+2066 to U+2069
}

std::string place_text(const Place& place) {
    if (place.file.empty()) return "";
    std::string result = shown(place.file);
    if (place.line > 0) result += ":" + std::to_string(place.line);
    if (place.line > 0 && place.column > 0) result += ":" + std::to_string(place.column);
    return result + ": ";
}

std::string joined(const std::vector<Problem>& problems, std::size_t left_out) {
    const std::size_t kept = std::min(problems.size(), problems_shown_max);
    left_out += problems.size() - kept;
    std::string result;
    for (std::size_t i = 0; i < kept; ++i) result += (i == 0 ? "" : "\n") + text(problems[i]);
    if (left_out > 0) result += "\nand " + std::to_string(left_out) + " more";
    return result;
}

// Damerau and Levenshtein: letters put in, left out, changed, or swapped with a neighbour. Three rows of the
// table suffice, as a swap looks back two letters: "stie" is one slip from "site", and "iste" too.
std::size_t slips_between(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::swap(before, above);
        std::swap(above, row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, changed});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return row[b.size()];
}

}  // namespace

std::string text(const Problem& problem) {
    std::string result = place_text(problem.place);
    result += problem.is_warning() ? "warning[" : "error[";
    result += problem.code + "]: " + shown(problem.what);
    if (!problem.expected.empty()) result += " – " + shown(problem.expected);
    if (!problem.help.empty()) result += " – " + shown(problem.help);
    return result;
}

InputError::InputError(Exit exit, std::vector<Problem> problems, std::size_t left_out)
    : std::runtime_error(joined(problems, left_out)),
      exit_(exit),
      problems_(std::move(problems)),
      left_out_(left_out) {
    SIM_CHECK(!problems_.empty());
}

InputError::InputError(Exit exit, Problem problem) : InputError(exit, std::vector{std::move(problem)}) {}

void Problems::add(Problem problem) {
    std::size_t& found = problem.is_warning() ? warnings_ : errors_;
    if (++found <= problems_shown_max) problems_.push_back(std::move(problem));
}

void Problems::throw_if_any(Exit exit) const {
    if (!any_error()) return;
    std::vector<Problem> sorted = problems_;
    std::stable_partition(sorted.begin(), sorted.end(), [](const Problem& p) { return !p.is_warning(); });
    throw InputError(exit, std::move(sorted), errors_ + warnings_ - problems_.size());
}

std::string shown(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        const std::string_view character = text.substr(0, std::max<std::size_t>(length, 1));
        if (length > 0 && !is_shown_in_hex(character))
            result += character;
        else
            for (const char part : character) result += as_hex(part);
        text.remove_prefix(character.size());
    }
    return result;
}

std::string quoted(std::string_view name) {
    if (name.size() <= name_shown_max) return '"' + shown(name) + '"';
    std::size_t length = name_shown_max;
    while (length > 0 && byte(name[length]) >> 6 == 2) --length;  // not through the middle of a character
    return '"' + shown(name.substr(0, length)) + "…\"";
}

std::optional<std::size_t> first_byte_not_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t length = utf8_length(text.substr(at));
        if (length == 0) return at;
        at += length;
    }
    return std::nullopt;
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    const std::string wanted = lowered(word);
    std::size_t slips_max = std::max<std::size_t>(1, word.size() / 3);
    std::string best;
    for (const std::string& candidate : candidates) {
        const auto [shorter, longer] = std::minmax({word.size(), candidate.size()});
        if (longer - shorter > slips_max) continue;
        const std::size_t slips = slips_between(wanted, lowered(candidate));
        if (slips >= word.size()) continue;  // not one letter of it was right
        if (slips > slips_max || (slips == slips_max && !best.empty())) continue;
        best = candidate;
        slips_max = slips;
    }
    return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
    const std::string meant = nearest(word, candidates);
    return meant.empty() ? "" : "; did you mean " + quoted(meant) + "?";
}

}  // namespace sim::vocabulary
