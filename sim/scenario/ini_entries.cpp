#include "sim/scenario/ini_entries.hpp"

#include "sim/scenario/text_file.hpp"
#include "sim/vocabulary/letters.hpp"

#include <fmt/format.h>
#include <ini.h>

#include <utility>

namespace sim::scenario {

using vocabulary::Place;
using vocabulary::Problems;
using vocabulary::quoted;
using vocabulary::trimmed;

namespace {

constexpr std::size_t name_max = 49;   // of keys and sections; libinih cuts what is longer
constexpr std::size_t line_max = 198;  // its buffer has 200 bytes, with line end and terminator

std::string_view without_quotes(std::string_view value) {
    const bool in_quotes =
        value.size() >= 2 && value.front() == value.back() && (value.front() == '"' || value.front() == '\'');
    return in_quotes ? value.substr(1, value.size() - 2) : value;
}

class IniReader {
public:
    IniReader(const std::string& name, std::string_view bytes, Problems& problems)
        : name_(name), text_(text_of(name, bytes)), problems_(problems) {}

    IniText read() {
        ini_parse_stream(next_line, this, take_entry, this);
        return std::move(result_);
    }

private:
    // A line that libinih would misread is given to it as an empty one: the count of lines stays right.
    static char* next_line(char* buffer, int size, void* self) {
        auto& reader = *static_cast<IniReader*>(self);
        if (reader.at_ >= reader.text_.size()) return nullptr;
        const std::string_view line = reader.take_line();
        buffer[line.copy(buffer, static_cast<std::size_t>(size) - 1)] = '\0';
        return buffer;
    }

    static int take_entry(void* self, const char* section, const char* key, const char* value) {
        auto& reader = *static_cast<IniReader*>(self);
        reader.result_.entries.push_back(
            {std::string{trimmed(section)}, key, std::string{without_quotes(value)},
             reader.place_in_line(reader.content_), reader.place_in_line(reader.value_)});
        return 1;
    }

    std::string_view take_line() {
        line_ = line_at(text_, at_);
        at_ += line_.size();
        ++line_number_;
        while (!line_.empty() && (line_.back() == '\n' || line_.back() == '\r')) line_.remove_suffix(1);
        content_ = trimmed(line_);
        return is_fit() ? content_ : std::string_view{};
    }

    bool is_fit() {
        if (content_.empty() || content_.front() == ';' || content_.front() == '#') return false;
        if (content_.size() > line_max)
            return refuse("E351", fmt::format("line has {} bytes", content_.size()),
                          fmt::format("must be at most {}", line_max));
        return content_.front() == '[' ? is_fit_section() : is_fit_pair();
    }

    bool is_fit_section() {
        under_ = Under::misspelt_section;
        const std::size_t end = content_.find_first_of("];");
        if (end == content_.npos || content_[end] != ']')
            return refuse("E352", "section without a closing bracket: " + quoted(content_),
                          "must be [Section]");
        const std::string_view name = trimmed(content_.substr(1, end - 1));
        if (name.empty() || end > name_max)
            return refuse("E352",
                          "section name " + quoted(name) + (name.empty() ? " is empty" : " is too long"),
                          fmt::format("must have 1 to {} bytes", name_max));
        result_.sections.push_back({std::string{name}, place_in_line(content_)});
        under_ = Under::section;
        return true;
    }

    bool is_fit_pair() {
        const std::size_t end = content_.find_first_of("=:");
        if (end == content_.npos || content_[end] != '=')
            return refuse("E352", "line without '=': " + quoted(content_), "must be KEY=VALUE");
        const std::string_view key = trimmed(content_.substr(0, end));
        if (key.find(';') != key.npos)
            return refuse("E352", "comment inside a key: " + quoted(content_), "must be KEY=VALUE");
        if (key.empty() || key.size() > name_max)
            return refuse("E352", "key " + quoted(key) + (key.empty() ? " is empty" : " is too long"),
                          fmt::format("must have 1 to {} bytes", name_max));
        value_ = trimmed(content_.substr(end + 1));
        if (under_ != Under::nothing) return under_ == Under::section;
        return refuse("E353", "key " + quoted(key) + " stands outside any section",
                      "must follow a line [Section]");
    }

    bool refuse(const char* code, const std::string& what, const std::string& expected) {
        problems_.add({place_in_line(content_), code, what, expected, ""});
        return false;
    }

    Place place_in_line(std::string_view part) const {
        const std::string_view before = line_.substr(0, static_cast<std::size_t>(part.data() - line_.data()));
        return {name_, line_number_, characters(before) + 1};
    }

    const std::string& name_;
    std::string_view text_;
    Problems& problems_;
    std::size_t at_ = 0;
    int line_number_ = 0;
    enum class Under { nothing, section, misspelt_section } under_ = Under::nothing;
    std::string_view line_;     // the one that was handed out last, without its end
    std::string_view content_;  // of it, without the blanks around
    std::string_view value_;    // of it, if it is a pair
    IniText result_;
};

}  // namespace

IniText read_entries(const std::string& name, std::string_view bytes, Problems& problems) {
    return IniReader{name, bytes, problems}.read();
}

}  // namespace sim::scenario
