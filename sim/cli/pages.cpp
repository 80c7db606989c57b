#include "sim/cli/pages.hpp"

#include "reports/table.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace sim::cli {

namespace {

constexpr std::size_t label_width = 12;

}  // namespace

std::string wrapped(const std::string& label, std::string_view words, std::size_t columns) {
    std::string out = label;
    std::size_t used = reports::width(label);
    bool begins = true;
    while (!words.empty()) {
        const std::string word(words.substr(0, words.find(' ')));
        words.remove_prefix(std::min(words.size(), word.size() + 1));
        if (!begins && used + 1 + reports::width(word) > columns) {
            out += "\n" + std::string(reports::width(label), ' ');
            used = reports::width(label);
            begins = true;
        }
        out += (begins ? "" : " ") + word;
        used += (begins ? 0 : 1) + reports::width(word);
        begins = false;
    }
    return out + "\n";
}

std::string labelled(const std::string& label, std::string_view words) {
    return wrapped(fmt::format("{:<{}}", label, label_width), words);
}

}  // namespace sim::cli
