// Letter case as the product's files mean it: ASCII only, and the same in every locale.

#pragma once

#include <string>
#include <string_view>

namespace sim::vocabulary {

constexpr char lowered(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

inline std::string lowered(std::string_view text) {
    std::string result{text};
    for (char& letter : result) letter = lowered(letter);
    return result;
}

constexpr bool same_word(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lowered(a[i]) != lowered(b[i])) return false;
    return true;
}

constexpr bool is_blank(char letter) {
    return letter == ' ' || letter == '\t';
}

constexpr std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace sim::vocabulary
